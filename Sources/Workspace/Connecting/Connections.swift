internal import Git
public import Platform

/// The connections of a person and of the team whose `nbgit.toml` is nearest.
///
/// A personal one goes before one of the team with the same name. What a team's file says of secrets counts only after
/// the person has agreed: else whoever writes that file could have any secret of theirs sent anywhere.
///
///     [nbgit-connection "sales"]                              in the person's own configuration of git
///         url = https://git.example.com/team/sales.git
///         secret = file:/run/secrets/sales
///     [nbgit-connection "atlas"]                              agreed to what nbgit.toml says of 'atlas'
///         trusted = https://git.example.com env:ATLAS_TOKEN
///         allowHost = https://fork.example.com                agreed to with 'nbgit clone --allow-host'
public struct Connections {
    static let section = "nbgit-connection"
    static let trustKey = "trusted"
    static let hostKey = "allowHost"
    /// What is said of a connection beside its settings.
    static let otherKeys = [trustKey, hostKey.lowercased()]

    let configuration: Configuration
    private let folder: Path
    private let root: Path
    /// The settings of each, by name.
    var personal: [String: [Configuration.Entry]] = [:]

    /// Reads the person's own.
    ///
    /// - Parameter environment: For where settings are, and for the repository around the working folder.
    /// - Throws: ``Failure`` where the configuration cannot be read.
    public init(environment: Environment) throws(Failure) {
        do throws(GitError) {
            // Not a repository's configuration: it must not name programs that find secrets.
            configuration = try Configuration(environment: environment)
            for entry in try configuration.entries({ $0.hasPrefix(Self.section + ".") }) {
                guard let (name, _) = Self.parts(of: entry) else { continue }
                personal[name, default: []].append(entry)
            }
        } catch { throw Failure(error) }
        do throws(SystemError) { folder = try WorkingFolder.path() } catch { throw Failure(error) }
        root = Repository.workTree(around: folder, environment: environment) ?? folder
    }

    static func parts(of entry: Configuration.Entry) -> (name: String, key: String)? {
        let rest = entry.name.dropFirst(section.utf8.count + 1)
        guard let dot = rest.lastIndex(of: ".") else { return nil }
        return (String(rest[..<dot]), String(rest[rest.index(after: dot)...]))
    }

    // MARK: Reading

    /// All of them by name, and those of the team that a personal one goes before.
    public func all() throws(Failure) -> (connections: [Connection], hidden: [Connection]) {
        var own: [Connection] = []
        for name in personal.keys.sorted() {
            if let connection = try personalConnection(name) { own.append(connection) }
        }
        let team = try teamConnections()
        let hidden = team.filter { connection in own.contains { $0.name == connection.name } }
        let shown = own + team.filter { !hidden.contains($0) }
        return (shown.sorted { $0.name < $1.name }, hidden)
    }

    /// The connection of a name; nil where there is none.
    public func connection(named name: String) throws(Failure) -> Connection? {
        if let own = try personalConnection(name) { return own }
        return try teamConnections().first { $0.name == name }
    }

    /// The connection of a name.
    ///
    /// - Throws: ``Failure`` with the names there are.
    public func requiredConnection(_ name: String) throws(Failure) -> Connection {
        if let found = try connection(named: name) { return found }
        throw try unknown(name)
    }

    /// Says that there is no connection of a name.
    public func unknown(_ name: String) throws(Failure) -> Failure {
        let known = try all().connections.map(\.name)
        let shown = Path(word: name).displayName
        var failure = Failure("there is no connection '\(shown)'")
        if known.isEmpty {
            failure.hint =
                "name a repository: nbgit connection add \(Connection.usableName(of: name) ?? "<name>") <url>"
        } else {
            failure.unknownName = Failure.UnknownName(name: name, known: known)
        }
        return failure
    }

    /// Whether there is any personal one.
    public var hasPersonal: Bool { !personal.isEmpty }

    /// The variables that personal connections, and agreed ones of teams, have secrets in.
    public var secretVariables: Set<String> {
        let texts = personal.values.joined().compactMap { entry -> String? in
            switch Self.parts(of: entry)?.key {
            case ConnectionSetting.secret.gitKey: entry.value
            case Self.trustKey:
                entry.value.split(separator: " ", maxSplits: 1).last.map(String.init)
            default: nil
            }
        }
        return Set(
            texts.compactMap { text in
                if case .variable(let name)? = try? SecretReference(text) { name } else { nil }
            })
    }

