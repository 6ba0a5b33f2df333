public import Git
public import Platform

extension Checkout {
    /// Makes a commit.
    ///
    /// - Parameters:
    ///   - request: What is to be committed; its ``CommitRequest/only`` is set here.
    ///   - paths: Files to commit alone, as the person wrote them; none for what is staged.
    ///   - note: Is told what the person should know of hooks and filters, however it ends.
    /// - Returns: The commit, that there is nothing to commit, or that a hook said no.
    /// - Throws: ``Failure``; the branch is then where it was.
    public func commit(
        _ request: CommitRequest, paths: [Path], note: (Failure) -> Void
    ) throws(Failure) -> CommitOutcome {
        var request = request
        if !paths.isEmpty { request.only = try pathspec(paths) }
        let programs = CommitPrograms(repository)
        defer {
            for error in repository.takeFilterFailures() + programs.notes { note(Failure(error)) }
        }
        do throws(GitError) {
            return try repository.commit(request, observer: programs)
        } catch let error where error.isRefusal {
            return .refused(error)
        } catch {
            throw Failure(error)
        }
    }

    /// Whether no commit was made yet where HEAD is.
    public func isUnborn() throws(Failure) -> Bool {
        do throws(GitError) { return try repository.head().commit == nil } catch {
            throw Failure(error)
        }
    }

    /// What could be committed, for a person who finds that nothing is staged.
    ///
    /// - Returns: The changed files that git knows, those that it does not, as ``Status/untracked``, and the
    ///   submodules that have changes of their own, which are committed there.
    public func uncommitted() throws(Failure) -> (
        changed: [Path], untracked: [Path], dirtySubmodules: [Path]
    ) {
        do throws(GitError) {
            let index = try repository.index()
            var (changed, dirty): ([Path], [Path]) = (index.conflicts, [])
            for change in try repository.contentChanges(since: index) {
                if try repository.isOnlyDirty(change) {
                    dirty.append(change.path)
                } else {
                    changed.append(change.path)
                }
            }
            let untracked = try repository.status().untracked
            return (changed.sorted(), untracked, dirty)
        } catch {
            throw Failure(error)
        }
    }
}
