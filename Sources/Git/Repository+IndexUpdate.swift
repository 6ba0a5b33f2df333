internal import Clibgit2
internal import Platform

/// One path of the index as it is to become.
struct IndexEdit {
    let path: Path
    /// nil to take the path out, with all sides of a conflict.
    let entry: git_index_entry?
}

extension Repository {
    /// Changes the index as it is at this moment, under git's lock, so that nobody else's change is lost.
    ///
    /// What takes long (reading files, writing blobs) is done before: under the lock the index is only
    /// read, changed and written. When nothing changes it is not written.
    ///
    /// - Parameter edits: In order; a later one of the same path holds.
    /// - Throws: ``GitError``; the index is then as it was.
    ///
    /// Follows read-cache.c and lockfile.c of git.
    func updateIndex(_ edits: [IndexEdit]) throws(GitError) {
        guard !edits.isEmpty else { return }
        _ = try updateIndex(preparedBy: { () throws(GitError) in }) { _ in edits }
    }

    /// Changes the index in the same way, with edits that are made of what it holds under the lock.
    ///
    /// - Parameters:
    ///   - prepare: Is called when nothing but the last step is left, and can still refuse.
    ///   - edits: Makes the edits.
    /// - Returns: The edits.
    /// - Throws: ``GitError``; the index is then as it was.
    func updateIndex(
        preparedBy prepare: () throws(GitError) -> Void,
        _ edits: (borrowing Index) -> [IndexEdit]
    ) throws(GitError) -> [IndexEdit] {
        var lock = try lock(layout.index)
        let edits = try edits(index())
        let draft = lock.draft
        if !edits.isEmpty { try draftIndex(draft, edits) }
        try prepare()
        guard !edits.isEmpty else { return [] }
        let bytes = try system { () throws(SystemError) in try File.read(draft) }
        try system { () throws(SystemError) in
            try lock.write(bytes)
            try lock.replace(durable: flushes.index)
        }
        return edits
    }
}

extension Repository {
    /// Copies the index to `draft` and changes it there.
    func draftIndex(_ draft: Path, _ edits: [IndexEdit]) throws(GitError) {
        // Asked before the copy: of an index that somebody replaces meanwhile, too many files count as racy.
        let status = try system { () throws(SystemError) in try File.status(of: layout.index) }
        _ = try system { () throws(SystemError) in try File.copy(layout.index, to: draft) }
        let index = try openIndex(draft)
        if let status { markRacyEntries(of: index.pointer, since: status.modified) }
        for edit in edits { try index.apply(edit) }
        try check("git_index_write", git_index_write(index.pointer))
    }
}

extension Index {
    borrowing func apply(_ edit: IndexEdit) throws(GitError) {
        // A file that is staged is no longer in conflict.
        _ = git_index_conflict_remove(pointer, edit.path.cName)
        guard let entry = edit.entry else {
            let answer = git_index_remove(pointer, edit.path.cName, 0)
            guard answer != GIT_ENOTFOUND.rawValue else { return git_error_clear() }
            try check("git_index_remove", answer)
            return
        }
        try edit.path.cName.withUnsafeBufferPointer { name throws(GitError) in
            var entry = entry
            entry.path = name.baseAddress
            try check("git_index_add", git_index_add(pointer, &entry))
        }
    }
}
