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
        try content(ofFileAt: path, mode: mode, flags: GIT_FILTER_ALLOW_UNSAFE)
    }

    /// The same; `flags` say whether `core.safecrlf` may refuse.
    func content(
        ofFileAt path: Path, mode: FileMode, flags: git_filter_flag_t
    ) throws(GitError) -> [UInt8] {
        let full = (workTree ?? ".").appending(path)
        guard mode.isFile else {
            return try system { () throws(SystemError) in try File.linkTarget(of: full)?.bytes ?? []
            }
        }
        let bytes = try system { () throws(SystemError) in try File.read(full) }
        guard let filters = try filters(for: path, flags) else { return bytes }
        defer { git_filter_list_free(filters) }
        var buffer = git_buf()
        defer { git_buf_dispose(&buffer) }
        try withStagedLineEnds(of: path, filters) { () throws(GitError) -> Void in
            let answer = bytes.withUnsafeBytes { bytes in
                git_filter_list_apply_to_buffer(
                    &buffer, filters, bytes.bindMemory(to: CChar.self).baseAddress, bytes.count)
            }
            try check("git_filter_list_apply_to_buffer", answer)
        }
        return Array(UnsafeRawBufferPointer(start: buffer.ptr, count: buffer.size))
    }

    /// What a file goes through on its way into the repository; nil for nothing.
    func filters(
        for path: Path, _ flags: git_filter_flag_t
    ) throws(GitError) -> OpaquePointer? {
        var filters: OpaquePointer?
        try check(
            "git_filter_list_load",
            git_filter_list_load(
                &filters, pointer, nil, path.cName, GIT_FILTER_TO_ODB, flags.rawValue))
        return filters
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

    /// The commit that a submodule is at; nil where it has none, or is not there.
    public func commit(ofSubmoduleAt path: Path) throws(GitError) -> ObjectID? {
        let folder = (workTree ?? ".").appending(path)
        guard Self.isRepository(at: folder) else { return nil }
        return try Repository(opening: folder, environment: environment).head().commit
    }

    /// A file of more bytes goes through libgit2's streams, which hold a part of it at a time.
    static let mostBytesInMemory = 1 << 25

    /// The name that a file of the work tree would have as a blob; nothing is written.
    func id(ofFileAt path: Path, mode: FileMode) throws(GitError) -> ObjectID {
        let full = (workTree ?? ".").appending(path)
        let status = try system { () throws(SystemError) in
            try File.status(of: full, followingLinks: false)
        }
        guard mode.isFile, let status, status.byteCount > Self.mostBytesInMemory else {
            return try Self.id(ofContent: content(ofFileAt: path, mode: mode))
        }
        var oid = git_oid()
        try check(
            "git_repository_hashfile",
            git_repository_hashfile(&oid, pointer, full.cName, GIT_OBJECT_BLOB, nil))
        return ObjectID(oid)
    }
}
