public import Platform

/// What came of bringing three trees together.
struct MergedTree {
    /// The tree; of a file in conflict it has what is left in the work tree for a person to settle.
    let tree: ObjectID
    /// The files in conflict, in the order of their paths.
    let conflicts: [Status.Conflict]
    /// Files in conflict whose content is one side's alone, as there can be no markers in them.
    let unmarked: Set<Path>
}

/// The content of one file on the sides of a merge.
public struct ContentSides: Sendable {
    /// From the root of the work tree.
    public let path: Path
    /// What both sides began from; nil where each added the file.
    public let base: [UInt8]?
    /// On the side that is checked out; in a rebase, on the branch that commits are put onto.
    public let ours: [UInt8]
    /// On the other side.
    public let theirs: [UInt8]
    /// What `ours` is called behind conflict markers.
    public let ourLabel: String
    /// What `theirs` is called there.
    public let theirLabel: String

    /// Takes the parts as they stand.
    public init(
        path: Path, base: [UInt8]?, ours: [UInt8], theirs: [UInt8], ourLabel: String,
        theirLabel: String
    ) {
        self.path = path
        self.base = base
        self.ours = ours
        self.theirs = theirs
        self.ourLabel = ourLabel
        self.theirLabel = theirLabel
    }
}

/// What came of bringing the sides of one file together.
public struct MergedContent: Hashable, Sendable {
    /// What is to be in the file.
    public let bytes: [UInt8]
    /// Whether nothing is left for a person to settle.
    public let isClean: Bool

    /// Takes the parts as they stand.
    public init(bytes: [UInt8], isClean: Bool) {
        self.bytes = bytes
        self.isClean = isClean
    }
}

/// Brings the sides of a file together that lines of text do not do justice to.
///
/// It is given the sides and what git makes of them as text, and answers with something better, or nil to leave it
/// at that.
public typealias ContentMerging = (ContentSides, MergedContent) -> MergedContent?
