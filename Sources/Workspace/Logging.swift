public import Git

extension Checkout {
    /// Goes through the commits that led to here, the newest first.
    ///
    /// - Parameters:
    ///   - pathspec: Limits them to those that changed something it means.
    ///   - range: Where to begin and what to leave out; nil for what HEAD names.
    ///   - limit: How many at most.
    ///   - body: Is handed each commit.
    /// - Returns: Whether there is no commit here yet.
    /// - Throws: ``Failure`` of `body`, or where a commit cannot be read.
    public func eachCommit(
        of pathspec: Pathspec, in range: RevisionRange?, atMost limit: Int,
        _ body: (Commit) throws(Failure) -> Void
    ) throws(Failure) -> Bool {
        var history: History
        do throws(GitError) { history = try repository.history(pathspec, in: range) } catch {
            throw Failure(error)
        }
        var count = 0
        while count < limit, let commit = try next(of: &history) {
            try body(commit)
            count += 1
        }
        return history.isUnborn
    }

    private func next(of history: inout History) throws(Failure) -> Commit? {
        do throws(GitError) { return try history.next() } catch { throw Failure(error) }
    }
}
