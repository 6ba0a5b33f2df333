internal import Clibgit2
internal import Platform

extension Repository {
    /// Marks the entries whose files may have changed since without a trace, before the index is written anew.
    ///
    /// A file that changes twice within a second can keep its size and its time in whole seconds, which is all
    /// that git compares. git therefore reads the files that are as young as the index. In an index written
    /// later they would look older than it: a size of 0 tells git to go on reading them.
    ///
    /// - Parameters:
    ///   - index: libgit2's index.
    ///   - written: When the index was written that these entries come from.
    ///   - fresh: Files that were written since, and are what their entries say.
    ///
    /// Follows `ce_smudge_racily_clean_entry` of git's read-cache.c, and racy-git.txt.
    func markRacyEntries(
        of index: OpaquePointer, since written: Timestamp, except fresh: Set<Path> = []
    ) {
        guard let workTree else { return }
        let marked = UInt16(GIT_INDEX_ENTRY_STAGEMASK)
        for number in 0..<git_index_entrycount(index) {
            guard let place = git_index_get_byindex(index, number) else { continue }
            let entry = place.pointee
            guard Int(entry.mtime.seconds) >= written.seconds, entry.flags & marked == 0,
                FileMode(rawValue: entry.mode) != .submodule,
                !isCertain(entry, in: workTree, written),
                !fresh.contains(Path(cString: entry.path))
            else { continue }
            // The entry is the index's own and lives as long; libgit2 changes it in the same way.
            UnsafeMutablePointer(mutating: place).pointee.file_size = 0
        }
    }

    /// Whether the file is still what it was when its entry was made: its time is the same to the nanosecond, and
    /// the index was written so long after that a later change would show in the time.
    private func isCertain(
        _ entry: git_index_entry, in workTree: Path, _ written: Timestamp
    ) -> Bool {
        // The kernel's clock for files moves in steps of up to 10 ms.
        let step = 10_000_000
        let isClearlyOlder =
            Int(entry.mtime.seconds) == written.seconds
            && Int(entry.mtime.nanoseconds) + 2 * step < written.nanoseconds
        guard isClearlyOlder, entry.mtime.nanoseconds > 0,
            let status = try? File.status(
                of: workTree.appending(Path(cString: entry.path)), followingLinks: false)
        else { return false }
        return status.modified.seconds == Int(entry.mtime.seconds)
            && status.modified.nanoseconds == Int(entry.mtime.nanoseconds)
            && UInt32(truncatingIfNeeded: status.byteCount) == entry.file_size
    }
}
