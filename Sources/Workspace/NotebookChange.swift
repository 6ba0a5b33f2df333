public import Notebook

/// What is different in a notebook, in one word or two.
public enum NotebookChange: Equatable, Sendable {
    /// What a person wrote: text, cells, attachments; and perhaps more.
    case source
    /// Nothing but what a kernel made.
    case outputs
    /// Nothing but metadata, ids or the version of the format.
    case metadata
    /// What a kernel made, and metadata.
    case outputsAndMetadata
    /// Only how the JSON is spelled.
    case spelling
    /// One of the two is no notebook: why, and which cell or line.
    case unreadable(NotebookError)

    /// Compares two notebooks.
    public init(from old: [UInt8], to new: [UInt8]) {
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
        let isOutputs = parts.contains(.outputs)
        let isMetadata = !parts.isDisjoint(with: [.metadata, .version])
        if !parts.isDisjoint(with: [.source, .attachments]) {
            self = .source
        } else if isOutputs {
            self = isMetadata ? .outputsAndMetadata : .outputs
        } else {
            self = isMetadata ? .metadata : .spelling
        }
    }
}
