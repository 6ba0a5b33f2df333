public import Platform

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
            workTree: workTree, entries: entries, rules: try ignoreRules(), pathspec: .all,
            collapsesFolders: wanted != "all")
        return try search.findings(in: self)
    }

    /// The files that git-add(1) would add: those that a pathspec means, each by itself.
    ///
    /// - Parameters:
    ///   - entries: Those of the index.
    ///   - pathspec: Which files.
    /// - Returns: Paths in order; a repository of its own as one path that ends with a slash.
    /// - Throws: ``GitError`` where a folder cannot be read.
    public func untrackedFiles(
        besides entries: [Index.Entry], _ pathspec: Pathspec
    ) throws(GitError) -> [Path] {
        guard let workTree else { return [] }
        let search = UntrackedSearch(
            workTree: workTree, entries: entries, rules: try ignoreRules(), pathspec: pathspec,
            collapsesFolders: false)
        return try search.findings(in: self)
    }
}

/// Looks through the work tree for what git does not know.
private struct UntrackedSearch {
    private let workTree: Path
    private let rules: IgnoreRules
    private let pathspec: Pathspec
    private let roots: [Path]
    private let collapsesFolders: Bool
    private let trackedFiles: Set<Path>
    private let submodules: Set<Path>
    private let trackedFolders: Set<Path>

    init(
        workTree: Path, entries: [Index.Entry], rules: IgnoreRules, pathspec: Pathspec,
        collapsesFolders: Bool
    ) {
        self.workTree = workTree
        self.rules = rules
        self.pathspec = pathspec
        roots = pathspec.roots
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

    /// What git does not know; folders that cannot be read are passed over.
    func findings(in repository: Repository) throws(GitError) -> [Path] {
        let walk = Folder.walk(workTree) { entry in
            guard entry.name != ".git" else { return .skip }
            let path = entry.relativePath
            switch entry.kind {
            case .regular, .symbolicLink:
                guard !trackedFiles.contains(path) else { return .skip }
                guard pathspec.matches(path) else { return .skip }
                return rules.ignores(path, isFolder: false) ? .skip : .take
            case .folder:
                guard mayHoldMatches(path) else { return .skip }
                if trackedFolders.contains(path) { return .descend }
                guard !submodules.contains(path), !rules.ignores(path, isFolder: true) else {
                    return .skip
                }
                if Repository.isRepository(at: workTree.appending(path)) {
                    return pathspec.matches(path) && !trackedFiles.contains(path) ? .take : .skip
                }
                guard collapsesFolders else { return .descend }
                // Where a tracked file was, git only says that it is gone.
                guard !trackedFiles.contains(path) else { return .skip }
                return holdsSomething(path) ? .take : .skip
            default: return .skip
            }
        }
        for failure in walk.failures { try repository.passOver(GitError(failure)) }
        return walk.taken.map { entry in
            entry.kind == .folder
                ? Path(bytes: entry.relativePath.bytes + [.slash]) : entry.relativePath
        }.sorted()
    }

    private func mayHoldMatches(_ folder: Path) -> Bool {
        roots.isEmpty
            || roots.contains { $0.relative(to: folder) != nil || folder.relative(to: $0) != nil }
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
