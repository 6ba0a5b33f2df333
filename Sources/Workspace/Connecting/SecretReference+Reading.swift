public import Git
public import Platform

extension SecretReference {
    /// What the reading of a secret needs to know of the world.
    public struct Surroundings {
        /// What a program sees that is run for it.
        public var environment: Environment
        /// Where a relative path begins; nil for the working folder, whose path no message needs.
        public var folder: Path?
        /// The secrets that stood in variables; they do not any more.
        public var variables: [String: Secret]
        /// How long a program may take.
        public var timeLimit: Duration

        /// Puts them together.
        public init(
            environment: Environment, folder: Path?, variables: [String: Secret],
            timeLimit: Duration
        ) {
            self.environment = environment
            self.folder = folder
            self.variables = variables
            self.timeLimit = timeLimit
        }
    }

    /// More is no secret.
    public static let mostBytes = 1 << 16

    /// Reads what it refers to.
    ///
    /// A program's complaints go where ours go; it is run in `/`, and its standard input is empty.
    ///
    /// - Returns: The secret as it is kept; nil for ``none``, and for a name that only a platform knows.
    /// - Throws: ``Failure`` that quotes nothing of it.
    public func read(in surroundings: Surroundings) throws(Failure) -> Secret? {
        switch self {
        case .none, .named: return nil
        case .file(let text): return try Self.read(text, in: surroundings)
        case .variable(let name):
            guard let secret = surroundings.variables[name] else {
                throw Failure(
                    "the variable '\(name)' is not set, or empty",
                    hint: "set it in the shell that runs nbgit: export \(name)=…")
            }
            return secret
        case .command(let line):
            let words = CommandWords(line)?.words ?? []
            guard let program = words.first else { return nil }
            return try Self.run(
                Subprocess(
                    Path(bytes: program), Array(words.dropFirst()),
                    environment: surroundings.environment), surroundings)
        case .shell(let line):
            return try Self.run(
                Subprocess(shell: Array(line.utf8), environment: surroundings.environment),
                surroundings)
        }
    }

    private static func read(
        _ text: String, in surroundings: Surroundings
    ) throws(Failure) -> Secret {
        let path = try path(text, in: surroundings.environment, surroundings.folder)
        do throws(SecretError) { return try File.readSecret(path, atMost: mostBytes) } catch {
            if case .system(let reason) = error { throw Failure(reason, about: .path(path)) }
            throw Failure("the secret \(error)", about: .path(path))
        }
    }

    /// Where a file is that a reference names: `~/` is the home folder, and a relative path begins at `folder`.
    static func path(
        _ text: String, in environment: Environment, _ folder: Path?
    ) throws(Failure) -> Path {
        var path = Path(text)
        if text.hasPrefix("~/") {
            guard let home = environment.path("HOME") else {
                throw Failure("'\(text)' needs HOME, which is not set")
            }
            path = home.appending(Path(String(text.dropFirst(2))))
        }
        return folder.map { $0.appending(path) } ?? path
    }

    private static func run(
        _ program: Subprocess, _ surroundings: Surroundings
    ) throws(Failure) -> Secret {
        var program = program
        program.folder = "/"
        program.timeLimit = surroundings.timeLimit
        let name = program.program == "/bin/sh" ? "the shell" : "'\(program.program.displayName)'"
        let status: Subprocess.Status
        let answer: Secret
        do throws(SystemError) {
            (status, answer) = try program.run(
                feeding: Secret([UInt8]()), hearingAtMost: mostBytes)
        } catch {
            guard !error.isInterruption else { throw Failure(error) }
            throw Failure(
                error.isTimeout
                    ? "\(name), which should say the secret, took longer than "
                        + "\(surroundings.timeLimit.components.seconds) s"
                    : "\(name), which should say the secret, could not be run: \(error.reason)",
                hint: error.isTimeout
                    ? "give it more time: git config --global nbgit.secretTimeout <seconds>" : nil)
        }
        switch status {
        case .exited(0): return answer
        case .exited(let number):
            throw Failure("\(name), which should say the secret, ended with status \(number)")
        case .killed(let signal):
            throw Failure("\(name), which should say the secret, was ended by signal \(signal)")
        }
    }
}

/// The secret that a connection names, looked for when a server asks and not before.
public final class ConnectionCredentials: CredentialSource {
    private let connection: Connection
    private let reference: SecretReference
    private let username: String?
    private var surroundings: SecretReference.Surroundings
    private var found: SecretContent?

    /// Names what to look for; nil for a connection without a secret that can be looked for.
    ///
    /// - Parameters:
    ///   - connection: Whose secret.
    ///   - username: The user's name where none is kept with the token.
    ///   - surroundings: For finding it.
    public init?(
        _ connection: Connection, username: String?, in surroundings: SecretReference.Surroundings
    ) {
        switch connection.secret {
        case nil, .some(.none), .named: return nil
        case .some(let reference): self.reference = reference
        }
        self.connection = connection
        self.username = username
        self.surroundings = surroundings
        if let file = connection.file { self.surroundings.folder = file.parent }
    }

    /// What the reference leads to, with the user's name that is kept with it, or that of the request.
    public func credential(for request: CredentialRequest) throws(GitError) -> Credential? {
        let content = try content()
        return GivenCredential(
            content.secret, username: content.username ?? username,
            name: "the connection '\(connection.name)'", isFinal: false
        ).credential(for: request)
    }

    private func content() throws(GitError) -> SecretContent {
        if let found { return found }
        let name = "the secret of '\(connection.name)'"
        do throws(Failure) {
            guard let secret = try reference.read(in: surroundings) else {
                throw Failure("there is none")
            }
            do throws(SecretContentError) {
                let content = try SecretContent(secret)
                found = content
                return content
            } catch { throw Failure("\(error)") }
        } catch {
            guard !error.isInterruption else { throw .interruption }
            let place = error.path.map { "\($0.displayName): " } ?? ""
            throw GitError.notAuthenticated(
                "\(name) (\(reference.text)): \(place)\(error.message)",
                hint: error.hint
                    ?? "look at it: nbgit auth check-secret \(connection.name); or name another: "
                    + "nbgit connection set \(connection.name) --secret <ref>")
        }
    }
}
