public import Git
public import Platform

extension Checkout {
    /// A branch and its last commit.
    public struct BranchTip: Sendable {
        /// The branch.
        public let branch: Branch
        /// Its last commit.
        public let commit: Commit
    }

    /// The branches, those of servers last, and the one that has no commit yet if that is the current one.
    ///
    /// - Parameter includesRemote: Whether those of servers are wanted.
    /// - Returns: The branches that have a commit, and what HEAD says.
    /// - Throws: ``Failure`` where a branch or its commit cannot be read.
    public func branches(
        includesRemote: Bool
    ) throws(Failure) -> (tips: [BranchTip], head: Head) {
        do throws(GitError) {
            let branches = try repository.branches(includesRemote: includesRemote)
            let tips = try branches.map { branch throws(GitError) in
                BranchTip(branch: branch, commit: try repository.commit(branch.commit))
            }
            return (tips, try repository.head())
        } catch {
            throw Failure(error)
        }
    }

    /// Removes branches; see ``Repository/removeBranches(_:isForced:)``.
    public func removeBranches(_ names: [Path], isForced: Bool) throws(Failure) -> [Branch] {
        do throws(GitError) {
            return try repository.removeBranches(names, isForced: isForced)
        } catch {
            throw Failure(error)
        }
    }

    // MARK: Remotes

    /// The remotes, in the order of their names.
    public func remotes() throws(Failure) -> [Remote] {
        do throws(GitError) { return try repository.remotes() } catch { throw Failure(error) }
    }

    /// Gives a repository elsewhere a name; see ``Repository/addRemote(_:_:)``.
    public func addRemote(_ name: String, _ url: RemoteURL) throws(Failure) {
        do throws(GitError) { try repository.addRemote(name, url) } catch { throw Failure(error) }
    }

    /// Forgets a remote; see ``Repository/removeRemote(_:)``.
    public func removeRemote(_ name: Path) throws(Failure) -> [ReferenceName] {
        do throws(GitError) { return try repository.removeRemote(name) } catch {
            throw Failure(error)
        }
    }
}
