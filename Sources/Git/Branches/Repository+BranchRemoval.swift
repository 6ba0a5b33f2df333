internal import Clibgit2
public import Platform

extension Repository {
    /// Removes branches of this repository, with their settings.
    ///
    /// - Parameters:
    ///   - names: As people write them.
    ///   - isForced: Whether branches may go whose commits nobody else has.
    /// - Returns: The branches, as they were.
    /// - Throws: ``GitError`` for a branch that is checked out, is not there, or is not merged into the one
    ///   that it follows (HEAD where it follows none); nothing is removed then.
    ///
    /// Follows git-branch(1), `-d` and `-D`.
    public func removeBranches(_ names: [Path], isForced: Bool) throws(GitError) -> [Branch] {
        let branches = try branches()
        let head = try head()
        var removed: [Branch] = []
        for name in names where !removed.contains(where: { $0.name.branch == name }) {
            guard let branch = branches.first(where: { $0.name.branch == name }) else {
                throw GitError(
                    "there is no branch '\(name.displayName)'",
                    hint: "'nbgit branch list' shows those there are")
            }
            guard !branch.isCurrent else {
                throw GitError(
                    "'\(name.displayName)' is the branch you are on",
                    hint: "go to another one first: nbgit switch <branch>")
            }
            if let folder = branch.otherWorkTree {
                throw GitError(
                    "'\(name.displayName)' is checked out in '\(folder.displayName)'",
                    hint: "go to another branch there first: "
                        + "nbgit -C '\(folder.displayName)' switch <branch>")
            }
            if !isForced { try requireMerged(branch, head) }
            removed.append(branch)
        }
        try remove(removed.map { ($0.name, $0.commit) })
        try removeSections(removed.compactMap(\.name.branch).map { ("branch", $0.bytes) })
        return removed
    }

    private func requireMerged(_ branch: Branch, _ head: Head) throws(GitError) {
        let followed = try upstreamCommit(of: branch)
        guard let other = followed ?? head.commit else {
            throw GitError(
                "nothing is committed on the branch you are on, so '\(branch.name.short.displayName)' "
                    + "cannot be merged into it",
                hint: "to remove it with its commits: nbgit branch rm --force "
                    + "'\(branch.name.short.displayName)'")
        }
        guard try !isAncestor(branch.commit, of: other) else { return }
        let target = followed != nil ? branch.upstream?.name ?? "its upstream" : "HEAD"
        throw GitError(
            "'\(branch.name.short.displayName)' has commits that are not in \(target)",
            hint:
                "to remove it with them: nbgit branch rm --force '\(branch.name.short.displayName)'"
        )
    }

    private func upstreamCommit(of branch: Branch) throws(GitError) -> ObjectID? {
        guard let upstream = branch.upstream else { return nil }
        for prefix in ["refs/remotes/", "refs/heads/"] {
            let name = ReferenceName(Path(prefix + upstream.name))
            if let commit = try commit(of: name) { return commit }
        }
        return nil
    }

    /// Whether a commit is another one or led to it.
    func isAncestor(_ commit: ObjectID, of other: ObjectID) throws(GitError) -> Bool {
        if commit == other { return true }
        var (ancestor, descendant) = (commit.oid, other.oid)
        return try check(
            "git_graph_descendant_of", git_graph_descendant_of(pointer, &descendant, &ancestor))
            == 1
    }
}
