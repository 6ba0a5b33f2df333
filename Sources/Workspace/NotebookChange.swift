public import Notebook

/// What is different in a notebook, in one word or two.
public enum NotebookChange: Equatable, Sendable {
    /// What a person wrote: text, cells, attachments; and perhaps more.
    case source
    /// Nothing but these of outputs, runs, metadata and version.
    case beside(NotebookDifference.Parts)
    /// Only how the JSON is spelled.
    case spelling
    /// Nothing that git stores: its filters leave the same.
    case nothing
    /// One of the two is no notebook: why, and which cell or line.
    case unreadable(NotebookError)

    /// Compares two notebooks.
    public init(from old: [UInt8], to new: [UInt8]) {
        guard old != new else {
            self = .nothing
            return
        }
        do throws(NotebookError) {
            let difference = NotebookDifference(
                from: try NotebookReader(old), to: try NotebookReader(new))
            self.init(difference.parts)
        } catch {
            self = .unreadable(error)
        }
    }

    /// Sums up the parts that are different.
    public init(_ parts: NotebookDifference.Parts) {
        if !parts.isDisjoint(with: [.source, .attachments]) {
            self = .source
        } else {
            self = parts.isEmpty ? .spelling : .beside(parts)
        }
    }
}
