internal import Clibgit2
internal import Platform

extension git_index_entry {
    /// An entry for a file as it is, which git takes for up to date until the file changes; without `status`,
    /// one of which nothing is known.
    ///
    /// Follows `fill_stat_cache_info` of git's read-cache.c.
    init(_ file: FileChange.Side, _ status: FileStatus?) {
        self.init()
        mode = file.mode.rawValue
        if let id = file.id { self.id = id.oid }
        guard let status else { return }
        // The index keeps 32 bits of each; see gitformat-index(5).
        mtime = git_index_time(status.modified)
        ctime = git_index_time(status.changed)
        dev = UInt32(truncatingIfNeeded: status.identity.device)
        ino = UInt32(truncatingIfNeeded: status.identity.inode)
        uid = status.owner
        gid = status.group
        // Of a submodule the size is 0, as in git.
        file_size = file.mode == .submodule ? 0 : UInt32(truncatingIfNeeded: status.byteCount)
    }
}

extension git_index_time {
    fileprivate init(_ time: Timestamp) {
        self.init(
            seconds: Int32(truncatingIfNeeded: time.seconds),
            nanoseconds: UInt32(truncatingIfNeeded: time.nanoseconds))
    }
}
