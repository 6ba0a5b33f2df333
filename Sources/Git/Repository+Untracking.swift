public import Platform

extension Repository {
    /// Takes files out of the index and leaves them on the disk; one that is not there is passed over.
    ///
    /// - Parameter paths: From the work tree.
    /// - Throws: ``GitError``; the index is then as it was.
    ///
    /// Follows `git rm --cached`.
    public func untrack(_ paths: [Path]) throws(GitError) {
        try updateIndex(paths.map { IndexEdit(path: $0, entry: nil) })
    }
}
