internal import Clibgit2
public import Platform

/// A git repository on this machine.
///
/// libgit2 allows an object to one thread at a time: a repository is not `Sendable`.
public final class Repository {
    private let pointer: OpaquePointer

    /// Opens the repository whose work tree is `folder`, or that is `folder` itself when it is bare.
    ///
    /// - Parameter folder: Not searched upwards; see ``discover(from:environment:)``.
    /// - Throws: ``GitError`` where libgit2 does not find one or will not have it: owned by someone
    ///   else, SHA-256, reftable, any extension it does not know.
    public init(opening folder: Path) throws(GitError) {
        try Library.ready()
        var opened: OpaquePointer?
        try check("git_repository_open", git_repository_open(&opened, folder.cName))
        guard let opened else {
            throw GitError(call: "git_repository_open", code: -1, category: 0, message: "")
        }
        pointer = opened
    }

    deinit {
        git_repository_free(pointer)
    }

    /// Opens the repository that `folder` lies in, or gives `nil` when it lies in none.
    ///
    /// libgit2 is made ready only when there is one.
    ///
    /// - Parameters:
    ///   - folder: Where to begin; any path of an existing folder.
    ///   - environment: For `GIT_CEILING_DIRECTORIES`.
    /// - Returns: The innermost repository.
    /// - Throws: ``GitError`` where there is one that cannot be opened; it does not look further up
    ///   then, and neither does git.
    public static func discover(
        from folder: Path, environment: Environment
    ) throws(GitError) -> Repository? {
        guard let root = workTree(around: folder, environment: environment) else { return nil }
        return try Repository(opening: root)
    }

    /// The absolute path of the work tree without a closing slash, or `nil` when it is bare.
    public var workTree: Path? {
        guard let text = git_repository_workdir(pointer) else { return nil }
        let path = Path(cString: text)
        return path.parent.appending(path.name)
    }

    /// Whether the ignore rules leave out a path, by itself or with a folder it lies in.
    ///
    /// Rules are those of `.gitignore` files, `.git/info/exclude` and `core.excludesFile`. A tracked
    /// file can be ignored too; git looks at rules only for files it does not track. The file need
    /// not exist.
    ///
    /// - Parameters:
    ///   - relativePath: The path from the work tree.
    ///   - isFolder: Whether it is a folder: rules that end with a slash are for those only.
    /// - Returns: What `git check-ignore --no-index` says, but for some patterns with `!` after
    ///   `dir/*`, where libgit2 1.5 differs (60 of 30,000 random cases).
    /// - Throws: ``GitError`` where rules could not be read.
    ///
    /// Follows gitignore(5).
    public func ignores(_ relativePath: Path, isFolder: Bool) throws(GitError) -> Bool {
        let closing: [UInt8] = isFolder ? [UInt8(ascii: "/")] : []
        let path = Path(bytes: relativePath.bytes + closing)
        var isIgnored: Int32 = 0
        try check(
            "git_ignore_path_is_ignored",
            git_ignore_path_is_ignored(&isIgnored, pointer, path.cName))
        return isIgnored != 0
    }
}
