public import Platform

/// What is to be cloned, and where to.
public struct CloneRequest: Sendable {
    /// Where it is.
    public var url: RemoteURL
    /// The new work tree; missing or empty.
    public var folder: Path
    /// The branch, or the tag, to be on; nil for what the server is on.
    public var branch: Path?
    /// A branch, a tag or a commit to be on; a commit may be abbreviated.
    public var revision: Path?
    /// How many commits of each branch to fetch; nil for all.
    public var depth: Int?
    /// Whether the repositories in it are cloned too.
    public var includesSubmodules = false
    /// Whether nothing is fetched but the branch or the tag to be on; a commit comes with the branches that are at it,
    /// or with all.
    public var fetchesOnlyRevision = false

    /// Clones all there is, and is where the server is.
    public init(_ url: RemoteURL, into folder: Path) {
        self.url = url
        self.folder = folder
    }
}

/// What was cloned.
public struct CloneReport {
    /// The new repository.
    public let repository: Repository
    /// What it is on; no commit where the server has none, or where its HEAD names none.
    public let head: Head
    /// How many files were written.
    public let fileCount: Int
    /// How the hook `post-checkout` ended.
    public let hook: HookOutcome
    /// Whether all commits were fetched though fewer were asked for, because libgit2 can do no less.
    public let ignoresDepth: Bool
    /// Whether the server has branches but is on none of them.
    public let lacksHead: Bool
    /// The repositories in it that were cloned too, by their paths.
    public internal(set) var submodules: [Path] = []
    /// Why others of them could not be; their folders are empty.
    public internal(set) var failures: [GitError] = []
}
