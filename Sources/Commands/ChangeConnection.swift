internal import Arguments
internal import Git
internal import Notebook
internal import Platform
internal import Workspace

/// The options of `nbgit connection add` and `set` that say what a connection is; nil for what is not said.
struct ConnectionOptions {
    var branch: String?
    var description: String?
    var secret: String?
    var isReadOnly: Bool?
    var depth: String?
    var includesSubmodules: Bool?
    var fetchesOnlyRevision: Bool?
    var stripsUser = false

    static let parameters: [Parameter<ConnectionOptions>] = [
        .option("branch", letter: "b", \.branch, "branch", help: "Branch, tag or commit to be on"),
        .option("description", \.description, "text", help: "What it is for"),
        .option(
            "secret", \.secret, "ref",
            help: "Where the token is: file:<path>, env:<NAME>, cmd:<command>, sh:<line> or none"),
        .option("depth", \.depth, "n", help: "Clone no more than <n> commits of each branch"),
        .flag("strip-user", \.stripsUser, help: "Leave out a user's name in the address"),
    ]

    /// What is on or off: `add` starts from off, `set` from what there is.
    static func switches(_ form: FlagForm) -> [Parameter<ConnectionOptions>] {
        [
            .flag(
                "read-only", \.readOnly, form: form,
                help: "Refuse to commit, push and restore files"),
            .flag(
                "recurse-submodules", \.submodules, form: form,
                help: "Clone the repositories in it, too"),
            .flag(
                "experimental-fetch", \.onlyRevision, form: form,
                help: "Clone only the branch, tag or commit"),
        ]
    }

    private var readOnly: Bool {
        get { isReadOnly ?? false }
        set { isReadOnly = newValue }
    }
    private var submodules: Bool {
        get { includesSubmodules ?? false }
        set { includesSubmodules = newValue }
    }
    private var onlyRevision: Bool {
        get { fetchesOnlyRevision ?? false }
        set { fetchesOnlyRevision = newValue }
    }

    /// Puts what is said into a connection; an empty text takes a setting away.
    func fill(_ connection: inout Connection) throws(Failure) {
        if let branch { try connection.set(branch: branch) }
        if let description { try connection.set(description: description) }
        if let secret { try connection.set(secret: secret) }
        if let depth { try connection.set(depth: depth) }
        connection.isReadOnly = isReadOnly ?? connection.isReadOnly
        connection.includesSubmodules = includesSubmodules ?? connection.includesSubmodules
        connection.fetchesOnlyRevision = fetchesOnlyRevision ?? connection.fetchesOnlyRevision
    }

    var isEmpty: Bool {
        branch == nil && description == nil && secret == nil && isReadOnly == nil && depth == nil
            && includesSubmodules == nil && fetchesOnlyRevision == nil
    }
}

/// `nbgit connection add`: gives a repository elsewhere a name for all of one's work.
struct AddConnection: Runnable {
    var name = ""
    var url = ""
    var options = ConnectionOptions()
    var isForTeam = false
    var isJSON = false

    static let spec = CommandSpec<AddConnection>(
        summary: "Name a repository elsewhere, and say where its secret is",
        discussion: """
            Then 'nbgit clone <name>' gets it. A secret is never written down, only where it is: in a file, in a \
            variable, or with a program that tells it. It goes to the server of this address and to no other.

            With '--team' it is written into the nearest nbgit.toml, for everybody who has that.
            """,
        examples: [
            "nbgit connection add sales https://github.com/team/sales.git --secret env:SALES_TOKEN":
                "Name a repository with a token in a variable",
            "nbgit connection add notes https://gitlab.com/org/notes --read-only":
                "Name one that is only read",
        ],
        parameters: [
            .operand("name", \.name, help: "1 to 63 letters, digits and hyphens"),
            .operand("url", \.url, help: "Where it is, without a user's name"),
        ]
            + (ConnectionOptions.parameters + ConnectionOptions.switches(.plain))
            .map { $0.lifted(to: \.options) } + [
                .flag("team", \.isForTeam, help: "Write it into nbgit.toml"),
                .flag("json", \.isJSON, help: "Print a report as JSON"),
            ])

    func run(in context: Context) throws(Failure) -> ExitCode {
        let connections = try context.connections()
        let address = try ConnectionAddress(url, stripsUser: options.stripsUser)
        var connection = try Connection(name: name, url: address.text)
        connection.scope = isForTeam ? .team : .personal
        try options.fill(&connection)
        let file = try connections.add([connection], to: connection.scope)
        try context.agree(to: [connection])
        try context.tell(connection, "connection add", "added", file, isJSON: isJSON)
        return .done
    }
}

/// `nbgit connection set`: changes what a connection says.
struct SetConnection: Runnable {
    var name = ""
    var url: String?
    var options = ConnectionOptions()
    var isJSON = false

