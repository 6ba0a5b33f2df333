/// Two edited versions of a notebook, brought together cell by cell into one valid notebook.
///
/// - A cell that one side changed, moved, added or deleted is as that side has it.
/// - Sources that both changed are merged line by line. What cannot be merged stands between markers inside
///   the cell, so that Jupyter still opens the notebook.
/// - Outputs come from the side whose source the cell has; where both ran it, ours stay.
/// - Metadata are merged key by key; where both changed a value, that of the favoured side is taken, or else ours,
///   and it is named in ``disputes``.
///
/// The result is our version with edits: what did not change keeps its bytes.
public struct NotebookMerge: Sendable {
    /// One of the two versions.
    public enum Side: Hashable, Sendable {
        case ours
        case theirs
    }

    /// A cell that a person has to look at: its source holds markers, or the favoured side's text.
    public struct Conflict: Hashable, Sendable {
        /// What the two sides did.
        public enum Kind: Hashable, Sendable {
            /// Both changed the same lines.
            case source
            /// We deleted the cell that they changed.
            case deletedByUs
            /// They deleted the cell that we changed.
            case deletedByThem
        }

        /// The number of the cell in the merged notebook, from 1.
        public let cellNumber: Int
        /// What happened.
        public let kind: Kind
    }

    /// A value that both sides changed in different ways, of which one is taken: it cannot stand between markers.
    public struct Dispute: Hashable, Sendable {
        /// The number of the cell in the merged notebook, from 1; nil for what is said of the notebook itself.
        public let cellNumber: Int?
        /// What it is called from the outside in, such as `metadata.kernelspec.name`.
        public let name: String
        /// Whether Jupyter writes it by itself, so that no person misses the other value.
        public let isOfPrograms: Bool
    }

    /// The merged notebook.
    public let bytes: [UInt8]
    /// The cells where both sides changed the same, in their order; none when all could be merged.
    ///
    /// A cell that the favoured side deleted counts at the place where it would stand.
    public let conflicts: [Conflict]
    /// What both sides changed beside text: metadata and attachments.
    public let disputes: [Dispute]

    /// Merges `theirs` into `ours`.
    ///
    /// - Parameters:
    ///   - base: The version that both come from; nil when each side made the notebook by itself.
    ///   - ours: The notebook on this side.
    ///   - theirs: The notebook on the other side.
    ///   - ourLabel: What stands behind the marker of our lines.
    ///   - theirLabel: What stands behind the marker of their lines.
    ///   - favored: The side whose text and metadata are taken where both changed the same; nil for markers, and our
    ///     metadata.
    /// - Throws: ``NotebookError`` when one of them is no notebook of nbformat 4.
    public init(
        base: [UInt8]?, ours: [UInt8], theirs: [UInt8], ourLabel: String, theirLabel: String,
        favoring favored: Side? = nil
    ) throws(NotebookError) {
        let empty = Array(#"{"cells":[],"metadata":{},"nbformat":4,"nbformat_minor":0}"#.utf8)
        var writer = MergeWriter(
            base: try MergeSide(base ?? empty), ours: try MergeSide(ours),
            theirs: try MergeSide(theirs),
            labels: LineMerge.Labels(ours: ourLabel, theirs: theirLabel),
            favored: favored)
        bytes = writer.notebook()
        conflicts = writer.conflicts
        disputes = writer.disputes
    }
}
