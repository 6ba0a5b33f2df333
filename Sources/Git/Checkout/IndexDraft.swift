internal import Clibgit2
internal import Platform

/// The index under git's lock, from before files are written until it describes them.
///
///     begun ──> entries ──> set, remove ──> publish        deinit without publish: as it was
///
/// The repository sees the draft as its index meanwhile: attributes are looked up in it.
struct IndexDraft: ~Copyable {
    private let repository: Repository
    private let pointer: OpaquePointer
    private var lock: LockFile
    /// When the index was last written; files changed since then are looked into.
    private let indexTime: Timestamp?

    private init(
        _ repository: Repository, _ pointer: OpaquePointer, _ lock: consuming LockFile,
        indexTime: Timestamp?
    ) {
        self.repository = repository
        self.pointer = pointer
        self.lock = lock
        self.indexTime = indexTime
    }

    /// Takes the lock and reads the index.
    static func begun(in repository: Repository) throws(GitError) -> IndexDraft {
        let lock = try repository.lock(repository.layout.index)
        let time = (try? File.status(of: repository.layout.index))?.modified
        let pointer = try open(lock.draft, repository)
        return IndexDraft(repository, pointer, lock, indexTime: time)
    }

    private static func open(
        _ draft: Path, _ repository: Repository
    ) throws(GitError) -> OpaquePointer {
        _ = try system { () throws(SystemError) in
            try File.copy(repository.layout.index, to: draft)
        }
        do throws(GitError) {
            let pointer = try made("git_index_open") { git_index_open(&$0, draft.cName) }
            git_repository_set_index(repository.pointer, pointer)
            return pointer
        } catch {
            throw repository.refusal(of: error)
        }
    }

    deinit {
        git_repository_set_index(repository.pointer, nil)
        git_index_free(pointer)
    }

    /// All entries of stage 0 as libgit2 has them, by path; their own `path` must not be used.
    func entries() -> [Path: git_index_entry] {
        var entries: [Path: git_index_entry] = [:]
        for number in 0..<git_index_entrycount(pointer) {
            guard var entry = git_index_get_byindex(pointer, number)?.pointee,
                entry.flags & UInt16(GIT_INDEX_ENTRY_STAGEMASK) == 0
            else { continue }
            let path = Path(cString: entry.path)
            entry.path = nil
            entries[path] = entry
        }
        return entries
    }

    /// The paths that have an entry, be it in conflict.
    func paths() -> Set<Path> {
        Set(
            (0..<git_index_entrycount(pointer)).compactMap {
                git_index_get_byindex(pointer, $0).map { Path(cString: $0.pointee.path) }
            })
    }

    /// The paths in conflict.
    func conflicts() -> Set<Path> { paths().subtracting(entries().keys) }

    /// Puts an entry in place of what the path has; a path that leads into `.git` is refused.
    func set(_ path: Path, _ entry: git_index_entry) throws(GitError) {
        _ = git_index_conflict_remove(pointer, path.cName)
        try add(path, entry)
    }

    private func add(_ path: Path, _ entry: git_index_entry) throws(GitError) {
        try path.cName.withUnsafeBufferPointer { name throws(GitError) in
            var entry = entry
            entry.path = name.baseAddress
            do throws(GitError) {
                try check("git_index_add", git_index_add(pointer, &entry))
            } catch {
                throw error.about(path)
            }
        }
    }

    /// Says that a path is in conflict, in place of what it has.
    func set(_ conflict: Status.Conflict) throws(GitError) {
        remove(conflict.path)
        for (stage, side) in [(1, conflict.base), (2, conflict.ours), (3, conflict.theirs)] {
            guard let side else { continue }
            var entry = git_index_entry(side, nil)
            entry.flags = UInt16(stage << 12)
            try add(conflict.path, entry)
        }
    }

    /// Takes a path out, with all sides of a conflict; one that is not there is fine.
    func remove(_ path: Path) {
        _ = git_index_conflict_remove(pointer, path.cName)
        _ = git_index_remove(pointer, path.cName, 0)
        git_error_clear()
    }

    /// Makes the draft the index.
    ///
    /// - Parameter written: The paths whose files were just written: these are as the index says.
    /// - Throws: ``GitError``; the index is then as it was.
    mutating func publish(written: Set<Path>) throws(GitError) {
        if let indexTime {
            repository.markRacyEntries(of: pointer, since: indexTime, except: written)
        }
        // libgit2 would look into every file that is younger than the old index, through its filters.
        git_repository_set_index(repository.pointer, nil)
        try check("git_index_write", git_index_write(pointer))
        let draft = lock.draft
        let durable = repository.flushes.index
        let bytes = try system { () throws(SystemError) in try File.read(draft) }
        do throws(SystemError) {
            try lock.write(bytes)
            try lock.replace(durable: durable)
        } catch {
            throw GitError(error)
        }
    }
}
