internal import Platform

/// Signs commits through the program that the configuration names.
///
/// Follows gpg-interface.c of git: sign_buffer_gpg and sign_buffer_ssh.
struct CommitSigner {
    private let format: SigningFormat
    private let program: Path
    private let key: [UInt8]
    private let environment: Environment
    private let folder: Path?

    /// Reads how commits are signed.
    ///
    /// - Parameters:
    ///   - repository: Its configuration and folder.
    ///   - committer: `Name <email>`, for whose key is taken when none is named.
    /// - Throws: ``GitError`` where a setting says nothing that is known, or there is no key.
    init(_ repository: Repository, committer: [UInt8]) throws(GitError) {
        let configuration = repository.configuration
        let name = try configuration.string("gpg.format") ?? "openpgp"
        guard let format = SigningFormat(rawValue: name) else {
            throw GitError(
                "gpg.format: '\(name)' is none of openpgp, x509 and ssh",
                hint: "run 'git config gpg.format ssh', or openpgp")
        }
        self.format = format
        environment = repository.programEnvironment
        folder = repository.layout.workTree
        var program = Path(format.program)
        for setting in format.programSettings.reversed() {
            program = try configuration.path(setting) ?? program
        }
        self.program = program
        let named = try configuration.string("user.signingKey") ?? ""
        guard named.isEmpty else {
            let isPath = format == .ssh && SSHKeyText(named) == nil
            key =
                isPath
                ? try configuration.path("user.signingKey")?.bytes ?? [] : Array(named.utf8)
            return
        }
        key = format == .ssh ? try Self.defaultSSHKey(repository) : committer
    }

    /// The signature of the bytes of a commit, as it goes into the header `gpgsig`.
    ///
    /// - Throws: ``GitError`` with what the program said.
    func signature(of commit: [UInt8]) throws(GitError) -> [UInt8] {
        let signature = try format == .ssh ? signedBySSH(commit) : signedByGPG(commit)
        // Programs for Windows end lines with CR LF, which would not verify elsewhere.
        return Self.withoutCarriageReturns(signature)
    }

    private func signedByGPG(_ commit: [UInt8]) throws(GitError) -> [UInt8] {
        var subprocess = describe([Array("--status-fd=2".utf8), Array("-bsau".utf8), key])
        subprocess.input = .bytes(commit)
        subprocess.output = .captured(atMost: 1 << 20)
        let finished = try run(subprocess)
        let lines = Self.lines(finished.errors)
        let isCreated = lines.contains { $0.hasPrefix("[GNUPG:] SIG_CREATED ") }
        guard finished.status.isSuccess, isCreated else {
            throw failure(lines.filter { !$0.hasPrefix("[GNUPG:] ") })
        }
        return finished.output
    }

    private func signedBySSH(_ commit: [UInt8]) throws(GitError) -> [UInt8] {
        // Programs that stand in for ssh-keygen know no other way than git's: files.
        let scratch = try system { () throws(SystemError) in
            try TemporaryFolder(environment: environment)
        }
        defer { scratch.remove() }
        let buffer = scratch.path.appending("commit")
        try system { () throws(SystemError) in _ = try File.replace(buffer, with: commit) }
        var arguments = ["-Y", "sign", "-n", "git", "-f"].map { Array($0.utf8) }
        if let text = SSHKeyText(String(decoding: key, as: UTF8.self)) {
            let file = scratch.path.appending("key")
            try system { () throws(SystemError) in
                _ = try File.replace(file, with: text.bytes, permissions: 0o600)
            }
            // The other half of the key is with the agent.
            arguments += [file.bytes, Array("-U".utf8)]
        } else {
            arguments.append(key)
        }
        arguments.append(buffer.bytes)
        var subprocess = describe(arguments)
        subprocess.output = .discarded
        let finished = try run(subprocess)
        guard finished.status.isSuccess else { throw failure(Self.lines(finished.errors)) }
        let signature = Path(bytes: buffer.bytes + Array(".sig".utf8))
        return try system { () throws(SystemError) in try File.read(signature) }
    }

    private func describe(_ arguments: [[UInt8]]) -> Subprocess {
        var subprocess = Subprocess(program, arguments, environment: environment)
        subprocess.folder = folder
        subprocess.errors = .captured(atMost: 1 << 20)
        return subprocess
    }

    private func run(_ subprocess: Subprocess) throws(GitError) -> Subprocess.Finished {
        do throws(SystemError) { return try subprocess.run() } catch {
            guard !error.isInterruption else { throw GitError(error) }
            throw GitError(
                "cannot sign the commit: '\(program.displayName)': \(error.reason)",
                hint: "install it, or name another with 'git config \(setting) <program>'")
        }
    }

    private func failure(_ lines: [String]) -> GitError {
        let said = lines.filter { !$0.isEmpty }.joined(separator: "; ")
        return GitError(
            "'\(program.displayName)' did not sign the commit: \(said.isEmpty ? "it gave no reason" : said)",
            hint:
                "'git config user.signingKey' shows the key; 'git config commit.gpgsign false' signs none"
        )
    }

    private var setting: String { format.programSettings.last ?? "" }

    /// The key that the configured command prints.
    ///
    /// Follows get_default_ssh_signing_key of git.
    private static func defaultSSHKey(_ repository: Repository) throws(GitError) -> [UInt8] {
        let missing = GitError(
            "cannot sign the commit: there is no key",
            hint: "run 'git config --global user.signingKey <path of the public key>'")
        let line = try repository.configuration.string("gpg.ssh.defaultKeyCommand") ?? ""
        guard let words = CommandWords(line)?.words, let program = words.first else {
            throw missing
        }
        var subprocess = Subprocess(
            Path(bytes: program), Array(words.dropFirst()),
            environment: repository.programEnvironment)
        subprocess.folder = repository.layout.workTree
        subprocess.output = .captured(atMost: 1 << 20)
        let finished: Subprocess.Finished
        do throws(SystemError) { finished = try subprocess.run() } catch {
            throw GitError("gpg.ssh.defaultKeyCommand cannot be run: \(error.reason)")
        }
        let keys = lines(finished.output).filter { SSHKeyText($0) != nil }
        guard finished.status.isSuccess, let key = keys.first else {
            throw GitError("gpg.ssh.defaultKeyCommand printed no key", hint: missing.hint)
        }
        return Array(key.utf8)
    }

    private static func lines(_ bytes: [UInt8]) -> [String] {
        withoutCarriageReturns(bytes).split(separator: UInt8(ascii: "\n"))
            .map { String(decoding: $0, as: UTF8.self) }
    }

    /// Without each CR that stands before an LF.
    private static func withoutCarriageReturns(_ bytes: [UInt8]) -> [UInt8] {
        bytes.indices.filter { index in
            let next = index + 1
            return bytes[index] != 0x0D || next == bytes.count || bytes[next] != 0x0A
        }.map { bytes[$0] }
    }
}

/// A public key written out in a setting, where others write the path of its file.
///
/// Follows is_literal_ssh_key of git.
struct SSHKeyText {
    /// The key, with a line end.
    let bytes: [UInt8]

    init?(_ text: String) {
        if text.hasPrefix("key::") {
            bytes = Array(text.utf8.dropFirst("key::".utf8.count)) + [UInt8(ascii: "\n")]
        } else if text.hasPrefix("ssh-") {
            bytes = Array(text.utf8) + [UInt8(ascii: "\n")]
        } else {
            return nil
        }
    }
}
