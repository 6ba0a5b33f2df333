public import Platform

/// A program that keeps tokens for git, as `credential.helper` names it.
///
///     store --file ~/tokens       git-credential-store, with an argument
///     /opt/keys/helper            a program by its path
///     !f() { echo …; }; f         a line for the shell, which may have a token in it
///
/// Follows gitcredentials(7), "Custom helpers".
public struct CredentialHelper: Hashable, Sendable {
    /// As it was written: never to be shown, for what may stand in it.
    public let text: String

    /// Takes a value of `credential.helper`.
    public init(_ text: String) { self.text = text }

    /// What it may be called in front of everybody: its program, without arguments.
    public var name: String {
        isShellLine ? "a line for the shell" : program.displayName
    }

    /// Whether the shell runs it.
    private var isShellLine: Bool { text.hasPrefix("!") }

    /// The first word, which is all that git looks at to find the program.
    private var program: Path {
        Path(String(text.prefix { !$0.isWhitespace }))
    }

    /// Whether its program is there to be run, without running it; nil where that cannot be told.
    ///
    /// - Parameter environment: For `PATH`, and for `GIT_EXEC_PATH` where git has folders of its own.
    /// - Returns: What git would find.
    public func isThere(_ environment: Environment) -> Bool? {
        guard !isShellLine, !program.bytes.isEmpty else { return nil }
        if program.isAbsolute { return File.isExecutable(program) }
        let command = Path(bytes: Array("git-credential-".utf8) + program.bytes)
        if environment.program(command) != nil { return true }
        let folders = Self.gitFolders(environment)
        if folders.contains(where: { File.isExecutable($0.appending(command)) }) { return true }
        return folders.isEmpty ? nil : false
    }

    /// Where git keeps its own programs; none where that is not known.
    ///
    /// Follows git(1), `--exec-path`.
    private static func gitFolders(_ environment: Environment) -> [Path] {
        if let named = environment.path("GIT_EXEC_PATH"), named.isAbsolute { return [named] }
        guard let git = environment.program("git"), let place = try? File.resolved(git) else {
            return []
        }
        let root = place.parent.parent
        return ["lib/git-core", "libexec/git-core"].map { root.appending($0) }
            .filter { (try? File.status(of: $0))?.kind == .folder }
    }
}
