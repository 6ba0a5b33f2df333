public import Platform

/// What is different between the last commit, the index and the work tree.
public struct Status: Sendable {
    /// A file that git knows.
    public struct File: Hashable, Sendable {
        /// Where it is now, or was.
        public let path: Path
        /// How the index differs from the last commit.
        public let staged: FileChange?
        /// How the work tree differs from the index.
        public let unstaged: FileChange?
    }

    /// A file that a merge could not merge.
    public struct Conflict: Hashable, Sendable {
        /// Where it is.
        public let path: Path
        /// The file in the common ancestor.
        public let base: FileChange.Side?
        /// The file on the branch that is checked out; in a rebase, on the branch it goes onto.
        public let ours: FileChange.Side?
        /// The file on the other side.
        public let theirs: FileChange.Side?
    }

    /// What HEAD says.
    public let head: Head
    /// The branch that this one follows; nil where there is none.
    public let upstream: Upstream?
    /// What was begun and is to be finished.
    public let operation: Operation?
    /// How far a rebase is; nil where none is in progress.
    public let rebase: RebaseProgress?
    /// Changed files, in the order of their paths.
    public let files: [File]
    /// Files in conflict, in the order of their paths.
    public let conflicts: [Conflict]
    /// Files that git does not know and that are not ignored, in the order of their paths; a folder with
    /// nothing else in it is one of them and ends with a slash.
    public let untracked: [Path]

    /// Whether there is nothing to stage and nothing to commit.
    public var isClean: Bool { files.isEmpty && conflicts.isEmpty && untracked.isEmpty }
}

extension Repository {
    /// Compares the last commit, the index and the work tree; writes nothing, not even the index.
    ///
    /// Honours `status.showUntrackedFiles`, `status.renames`, `diff.renames` and `diff.renameLimit`.
    ///
    /// - Throws: ``GitError`` where something cannot be read.
    ///
    /// Follows git-status(1).
    public func status() throws(GitError) -> Status {
        let index = try index()
        let head = try head()
        let entries = index.entries
        let staged = try withRenames(
            changes(from: head.commit, to: index), setting: "status.renames")
        let unstaged = try workTreeFileChanges(since: index)
        let paths = Set(staged.map(\.path) + unstaged.map(\.path)).sorted()
        let stagedByPath = Dictionary(staged.map { ($0.path, $0) }) { first, _ in first }
        let unstagedByPath = Dictionary(unstaged.map { ($0.path, $0) }) { first, _ in first }
        return Status(
            head: head, upstream: try upstream(of: head), operation: operation,
            rebase: RebaseProgress(self),
            files: paths.map {
                .init(path: $0, staged: stagedByPath[$0], unstaged: unstagedByPath[$0])
            },
            conflicts: Status.conflicts(in: entries),
            untracked: try untrackedFiles(besides: entries))
    }
}

extension Status {
    /// The files in conflict among the entries of an index.
    static func conflicts(in entries: [Index.Entry]) -> [Conflict] {
        var conflicts: [Conflict] = []
        let unmerged = entries.filter { $0.stage > 0 }
        for (index, entry) in unmerged.enumerated()
        where index == 0 || unmerged[index - 1].path != entry.path {
            let sides = unmerged[index...].prefix { $0.path == entry.path }
            func side(_ stage: Int) -> FileChange.Side? {
                sides.first { $0.stage == stage }.map {
                    .init(path: $0.path, mode: $0.mode, id: $0.id)
                }
            }
            conflicts.append(
                .init(path: entry.path, base: side(1), ours: side(2), theirs: side(3)))
        }
        return conflicts
    }
}
