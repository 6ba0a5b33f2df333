public import Platform

/// The `git` program, run so that it asks the credential helpers of the person and of the machine, and nobody else.
///
/// What a repository's own configuration names is never run: it may have come from anywhere. A token goes through
/// standard input and output alone. Git itself does not prompt.
///
/// Follows gitcredentials(7).
public final class GitCredentialPrograms {
    private let environment: Environment
    private let showsErrors: Bool
    private let timeLimit: Duration?
    private let note: (String) -> Void
    private var isNoted = false

    /// Says how to run it.
    ///
    /// - Parameters:
    ///   - environment: The variables it sees, but for those that point into a repository.
    ///   - showsErrors: Whether what the helpers complain of is shown.
    ///   - timeLimit: How long a helper may take, where nobody can answer it.
    ///   - note: Hears, once, that there is no such program.
    public init(
        environment: Environment, showsErrors: Bool = false, timeLimit: Duration? = nil,
        note: @escaping (String) -> Void = { _ in }
    ) {
        var environment = environment.setting("GIT_DIR", to: "/nonexistent")
        for name in ["GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_INDEX_FILE", "GIT_PREFIX"] {
            environment = environment.setting(name, to: nil)
        }
        environment = environment.setting("GIT_TERMINAL_PROMPT", to: "0")
        for name in ["GIT_ASKPASS", "SSH_ASKPASS"] {
            environment = environment.setting(name, to: "")
        }
        // Git Credential Manager would open a window where nobody may be looking.
        if timeLimit != nil { environment = environment.setting("GCM_INTERACTIVE", to: "never") }
        self.environment = environment
        self.showsErrors = showsErrors
        self.timeLimit = timeLimit
        self.note = note
    }

    /// Runs one command to its end.
    ///
    /// - Parameters:
    ///   - words: Such as `["credential", "fill"]`.
    ///   - message: What it is told.
    /// - Returns: What it answered; nil where it failed, which for git means that there is nothing.
    /// - Throws: ``GitError`` where the person interrupted it.
    func ask(_ words: [String], _ message: CredentialMessage) throws(GitError) -> CredentialMessage?
    {
        var git = Subprocess("git", words.map { Array($0.utf8) }, environment: environment)
        git.folder = "/"
        git.errors = showsErrors ? .inherited : .discarded
        git.timeLimit = timeLimit
        do throws(SystemError) {
            let (status, answer) = try git.run(
                feeding: message.text, hearingAtMost: CredentialMessage.longestByteCount)
            return status.isSuccess ? CredentialMessage(answer) : nil
        } catch let error where error.isInterruption {
            throw GitError(error)
        } catch let error where error.isNotFound {
            if !isNoted { note("git is not installed, so its credential helpers are not asked") }
            isNoted = true
            return nil
        } catch {
            note("git's credential helpers: \(error.reason)")
            return nil
        }
    }
}

/// What git's credential helpers keep: those of the configuration of the person and of the machine.
public final class HelperCredentials: CredentialSource {
    private let programs: GitCredentialPrograms
    /// The last answer, which git gets back as it was: newer gits put more in it than a name and a password.
    private var answer: (secret: Secret, message: CredentialMessage)?

    /// Asks through `programs`.
    public init(_ programs: GitCredentialPrograms) {
        self.programs = programs
    }

    /// What `git credential fill` answers.
    public func credential(for request: CredentialRequest) throws(GitError) -> Credential? {
        guard let message = try programs.ask(["credential", "fill"], CredentialMessage(request)),
            let secret = message.value("password"),
            let username = message.value("username")?.disclosed()
        else { return nil }
        answer = (secret, message)
        return Credential(
            username: username, secret: secret, provenance: .helper,
            sourceName: "git's credential helper")
    }

    /// Lets the helpers keep a credential of theirs, or one that was typed, as git does.
    public func approve(_ credential: Credential, for request: CredentialRequest) {
        tell("approve", credential, request)
    }

    /// Lets the helpers forget a credential of theirs.
    public func reject(_ credential: Credential, for request: CredentialRequest) {
        tell("reject", credential, request)
    }

    /// Lets the helpers forget all that they keep for a server.
    public func forget(_ request: CredentialRequest) {
        guard let message = try? CredentialMessage(request) else { return }
        _ = try? programs.ask(["credential", "reject"], message)
    }

    private func tell(_ verb: String, _ credential: Credential, _ request: CredentialRequest) {
        guard credential.provenance != .login else { return }
        let known = answer.flatMap { $0.secret === credential.secret ? $0.message : nil }
        // What the helpers make of it changes nothing about what the server said.
        guard let message = try? known ?? CredentialMessage(request, credential) else { return }
        _ = try? programs.ask(["credential", verb], message)
    }
}

/// What `nbgit auth login` holds: git's own credential cache, in memory and for a time.
///
/// Follows git-credential-cache(1).
public final class LoginCredentials: CredentialSource {
    private let programs: GitCredentialPrograms

    /// Asks through `programs`.
    public init(_ programs: GitCredentialPrograms) {
        self.programs = programs
    }

    /// What the cache holds for the server.
    public func credential(for request: CredentialRequest) throws(GitError) -> Credential? {
        guard
            let message = try programs.ask(
                ["credential-cache", "get"], CredentialMessage(request)),
            let secret = message.value("password"),
            let username = message.value("username")?.disclosed()
        else { return nil }
        var credential = Credential(
            username: username, secret: secret, provenance: .login,
            sourceName: "'nbgit auth login'")
        credential.end = message.value("password_expiry_utc").flatMap { Int($0.disclosed()) }
        return credential
    }

    /// Puts a credential into the cache.
    ///
    /// - Parameters:
    ///   - credential: What to hold.
    ///   - request: The server it is for.
    ///   - time: After this it is forgotten.
    /// - Returns: Whether the cache took it.
    /// - Throws: ``GitError`` where it cannot be said, or the person interrupted it.
    public func hold(
        _ credential: Credential, for request: CredentialRequest, _ time: Duration
    ) throws(GitError) -> Bool {
        let seconds = Int(time.components.seconds)
        let message = try CredentialMessage(
            request, credential, until: LocalTime.now() + seconds)
        let words = ["credential-cache", "--timeout=\(seconds)", "store"]
        guard try programs.ask(words, message) != nil else { return false }
        return try self.credential(for: request) != nil
    }

    /// Takes out of the cache what the server refused.
    public func reject(_ credential: Credential, for request: CredentialRequest) {
        guard credential.provenance == .login else { return }
        forget(request)
    }

    /// Takes everything for a server out of the cache.
    public func forget(_ request: CredentialRequest) {
        guard let message = try? CredentialMessage(request) else { return }
        _ = try? programs.ask(["credential-cache", "erase"], message)
    }
}
