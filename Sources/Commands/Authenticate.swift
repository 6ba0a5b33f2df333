public import Arguments
public import Git
internal import Notebook
internal import Platform
internal import Workspace

/// Which server a command of `nbgit auth` is about.
struct ServerChoice {
    var provider: Provider?
    var host: String?

    static let parameters: [Parameter<ServerChoice>] = [
        .option(
            "provider", \.provider, "provider", help: "The server of a provider, or of its kind"),
        .option("host", \.host, "host", help: "Another server, as in git.example.com or host:8443"),
    ]

    func check() throws(UsageError) {
        guard let host else { return }
        let isAddress = host.contains("/") || host.contains("@")
        guard !isAddress, Origin(RemoteURL("https://\(host)/")) != nil else {
            throw UsageError(
                "--host: '\(host.printable)' is not a server's name",
                hint: "write it as in git.example.com, or with a port as in git.example.com:8443")
        }
    }

    /// The server: the one named, that of the remote that the current branch follows, or the only one known.
    ///
    /// - Parameters:
    ///   - context: For the repository and the connections here.
    ///   - logins: What is kept for whom.
    /// - Returns: The server.
    /// - Throws: ``Failure`` that asks which, where there is none or more than one.
    func origin(_ context: Context, _ logins: Logins) throws(Failure) -> Origin {
        if let host, let origin = Origin(RemoteURL("https://\(host)/")) { return origin }
        if let provider { return provider.origin }
        let remotes = (try? Checkout(environment: context.environment).remotes()) ?? []
        let remote = remotes.first { $0.name == "origin" } ?? remotes.first
        if let remote, let origin = Origin(remote.url) { return origin }
        let known = try logins.configured(among: context.knownOrigins).map(\.origin)
        if known.count == 1 { return known[0] }
        throw Failure(
            known.isEmpty
                ? "which server? there is no repository here that fetches from one over https"
                : "which server? there are tokens for \(known.map { "\($0)" }.joined(separator: ", "))",
            hint: known.first.map { "name it: '--host \($0.hostAndPort)', or another one" }
                ?? "name it: '--provider github', or '--host git.example.com'")
    }
}

extension Provider: ArgumentValue {}

extension Context {
    /// The servers that a person may have logged in to: those of connections, and those that everybody knows.
    var knownOrigins: [Origin] {
        let connections = (try? self.connections().all().connections) ?? []
        return connections.compactMap(\.origin) + Provider.allCases.map(\.origin)
    }
}

/// `nbgit auth login`: keeps a token for a server.
struct LogIn: Runnable {
    var server = ServerChoice()
    var username: String?
    var readsToken = false
    var hours: Int?
    var isJSON = false

    static let spec = CommandSpec<LogIn>(
        summary: "Keep a token for a server, so that it is not asked for",
        discussion: """
            The token is typed without being shown, or read from standard input. Where you have configured a \
            credential helper of git, that keeps it. Otherwise, and with '--keep', git's credential cache holds it \
            in memory: for 8 hours unless you say. nbgit writes it to no file. The server is not asked before the \
            next command that needs it.

            Without '--provider' and '--host' it is the server of the repository you are in, or the only one that you \
            have a token for. With both, it is a server of your own that works as the provider's: \
            '--provider gitlab --host git.example.com'.
            """,
        examples: [
            "nbgit auth login --provider github": "Type a token and keep it for the day",
            "nbgit auth login --host git.example.com --username ada --keep 2":
                "Hold one in memory for two hours",
        ],
        parameters: ServerChoice.parameters.map { $0.lifted(to: \.server) } + [
            .option(
                "username", \.username, "name",
                default: "what git's settings or the server expect", help: "Who you are there"),
            .tokenFromStandardInput(\.readsToken),
            .option(
                "keep", \.hours, "hours", default: "where your credential helper keeps it, else 8",
                help: "Hold it in memory for so many hours, and nowhere else"),
            .flag("json", \.isJSON, help: "Print a report as JSON"),
        ])

    func check() throws(UsageError) {
        try server.check()
        if let hours, !(1...720).contains(hours) {
            throw UsageError("--keep: \(hours) is not between 1 and 720 hours")
        }
        if let username,
            username.isEmpty || username.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F })
        {
            throw UsageError("--username: '\(username.printable)' is not a name")
        }
    }

    func run(in context: Context) throws(Failure) -> ExitCode {
        Interrupt.install()
        let logins = try Logins(
            environment: context.environment, programs: context.credentialPrograms)
        let origin = try server.origin(context, logins)
        var request = try logins.request(for: origin)
        let provider = server.provider ?? logins.provider(at: origin)
        let usual = request.username ?? provider?.tokenUsername
        if let name = username ?? usual {
            request = CredentialRequest(origin: origin, username: name)
        }
        let credential = try credential(for: request, context)
        let kept = CredentialRequest(origin: origin, username: credential.username)
        let keeper = try logins.keep(credential, for: kept, hours.map { .seconds($0 * 3_600) })
        do throws(Failure) {
            try logins.remember(origin, username: credential.username, provider)
        } catch {
            // 'auth status' will not know of it elsewhere; the token is kept.
            context.console.whisper(error.sentence)
        }
        try tell(kept, keeper, context.console)
        return .done
    }

    private func credential(
        for request: CredentialRequest, _ context: Context
    ) throws(Failure) -> Credential {
        let source: any CredentialSource
        if readsToken, let token = try context.tokenFromStandardInput() {
            source = GivenCredential(
                token, username: request.username,
                name: "standard input", isFinal: true)
        } else {
            source = PromptedCredentials(
                environment: context.environment, console: context.console)
        }
        do throws(GitError) {
            guard let credential = try source.credential(for: request) else {
                throw GitError.notAuthenticated(
                    "there is nobody here to ask for a token", hint: context.adviceWithoutTerminal)
            }
            return credential
        } catch {
            throw Failure(error)
        }
    }

    private func tell(
        _ request: CredentialRequest, _ keeper: Logins.Keeper, _ console: Console
    ) throws(Failure) {
        let seconds = hours.map { $0 * 3_600 } ?? Int(Logins.usualTime.components.seconds)
        let end = LocalTime.now() + seconds
        let username = request.username ?? ""
        if isJSON {
            var object: JSONObject = [
                "operation": "auth login", "ok": true, "origin": request.origin.description.json,
                "username": username.json, "keeper": keeper.json,
            ]
            object["until"] = keeper == .memory ? end.json : nil
            try console.put(.object(object))
        }
        console.say("\(request.origin): \(username.printable), \(keeper.sentence)")
        if keeper == .memory {
            console.say(
                "it is forgotten after \(seconds / 3_600) hours, at \(LocalTime.clock(at: end)), "
                    + "or with 'nbgit auth logout'")
        }
    }
}

extension Logins.Keeper: JSONEncodable {
    /// Such as `memory`, or the helpers by their names.
    var json: JSONValue {
        switch self {
        case .memory: "memory".json
        case .helpers(let helpers): helpers.map(\.name).json
        }
    }

    /// Where a token is, as it follows a name.
    var sentence: String {
        switch self {
        case .memory:
            "token held in memory by git's credential cache"
        case .helpers(let helpers):
            "token kept by git's credential helper "
                + helpers.map { "'\($0.name)'" }.joined(separator: ", ")
        }
    }
}
