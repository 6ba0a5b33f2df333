internal import Clibgit2
internal import Platform

/// Compares entries of the index with their files, one after the other in the order of their paths.
///
/// Follows `ie_modified` and `ce_match_stat_basic` of git's read-cache.c.
struct WorkTreeComparison {
    /// What the status of a file says about its content.
    enum Finding {
        /// It is what the index has.
        case same
        case changed(FileChange)
        /// Its time is not that in the index, or too late to mean something: only its content tells.
        case unread(FileChange)
    }

    /// What makes a submodule different that is at the right commit.
    enum SubmoduleCare {
        case everything
        /// As for git-diff(1) since 2.34: untracked files do not.
        case trackedFiles
        /// As for git-add(1), which stages commits.
        case commit
    }

    private let repository: Repository
    private let workTree: Path
    private let submoduleCare: SubmoduleCare
    private let hasFileModes: Bool
    private let hasLinks: Bool
    /// Whether the time of the last change of any kind counts, and which file it is.
    private let trustsChangeTime: Bool
    private let trustsInode: Bool
    /// When the index was written; what was changed later or at that time is looked into.
    private let indexTime: Timestamp?
    /// The folder of the last file, and whether it can be reached without a symbolic link.
    private var folder: (path: Path, isReal: Bool) = (".", true)

    init(
        _ repository: Repository, workTree: Path, minding submoduleCare: SubmoduleCare
    ) throws(GitError) {
        self.repository = repository
        self.workTree = workTree
        self.submoduleCare = submoduleCare
        let configuration = repository.configuration
        hasFileModes = try configuration.bool("core.filemode") ?? true
        hasLinks = try configuration.bool("core.symlinks") ?? true
        let isMinimal = try configuration.string("core.checkstat")?.lowercased() == "minimal"
        trustsInode = !isMinimal
        let trustsChangeTime = try configuration.bool("core.trustctime") ?? true
        self.trustsChangeTime = trustsChangeTime && !isMinimal
        indexTime = (try? File.status(of: repository.layout.index))?.modified
    }

    /// How the file of an entry differs, as far as can be said without reading it.
    mutating func finding(for entry: git_index_entry) throws(GitError) -> Finding {
        let skipped = UInt16(GIT_INDEX_ENTRY_SKIP_WORKTREE.rawValue)
        guard entry.flags & UInt16(GIT_INDEX_ENTRY_STAGEMASK) == 0,
            entry.flags_extended & skipped == 0,
            entry.flags & UInt16(GIT_INDEX_ENTRY_VALID.rawValue) == 0
        else { return .same }
        let path = Path(cString: entry.path)
        let mode = FileMode(rawValue: entry.mode)
        let isAnnounced = entry.isOnlyAnnounced
        let old: FileChange.Side? =
            isAnnounced ? nil : .init(path: path, mode: mode, id: ObjectID(entry.id))
        guard let status = try status(of: path),
            let found = self.mode(of: status, at: path, staged: mode)
        else {
            return .init(FileChange(old: old ?? .init(path: path, mode: mode, id: nil), new: nil))
        }
        let change = FileChange(old: old, new: .init(path: path, mode: found, id: nil))
        if isAnnounced || found != mode { return .init(change) }
        guard mode != .submodule else {
            return try isSubmoduleChanged(path, from: entry.id) ? .init(change) : .same
        }
        return finding(change, entry, status)
    }

    /// The file at `path` as git would stage it, by what the index says it is, if anything; nil where there
    /// is none that git would take.
    mutating func side(
        at path: Path, staged: FileMode?
    ) throws(GitError) -> (side: FileChange.Side, status: FileStatus)? {
        guard let status = try status(of: path),
            let mode = mode(of: status, at: path, staged: staged)
        else { return nil }
        return (.init(path: path, mode: mode, id: nil), status)
    }

    /// How the file of an entry that need not lie in an index differs, read where that must be, whatever git
    /// was told about looking at it; nil where it does not.
    mutating func change(
        at path: Path, since entry: git_index_entry
    ) throws(GitError) -> FileChange? {
        try path.cName.withUnsafeBufferPointer { name throws(GitError) in
            var entry = entry
            entry.path = name.baseAddress
            entry.flags &= ~UInt16(GIT_INDEX_ENTRY_VALID.rawValue)
            entry.flags_extended &= ~UInt16(GIT_INDEX_ENTRY_SKIP_WORKTREE.rawValue)
            switch try finding(for: entry) {
            case .same: return nil
            case .changed(let change): return change
            case .unread(let change):
                let mode = FileMode(rawValue: entry.mode)
                let id = try repository.id(ofFileAt: path, mode: mode)
                return id == ObjectID(entry.id) ? nil : change
            }
        }
    }

