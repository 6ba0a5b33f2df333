internal import Git
internal import Platform
internal import Workspace

/// The secrets that stood in the variables that connections name; they do not any more.
struct ConnectionSecrets: Sendable {
    let values: [String: Secret]

    /// None at all.
    static let none = ConnectionSecrets(values: [:])

    /// Takes them out of the environment, so that no program that is run later finds them.
    static func take(_ environment: Environment) -> ConnectionSecrets {
        // What is wrong with the settings is said by whoever needs them.
        let names = (try? Connections(environment: environment))?.secretVariables ?? []
        let values = names.compactMap { name in Environment.takeSecret(name).map { (name, $0) } }
        return ConnectionSecrets(values: Dictionary(uniqueKeysWithValues: values))
    }
}

/// A connection that a command uses, and how far its secret may go.
struct ConnectionUse {
    let connection: Connection
    /// Whether its secret may be looked for.
    let isTrusted: Bool
    /// The other servers that may see the secret.
    var otherOrigins: Set<Origin>
}

extension Context {
    /// The connections of the person and of the team.
    func connections() throws(Failure) -> Connections {
        try Connections(environment: environment)
    }

    /// The connection of a name, where the word may be one and there is one.
    func connection(meantBy word: String) throws(Failure) -> ConnectionUse? {
        guard Connection.isName(word) else { return nil }
        let connections = try connections()
        guard let connection = try connections.connection(named: word) else { return nil }
        return ConnectionUse(
            connection: connection, isTrusted: connections.isTrusted(connection),
            otherOrigins: connections.otherOrigins(of: connection))
    }

    /// The connection that a repository was cloned from, where there still is one.
    func connection(of checkout: Checkout) throws(Failure) -> ConnectionUse? {
        try checkout.connectionName().flatMap { name throws(Failure) in
            try connection(meantBy: name)
        }
    }

    /// The source of a connection's secret for one server, and what to say where it has to be left out.
    func source(
        _ use: ConnectionUse, for url: RemoteURL, _ configuration: Configuration
    ) throws(Failure) -> (source: ConnectionCredentials?, hint: String?) {
        let connection = use.connection
        let name = connection.name
        if case .named(let secret)? = connection.secret {
            return (
                nil,
                "the secret '\(secret)' of '\(name)' is kept by a platform; say where it is here: "
                    + "nbgit connection set \(name) --secret file:<path>"
            )
        }
        guard
            let source = ConnectionCredentials(
                connection, username: environment["NBGIT_USERNAME"],
                in: try secretSurroundings(configuration))
        else { return (nil, nil) }
        guard use.isTrusted else {
            return (
                nil,
                "the team's settings want to send \(connection.secret?.text ?? "") to "
                    + "\(connection.origin.map { "\($0)" } ?? connection.url); if that is right: "
                    + "nbgit connection trust \(name)"
            )
        }
        guard let own = connection.origin, let other = Origin(url) else { return (nil, nil) }
        guard own == other || use.otherOrigins.contains(other) else {
            return (
                nil,
                "the secret of '\(name)' is for \(own); 'nbgit clone' takes '--allow-host' where "
                    + "\(other) may see it, too"
            )
        }
        return (source, nil)
    }

    /// What is needed to find a secret.
    func secretSurroundings(
        _ configuration: Configuration
    ) throws(Failure) -> SecretReference.Surroundings {
        do throws(GitError) {
            let seconds = try configuration.integer("nbgit.secretTimeout") ?? 60
            return SecretReference.Surroundings(
                environment: environment, folder: nil, variables: allSecrets,
                timeLimit: .seconds(max(seconds, 1)))
        } catch { throw Failure(error) }
    }

    /// The variables that hold a token for every command may be named by a connection, too.
    private var allSecrets: [String: Secret] {
        var values = secrets.values
        if let token = tokens.token { values["NBGIT_TOKEN"] = token }
        if let polyaxon = tokens.polyaxon { values["POLYAXON_GIT_CREDENTIALS"] = polyaxon }
        return values
    }
}
