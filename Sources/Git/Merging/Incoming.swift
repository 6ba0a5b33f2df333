public import Platform

/// What is to be brought into the branch that is checked out.
public struct Incoming: Hashable, Sendable {
    /// The commit.
    public let commit: ObjectID
    /// What it is, for the message of a merge: `branch 'main' of https://example.com/project`.
    public let description: [UInt8]

    /// Takes both as they stand.
    public init(commit: ObjectID, description: [UInt8]) {
        self.commit = commit
        self.description = description
    }
}

/// Whether a branch is moved forward without a merge where that can be done.
public enum FastForward: Hashable, Sendable {
    case allowed
    /// There is always a commit that says when histories came together.
    case never
    /// Nothing is merged.
    case only
}

/// What a merge came to.
public enum MergeOutcome: Sendable {
    /// There was nothing that the branch did not have.
    case upToDate
    /// The branch was moved forward; the paths were written or removed.
    case fastForwarded([Path])
    /// Both histories have come together in a commit.
    case merged(Commit, [Path])
    /// Files are in conflict, for a person to settle.
    case stopped(Conflicts)
    /// A hook did not let the merge be committed; all is ready for that.
    case held(GitError)
    /// Both sides have commits, and only moving forward was asked for; nothing was changed.
    case diverged
    /// Nothing was changed, because this would have been lost.
    case refused(FilesInTheWay)
}

/// Files that a merge or a rebase left for a person to settle.
public struct Conflicts: Sendable {
    /// The files, in the order of their paths.
    public let files: [Status.Conflict]
    /// Those without conflict markers: they have one side's content.
    public let unmarked: Set<Path>
}
