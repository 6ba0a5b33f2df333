extension Configuration {
    /// The credential helpers that the person or the machine has configured for a server, as they were written.
    ///
    /// Those that a repository names are left out: nbgit does not run them.
    ///
    /// Follows gitcredentials(7): an empty value takes back those before it.
    public func credentialHelpers(for origin: Origin) throws(GitError) -> [CredentialHelper] {
        guard let address = ServerAddress("\(origin)/") else { return [] }
        var helpers: [CredentialHelper] = []
        for setting in try entries(section: "credential", for: address)
        where setting.key == "helper" && ![.local, .workTree].contains(setting.entry.level) {
            if setting.entry.value.isEmpty {
                helpers = []
            } else {
                helpers.append(CredentialHelper(setting.entry.value))
            }
        }
        return helpers
    }
}
