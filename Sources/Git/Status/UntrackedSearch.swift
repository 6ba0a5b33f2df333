internal import Platform

extension Repository {
    /// The files of the work tree that the index does not have and that are not ignored.
    ///
    /// - Parameter entries: Those of the index.
    /// - Returns: Paths in order; a folder without tracked files, and a repository of its own, as one path
    ///   that ends with a slash.
    /// - Throws: ``GitError`` where a folder cannot be read.
    ///
    /// Follows `treat_directory` of git's dir.c, with `--untracked-files=normal` or what
    /// `status.showUntrackedFiles` says.
    func untrackedFiles(besides entries: [Index.Entry]) throws(GitError) -> [Path] {
        guard let workTree else { return [] }
        let wanted = try configuration.string("status.showuntrackedfiles")?.lowercased()
        guard !["no", "false", "off", "0"].contains(wanted) else { return [] }
        let search = UntrackedSearch(
            workTree: workTree, entries: entries, rules: try ignoreRules(),
            collapsesFolders: wanted != "all")
        return search.paths()
    }
}

/// Looks through the work tree for what git does not know.
private struct UntrackedSearch {
    private let workTree: Path
    private let rules: IgnoreRules
    private let collapsesFolders: Bool
    private let trackedFiles: Set<Path>
    private let submodules: Set<Path>
    private let trackedFolders: Set<Path>

    init(
        workTree: Path, entries: [Index.Entry], rules: IgnoreRules, collapsesFolders: Bool
    ) {
        self.workTree = workTree
        self.rules = rules
        self.collapsesFolders = collapsesFolders
        trackedFiles = Set(entries.lazy.map(\.path))
        submodules = Set(entries.lazy.filter { $0.mode == .submodule }.map(\.path))
        var folders: Set<Path> = []
        var last: Path = "."
        for entry in entries {
            var folder = entry.path.parent
            guard folder != last else { continue }
            last = folder
            while folder != ".", folders.insert(folder).inserted { folder = folder.parent }
        }
        trackedFolders = folders
    }

    func paths() -> [Path] {
        let walk = Folder.walk(workTree) { entry in
            guard entry.name != ".git" else { return .skip }
            let path = entry.relativePath
            switch entry.kind {
            case .regular, .symbolicLink:
                guard !trackedFiles.contains(path) else { return .skip }
                return rules.ignores(path, isFolder: false) ? .skip : .take
            case .folder:
                if trackedFolders.contains(path) { return .descend }
                guard !submodules.contains(path), !rules.ignores(path, isFolder: true) else {
                    return .skip
                }
                if Repository.isRepository(at: workTree.appending(path)) { return .take }
                guard collapsesFolders else { return .descend }
                return holdsSomething(path) ? .take : .skip
            default: return .skip
            }
        }
        return walk.taken.map { entry in
            entry.kind == .folder
                ? Path(bytes: entry.relativePath.bytes + [.slash]) : entry.relativePath
        }.sorted()
    }

    /// Whether a folder without tracked files holds anything that is not ignored.
    private func holdsSomething(_ folder: Path) -> Bool {
        var isFound = false
        _ = Folder.walk(workTree.appending(folder)) { entry in
            guard !isFound, entry.name != ".git" else { return .skip }
            let path = folder.appending(entry.relativePath)
            switch entry.kind {
            case .regular, .symbolicLink:
                isFound = !rules.ignores(path, isFolder: false)
                return .skip
            case .folder:
                guard !rules.ignores(path, isFolder: true) else { return .skip }
                isFound = Repository.isRepository(at: workTree.appending(path))
                return .descend
            default: return .skip
            }
        }
        return isFound
    }
}
