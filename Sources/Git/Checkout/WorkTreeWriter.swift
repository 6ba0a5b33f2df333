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
    private let attributeOrder: AttributeRules.Order
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

    /// - Parameters:
    ///   - repository: Its index is to hold what is written already: attributes are looked up there.
    ///   - clearing: What may be taken away.
    ///   - attributeOrder: Which attribute files hold: those of the index, unless single files are restored.
    /// - Throws: ``GitError`` for a bare repository.
    init(
        _ repository: Repository, clearing: Clearing,
        attributeOrder: AttributeRules.Order = .indexFirst
    ) throws(GitError) {
        guard let workTree = repository.workTree else {
            throw GitError("a bare repository has no files", path: repository.layout.gitFolder)
        }
        self.repository = repository
        self.workTree = workTree
        self.clearing = clearing
        self.attributeOrder = attributeOrder
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
        return git_index_entry(file, status)
    }

    /// Removes a file that git knows; the folders above are removed by ``removeEmptyFolders()``.
    ///
    /// What is behind a symbolic link, and a repository with files in it, stays.
    mutating func remove(_ file: FileChange.Side) throws(GitError) {
        guard file.path.isSafeBelowWorkTree, isReal(file.path.parent) else { return }
        let full = workTree.appending(file.path)
        emptied.insert(file.path.parent)
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

    /// The bytes as they are in the work tree, after the filters of gitattributes(5).
    private func content(of file: FileChange.Side, _ id: ObjectID) throws(GitError) -> [UInt8] {
        let bytes = try repository.content(of: id)
        guard file.mode.isFile else { return bytes }
        let converter = try repository.converter()
        do throws(GitError) {
            let conversion = try converter.conversion(of: file.path, attributeOrder)
            return try conversion.isNone
                ? bytes : converter.written(bytes, blob: id, at: file.path, conversion)
        } catch {
            throw error.about(file.path)
        }
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
