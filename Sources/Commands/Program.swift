internal import Arguments
internal import Notebook
internal import Platform
internal import Workspace

/// The program as a whole.
public enum Commands {
    static let version = "0.1.0"
    /// When that version was made.
    static let date = "2026-11-21"

    /// Every command, in the order of `nbgit --help`.
    static let program = Program<Globals, any Runnable>(
        "nbgit", version: version, summary: "Make Jupyter notebooks good citizens of git",
        discussion: """
            Results go to standard output, all other talk to standard error. The exit status is 0 when it is done, \
            1 when the answer is no (it differs, is in conflict, was rejected), 2 when it could not be done, 4 when \
            a server does not know who you are, and 130 when you stopped it.

            'nbgit doctor' says what works here and what does not.
            """,
        sections: [
            .init(
                "Convert",
                [
                    .command("convert", Convert.self), .command("sync", Sync.self),
                    .command("pair", MakePair.self), .command("unpair", EndPair.self),
                ]),
            .init("The day in one word", [.command("save", Save.self)]),
            .init(
                "Git, on this machine",
                [
                    .command("init", Init.self), .command("identity", SetIdentity.self),
                    .group(
                        "ignore", summary: "Keep files out of git", default: "list",
                        [
                            .command("add", AddIgnored.self),
                            .command("remove", RemoveIgnored.self),
                            .command("list", ListIgnored.self),
                            .command("check", CheckIgnored.self),
                        ]), .command("status", ShowStatus.self),
                    .command("diff", ShowDifference.self),
                    .command("add", Add.self), .command("commit", MakeCommit.self),
                    .command("log", Log.self),
                    .group(
                        "branch", summary: "List and remove branches", default: "list",
                        [
                            .command("list", ListBranches.self),
                            .command("rm", RemoveBranches.self),
                        ]), .command("switch", Switch.self),
                    .command("restore", Restore.self), .command("reset", Reset.self),
                    .group(
                        "remote", summary: "Name repositories elsewhere", default: "list",
                        [
                            .command("list", ListRemotes.self), .command("add", AddRemote.self),
                            .command("rm", RemoveRemote.self),
                        ]),
                ]),
            .init(
                "Git, with a server",
                [
                    .command("clone", Clone.self), .command("fetch", Fetch.self),
                    .command("pull", Pull.self),
                    .command("push", Push.self), .command("resolve", Resolve.self),
                    .command("continue", Continue.self), .command("abort", Abort.self),
                ]),
            .init(
                "Who you are to the server",
                [
                    .group(
                        "auth", summary: "Keep tokens for servers, and show which",
                        default: "status",
                        [
                            .command("login", LogIn.self), .command("status", ShowLogins.self),
                            .command("logout", LogOut.self),
                            .command("check-secret", CheckSecret.self),
                        ])
                ]),
            .init(
                "Connections",
                [
                    .group(
                        "connection", summary: "Name repositories elsewhere, with their secrets",
                        default: "list",
                        [
                            .command("list", ListConnections.self),
                            .command("show", ShowConnection.self),
                            .command("add", AddConnection.self),
                            .command("set", SetConnection.self),
                            .command("rm", RemoveConnection.self),
                            .command("trust", TrustConnection.self),
                            .command("import", ImportConnections.self),
                            .command("export", ExportConnections.self),
                        ])
                ]),
            .init(
                "Workspaces",
                [
                    .group(
                        "workspace", summary: "Keep repositories together in one folder",
                        default: "status",
                        [
                            .command("init", InitWorkspace.self),
                            .command("list", ListWorkspace.self),
                            .command("status", ShowWorkspaceStatus.self),
                            .command("pull", PullWorkspace.self),
                            .command("push", PushWorkspace.self),
                            .command("path", ShowWorkspacePath.self),
                            .command("add", AddToWorkspace.self),
                            .command("rm", RemoveFromWorkspace.self),
                        ])
                ]),
            .init(
                "Hooks",
                [
                    .group(
                        "hooks", summary: "Have git call nbgit before a commit", default: "status",
                        [
                            .command("install", InstallHook.self),
                            .command("uninstall", UninstallHook.self),
                            .command("status", ShowHook.self),
                        ]), .command("pre-commit", CheckStaged.self),
                ]),
            .init(
                "This machine",
                [
                    .command("doctor", Doctor.self), .command("completion", Completion.self),
                    .command("__pages", WritePages.self), .command("__parse", ParseLine.self),
                ]),
        ])

