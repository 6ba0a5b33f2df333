internal import Arguments
internal import Notebook
internal import Platform
internal import Workspace

/// `nbgit hooks install`: has git call nbgit before each commit.
struct InstallHook: Runnable {
    var isPreCommit = false
    var isGlobal = false
    var isJSON = false

    static let spec = CommandSpec<InstallHook>(
        summary: "Have git call 'nbgit pre-commit' before each commit",
        discussion: """
            Writes the hook 'pre-commit' of this repository. One that nbgit did not write is left alone. With \
            '--global' the repositories get it that you make or clone from now on (init.templateDir), or all of \
            yours, if your own settings lead them to one folder of hooks (core.hooksPath).

            With the pre-commit framework name nbgit in .pre-commit-config.yaml instead.
            """,
        examples: ["nbgit hooks install": "Keep what you commit of notebooks and scripts in step"],
        parameters: [
            .flag("pre-commit", \.isPreCommit, help: "The hook to install; there is no other"),
            .flag(
                "global", \.isGlobal, help: "For repositories that you make or clone from now on"),
            .flag("json", \.isJSON, help: "Print a report as JSON"),
        ])

    func run(in context: Context) throws(Failure) -> ExitCode {
        let hook = try context.commitHook(isGlobal: isGlobal)
        let isNew = try hook.install(isGlobal: isGlobal)
        let settings =
            isGlobal ? try hook.useForNewRepositories(environment: context.environment) : nil
        if isJSON {
            let code = try context.console.report(hook, "hooks install", .installed)
            guard context.console.tellsWords else { return code }
        }
        let name = hook.file.displayName
        context.console.say(isNew ? "wrote \(name)" : "\(name) calls nbgit already")
        if let settings {
            context.console.say("set init.templateDir in \(settings.displayName)")
        }
        return .done
    }
}

/// `nbgit hooks uninstall`: takes the hook away.
struct UninstallHook: Runnable {
    var isGlobal = false
    var isJSON = false

    static let spec = CommandSpec<UninstallHook>(
        summary: "Take nbgit's hook away",
        examples: ["nbgit hooks uninstall": "Commit without nbgit looking on"],
        parameters: [
            .flag("global", \.isGlobal, help: "The one that new repositories get"),
            .flag("json", \.isJSON, help: "Print a report as JSON"),
        ])

    func run(in context: Context) throws(Failure) -> ExitCode {
        let hook = try context.commitHook(isGlobal: isGlobal)
        let wasThere = try hook.uninstall()
        let settings =
            isGlobal ? try hook.leaveNewRepositories(environment: context.environment) : nil
        if isJSON {
            let code = try context.console.report(hook, "hooks uninstall", .absent)
            guard context.console.tellsWords else { return code }
        }
        let name = hook.file.displayName
        context.console.say(wasThere ? "removed \(name)" : "\(name): there is no hook")
        if let settings {
            context.console.say("took init.templateDir out of \(settings.displayName)")
        }
        return .done
    }
}

/// `nbgit hooks status`: says whether git calls nbgit.
struct ShowHook: Runnable {
    var isGlobal = false
    var isJSON = false

    static let spec = CommandSpec<ShowHook>(
        summary: "Say whether git calls nbgit before a commit; exit 1 if not",
        examples: ["nbgit hooks status": "See whether the hook is there"],
        parameters: [
            .flag("global", \.isGlobal, help: "The one that new repositories get"),
            .flag("json", \.isJSON, help: "Print it as JSON"),
        ])

    func run(in context: Context) throws(Failure) -> ExitCode {
        let hook = try context.commitHook(isGlobal: isGlobal)
        if isJSON {
            let code = try context.console.report(hook, "hooks status", hook.state)
            guard context.console.tellsWords else { return code }
        }
        try context.console.put(line: "\(hook.file.displayName): \(hook.state.phrase)")
        return hook.state.callsNbgit ? .done : .no
    }
}

extension Context {
    fileprivate func commitHook(isGlobal: Bool) throws(Failure) -> CommitHook {
        isGlobal
            ? try CommitHook(forNewRepositoriesOf: environment)
            : try CommitHook(environment: environment)
    }
}

extension Console {
    /// Prints `{"operation": …, "ok": …, "file": …, "state": …}`.
    fileprivate func report(
        _ hook: CommitHook, _ operation: String, _ state: CommitHook.State
    ) throws(Failure) -> ExitCode {
        let isGood = operation == "hooks uninstall" || state.callsNbgit
        try put(
            .object([
                "operation": operation.json, "ok": isGood.json, "file": hook.file.json,
                "state": state.word.json,
            ]))
        return isGood ? .done : .no
    }
}

extension CommitHook.State {
    fileprivate var word: String {
        switch self {
        case .absent: "absent"
        case .installed: "installed"
        case .foreign: "foreign"
        case .notExecutable: "not executable"
        }
    }

    fileprivate var phrase: String {
        switch self {
        case .absent: "there is no hook; 'nbgit hooks install' makes one"
        case .installed: "nbgit's own"
        case .foreign(_, callsNbgit: true): "not nbgit's, but calls it"
        case .foreign(let author, callsNbgit: false):
            "not nbgit's, and does not call it; \(author.advice)"
        case .notExecutable(isOurs: true):
            "nbgit's own, but not executable, so git does not run it; 'nbgit hooks install' mends it"
        case .notExecutable(isOurs: false):
            "not nbgit's, and not executable, so git does not run it"
        }
    }
}
