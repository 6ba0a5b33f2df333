internal import Platform

extension Repository {
    /// The attribute rules: `.gitattributes` files, `info/attributes`, `core.attributesFile`, and the system's.
    ///
    /// - Throws: ``GitError`` where the configuration cannot be read.
    func attributeRules() throws(GitError) -> AttributeRules {
        var general: [Path] = []
        if !environment.isSwitchedOn("GIT_ATTR_NOSYSTEM") { general.append("/etc/gitattributes") }
        if let file = try attributesFile() { general.append(file) }
        return AttributeRules(
            repository: pointer, workTree: workTree, general: general,
            particular: layout.commonFolder.appending("info/attributes"),
            ignoresCase: try configuration.bool("core.ignorecase") ?? false)
    }

    /// What `core.attributesFile` names, else `$XDG_CONFIG_HOME/git/attributes` or
    /// `~/.config/git/attributes`.
    private func attributesFile() throws(GitError) -> Path? {
        if let path = try configuration.path("core.attributesfile") {
            return (workTree ?? layout.gitFolder).appending(path)
        }
        return environment.configurationFolder?.appending("git/attributes")
    }
}
