internal import Clibgit2
internal import Platform

/// Writes files of the repository into the work tree, and takes them out of it.
///
/// A file is there whole, old or new. No symbolic link is followed: one that stands where a folder should be
/// is in the way.
///
/// Follows entry.c of git.
struct WorkTreeWriter {
    private let repository: Repository
    private let workTree: Path
    private let hasLinks: Bool
    private let clearing: Clearing
    /// Folders that were seen to be no links.
    private var realFolders: Set<Path> = []
    private var emptied: Set<Path> = []

    /// What is taken away where it is in the way; empty folders always are.
    enum Clearing {
        case nothing
        /// Files and links that stand where a folder should be.
        case files
        /// Folders too that stand where a file should be, with all in them.
        case everything
    }

    init(_ repository: Repository, clearing: Clearing) throws(GitError) {
        guard let workTree = repository.workTree else {
            throw GitError("a bare repository has no files", path: repository.layout.gitFolder)
        }
        self.repository = repository
        self.workTree = workTree
        self.clearing = clearing
        hasLinks = try repository.configuration.bool("core.symlinks") ?? true
    }

    /// Writes one file, and gives its entry for the index.
    mutating func write(_ file: FileChange.Side) throws(GitError) -> git_index_entry {
        let path = file.path
        guard let id = file.id, path.isSafeBelowWorkTree else {
            throw GitError("'\(path.displayName)' is no name that a file in git may have")
        }
        let full = workTree.appending(path)
        guard file.mode != .submodule else {
            try system { () throws(SystemError) in try Folder.create(full) }
            return git_index_entry(file, nil)
        }
        let content = try content(of: file, id)
        try makeFolder(path.parent)
        try clear(path)
        try system { () throws(SystemError) in
            if file.mode == .symbolicLink, hasLinks {
                try File.placeLink(full, to: Path(bytes: content))
            } else {
                let isExecutable = file.mode == .executable
                try File.place(full, content, permissions: isExecutable ? 0o777 : 0o666)
            }
        }
        let status = try system { () throws(SystemError) in
            try File.status(of: full, followingLinks: false)
        }
        forgetAttributes(path)
        return git_index_entry(file, status)
    }

    /// Removes a file that git knows; the folders above are removed by ``removeEmptyFolders()``.
    ///
    /// What is behind a symbolic link, and a repository with files in it, stays.
    mutating func remove(_ file: FileChange.Side) throws(GitError) {
        guard file.path.isSafeBelowWorkTree, isReal(file.path.parent) else { return }
        let full = workTree.appending(file.path)
        emptied.insert(file.path.parent)
        forgetAttributes(file.path)
        let status = try system { () throws(SystemError) in
            try File.status(of: full, followingLinks: false)
        }
        if status?.kind == .folder {
            if file.mode == .submodule { try? Folder.removeIfEmpty(full) }
            return
        }
        try system { () throws(SystemError) in try File.remove(full) }
    }

    /// Removes the folders that have nothing left in them, up to the root or the folder the person is in.
    mutating func removeEmptyFolders() {
        for var folder in emptied {
            while folder != ".", repository.commandFolder.relative(to: folder) == nil {
                let full = workTree.appending(folder)
                try? Folder.removeIfEmpty(full)
                guard (try? File.status(of: full, followingLinks: false)) == nil else { break }
                realFolders.remove(folder)
                folder = folder.parent
            }
        }
        emptied = []
    }

    // MARK: The way there

    private mutating func makeFolder(_ folder: Path) throws(GitError) {
        guard folder != ".", !realFolders.contains(folder) else { return }
        try makeFolder(folder.parent)
        let full = workTree.appending(folder)
        let status = try system { () throws(SystemError) in
            try File.status(of: full, followingLinks: false)
        }
        if let status, status.kind != .folder {
            guard clearing != .nothing else {
                throw GitError("a file is in the way", path: folder)
            }
            try system { () throws(SystemError) in try File.remove(full) }
        }
        try system { () throws(SystemError) in try Folder.create(full) }
        realFolders.insert(folder)
    }

    /// Makes room for a file where a folder is.
    private func clear(_ path: Path) throws(GitError) {
        let full = workTree.appending(path)
        let status = try? File.status(of: full, followingLinks: false)
        guard status?.kind == .folder, !Folder.removeIfHoldingOnlyFolders(full) else { return }
        guard clearing == .everything else {
            throw GitError(
                "a folder is in the way, with files in it that git does not know", path: path,
                hint: "move it away and try again")
        }
        try system { () throws(SystemError) in try Folder.removeAll(full) }
    }

    private func isReal(_ folder: Path) -> Bool {
        guard folder != ".", !realFolders.contains(folder) else { return true }
        let status = try? File.status(of: workTree.appending(folder), followingLinks: false)
        return status?.kind == .folder && isReal(folder.parent)
    }

    // MARK: Content

    /// libgit2 does not see that an attribute file is gone that it has read before.
    private func forgetAttributes(_ path: Path) {
        guard path.name == ".gitattributes" else { return }
        git_attr_cache_flush(repository.pointer)
    }

    /// The bytes as they are in the work tree, after the filters of gitattributes(5).
    private func content(of file: FileChange.Side, _ id: ObjectID) throws(GitError) -> [UInt8] {
        guard file.mode.isFile else { return try repository.content(of: id) }
        do throws(GitError) {
            return try repository.contentForWorkTree(of: id, at: file.path)
        } catch {
            throw repository.explained(error).about(file.path)
        }
    }
}

extension Repository {
    /// The bytes of a blob as they are to be in the work tree, after the filters of gitattributes(5).
    fileprivate func contentForWorkTree(of id: ObjectID, at path: Path) throws(GitError) -> [UInt8]
    {
        var oid = id.oid
        let blob = try made("git_blob_lookup") { git_blob_lookup(&$0, pointer, &oid) }
        defer { git_blob_free(blob) }
        var filters: OpaquePointer?
        try check(
            "git_filter_list_load",
            git_filter_list_load(
                &filters, pointer, blob, path.cName, GIT_FILTER_TO_WORKTREE,
                GIT_FILTER_DEFAULT.rawValue))
        guard let filters else { return try content(of: id) }
        defer { git_filter_list_free(filters) }
        var buffer = git_buf()
        defer { git_buf_dispose(&buffer) }
        try check(
            "git_filter_list_apply_to_blob", git_filter_list_apply_to_blob(&buffer, filters, blob))
        return Array(UnsafeRawBufferPointer(start: buffer.ptr, count: buffer.size))
    }
}

extension Path {
    /// Whether it leads to a file below the work tree and not into a `.git`, on any file system.
    ///
    /// Follows verify_path in read-cache.c of git.
    var isSafeBelowWorkTree: Bool {
        guard !isAbsolute, !bytes.isEmpty, bytes.last != .slash else { return false }
        return bytes.split(separator: .slash, omittingEmptySubsequences: false).allSatisfy { name in
            let small = name.map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 }
            let isSpecial = ["", ".", "..", ".git", "git~1"].contains {
                small.elementsEqual($0.utf8)
            }
            return !isSpecial
        }
    }
}
