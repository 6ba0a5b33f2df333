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

extension Context {
    /// Where a token may come from for the server of a remote, in the order that the manual promises.
    ///
    /// - Parameters:
    ///   - url: The remote's own address: no other server is told anything.
    ///   - readsToken: Whether `--token-stdin` was given; standard input is read at once then.
    ///   - configuration: What git is told.
    /// - Returns: Nil for an address that no token can be sent to, such as that of a folder or of ssh.
    /// - Throws: ``Failure`` where what was handed over is no token.
    func credentials(
        for url: RemoteURL, readsToken: Bool, configuration: Configuration
    ) throws(Failure) -> CredentialChain? {
        var sources: [any CredentialSource] = []
        let username = environment["NBGIT_USERNAME"]
        if readsToken {
            let secret = try tokenFromStandardInput()
            sources.append(
                GivenCredential(
                    secret, username: username, name: "standard input", isFinal: true))
        }
        if let token = try environmentToken("NBGIT_TOKEN", tokens.token) {
            sources.append(
                GivenCredential(token, username: username, name: "NBGIT_TOKEN", isFinal: false))
        }
        guard let origin = Origin(url) else { return nil }
        return CredentialChain(
            for: origin, sources, allowsPlainLoopback: try allowsPlainLoopback(configuration))
    }

    /// The one line of standard input.
    func tokenFromStandardInput() throws(Failure) -> Secret {
        do throws(SecretError) {
            return try StandardStream.input.readSecret()
        } catch {
            throw Failure(
                "--token-stdin: the token \(error)",
                hint: error == .visible
                    ? "leave '--token-stdin' out to be asked for it, or let a program write it"
                    : nil)
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
