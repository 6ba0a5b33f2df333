public import Platform

extension Repository {
    /// Takes files out of the index and leaves them on the disk.
    ///
    /// - Parameters:
    ///   - isMeant: Whether a file of the index, by its path from the work tree, goes.
    ///   - prepare: Is called under the index's lock before anything is changed, and can refuse.
    /// - Returns: The paths that went.
    /// - Throws: ``GitError``; the index is then as it was.
    ///
    /// Follows `git rm --cached`.
    public func untrack(
        _ isMeant: (Path) -> Bool, preparedBy prepare: () throws(GitError) -> Void
    ) throws(GitError) -> [Path] {
        let edits = try updateIndex(preparedBy: prepare) { index in
            index.entries.map(\.path).filter(isMeant).map { IndexEdit(path: $0, entry: nil) }
        }
        return edits.map(\.path)
    }
}
