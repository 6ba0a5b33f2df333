internal import Clibgit2
public import Platform

extension Repository {
    /// The bytes of a blob.
    ///
    /// - Throws: ``GitError`` where there is no such blob.
    public func content(of id: ObjectID) throws(GitError) -> [UInt8] {
        var oid = id.oid
        let blob = try made("git_blob_lookup") { git_blob_lookup(&$0, pointer, &oid) }
        defer { git_blob_free(blob) }
        let bytes = UnsafeRawBufferPointer(
            start: git_blob_rawcontent(blob), count: Int(git_blob_rawsize(blob)))
        return Array(bytes)
    }

    /// The bytes of a file on one side of a change, as git would store them.
    ///
    /// - Throws: ``GitError`` where they cannot be read.
    public func content(of side: FileChange.Side) throws(GitError) -> [UInt8] {
        guard let id = side.id else { return try content(ofFileAt: side.path, mode: side.mode) }
        return try content(of: id)
    }

    /// The bytes that git would store for a file of the work tree, after its filters.
    ///
    /// - Parameters:
    ///   - path: From the work tree; must not lie behind a symbolic link.
    ///   - mode: What the file is; of a symbolic link the content is where it leads.
    /// - Returns: The bytes of the blob that it would become.
    /// - Throws: ``GitError`` where the file cannot be read.
    public func content(ofFileAt path: Path, mode: FileMode) throws(GitError) -> [UInt8] {
        try content(ofFileAt: path, mode: mode, isKept: false)
    }

    /// The same; what is kept in the repository may be refused for its line ends, as `core.safecrlf` says.
    func content(
        ofFileAt path: Path, mode: FileMode, isKept: Bool
    ) throws(GitError) -> [UInt8] {
        let full = (workTree ?? ".").appending(path)
        guard mode.isFile else { return try linkContent(at: full) }
        let bytes = try system { () throws(SystemError) in try File.read(full) }
        let converter = try converter()
        let conversion = try converter.conversion(of: path)
        return try conversion.isNone
            ? bytes : converter.stored(bytes, at: path, conversion, isKept: isKept)
    }

    /// Where a symbolic link leads; a file stands for one where there are no links (`core.symlinks`).
    private func linkContent(at path: Path) throws(GitError) -> [UInt8] {
        try system { () throws(SystemError) in
            if let target = try File.linkTarget(of: path) { return target.bytes }
            return try File.read(path)
        }
    }

    /// The name that bytes have as a blob.
    public static func id(ofContent bytes: [UInt8]) throws(GitError) -> ObjectID {
        try Library.ready()
        var oid = git_oid()
        let answer = bytes.withUnsafeBytes {
            git_odb_hash(&oid, $0.baseAddress, $0.count, GIT_OBJECT_BLOB)
        }
        try check("git_odb_hash", answer)
        return ObjectID(oid)
    }

    /// The commit that a submodule is at; nil where it has none, is not there or is broken.
    ///
    /// Nothing but its HEAD is looked at, so it does not matter whose it is or what nbgit cannot do in it.
    public func commit(ofSubmoduleAt path: Path) throws(GitError) -> ObjectID? {
        let folder = (workTree ?? ".").appending(path)
        guard Self.isRepository(at: folder) else { return nil }
        var repository: OpaquePointer?
        defer {
            git_repository_free(repository)
            git_error_clear()
        }
        var id = git_oid()
        guard git_repository_open(&repository, folder.cName) == 0,
            git_reference_name_to_id(&id, repository, "HEAD") == 0
        else { return nil }
        return ObjectID(id)
    }

    /// Whether a change is that of a submodule which is at the commit that is staged, and has changes of its own.
    public func isOnlyDirty(_ change: FileChange) throws(GitError) -> Bool {
        guard change.new?.mode == .submodule, let old = change.old?.id else { return false }
        return try commit(ofSubmoduleAt: change.path) == old
    }

    /// A file of more bytes, which is stored as it is, is not read into memory.
    static let mostBytesInMemory = 1 << 25

    /// The name that a file of the work tree would have as a blob; nothing is written.
    func id(ofFileAt path: Path, mode: FileMode) throws(GitError) -> ObjectID {
        let full = (workTree ?? ".").appending(path)
        let status = try system { () throws(SystemError) in
            try File.status(of: full, followingLinks: false)
        }
        guard mode.isFile, let status, try isStreamed(path, status) else {
            return try Self.id(ofContent: content(ofFileAt: path, mode: mode))
        }
        var oid = git_oid()
        try check("git_odb_hashfile", git_odb_hashfile(&oid, full.cName, GIT_OBJECT_BLOB))
        return ObjectID(oid)
    }

    /// Whether a file goes into the repository piece by piece: it is large, and nothing changes its content.
    func isStreamed(_ path: Path, _ status: FileStatus) throws(GitError) -> Bool {
        guard status.byteCount > Self.mostBytesInMemory else { return false }
        return try converter().conversion(of: path).isNone
    }
}