    static let spec = CommandSpec<SetConnection>(
        summary: "Change what a connection says",
        discussion: "What is not named stays as it is; an empty text takes a setting away.",
        examples: [
            "nbgit connection set sales --secret file:/run/secrets/sales": "Name another secret",
            "nbgit connection set sales --no-read-only": "Allow commits again",
        ],
        parameters: [
            .operand("name", \.name, help: "The connection"),
            .option("url", \.url, "url", help: "Where it is now"),
        ]
            + (ConnectionOptions.parameters + ConnectionOptions.switches(.invertible))
            .map { $0.lifted(to: \.options) } + [
                .flag("json", \.isJSON, help: "Print a report as JSON")
            ])

    func check() throws(UsageError) {
        guard options.isEmpty, url == nil else { return }
        throw UsageError(
            "nothing is to be set", hint: "add '--url', '--branch', '--secret' or such")
    }

    func run(in context: Context) throws(Failure) -> ExitCode {
        let connections = try context.connections()
        var connection = try connections.requiredConnection(name)
        let origin = connection.origin
        let before = connection
        if let url {
            connection.url = try ConnectionAddress(url, stripsUser: options.stripsUser).text
        }
        try options.fill(&connection)
        if options.secret == nil, connection.origin != origin,
            ![nil, SecretReference.none].contains(connection.secret)
        {
            throw Failure(
                "the secret of '\(name)' is for \(origin.map { "\($0)" } ?? "another place")",
                hint: "say which is for the new one: '--secret <ref>', or '--secret none'")
        }
        let file = try connections.change(connection)
        // Whoever types it agrees to it; what others wrote before is another matter.
        if connections.isTrusted(before) || options.secret != nil {
            try context.agree(to: [connection])
        }
        try context.tell(connection, "connection set", "changed", file, isJSON: isJSON)
        return .done
    }
}

/// `nbgit connection rm`: forgets a connection.
struct RemoveConnection: Runnable {
    var name = ""
    var isJSON = false

    static let spec = CommandSpec<RemoveConnection>(
        summary: "Forget a connection; clones and servers stay as they are",
        examples: ["nbgit connection rm sales": "Forget it"],
        parameters: [
            .operand("name", \.name, help: "The connection"),
            .flag("json", \.isJSON, help: "Print a report as JSON"),
        ])

    func run(in context: Context) throws(Failure) -> ExitCode {
        let connections = try context.connections()
        let connection = try connections.requiredConnection(name)
        let file = try connections.remove(connection)
        try context.tell(connection, "connection rm", "removed", file, isJSON: isJSON)
        return .done
    }
}

/// `nbgit connection trust`: agrees to what a team's file says of a secret.
struct TrustConnection: Runnable {
    var name = ""
    var isJSON = false

    static let spec = CommandSpec<TrustConnection>(
        summary: "Let the team's settings use a secret of yours",
        discussion: """
            What an nbgit.toml says of a secret is not followed before you have agreed, since it may have come with a \
            repository of somebody else. You agree to this secret for this server: when either changes, you are \
            asked again.
            """,
        examples: ["nbgit connection trust sales": "Agree"],
        parameters: [
            .operand("name", \.name, help: "The connection"),
            .flag("json", \.isJSON, help: "Print a report as JSON"),
        ])

    func run(in context: Context) throws(Failure) -> ExitCode {
        let connections = try context.connections()
        let connection = try connections.requiredConnection(name)
        let isNew = try connections.trust(connection) != nil
        if isJSON {
            var object: JSONObject = ["operation": "connection trust", "ok": true]
            object.add(connection.object(try context.connections()))
            try context.console.put(.object(object))
            guard context.console.tellsWords else { return .done }
        }
        let secret = connection.secret?.text ?? "no secret"
        let place = connection.origin.map { "\($0)" } ?? connection.url
        context.console.say(
            isNew
                ? "\(name): \(secret.printable) may go to \(place.printable)"
                : "\(name): nothing to agree to")
        return .done
    }
}

extension Context {
    /// Whoever writes something into the team's settings agrees to it.
    func agree(to connections: [Connection]) throws(Failure) {
        let all = try self.connections()
        for connection in connections {
            do throws(Failure) { _ = try all.trust(connection) } catch {
                // It is written; the person is asked when the secret is needed.
                console.note(error)
            }
        }
    }

    /// Says what became of a connection.
    fileprivate func tell(
        _ connection: Connection, _ operation: String, _ verb: String, _ file: Path, isJSON: Bool
    ) throws(Failure) {
        if console.tellsWords {
            console.say("\(verb) \(connection.name): \(connection.url.printable)")
            console.whisper("wrote \(file.displayName)")
        }
        guard isJSON else { return }
        var object: JSONObject = ["operation": operation.json, "ok": true]
        object.add(connection.object(try connections()))
        object["file"] = file.json
        try console.put(.object(object))
    }
}
