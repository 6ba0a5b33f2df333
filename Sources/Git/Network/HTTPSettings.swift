internal import Platform

/// What `http.<key>` and `http.<url>.<key>` say about one server.
///
/// Follows git-config(1), `http.<url>.*`: the address that fits best wins, and the last of those that fit as well.
struct HTTPSettings {
    private let entries: [Configuration.AddressedEntry]
    private let configuration: Configuration

    /// Reads them.
    init(_ configuration: Configuration, for address: ServerAddress) throws(GitError) {
        self.configuration = configuration
        entries = try configuration.entries(section: "http", for: address)
    }

    /// The entry that holds; `key` in small letters.
    func entry(_ key: String) -> Configuration.Entry? {
        best { $0.key == key }
    }

    /// The same, where the person or the machine says so: a repository must not.
    func personal(_ key: String) -> Configuration.Entry? {
        best { $0.key == key && ![.local, .workTree].contains($0.entry.level) }
    }

    /// The path that an entry names, with `~` replaced.
    func path(_ key: String) throws(GitError) -> Path? {
        try entry(key).flatMap { entry throws(GitError) in try configuration.path(of: entry) }
    }

    private func best(
        _ isWanted: (Configuration.AddressedEntry) -> Bool
    ) -> Configuration.Entry? {
        var best: Configuration.AddressedEntry?
        for next in entries.filter(isWanted) {
            if let best, next.fit.lexicographicallyPrecedes(best.fit) { continue }
            best = next
        }
        return best?.entry
    }
}
