public import Platform

/// What is to be committed, and how.
public struct CommitRequest: Sendable {
    /// The text; nil to keep that of the commit that is amended or of the merge in progress.
    public var message: [UInt8]?
    /// Whether changed and deleted files that git knows are staged first.
    public var stagesTracked = false
    /// The files to commit alone, past what else is staged; nil for what is staged.
    public var only: Pathspec?
    /// Whether the last commit is replaced.
    public var amends = false
    /// Whether hooks that can refuse the commit are run.
    public var verifies = true

    /// Takes the default for every choice: what is staged, as a new commit, with hooks.
    public init(message: [UInt8]?) { self.message = message }
}

/// What a commit came to.
public enum CommitOutcome: Sendable {
    /// It was made.
    case made(CommitReport)
    /// It would have changed nothing.
    case nothingToCommit
    /// A hook said no; nothing was committed.
    case refused(GitError)
}

/// A commit that was made.
public struct CommitReport: Sendable {
    /// The commit.
    public let commit: Commit
    /// The branch it is on now; nil where HEAD is detached.
    public let branch: ReferenceName?
    /// Whether it took the place of another one.
    public let isAmended: Bool
    /// How much it changes; nil where that cannot be read.
    public let changes: DiffStatistics?
    /// What became of changes that a merge had put aside.
    public let autostash: AutostashOutcome
    /// What could not be done after the commit was made.
    public let notes: [GitError]
}

/// How much two trees differ.
public struct DiffStatistics: Hashable, Sendable {
    /// The number of files.
    public let fileCount: Int
    /// The number of lines that are new.
    public let insertionCount: Int
    /// The number of lines that are gone.
    public let deletionCount: Int
}

/// What others do while a commit is made: hooks that look at it, a program that signs it.
///
/// Every function does nothing if not implemented.
public protocol CommitObserver {
    /// Runs a hook.
    ///
    /// - Parameters:
    ///   - hook: Its name and arguments.
    ///   - index: The index file that it is to see, and may change.
    ///   - author: Who the commit is from.
    /// - Throws: ``GitError`` where the hook refuses.
    func run(_ hook: CommitHook, index: Path, author: Signature) throws(GitError)

    /// Signs the bytes of a commit, or gives nil where commits are not signed.
    func signature(for commit: [UInt8], by committer: Signature) throws(GitError) -> [UInt8]?
}

/// A hook that git runs around a commit.
///
/// Follows githooks(5).
public enum CommitHook: Hashable, Sendable {
    /// Before anything is made; may change the index.
    case preCommit
    /// Before a merge that left nothing to settle is committed; may refuse.
    case preMergeCommit
    /// The text is in `file`; may change it. `source` is what git calls it: `message`, `merge`, `commit HEAD`.
    case prepareMessage(file: Path, source: [String])
    /// The text is in `file`; may change or refuse it.
    case checkMessage(file: Path)
    /// The commit is made; cannot refuse.
    case postCommit
    /// A branch was merged or moved forward; cannot refuse.
    case postMerge
    /// A commit was replaced; cannot refuse.
    case postRewrite(old: ObjectID, new: ObjectID)
    /// Commits were put onto another one; cannot refuse.
    case postRebase([RebasedCommit])
    /// Before commits are put onto `base`; may refuse.
    case preRebase(base: ObjectID)
    /// HEAD went from one commit to another; cannot refuse.
    case postCheckout(old: ObjectID, new: ObjectID)
}

extension CommitObserver {
    /// Runs nothing.
    public func run(_ hook: CommitHook, index: Path, author: Signature) throws(GitError) {}

    /// Does not sign.
    public func signature(
        for commit: [UInt8], by committer: Signature
    ) throws(GitError) -> [UInt8]? { nil }
}

/// Nobody: no hooks, no signing.
public struct NoObserver: CommitObserver {
    /// Makes one.
    public init() {}
}
