internal import Clibgit2
internal import Platform

/// The branch that another one follows.
public struct Upstream: Hashable, Sendable {
    /// Its name as people write it: `origin/main`.
    public let name: String
    /// How many commits the branch has that this one lacks, and the other way round; nil when it is gone.
    public let distance: Distance?

    /// How far two branches went apart.
    public struct Distance: Hashable, Sendable {
        /// Commits of the branch that its upstream lacks.
        public let ahead: Int
        /// Commits of the upstream that the branch lacks.
        public let behind: Int
    }
}

/// Something that was begun and stopped, waiting for a person.
public enum Operation: String, Hashable, Sendable {
    case merge
    case rebase
    /// `git am`.
    case applyingMail
    case cherryPick
    case revert
    case bisect
}

extension Repository {
    /// What was begun and is to be finished; nil when nothing is.
    public var operation: Operation? {
        func has(_ name: Path) -> Bool {
            (try? File.status(of: layout.gitFolder.appending(name))) != nil
        }
        if has("rebase-merge") { return .rebase }
        if has("rebase-apply") { return has("rebase-apply/applying") ? .applyingMail : .rebase }
        if has("MERGE_HEAD") { return .merge }
        if has("CHERRY_PICK_HEAD") { return .cherryPick }
        if has("REVERT_HEAD") { return .revert }
        return has("BISECT_LOG") ? .bisect : nil
    }

    /// Whether older commits were left out when it was cloned or fetched.
    ///
    /// Follows gitrepository-layout(5), `shallow`.
    public var isShallow: Bool {
        let file = try? File.status(of: layout.commonFolder.appending("shallow"))
        return file.map { $0.byteCount > 0 } ?? false
    }

    /// The commit that a rebase began at, as far as nbgit can go on with it; else HEAD's.
    public func commitBeforeRebase() throws(GitError) -> ObjectID? {
        if operation == .rebase, let state = try? RebaseState(self) { return state.origin }
        return try head().commit
    }

    /// The branch that the branch of `head` follows.
    func upstream(of head: Head) throws(GitError) -> Upstream? {
        guard let name = try upstreamName(of: head) else { return nil }
        let text = String(decoding: name.path.bytes, as: UTF8.self)
        let prefix = ["refs/remotes/", "refs/heads/"].first { text.hasPrefix($0) }
        return Upstream(
            name: String(text.dropFirst(prefix?.count ?? 0)),
            distance: try distance(from: head.commit, to: commit(of: name)))
    }

    /// The full name of that branch, which need not be there.
    func upstreamName(of head: Head) throws(GitError) -> ReferenceName? {
        guard let branch = head.branch else { return nil }
        return try optional { () throws(GitError) in
            var buffer = git_buf()
            defer { git_buf_dispose(&buffer) }
            try check(
                "git_branch_upstream_name",
                git_branch_upstream_name(&buffer, pointer, branch.path.cName))
            return ReferenceName(Path(cString: buffer.ptr))
        }
    }

    /// The branch that the current one follows; nil where it follows none.
    public func currentUpstream() throws(GitError) -> Upstream? { try upstream(of: head()) }

    /// How far two commits went apart; nil where there is only one.
    public func distance(
        from commit: ObjectID?, to upstream: ObjectID?
    ) throws(GitError) -> Upstream.Distance? {
        guard let commit, let upstream else { return nil }
        var (own, other) = (commit.oid, upstream.oid)
        var (ahead, behind) = (0, 0)
        try check(
            "git_graph_ahead_behind",
            git_graph_ahead_behind(&ahead, &behind, pointer, &own, &other))
        return .init(ahead: ahead, behind: behind)
    }
}
