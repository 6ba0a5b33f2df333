internal import Arguments
internal import Git
internal import Platform
internal import Workspace

extension Parameter {
    /// `--token-stdin`, which every command takes that speaks to a server.
    static func tokenFromStandardInput(
        _ property: @autoclosure @escaping LazyProperty<Target, Bool>
    ) -> Self {
        .flag(
            "token-stdin", property(),
            help: "Read the token from standard input, where another program writes it")
    }
}

/// What a command was given for a server, and who can be asked.
struct HandedOver {
    /// What `--token-stdin` read.
    var token: Secret?
    /// What stood in variables.
    var tokens: EnvironmentTokens
    /// Asks whoever sits at the terminal.
    let person: any CredentialSource
    /// What to do where nobody has a token.
    var hint: String?
}

extension Context {
    /// Where a token may come from for the server of a remote, in the order that the manual promises.
    ///
    /// - Parameters:
    ///   - url: The remote's own address: no other server is told anything.
    ///   - readsToken: Whether `--token-stdin` was given; standard input is read at once then.
    ///   - configuration: What git is told.
    ///   - use: The connection that the repository is one of.
    /// - Returns: Nil for an address that no token can be sent to, such as that of a folder or of ssh.
    /// - Throws: ``Failure`` where what was handed over is no token.
    func credentials(
        for url: RemoteURL, readsToken: Bool, configuration: Configuration, _ use: ConnectionUse?
    ) throws(Failure) -> CredentialChain? {
        try credentials(
            for: url,
            HandedOver(
                token: readsToken ? try tokenFromStandardInput() : nil, tokens: tokens,
                person: PromptedCredentials(environment: environment, console: console)),
            configuration: configuration, use)
    }

    /// The same with what was handed over before, for commands that speak to several servers.
    func credentials(
        for url: RemoteURL, _ given: HandedOver, configuration: Configuration,
        _ use: ConnectionUse?
    ) throws(Failure) -> CredentialChain? {
        var sources: [any CredentialSource] = []
        let username = environment["NBGIT_USERNAME"]
        if let token = given.token {
            sources.append(
                GivenCredential(token, username: username, name: "standard input", isFinal: true))
        }
        let (own, ownHint) =
            try use.map { use throws(Failure) in
                try source(use, for: url, configuration)
            } ?? (nil, nil)
        if let own { sources.append(own) }
        if let token = try environmentToken("NBGIT_TOKEN", given.tokens.token) {
            sources.append(
                GivenCredential(token, username: username, name: "NBGIT_TOKEN", isFinal: false))
        }
        if let polyaxon = given.tokens.polyaxon {
            let content = try content(polyaxon, of: "POLYAXON_GIT_CREDENTIALS")
            sources.append(
                GivenCredential(
                    content.secret, username: content.username ?? username,
                    name: "POLYAXON_GIT_CREDENTIALS", isFinal: false))
        }
        guard let origin = Origin(url) else { return nil }
        let programs = credentialPrograms
        sources += [
            LoginCredentials(programs), HelperCredentials(programs), given.person,
        ]
        return CredentialChain(
            for: origin, sources, allowsPlainLoopback: try allowsPlainLoopback(configuration),
            hint: ownHint ?? given.hint ?? advice(toLogInAt: origin))
    }

    /// How to hand a token over where nobody can be asked; in a notebook cell, ``NotebookCellAdvice`` says it.
    var adviceWithoutTerminal: String? {
        console.isMuteCell
            ? nil
            : "nobody can be asked here: let a program write the token to '--token-stdin', "
                + "or put it into NBGIT_TOKEN"
    }

    /// The same, for a server that one can log in to before.
    private func advice(toLogInAt origin: Origin) -> String? {
        adviceWithoutTerminal.map { "log in first: \(origin.loginLine); \($0)" }
    }

    /// Git's credential helpers and its cache, for a person who may answer them or not.
    var credentialPrograms: GitCredentialPrograms {
        programs(timeLimit: console.isAtTerminal ? nil : .seconds(60))
    }

    /// The same, where no helper shall ask the person anything.
    var unattendedPrograms: GitCredentialPrograms { programs(timeLimit: .seconds(60)) }

    private func programs(timeLimit: Duration?) -> GitCredentialPrograms {
        GitCredentialPrograms(
            environment: environment, showsErrors: console.isVerbose, timeLimit: timeLimit,
            note: console.whisper)
    }

    /// The one line of standard input.
    ///
    /// - Returns: Nil where a caller has standard input for its answers: it is asked when a token is needed.
    /// - Throws: ``Failure`` for what is no token.
    func tokenFromStandardInput() throws(Failure) -> Secret? {
        guard !console.hasCaller else { return nil }
        do throws(SecretError) {
            return try StandardStream.input.readSecretLine()
        } catch {
            let message = "--token-stdin: the token \(error)"
            guard error == .visible else { throw Failure(message) }
            // In a cell, what works there is said behind it.
            let hint = "leave '--token-stdin' out to be asked for it, or let a program write it"
            throw Failure(
                GitError.notAuthenticated(message, hint: console.isMuteCell ? nil : hint))
        }
    }

    private func environmentToken(_ name: String, _ value: Secret?) throws(Failure) -> Secret? {
        guard let value else { return nil }
        do throws(SecretError) {
            return try value.withBytes { bytes throws(SecretError) in try Secret(line: bytes) }
        } catch {
            throw Failure("\(name): the token \(error)")
        }
    }

    /// A secret store's content, as a variable or a file has it.
    private func content(_ secret: Secret, of name: String) throws(Failure) -> SecretContent {
        do throws(SecretContentError) { return try SecretContent(secret) } catch {
            throw Failure("\(name): \(error)")
        }
    }

    /// Only the person and the machine may allow it, never a repository.
    private func allowsPlainLoopback(_ configuration: Configuration) throws(Failure) -> Bool {
        do throws(GitError) {
            let entries = try configuration.values(of: "nbgit.allowPlainLoopback")
            return entries.last { ![.local, .workTree].contains($0.level) }?.isTrue ?? false
        } catch {
            throw Failure(error)
        }
    }
}
