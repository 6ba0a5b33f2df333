public import Platform

/// A file that is different on two sides: in a commit and the index, in the index and the work tree, in two
/// commits.
public struct FileChange: Hashable, Sendable {
    /// What happened to it.
    public enum Kind: Hashable, Sendable {
        case added
        case deleted
        /// Its content, or whether it may be run.
        case modified
        /// A file became a symbolic link or a submodule, or the other way round.
        case typeChanged
        case renamed
    }

    /// The file on one side.
    public struct Side: Hashable, Sendable {
        /// From the root of the work tree.
        public let path: Path
        /// What it is there.
        public let mode: FileMode
        /// Its content; nil where that lies in the work tree.
        public let id: ObjectID?

        /// Names a file as it is on one side.
        public init(path: Path, mode: FileMode, id: ObjectID?) {
            self.path = path
            self.mode = mode
            self.id = id
        }
    }

    /// Where it is now, or was when it is gone.
    public let path: Path
    /// The file as it was; nil when it was added.
    public let old: Side?
    /// The file as it is; nil when it was deleted.
    public let new: Side?
    /// How much of a renamed file stayed, in percent; nil for one that kept its name.
    public let similarity: Int?

    /// Says what is different between two sides that have the same name; nil where there is no side.
    public init?(old: Side?, new: Side?) {
        guard let path = (new ?? old)?.path else { return nil }
        self.init(path: path, old: old, new: new, similarity: nil)
    }

    /// Says that a file has a new name.
    init(renamed old: Side, to new: Side, similarity: Int) {
        self.init(path: new.path, old: old, new: new, similarity: similarity)
    }

    private init(path: Path, old: Side?, new: Side?, similarity: Int?) {
        self.path = path
        self.old = old
        self.new = new
        self.similarity = similarity
    }

    /// The deletion and the new file that git shows in place of a change of type; else the change itself.
    public var halves: [FileChange] {
        guard kind == .typeChanged else { return [self] }
        return [FileChange(old: old, new: nil), FileChange(old: nil, new: new)].compactMap(\.self)
    }

    /// What happened to it.
    public var kind: Kind {
        guard let old else { return .added }
        guard let new else { return .deleted }
        if similarity != nil { return .renamed }
        return old.mode.isSameType(as: new.mode) ? .modified : .typeChanged
    }
}

extension FileMode {
    /// Whether both are files, both links, or both submodules.
    public func isSameType(as other: FileMode) -> Bool {
        rawValue & 0o170000 == other.rawValue & 0o170000
    }

    /// Whether it is a file that holds bytes of its own.
    public var isFile: Bool { isSameType(as: .regular) }
}
