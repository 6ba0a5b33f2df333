public import Git
public import Platform

extension Checkout {
    /// Throws changes away: of files, or what is staged of them.
    ///
    /// - Parameters:
    ///   - paths: Names, folders and patterns as the person wrote them.
    ///   - isStaged: Whether the index is to be restored and not the files.
    ///   - note: Is told what filters left out, however it ends.
    /// - Returns: What was thrown away; paths from the root of the work tree.
    /// - Throws: ``Failure`` where a path means nothing that git knows.
    public func restore(
        _ paths: [Path], isStaged: Bool, note: (Failure) -> Void
    ) throws(Failure) -> RestoreReport {
        let pathspec = try pathspec(paths)
        defer { for error in repository.takeFilterFailures() { note(Failure(error)) } }
        do throws(GitError) {
            return try repository.restore(pathspec, isStaged: isStaged)
        } catch {
            throw Failure(error)
        }
    }

    /// Where `nbgit reset` is to go.
    public enum ResetTarget: Sendable {
        /// A commit as the person named it; HEAD where nil.
        case commit(Path?)
        /// A branch of a server as it was last seen; what is nil is that of the current branch.
        case remote(Path?, branch: Path?)
    }

    /// Makes branch, index and files what a commit says, and saves before what is thrown away.
    ///
    /// - Parameters:
    ///   - target: The commit.
    ///   - note: Is told what filters left out, however it ends.
    /// - Returns: What was done.
    /// - Throws: ``Failure`` where there is no such commit, or something could not be saved.
    public func reset(
        to target: ResetTarget, note: (Failure) -> Void
    ) throws(Failure) -> ResetReport {
        defer { for error in repository.takeFilterFailures() { note(Failure(error)) } }
        do throws(GitError) {
            let (id, name) = try commit(of: target)
            return try repository.reset(to: id, named: name)
        } catch {
            throw Failure(error)
        }
    }

    private func commit(of target: ResetTarget) throws(GitError) -> (ObjectID, Path) {
        switch target {
        case .commit(let name):
            let name = name ?? "HEAD"
            if let id = repository.commit(named: name) { return (id, name) }
            throw GitError(
                name == "HEAD"
                    ? "nothing is committed yet" : "'\(name.displayName)' names no commit",
                hint: name == "HEAD" ? nil : "'nbgit log' shows the commits there are")
        case .remote(let remote, let branch):
            let current = try repository.head().branch?.branch
            let setting = try current?.string.flatMap { name throws(GitError) in
                try repository.configuration.string("branch.\(name).remote")
            }
            let remote = remote ?? Path(setting ?? "origin")
            guard let branch = branch ?? current else {
                throw GitError(
                    "you are on no branch, so the server's has to be named",
                    hint: "add '--branch <name>'")
            }
            let name = ReferenceName(remote: remote, branch: branch)
            if let id = try repository.commit(of: name) { return (id, name.short) }
            let isKnown = try repository.remotes().contains { $0.name == remote }
            throw GitError(
                isKnown
                    ? "nothing is known of a branch '\(branch.displayName)' of '\(remote.displayName)'"
                    : "there is no remote '\(remote.displayName)'",
                hint: isKnown
                    ? "'nbgit branch list --all' shows what is; ask the server with 'git fetch "
                        + "\(remote.displayName)'"
                    : "'nbgit remote list' shows those there are")
        }
    }
}
