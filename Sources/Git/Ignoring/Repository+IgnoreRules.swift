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

    /// What `core.excludesFile` names, else `$XDG_CONFIG_HOME/git/ignore` or `~/.config/git/ignore`.
    public func excludesFile() throws(GitError) -> Path? {
        if let path = try configuration.path("core.excludesfile") { return path }
        let folder = environment.path("XDG_CONFIG_HOME").flatMap { $0.bytes.isEmpty ? nil : $0 }
        return (folder ?? environment.path("HOME")?.appending(".config"))?.appending("git/ignore")
    }
}
