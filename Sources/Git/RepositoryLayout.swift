public import Platform

/// Where the parts of a repository lie; all paths are absolute and without links.
public struct RepositoryLayout: Hashable, Sendable {
    /// The root of the work tree; nil when the repository is bare.
    public internal(set) var workTree: Path?
    /// Where `HEAD` and the index are: `.git`, or `.git/worktrees/<name>` of a linked work tree.
    public let gitFolder: Path
    /// Where objects, branches and the configuration are: the same for all work trees.
    public let commonFolder: Path
    /// The index.
    public let index: Path
    /// Whether `GIT_DIR` says where the repository is.
    let isFromEnvironment: Bool

    /// The layout of the repository that a command started in `folder` works on, or nil where there is none.
    ///
    /// - Parameters:
    ///   - folder: Where the command was started.
    ///   - environment: For `GIT_DIR`, `GIT_WORK_TREE`, `GIT_INDEX_FILE` and `GIT_CEILING_DIRECTORIES`.
    /// - Returns: Where its parts lie.
    /// - Throws: ``GitError`` where `.git` or `GIT_DIR` leads to no repository.
    ///
    /// Follows the discovery of git(1).
    public static func around(
        _ folder: Path, environment: Environment
    ) throws(GitError) -> RepositoryLayout? {
        for name in ["GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_NAMESPACE"]
        where environment[name] != nil {
            throw GitError("\(name) is set, which nbgit does not follow", hint: "unset \(name)")
        }
        guard let start = try? File.resolved(folder) else { return nil }
        if let named = environment.path("GIT_DIR") {
            let path = start.appending(named)
            guard let gitFolder = try gitFolder(at: path) else {
                throw GitError("not a git repository, but GIT_DIR says so", path: named)
            }
            let workTree = environment.path("GIT_WORK_TREE").map { start.appending($0) } ?? start
            let root = try system { () throws(SystemError) in try File.resolved(workTree) }
            return try RepositoryLayout(root, gitFolder, environment, isFromEnvironment: true)
        }
        guard let root = Repository.root(around: start, environment: environment) else {
            return nil
        }
        return try RepositoryLayout(root: root, environment: environment)
    }

    /// The layout of the repository whose work tree is `root`, or that is `root` itself.
    ///
    /// - Throws: ``GitError`` where it is none.
    init(root: Path, environment: Environment) throws(GitError) {
        if let gitFolder = try Self.gitFolder(at: root.appending(".git")) {
            try self.init(root, gitFolder, environment)
        } else if let gitFolder = try Self.gitFolder(at: root) {
            try self.init(nil, gitFolder, environment)
        } else {
            let isDamaged = (try? File.status(of: root.appending(".git"))) != nil
            throw GitError(
                "not a git repository", path: root,
                hint: isDamaged
                    ? "there is a '.git', but without a good HEAD, or without 'objects' and 'refs'; "
                        + "HEAD is a line such as 'ref: refs/heads/main'" : nil)
        }
    }

    private init(
        _ workTree: Path?, _ gitFolder: Path, _ environment: Environment,
        isFromEnvironment: Bool = false
    ) throws(GitError) {
        self.workTree = workTree
        self.gitFolder = gitFolder
        self.isFromEnvironment = isFromEnvironment
        commonFolder = try Self.commonFolder(of: gitFolder)
        let named = environment.path("GIT_INDEX_FILE")
        index = named.map { (workTree ?? gitFolder).appending($0) } ?? gitFolder.appending("index")
    }

    /// The git folder that is `path` or that the file `path` leads to; nil where it is neither.
    private static func gitFolder(at path: Path) throws(GitError) -> Path? {
        switch (try? File.status(of: path))?.kind {
        case .folder:
            return Repository.isGitFolder(path) ? try? File.resolved(path) : nil
        case .regular:
            let line = try firstLine(of: path)
            guard line.starts(with: "gitdir: ".utf8) else {
                throw GitError("does not say where the repository is", path: path)
            }
            let target = path.parent.appending(Path(bytes: Array(line.dropFirst(8))))
            guard let resolved = try? File.resolved(target), Repository.isGitFolder(resolved) else {
                throw GitError(
                    "leads to '\(target.displayName)', which is no git repository", path: path)
            }
            return resolved
        default: return nil
        }
    }

    private static func commonFolder(of gitFolder: Path) throws(GitError) -> Path {
        let file = gitFolder.appending("commondir")
        guard (try? File.status(of: file)) != nil else { return gitFolder }
        let folder = gitFolder.appending(Path(bytes: try firstLine(of: file)))
        return try system { () throws(SystemError) in try File.resolved(folder) }
    }

    /// What a file of one line says, without the line's end.
    private static func firstLine(of file: Path) throws(GitError) -> [UInt8] {
        let bytes = try system { () throws(SystemError) in try File.read(file) }
        let ends: [UInt8] = [UInt8(ascii: "\n"), UInt8(ascii: "\r")]
        return Array(bytes.prefix { !ends.contains($0) })
    }
}
