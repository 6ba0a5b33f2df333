internal import Clibgit2
internal import Platform

extension Repository {
    /// The commits that a rebase brings over, the oldest first: those of a branch that another history lacks.
    ///
    /// Merges are left out, and so are commits whose change the other history has already.
    ///
    /// - Parameters:
    ///   - head: The last commit of the branch.
    ///   - upstream: The other history.
    /// - Returns: The commits, and those that were left out because the change is there.
    /// - Throws: ``GitError`` where objects are missing.
    ///
    /// Follows `sequencer_make_script` of git, with `--cherry-pick --right-only --no-merges`.
    func commitsToRebase(
        _ head: ObjectID, upstream: ObjectID
    ) throws(GitError) -> (commits: [Commit], known: [Commit]) {
        let own = try commits(reachableFrom: head, butNot: upstream)
            .filter { $0.parents.count < 2 }
        let others = try commits(reachableFrom: upstream, butNot: head)
            .filter { $0.parents.count < 2 }
        guard !own.isEmpty, !others.isEmpty else { return (own, []) }
        // Only commits that touch the same files can make the same change.
        var candidates: [[Path]: [Commit]] = [:]
        for commit in others { candidates[try touchedPaths(commit), default: []].append(commit) }
        var (kept, known): ([Commit], [Commit]) = ([], [])
        for commit in own {
            let paths = try touchedPaths(commit)
            let rivals = paths.isEmpty ? [] : candidates[paths] ?? []
            let id = try rivals.isEmpty ? nil : PatchID(of: commit, in: self)
            var isKnown = false
            for rival in rivals where !isKnown { isKnown = try PatchID(of: rival, in: self) == id }
            if isKnown { known.append(commit) } else { kept.append(commit) }
        }
        return (kept, known)
    }

    private func commits(
        reachableFrom start: ObjectID, butNot hidden: ObjectID
    ) throws(GitError) -> [Commit] {
        let walk = try made("git_revwalk_new") { git_revwalk_new(&$0, pointer) }
        defer { git_revwalk_free(walk) }
        let order = GIT_SORT_TOPOLOGICAL.rawValue | GIT_SORT_REVERSE.rawValue
        try check("git_revwalk_sorting", git_revwalk_sorting(walk, order))
        var (first, last) = (start.oid, hidden.oid)
        try check("git_revwalk_push", git_revwalk_push(walk, &first))
        try check("git_revwalk_hide", git_revwalk_hide(walk, &last))
        var commits: [Commit] = []
        var oid = git_oid()
        while true {
            let answer = git_revwalk_next(&oid, walk)
            guard answer != GIT_ITEROVER.rawValue else { return commits }
            try check("git_revwalk_next", answer)
            commits.append(try commit(ObjectID(oid)))
        }
    }

    private func touchedPaths(_ commit: Commit) throws(GitError) -> [Path] {
        try changes(from: commit.parents.first, to: commit.id).map(\.path)
    }

    /// The difference to the first parent, as libgit2 has it; to be freed.
    private func difference(of commit: Commit) throws(GitError) -> OpaquePointer {
        let old = try commit.parents.first.map { id throws(GitError) in
            try tree(self.commit(id).tree)
        }
        defer { git_tree_free(old) }
        let new = try tree(commit.tree)
        defer { git_tree_free(new) }
        return try made("git_diff_tree_to_tree") {
            git_diff_tree_to_tree(&$0, pointer, old, new, nil)
        }
    }

    /// The change as a patch, for a person to look at.
    func patch(of commit: Commit) throws(GitError) -> [UInt8] {
        let diff = try difference(of: commit)
        defer { git_diff_free(diff) }
        var buffer = git_buf()
        defer { git_buf_dispose(&buffer) }
        try check("git_diff_to_buf", git_diff_to_buf(&buffer, diff, GIT_DIFF_FORMAT_PATCH))
        return Array(UnsafeRawBufferPointer(start: buffer.ptr, count: buffer.size))
    }
}
