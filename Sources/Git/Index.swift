internal import Clibgit2
public import Platform

/// The index in memory: what the next commit will hold.
///
/// Follows gitformat-index(5).
public struct Index: ~Copyable {
    let repository: Repository
    let pointer: OpaquePointer

    /// One file in the index.
    public struct Entry: Hashable, Sendable {
        /// From the root of the work tree.
        public let path: Path
        /// What it is.
        public let mode: FileMode
        /// Its blob, or the commit of a submodule.
        public let id: ObjectID
        /// 0, or in a conflict 1 for the common ancestor, 2 for ours and 3 for theirs.
        public let stage: Int
        /// Whether `git add --intent-to-add` announced it, so that no content of it is staged.
        public let isOnlyAnnounced: Bool
    }

    /// Reads an index file; one that does not exist is empty.
    ///
    /// Filters and attributes need the repository to know the index they are asked about, so this becomes
    /// the repository's own.
    init(file: Path, of repository: Repository) throws(GitError) {
        let pointer = try made("git_index_open") { git_index_open(&$0, file.cName) }
        do throws(GitError) {
            try check(
                "git_repository_set_index", git_repository_set_index(repository.pointer, pointer))
        } catch {
            git_index_free(pointer)
            throw error
        }
        self.repository = repository
        self.pointer = pointer
    }

    /// Makes an empty index that lies in no file.
    init(of repository: Repository) throws(GitError) {
        self.repository = repository
        pointer = try made("git_index_new") { git_index_new(&$0) }
    }

    deinit {
        git_index_free(pointer)
    }

    /// The number of entries; a file in conflict has up to three.
    public var count: Int { git_index_entrycount(pointer) }

    /// All entries in the order of their paths, byte by byte.
    public var entries: [Entry] {
        (0..<count).compactMap { git_index_get_byindex(pointer, $0) }.map { Entry($0.pointee) }
    }

    /// The entry of a path that is not in conflict, or nil.
    public func entry(at path: Path) -> Entry? {
        raw(at: path).map(Entry.init)
    }

    /// The paths that are in conflict, in order, each once.
    public var conflicts: [Path] {
        guard git_index_has_conflicts(pointer) == 1 else { return [] }
        var paths: [Path] = []
        for entry in entries where entry.stage > 0 && paths.last != entry.path {
            paths.append(entry.path)
        }
        return paths
    }

    /// Writes the trees that the index describes, and gives the root's name.
    ///
    /// Files that are only announced with `git add --intent-to-add` are no part of them: they are taken out of
    /// the index in memory.
    ///
    /// - Throws: ``GitError`` where a file is in conflict or its blob is missing.
    func writeTree() throws(GitError) -> ObjectID {
        let announced = (0..<count).compactMap { number -> Path? in
            guard let entry = git_index_get_byindex(pointer, number)?.pointee else { return nil }
            return entry.isOnlyAnnounced ? Path(cString: entry.path) : nil
        }
        for path in announced {
            try check("git_index_remove", git_index_remove(pointer, path.cName, 0))
        }
        var oid = git_oid()
        let (index, target) = (pointer, repository.pointer)
        let answer = repository.sharing.apply { git_index_write_tree_to(&oid, index, target) }
        try check("git_index_write_tree_to", answer)
        return ObjectID(oid)
    }

    func raw(at path: Path) -> git_index_entry? {
        git_index_get_bypath(pointer, path.cName, 0)?.pointee
    }
}

extension Index.Entry {
    init(_ entry: git_index_entry) {
        path = Path(cString: entry.path)
        mode = FileMode(rawValue: entry.mode)
        id = ObjectID(entry.id)
        stage = Int((entry.flags & UInt16(GIT_INDEX_ENTRY_STAGEMASK)) >> 12)
        isOnlyAnnounced = entry.isOnlyAnnounced
    }
}

/// What git says a file is: one of a few numbers.
public struct FileMode: RawRepresentable, Hashable, Sendable {
    /// The number, such as 0o100644.
    public let rawValue: UInt32

    /// Takes a number as it stands.
    public init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// A file.
    public static let regular = FileMode(rawValue: 0o100644)
    /// A file that may be run.
    public static let executable = FileMode(rawValue: 0o100755)
    /// A symbolic link; the blob is where it leads.
    public static let symbolicLink = FileMode(rawValue: 0o120000)
    /// A commit of another repository.
    public static let submodule = FileMode(rawValue: 0o160000)
    /// A tree.
    public static let folder = FileMode(rawValue: 0o040000)

    /// The number as git prints it: six digits.
    public var text: String {
        let digits = String(rawValue, radix: 8)
        return String(repeating: "0", count: max(6 - digits.count, 0)) + digits
    }
}

extension Repository {
    /// The index as it is on the disk now.
    ///
    /// - Throws: ``GitError`` where it is broken, or in a form that nbgit does not know.
    public func index() throws(GitError) -> Index {
        try openIndex(layout.index)
    }

    func openIndex(_ file: Path) throws(GitError) -> Index {
        // libgit2 asks how long the file is before it opens it: meanwhile another program may have put a longer
        // one in its place, of which only a part would be read.
        var attemptsLeft = 20
        while true {
            let status = try? File.status(of: file)
            do throws(GitError) {
                return try Index(file: file, of: self)
            } catch {
                attemptsLeft -= 1
                let isReplaced = (try? File.status(of: file)) != status
                guard isReplaced, attemptsLeft > 0 else { throw refusal(of: error) }
            }
        }
    }
}
