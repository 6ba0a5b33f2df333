/// A place that hosts repositories and whose habits are known.
public enum Provider: String, Sendable, CaseIterable {
    case github, gitlab, bitbucket

    /// Where it is, unless a company runs its own.
    public var host: String {
        switch self {
        case .github: "github.com"
        case .gitlab: "gitlab.com"
        case .bitbucket: "bitbucket.org"
        }
    }

    /// Its server.
    public var origin: Origin { Origin(scheme: .https, host: host, port: 443) }

    /// The name to give with a token, where the person has given none.
    ///
    /// From the documentation of each: GitHub takes any, GitLab takes any but asks for one, Bitbucket this one alone.
    public var tokenUsername: String {
        switch self {
        case .github: "x-access-token"
        case .gitlab: "oauth2"
        case .bitbucket: "x-token-auth"
        }
    }

    /// Where a person makes a token.
    public var tokenPage: String {
        switch self {
        case .github: "https://github.com/settings/tokens"
        case .gitlab: "https://gitlab.com/-/user_settings/personal_access_tokens"
        case .bitbucket: "https://bitbucket.org/account/settings/"
        }
    }

    /// The provider at a server, or what the person said that a server of their own is; nil for any other one.
    ///
    /// Follows `credential.<url>.provider` of Git Credential Manager.
    public init?(_ origin: Origin, _ configuration: Configuration) {
        if let known = Self(origin) {
            self = known
            return
        }
        guard let address = ServerAddress("\(origin)/"),
            let settings = try? configuration.entries(section: "credential", for: address),
            let found = settings.last(where: {
                $0.key == "provider" && ![.local, .workTree].contains($0.entry.level)
            }), let provider = Self(rawValue: found.entry.value.lowercased())
        else { return nil }
        self = provider
    }

    /// The provider at a server, nil for any other one.
    public init?(_ origin: Origin) {
        guard let found = Self.allCases.first(where: { $0.origin == origin }) else { return nil }
        self = found
    }
}
