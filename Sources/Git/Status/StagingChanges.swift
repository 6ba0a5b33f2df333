internal import Clibgit2
internal import Platform

extension Repository {
    /// The files that git-add(1) would look at, in the order of their paths: changed, gone, in conflict,
    /// and those that git does not know; ignored ones are left out.
    ///
    /// Files are not read: where only the time is another one, the content may be the same.
    ///
    /// - Parameters:
    ///   - index: To compare with.
    ///   - pathspec: Which files.
    ///   - includesUntracked: Whether files are wanted that the index does not have.
    /// - Returns: One change for each path; that of a file in conflict has no names of contents.
    /// - Throws: ``GitError`` where something cannot be looked at.
    func stagingChanges(
        from index: borrowing Index, _ pathspec: Pathspec, includesUntracked: Bool = true
    ) throws(GitError) -> [FileChange] {
        guard let workTree else { return [] }
        var comparison = try WorkTreeComparison(self, workTree: workTree, minding: .commit)
        var changes: [Path: FileChange] = [:]
        for number in 0..<index.count {
            guard let entry = git_index_get_byindex(index.pointer, number)?.pointee else {
                continue
            }
            let path = Path(cString: entry.path)
            guard pathspec.matches(path) else { continue }
            if entry.stage > 0 {
                // Of the three sides, ours says what kind of file it is.
                guard changes[path] == nil || entry.stage == 2 else { continue }
                let mode = FileMode(rawValue: entry.mode)
                let old = FileChange.Side(path: path, mode: mode, id: nil)
                let new = try comparison.side(at: path, staged: mode)?.side
                changes[path] = FileChange(old: old, new: new)
            } else {
                switch try comparison.finding(for: entry) {
                case .same: continue
                case .changed(let change), .unread(let change): changes[path] = change
                }
            }
        }
        if includesUntracked {
            for untracked in try untrackedFiles(besides: index.entries, pathspec) {
                let isFolder = untracked.bytes.last == UInt8(ascii: "/")
                let path = isFolder ? Path(bytes: untracked.bytes.dropLast()) : untracked
                guard changes[path] == nil,
                    let side = try comparison.side(at: path, staged: nil)?.side
                else { continue }
                changes[path] = FileChange(old: nil, new: side)
            }
        }
        return changes.values.sorted { $0.path < $1.path }
    }
}

extension git_index_entry {
    /// 0, or the side of a conflict; see ``Index/Entry/stage``.
    fileprivate var stage: Int { Int(flags & UInt16(GIT_INDEX_ENTRY_STAGEMASK)) >> 12 }
}
