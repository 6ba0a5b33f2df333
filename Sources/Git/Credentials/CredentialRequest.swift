/// What a server wants to know: who asks, for which part of it.
public struct CredentialRequest: Hashable, Sendable {
    /// The server that will be told.
    public let origin: Origin
    /// The user, where the address or the settings name one.
    public let username: String?
    /// The repository's path on the server, where its credentials differ from those of others.
    public let path: String?

    /// Asks for a credential for a whole server.
    public init(origin: Origin, username: String? = nil) {
        self.origin = origin
        self.username = username
        path = nil
    }

    /// Asks for a credential for the repository at an address.
    ///
    /// Follows gitcredentials(7): `credential.<url>.username` and `credential.<url>.useHttpPath`.
    ///
    /// - Parameters:
    ///   - url: An http or https address without a password.
    ///   - configuration: What git is told.
    /// - Throws: ``GitError`` for any other address, with the line to type where it holds a password.
    public init(_ url: RemoteURL, configuration: Configuration) throws(GitError) {
        guard !url.hasPassword else {
            throw GitError(
                "the address holds a password, which git shows and keeps for everybody to read",
                hint: "leave it out: \(url.withoutPassword)")
        }
        guard let address = ServerAddress(url.text) else {
            throw GitError(
                "'\(url)' is no address that a credential can be sent to",
                hint: "write it as https://example.com/team/project.git")
        }
        let settings = try configuration.entries(section: "credential", for: address)
        origin = address.origin
        let name = settings.first { $0.key == "username" }?.entry.value
        username = address.username ?? name.flatMap { $0.isEmpty ? nil : $0 }
        let usesPath = settings.last { $0.key == "usehttppath" }?.entry
        path = usesPath?.isTrue ?? false ? address.path : nil
    }
}

extension Configuration.Entry {
    /// Whether it says yes; a key without a value does.
    public var isTrue: Bool {
        let text = value.lowercased()
        return ["", "true", "yes", "on"].contains(text) || Int(text).map { $0 != 0 } ?? false
    }
}
