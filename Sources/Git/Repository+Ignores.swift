internal import Clibgit2
public import Platform

extension Repository {
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
