internal import Arguments
internal import Git
internal import Notebook
internal import Platform
internal import Workspace

/// `nbgit auth logout`: forgets a token.
struct LogOut: Runnable {
    var server = ServerChoice()
    var isJSON = false

    static let spec = CommandSpec<LogOut>(
        summary: "Forget the token for a server",
        discussion: """
            It is taken out of git's credential cache and of the helpers you configured. The server goes on taking \
            it: take it back there when somebody may have seen it.
            """,
        examples: ["nbgit auth logout --provider github": "Forget it"],
        parameters: ServerChoice.parameters.map { $0.lifted(to: \.server) } + [
            .flag("json", \.isJSON, help: "Print a report as JSON")
        ])

    func check() throws(UsageError) { try server.check() }

    func run(in context: Context) throws(Failure) -> ExitCode {
        Interrupt.install()
        let logins = try Logins(
            environment: context.environment, programs: context.unattendedPrograms)
        let origin = try server.origin(context, logins)
        let forgotten = try logins.forget(origin)
        if isJSON {
            try context.console.put(
                .object([
                    "operation": "auth logout", "ok": true, "origin": origin.description.json,
                    "forgotten": (forgotten != nil).json,
                ]))
        }
        if context.console.tellsWords {
            context.console.say(
                forgotten == nil
                    ? "no token was kept for \(origin)" : "forgot the token for \(origin)")
        }
        return .done
    }
}