    /// Runs the command that the program was started with.
    ///
    /// - Returns: The exit status: 0 done, 1 no, 2 could not, 4 not authenticated, 130 interrupted.
    public static func run() -> Int32 {
        StandardStream.reportBrokenPipes()
        var words = CommandLineWords.all
        // Asked by scripts and prompts, so that no table is built for it.
        if words == ["--version"] { return print("nbgit \(version)\n") }
        // Before anything else runs: neither a thread nor another program shall find them.
        let tokens = EnvironmentTokens.take()
        let environment = Environment.process
        let caller = takeCaller(from: &words)
        do throws(UsageError) {
            switch try program.request(words) {
            case .run(let command, let globals, let name):
                let console = Console(globals, environment: environment, caller: caller)
                return run(command, name, globals, console, tokens).rawValue
            case .help(let topic):
                let columns = Terminal.columnCount(of: .output, environment: environment)
                return print(topic.help(columns: min(max(columns ?? 80, 40), 100)))
            case .version:
                return print(program.versionLine + "\n")
            case .candidates:
                return ExitCode.done.rawValue
            }
        } catch {
            let console = Console(
                Globals(salvagedFrom: words), environment: environment, caller: caller)
            let place = error.command.map { $0 == "nbgit" ? "" : "\($0.dropFirst(6)): " } ?? ""
            let failure = Failure(place + error.message, hint: error.hint)
            console.tellsWords = !words.prefix(while: { $0 != "--" }).contains("--json")
            if caller != nil || !console.tellsWords {
                let operation = error.command.map { String($0.dropFirst("nbgit ".count)) } ?? ""
                try? console.finishReport(of: operation, isDone: false, failure)
            }
            console.report(failure)
            return ExitCode.failed.rawValue
        }
    }

    private static func run(
        _ command: any Runnable, _ name: String, _ globals: Globals, _ console: Console,
        _ tokens: EnvironmentTokens
    ) -> ExitCode {
        let environment = console.environment
        var command = command
        console.tellsWords = !command.isJSON
        if console.hasCaller { command.isJSON = true }
        do throws(Failure) {
            for folder in globals.folders where !folder.bytes.isEmpty { try enter(folder) }
            let secrets =
                type(of: command).runsPrograms ? ConnectionSecrets.take(environment) : .none
            let code = try command.run(
                in: Context(
                    environment: environment, console: console, tokens: tokens, secrets: secrets))
            try console.finishReport(of: name, isDone: code == .done)
            return Interrupt.isRequested ? .interrupted : code
        } catch {
            if command.isJSON {
                try? console.finishReport(of: name, isDone: false, error)
            }
            return console.end(with: error)
        }
    }

    /// Takes `--caller <descriptor>`, which stands before everything else, as only programs write it.
    private static func takeCaller(from words: inout [String]) -> Caller? {
        guard words.count > 1, words[0] == "--caller", let number = Int32(words[1]) else {
            return nil
        }
        words.removeFirst(2)
        return Caller(descriptor: number)
    }

    private static func enter(_ folder: Path) throws(Failure) {
        do throws(SystemError) { try WorkingFolder.change(to: folder) } catch {
            throw Failure(error, about: .path(folder))
        }
    }

    private static func print(_ text: String) -> Int32 {
        let isWritten = (try? StandardStream.output.write(Array(text.utf8))) != nil
        return (isWritten ? ExitCode.done : .failed).rawValue
    }
}
