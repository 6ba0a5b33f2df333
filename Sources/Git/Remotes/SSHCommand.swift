internal import Platform

/// The person's own ssh, with its keys, aliases, agents and known hosts.
///
/// The first of `GIT_SSH_COMMAND`, `core.sshCommand`, `GIT_SSH`, and `ssh`.
///
/// Follows get_ssh_command and push_ssh_options in connect.c of git.
struct SSHCommand {
    /// How programs that take ssh's place want to be told.
    private enum Variant { case openSSH, plink, simple }

    private enum Program {
        case commandLine(String)
        case file(Path)
    }

    private let program: Program
    private let variant: Variant
    private let environment: Environment
    private let isInteractive: Bool

    /// Finds it.
    ///
    /// - Parameters:
    ///   - configuration: What git is told.
    ///   - environment: The variables that git listens to.
    ///   - isInteractive: Whether it may ask the person.
    /// - Throws: ``GitError`` where a setting cannot be read.
    init(
        _ configuration: Configuration, environment: Environment, isInteractive: Bool
    ) throws(GitError) {
        self.environment = environment
        self.isInteractive = isInteractive
        let configured = try configuration.string("core.sshCommand")
        let line = environment["GIT_SSH_COMMAND"] ?? configured
        let first: Path
        if let line, !line.isEmpty {
            program = .commandLine(line)
            first = Path(bytes: CommandWords(line)?.words.first ?? [])
        } else {
            first = environment.path("GIT_SSH") ?? "ssh"
            program = .file(first)
        }
        let named = try configuration.string("ssh.variant")
        let base = first.name.string?.lowercased() ?? ""
        switch environment["GIT_SSH_VARIANT"] ?? named ?? "auto" {
        case "plink", "putty", "tortoiseplink": variant = .plink
        case "simple": variant = .simple
        case "ssh": variant = .openSSH
        default:
            variant = base.hasPrefix("plink") || base.hasPrefix("tortoiseplink") ? .plink : .openSSH
        }
    }

    /// ssh, told to run a program of git on another machine.
    ///
    /// - Parameters:
    ///   - service: The program there, as a line for the shell there.
    ///   - address: The machine and the repository's path.
    /// - Returns: What to run here.
    func subprocess(running service: String, at address: SSHAddress) -> Subprocess {
        var words: [String] = []
        switch variant {
        case .openSSH:
            // Who cannot be asked must not be waited for.
            if !isInteractive { words += ["-o", "BatchMode=yes"] }
            if let port = address.port { words += ["-p", port] }
        case .plink: if let port = address.port { words += ["-P", port] }
        case .simple: break
        }
        words.append(address.user.map { "\($0)@\(address.host)" } ?? address.host)
        words.append("\(service) \(Self.quoted(address.path))")
        let arguments = words.map { Array($0.utf8) }
        switch program {
        case .file(let file): return Subprocess(file, arguments, environment: environment)
        case .commandLine(let line):
            let script = Array("\(line) \"$@\"".utf8)
            return Subprocess(
                "/bin/sh", [Array("-c".utf8), script, Array("ssh".utf8)] + arguments,
                environment: environment)
        }
    }

    /// The text as one word for a shell.
    ///
    /// Follows sq_quote in quote.c of git.
    static func quoted(_ text: String) -> String {
        var quoted = "'"
        for character in text.unicodeScalars {
            quoted += character == "'" || character == "!" ? "'\\\(character)'" : String(character)
        }
        return quoted + "'"
    }
}
