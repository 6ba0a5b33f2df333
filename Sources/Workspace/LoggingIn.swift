public import Git
public import Platform

/// Who a person is to servers, kept for later commands: in git's own cache or its helpers, never in a file of ours.
public struct Logins {
    /// Who keeps a token.
    public enum Keeper: Hashable, Sendable {
        /// git's credential cache, in memory.
        case memory
        /// The helpers that the person configured.
        case helpers([CredentialHelper])
    }

    /// What is known of one server.
    public struct Login: Sendable {
        /// The server.
        public let origin: Origin
        /// The user's name.
        public let username: String
        /// Who keeps the token.
        public let keeper: Keeper
        /// When it is forgotten, in seconds since the start of 1970; nil where that is not known.
        public let end: Int?
    }

    private let configuration: Configuration
    private let cache: LoginCredentials
    private let helpers: HelperCredentials

    /// Reads the settings of the person and of the machine.
    public init(
        environment: Environment, programs: GitCredentialPrograms
    ) throws(Failure) {
        do throws(GitError) {
            configuration = try Configuration(environment: environment)
        } catch {
            throw Failure(error)
        }
        cache = LoginCredentials(programs)
        helpers = HelperCredentials(programs)
    }

    /// How long a token is held in memory unless the person says: a working day.
    public static let usualTime = Duration.seconds(8 * 3_600)

    /// What to ask for at a server: the settings may name the user.
    public func request(for origin: Origin) throws(Failure) -> CredentialRequest {
        do throws(GitError) {
            return try CredentialRequest(RemoteURL("\(origin)/"), configuration: configuration)
        } catch {
            throw Failure(error)
        }
    }

    /// The servers that something is kept for, of those named, and of those that the person's settings name.
    public func configured(among origins: [Origin]) throws(Failure) -> [Login] {
        var seen: Set<Origin> = []
        var found: [Login] = []
        for origin in origins + settingsOrigins where seen.insert(origin).inserted {
            if let login = try login(at: origin) { found.append(login) }
        }
        return found
    }

    /// The servers that `credential.<url>` and ``section`` are about.
    public var settingsOrigins: [Origin] {
        let prefixes = ["credential.", Self.section + "."]
        let entries = try? configuration.entries { name in
            prefixes.contains { name.hasPrefix($0 + "https://") }
        }
        return (entries ?? []).compactMap { entry in
            guard let dot = entry.name.lastIndex(of: "."),
                let start = entry.name.firstIndex(of: ".")
            else { return nil }
            return Origin(RemoteURL(String(entry.name[entry.name.index(after: start)..<dot])))
        }
    }

    /// Where the person's own configuration says which servers they logged in to, since no helper does.
    private static let section = "nbgit-login"

    /// Whose kind of server it is, where that is known.
    public func provider(at origin: Origin) -> Provider? {
        Self.provider(at: origin, configuration)
    }

    static func provider(at origin: Origin, _ configuration: Configuration) -> Provider? {
        if let known = Provider(origin, configuration) { return known }
        let name = "\(section).\(origin).provider"
        let entries = try? configuration.values(of: name)
        return entries?.last.flatMap { Provider(rawValue: $0.value) }
    }

    /// Remembers that the person has logged in to a server that is not everybody's.
    ///
    /// - Parameters:
    ///   - origin: The server.
    ///   - username: Who they are there.
    ///   - provider: Whose kind of server it is.
    /// - Throws: ``Failure`` where their configuration cannot be written.
    public func remember(
        _ origin: Origin, username: String, _ provider: Provider?
    ) throws(Failure) {
        guard Provider(origin) == nil else { return }
        try note(origin, [("username", username), ("provider", provider?.rawValue)])
    }

    private func note(
        _ origin: Origin, _ values: [(key: String, value: String?)]
    ) throws(Failure) {
        do throws(GitError) {
            _ = try configuration.changePersonal([(Self.section, "\(origin)", values)])
        } catch {
            throw Failure(error)
        }
    }

    private func forgetSettings(of origin: Origin) throws(Failure) {
        let prefix = "\(Self.section).\(origin)."
        let isSet = (try? configuration.personalEntries { $0.hasPrefix(prefix) })?.isEmpty == false
        if isSet { try note(origin, [("username", nil), ("provider", nil)]) }
    }

    /// Keeps a token: in memory when a time is given or no helper is configured, else with the helpers.
    ///
    /// - Parameters:
    ///   - credential: Who the person is.
    ///   - request: The server.
    ///   - time: How long to hold it in memory; nil to let the helpers keep it where there are some.
    /// - Returns: Who keeps it now.
    /// - Throws: ``Failure`` where nobody does.
    public func keep(
        _ credential: Credential, for request: CredentialRequest, _ time: Duration?
    ) throws(Failure) -> Keeper {
        do throws(GitError) {
            let names = try configuration.credentialHelpers(for: request.origin)
            guard time != nil || names.isEmpty else {
                helpers.approve(credential, for: request)
                guard try helpers.credential(for: request) != nil else {
                    throw GitError(
                        "git's credential helper did not keep the token: \(names.map(\.name).joined(separator: ", "))",
                        hint: "hold it in memory instead, with '--keep <hours>'")
                }
                return .helpers(names)
            }
            guard try cache.hold(credential, for: request, time ?? Self.usualTime) else {
                throw GitError(
                    "git's credential cache, which would hold the token, did not take it",
                    hint: "see whether git is installed and what this says: "
                        + "git credential-cache get < /dev/null")
            }
            return .memory
        } catch {
            throw Failure(error)
        }
    }

    /// What is held in memory for a server; no helper is asked.
    public func held(at origin: Origin) throws(Failure) -> Login? {
        let request = try request(for: origin)
        do throws(GitError) {
            return try cache.credential(for: request).map {
                Login(origin: origin, username: $0.username, keeper: .memory, end: $0.end)
            }
        } catch { throw Failure(error) }
    }

    /// What is kept for a server.
    public func login(at origin: Origin) throws(Failure) -> Login? {
        if let held = try held(at: origin) { return held }
        let request = try request(for: origin)
        do throws(GitError) {
            let names = try configuration.credentialHelpers(for: origin)
            guard !names.isEmpty, let kept = try helpers.credential(for: request) else {
                return nil
            }
            return Login(
                origin: origin, username: kept.username, keeper: .helpers(names), end: kept.end)
        } catch {
            throw Failure(error)
        }
    }

    /// Forgets what is kept for a server, everywhere.
    ///
    /// - Returns: What was kept, nil where nothing was.
    /// - Throws: ``Failure`` where the settings cannot be read or a helper goes on giving it.
    public func forget(_ origin: Origin) throws(Failure) -> Login? {
        var first: Login?
        while let login = try login(at: origin) {
            guard first?.keeper != login.keeper else {
                throw Failure(
                    "git's credential helper still gives a token for \(origin)",
                    hint: "take it out where that helper keeps it")
            }
            if first == nil { first = login }
            let request = CredentialRequest(origin: origin)
            switch login.keeper {
            case .memory: cache.forget(request)
            case .helpers: helpers.forget(request)
            }
        }
        try forgetSettings(of: origin)
        return first
    }
}
