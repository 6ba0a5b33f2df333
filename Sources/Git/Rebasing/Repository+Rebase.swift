internal import Clibgit2
internal import Platform

/// How a rebase is to be done.
public struct RebaseRequest: Sendable {
    /// What commits are put onto.
    public var onto: ObjectID
    /// The history whose commits are not brought over; nil for that of ``onto``.
    public var upstream: ObjectID?
    /// What reflogs begin with, such as `pull --rebase`.
    public var action: [UInt8]
    /// Whether changes that are not committed are put aside meanwhile.
    public var putsAside = false

    /// Takes the default for every choice.
    public init(onto: ObjectID, action: [UInt8]) {
        self.onto = onto
        self.action = action
    }
}

/// What a rebase came to.
public enum RebaseOutcome: Sendable {
    /// All commits are on their new base.
    case finished(RebaseReport)
    /// A commit is in conflict, for a person to settle.
    case stopped(RebaseStop)
    /// Nothing was changed, because this would have been lost.
    case refused(FilesInTheWay)
    /// A hook said no; nothing was changed.
    case held(GitError)
}

/// A rebase that was finished.
public struct RebaseReport: Sendable {
    /// The commit that the branch is at.
    public let commit: Commit
    /// The branch; nil where HEAD is on none.
    public let branch: ReferenceName?
    /// The commits that were brought over.
    public let picked: [RebasedCommit]
    /// The commits that were left out, as their change is there already.
    public let dropped: [Commit]
    /// What became of changes that were put aside.
    public let autostash: AutostashOutcome
}

/// A rebase that waits for a person.
public struct RebaseStop: Sendable {
    /// The commit that is in conflict.
    public let commit: Commit
    /// Which one it is, from 1.
    public let number: Int
    /// How many there are.
    public let total: Int
    /// The files in conflict.
    public let conflicts: Conflicts
}

extension Repository {
    /// Puts the commits of the branch that is checked out onto another commit.
    ///
    /// All commits up to the first conflict are made in memory; then files, index and HEAD move once.
    ///
    /// - Parameters:
    ///   - request: Where to, and how.
    ///   - observer: Runs hooks and signs.
    ///   - merging: Improves on git's merge of lines.
    /// - Returns: What it came to.
    /// - Throws: ``GitError``.
    ///
    /// Follows git-rebase(1), `--merge`.
    public func rebase(
        _ request: RebaseRequest, observer: some CommitObserver, merging: ContentMerging? = nil
    ) throws(GitError) -> RebaseOutcome {
        try requireNoConflict()
        let head = try head()
        guard let origin = head.commit else {
            throw GitError("there is no commit yet to rebase")
        }
        if !request.putsAside, let dirty = try uncommittedFiles() {
            return .refused(FilesInTheWay(changed: dirty, untracked: []))
        }
        let upstream = request.upstream ?? request.onto
        let (commits, known) = try commitsToRebase(origin, upstream: upstream)
        do throws(GitError) {
            try observer.run(.preRebase(base: upstream), index: layout.index, author: logSignature)
        } catch let error where error.isRefusal {
            return .held(error)
        }
        var state = RebaseState(
            branch: head.branch, onto: request.onto, origin: origin, todo: try steps(for: commits))
        try begin(state)
        do throws(GitError) {
            if request.putsAside { _ = try putAside(rebaseAutostash) }
            try writeOriginalHead(origin)
            try write(state)
            var walk = RebaseWalk(self, observer, merging: merging, action: request.action)
            walk.dropped = known
            let outcome = try walk.run(&state, from: head, at: request.onto)
            if case .refused = outcome { try giveUp() }
            return outcome
        } catch {
            // Nothing has moved as long as HEAD has not.
            if try self.head() == head {
                _ = try undoInterruptedSwitch()
                try giveUp()
            }
            throw error
        }
    }

    private func steps(for commits: [Commit]) throws(GitError) -> [RebaseStep] {
        try commits.map { commit throws(GitError) in
            let old = try commit.parents.first.map { id throws(GitError) in try self.commit(id).tree
            }
            return RebaseStep(picking: commit, isEmpty: commit.tree == old)
        }
    }

    /// Ends a rebase that has changed nothing yet.
    private func giveUp() throws(GitError) {
        _ = try bringBackRebaseAutostash()
        try endRebase()
    }

    /// Files that git knows and that are not as they were committed; nil for none.
    func uncommittedFiles() throws(GitError) -> [Path]? {
        guard try hasUncommittedChanges() else { return nil }
        let status = try status()
        return status.files.filter {
            // What is new for the work tree alone is a submodule's own business.
            $0.staged != nil || $0.unstaged != nil
        }.map(\.path)
    }

    func bringBackRebaseAutostash() throws(GitError) -> AutostashOutcome {
        try bringBack(rebaseAutostash)
    }

    /// Whether changes wait for the end of a rebase.
    var hasRebaseAutostash: Bool { (try? File.status(of: rebaseAutostash)) != nil }

    private var rebaseAutostash: Path {
        layout.gitFolder.appending(RebaseState.folder).appending("autostash")
    }
}
