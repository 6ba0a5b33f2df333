public import Platform

extension Repository {
    /// The ignore rules as they stand now: `.gitignore` files, `info/exclude` and `core.excludesFile`.
    ///
    /// - Throws: ``GitError`` where the configuration cannot be read or there is no work tree.
    public func ignoreRules() throws(GitError) -> IgnoreRules {
        guard let workTree else { throw GitError("a bare repository ignores nothing") }
        let exclude = layout.commonFolder.appending("info/exclude")
        let files = [try excludesFile(), exclude.relative(to: workTree) ?? exclude]
        return IgnoreRules(
            workTree: workTree, files: files.compactMap(\.self),
            ignoresCase: try configuration.bool("core.ignorecase") ?? false)
    }

    /// Whether one path is left out; for many, ask the ``ignoreRules()`` once.
    ///
    /// - Parameters:
    ///   - relativePath: The path from the work tree; it need not exist.
    ///   - isFolder: Whether it is a folder: rules that end with a slash are for those only.
    /// - Returns: What `git check-ignore --no-index` says.
    /// - Throws: ``GitError`` as ``ignoreRules()``.
    public func ignores(_ relativePath: Path, isFolder: Bool) throws(GitError) -> Bool {
        try ignoreRules().ignores(relativePath, isFolder: isFolder)
    }

    /// What `core.excludesFile` names, else `$XDG_CONFIG_HOME/git/ignore` or `~/.config/git/ignore`.
    public func excludesFile() throws(GitError) -> Path? {
        if let path = try configuration.path("core.excludesfile") { return path }
        return environment.configurationFolder?.appending("git/ignore")
    }
}

extension Environment {
    /// Where a person's programs keep their settings: `XDG_CONFIG_HOME`, or `~/.config`.
    var configurationFolder: Path? {
        let folder = path("XDG_CONFIG_HOME").flatMap { $0.bytes.isEmpty ? nil : $0 }
        return folder ?? path("HOME")?.appending(".config")
    }
}