    private func personalConnection(_ name: String) throws(Failure) -> Connection? {
        let entries = personal[name] ?? []
        let settings = entries.filter {
            !Self.otherKeys.contains(Self.parts(of: $0)?.key ?? "")
        }
        guard !settings.isEmpty else { return nil }
        do throws(Failure) {
            var connection = try Connection(name: name, url: "")
            for entry in settings {
                let key = Self.parts(of: entry)?.key ?? ""
                guard let setting = ConnectionSetting(gitKey: key) else {
                    var failure = Failure("\(entry.name): there is no such setting")
                    failure.unknownName = Failure.UnknownName(
                        name: key, known: ConnectionSetting.allCases.map(\.gitKey))
                    throw failure
                }
                let isYes = setting.kind == .boolean
                try connection.take(
                    setting, isYes ? (entry.isTrue ? "true" : "false") : entry.value)
            }
            guard !connection.url.isEmpty else {
                throw Failure("the connection '\(name)' has no 'url'")
            }
            return connection
        } catch {
            var failure = error
            let file = settings.last.flatMap { configuration.files.files[$0.level] }
            failure.subject = failure.subject ?? file.map { .path($0) }
            throw failure
        }
    }

    private func teamConnections() throws(Failure) -> [Connection] {
        guard let file = TeamFile.nearest(to: folder) else { return [] }
        return try TeamFile(file).connections()
    }

    // MARK: Changing

    /// Adds connections, all of them or none.
    ///
    /// - Parameters:
    ///   - connections: With names that there are not yet.
    ///   - scope: Where to.
    ///   - replaces: Whether one of the same name and place is replaced.
    /// - Returns: The file.
    /// - Throws: ``Failure``; nothing was written then.
    public func add(
        _ connections: [Connection], to scope: Connection.Scope, replacing replaces: Bool = false
    ) throws(Failure) -> Path {
        try requireFree(connections, in: scope, replacing: replaces)
        return try write(connections, to: scope)
    }

    /// Refuses names that are taken.
    ///
    /// - Parameters:
    ///   - connections: What is to be added.
    ///   - scope: Where to.
    ///   - replaces: Whether one of the same name and place may be replaced.
    /// - Throws: ``Failure`` for the first that is there.
    public func requireFree(
        _ connections: [Connection], in scope: Connection.Scope, replacing replaces: Bool
    ) throws(Failure) {
        let known = try all()
        for (index, connection) in connections.enumerated() {
            let name = connection.name
            guard !connections[..<index].contains(where: { $0.name == name }) else {
                throw Failure("the name '\(name)' is there twice")
            }
            let same = (known.connections + known.hidden).first { $0.name == name }
            guard let same, !(replaces && same.scope == scope) else { continue }
            throw Failure(
                "there is a connection '\(name)' already, \(same.scope.place): \(same.url)",
                hint: "choose another name, or change it: nbgit connection set \(name) …")
        }
    }

    /// Writes a connection that there is, with other settings.
    ///
    /// - Returns: The file.
    /// - Throws: ``Failure``; nothing was written then.
    public func change(_ connection: Connection) throws(Failure) -> Path {
        let old = try self.connection(named: connection.name)
        let file = try write([connection], to: connection.scope)
        // What was agreed to was agreed to for the secret that was there.
        if old?.secret != connection.secret || old?.origin != connection.origin {
            try forgetAgreements(on: connection.name)
        }
        return file
    }

    private func write(
        _ connections: [Connection], to scope: Connection.Scope
    ) throws(Failure) -> Path {
        if scope == .team {
            let path = TeamFile.nearest(to: folder) ?? root.appending("nbgit.toml")
            var file = try TeamFile(path)
            try file.put(connections)
            try file.write()
            return path
        }
        do throws(GitError) {
            return try configuration.changePersonal(
                connections.map { connection in
                    (
                        Self.section, connection.name,
                        ConnectionSetting.allCases.map { ($0.gitKey, connection[$0]) }
                    )
                })
        } catch { throw Failure(error) }
    }

    /// Forgets a connection.
    ///
    /// - Returns: The file.
    /// - Throws: ``Failure`` where it is said in a file that is not the person's own.
    public func remove(_ connection: Connection) throws(Failure) -> Path {
        if let path = connection.file {
            var file = try TeamFile(path)
            try file.remove(connection.name)
            try file.write()
            try forgetAgreements(on: connection.name)
            return path
        }
        do throws(GitError) {
            let prefix = "\(Self.section).\(connection.name)."
            let settings = try configuration.personalEntries { $0.hasPrefix(prefix) }
            guard settings.count == personal[connection.name]?.count else {
                throw GitError(
                    "the connection '\(connection.name)' is set in another file, too",
                    hint: "see where: git config --show-origin --get-regexp '^\(prefix)'")
            }
            let keys = ConnectionSetting.allCases.map(\.gitKey) + [Self.trustKey, Self.hostKey]
            return try configuration.changePersonal([
                (Self.section, connection.name, keys.map { ($0, nil) })
            ])
        } catch { throw Failure(error) }
    }
}

extension Connection.Scope {
    /// Where it is said, in a sentence.
    var place: String {
        switch self {
        case .personal: "one of yours"
        case .team: "one of the team's"
        }
    }
}