    /// What is at `path` now; nil where nothing is, or only behind a symbolic link.
    private mutating func status(of path: Path) throws(GitError) -> FileStatus? {
        let parent = path.parent
        if parent != folder.path { folder = (parent, isReal(parent)) }
        guard folder.isReal else { return nil }
        let full = workTree.appending(path)
        return try system { () throws(SystemError) in
            try File.status(of: full, followingLinks: false)
        }
    }

    private func isReal(_ path: Path) -> Bool {
        guard path != "." else { return true }
        if folder.isReal, folder.path.relative(to: path) != nil { return true }
        let status = try? File.status(of: workTree.appending(path), followingLinks: false)
        return status?.kind == .folder && isReal(path.parent)
    }

    /// What git would call the file; nil where it would not take it for one.
    private func mode(of status: FileStatus, at path: Path, staged: FileMode?) -> FileMode? {
        switch status.kind {
        case .regular:
            if !hasLinks, staged == .symbolicLink { return staged }
            guard hasFileModes else { return staged.flatMap { $0.isFile ? $0 : nil } ?? .regular }
            return status.permissions.rawValue & 0o100 != 0 ? .executable : .regular
        case .symbolicLink: return .symbolicLink
        case .folder:
            let isRepository = Repository.isRepository(at: workTree.appending(path))
            return staged == .submodule || isRepository ? .submodule : nil
        default: return nil
        }
    }

    // MARK: Content

    private func finding(
        _ change: FileChange?, _ entry: git_index_entry, _ status: FileStatus
    ) -> Finding {
        guard let change else { return .same }
        let isSameSize = entry.file_size == UInt32(truncatingIfNeeded: status.byteCount)
        // git writes the size 0 where it was not sure.
        if !isSameSize, entry.file_size != 0 { return .changed(change) }
        let isSameStatus =
            isSameSize && entry.mtime.isSame(as: status.modified)
            && (!trustsChangeTime || entry.ctime.isSame(as: status.changed))
            && (!trustsInode || entry.ino == UInt32(truncatingIfNeeded: status.identity.inode))
        if isSameStatus, let indexTime, entry.mtime.isBefore(indexTime) { return .same }
        return .unread(change)
    }

    private func isSubmoduleChanged(_ path: Path, from old: git_oid) throws(GitError) -> Bool {
        let folder = workTree.appending(path)
        guard Repository.isRepository(at: folder) else { return false }
        guard let commit = try repository.commit(ofSubmoduleAt: path) else { return false }
        guard submoduleCare != .commit else { return commit != ObjectID(old) }
        let neglect = try repository.neglect(ofSubmoduleAt: path)
        guard neglect != .all else { return false }
        if commit != ObjectID(old) { return true }
        guard neglect != .dirty else { return false }
        let status: Status
        do throws(GitError) {
            status = try Repository(opening: folder, environment: repository.environment).status()
        } catch {
            try repository.passOver(error.about(path))
            return false
        }
        let mindsUntracked = neglect.map { $0 == .none } ?? (submoduleCare == .everything)
        return !status.files.isEmpty || !status.conflicts.isEmpty
            || mindsUntracked && !status.untracked.isEmpty
    }
}

extension WorkTreeComparison.Finding {
    fileprivate init(_ change: FileChange?) {
        self = change.map { .changed($0) } ?? .same
    }
}

extension git_index_time {
    /// Whether it is the same moment; fractions count only where both have them.
    fileprivate func isSame(as time: Timestamp) -> Bool {
        Int32(truncatingIfNeeded: time.seconds) == seconds
            && (nanoseconds == 0 || time.nanoseconds == 0 || Int(nanoseconds) == time.nanoseconds)
    }

    /// Whether it surely came before `time`.
    func isBefore(_ time: Timestamp) -> Bool {
        let start = Int32(truncatingIfNeeded: time.seconds)
        return seconds < start
            || seconds == start && nanoseconds > 0 && Int(nanoseconds) < time.nanoseconds
    }
}
