internal import Arguments
internal import Git
internal import Notebook
internal import Platform
internal import Workspace

/// `nbgit save`: the whole day in one command.
struct Save: Runnable {
    var messages: [String] = []
    var paths: [Path] = []
    var pulls = true
    var pushes = true
    var readsToken = false
    var isJSON = false

    static let spec = CommandSpec<Save>(
        summary: "Convert, commit, pull and push in one go",
        discussion: """
            Brings notebooks and scripts into step, stages what changed and the scripts of your notebooks (the notebooks \
            too, if the repository has notebooks), commits, pulls, brings the notebooks up to date, and pushes. A step \
            that cannot be done stops it and says what is left; run again, it goes on from there.
            """,
        examples: [
            "nbgit save -m \"Plot sales by month\"": "Save the day's work",
            "nbgit save -m \"Fix the axis\" --no-push": "Commit and pull, but keep it here",
        ],
        parameters: [
            .operands(
                "path", \.paths, required: false, completion: .file(extensions: []),
                help: "Files to save; without one, all"),
            .options(
                "message", letter: "m", \.messages, "text",
                help: "What changed and why; each one is a paragraph"),
            .flag("pull", \.pulls, form: .negative, help: "Do not pull"),
            .flag("push", \.pushes, form: .negative, help: "Do not push"),
            .tokenFromStandardInput(\.readsToken),
            .flag("json", \.isJSON, help: "Print a report as JSON"),
        ])

    func check() throws(UsageError) {
        if messages.isEmpty {
            throw UsageError(
                "a message is missing", hint: "say what changed: nbgit save -m \"…\"")
        }
    }

    func run(in context: Context) throws(Failure) -> ExitCode {
        Interrupt.install()
        let checkout = try Checkout(environment: context.environment)
        try checkout.requireWritable(environment: context.environment, "nothing is saved")
        try checkout.requireReadyToSave()
        let server = ServerAccess(context, checkout, readsToken: readsToken)
        var pairs: [SyncResult] = []
        var steps: [(name: String, run: () throws(Failure) -> ExitCode)] = [
            ("convert", { () throws(Failure) in try sync(context, &pairs) }),
            ("stage", { () throws(Failure) in try stage(pairs, checkout, context.console) }),
            ("commit", { () throws(Failure) in try commit(checkout, context.console) }),
        ]
        if pulls {
            steps += [
                ("pull", { () throws(Failure) in try pull(context, checkout, server) }),
                ("bring notebooks up to date", { () throws(Failure) in try sync(context, &pairs) }),
            ]
        }
        if pushes {
            steps.append(("push", { () throws(Failure) in try push(context, checkout, server) }))
        }
        return try run(steps, context.console)
    }

    /// Does one step after the other, until one cannot be done.
    private func run(
        _ steps: [(name: String, run: () throws(Failure) -> ExitCode)], _ console: Console
    ) throws(Failure) -> ExitCode {
        var done: [String] = []
        for (number, step) in steps.enumerated() {
            var failure: Failure?
            var code = ExitCode.failed
            do throws(Failure) { code = try step.run() } catch { failure = error }
            if failure == nil, code == .done {
                done.append(step.name)
                continue
            }
            let left = steps[number...].map(\.name)
            if isJSON { try put(done, left, failure, console) }
            console.say(
                "stopped at '\(step.name)': "
                    + (done.isEmpty ? "nothing is done" : "done: \(done.joined(separator: ", "))")
                    + "; not done: \(left.joined(separator: ", "))")
            console.suggest("when that is settled, run the same line again; it goes on from there")
            if let failure { throw failure }
            return code
        }
        if isJSON { try put(done, [], nil, console) }
        return .done
    }

    private func put(
        _ done: [String], _ left: [String], _ failure: Failure?, _ console: Console
    ) throws(Failure) {
        try console.put(
            .object([
                "operation": "save", "ok": left.isEmpty.json, "done": done.json, "left": left.json,
                "error": failure.json,
            ]))
    }

    // MARK: Steps

    private func sync(_ context: Context, _ pairs: inout [SyncResult]) throws(Failure) -> ExitCode {
        var syncing = Syncing(paths.isEmpty ? ["."] : folders, environment: context.environment)
        syncing.takesUnpaired = true
        let report = SyncReport(console: context.console, isCheck: false, isJSON: false)
        var results: [SyncResult] = []
        try syncing.run(workers: Processors.usableCount) { result in
            results.append(result)
            report.add(result)
        }
        pairs = results
        return report.exitCode
    }

    /// The notebooks and scripts among the paths, and the folders.
    private var folders: [Path] {
        paths.filter { path in
            (try? File.status(of: path))?.kind == .folder
                || FileFormat(fileExtension: path.fileExtension) == .notebook
        }
    }

    private func stage(
        _ pairs: [SyncResult], _ checkout: Checkout, _ console: Console
    ) throws(Failure) -> ExitCode {
        let report = try checkout.stageForSaving(pairs, paths)
        let count = report.staging.added.count + report.staging.removed.count
        if count > 0 { console.say("staged \(count) file\(count == 1 ? "" : "s")") }
        if let notebook = report.undecidedNotebooks.first {
            console.say(
                "\(checkout.shown(notebook).displayName) stays here: git has no notebooks in this repository"
            )
            console.suggest(
                "if that is meant: nbgit ignore add '*.ipynb'; if not: nbgit add it once")
        }
        if let file = report.leftAlone.first {
            let others = report.leftAlone.count - 1
            console.say(
                "left alone, as git does not know it: \(checkout.shown(file).displayName)"
                    + (others > 0 ? " and \(others) more" : ""))
        }
        return .done
    }

    private func commit(_ checkout: Checkout, _ console: Console) throws(Failure) -> ExitCode {
        var commit = MakeCommit()
        commit.messages = messages
        switch try checkout.commit(commit.request, paths: [], note: console.note) {
        case .made(let report):
            try commit.tell(report, console)
            return .done
        case .nothingToCommit:
            console.say("nothing to commit")
            return .done
        case .refused(let error):
            console.report(Failure(error))
            return .no
        }
    }

    private func pull(
        _ context: Context, _ checkout: Checkout, _ server: ServerAccess
    ) throws(Failure) -> ExitCode {
        guard try checkout.currentUpstream()?.distance != nil else {
            context.console.say("nothing to pull: the server is not known to have this branch")
            return .done
        }
        return try Pull().run(in: context, checkout, access: server.access)
    }

    private func push(
        _ context: Context, _ checkout: Checkout, _ server: ServerAccess
    ) throws(Failure) -> ExitCode {
        var push = Push()
        push.setsUpstream = try checkout.currentUpstream() == nil
        return try push.run(in: context, checkout, access: server.access)
    }
}

/// Says who we are to a server, to the same one only once.
private final class ServerAccess {
    private let context: Context
    private let checkout: Checkout
    private let readsToken: Bool
    private var known: (url: RemoteURL, access: NetworkAccess)?

    init(_ context: Context, _ checkout: Checkout, readsToken: Bool) {
        self.context = context
        self.checkout = checkout
        self.readsToken = readsToken
    }

    func access(_ url: RemoteURL) throws(Failure) -> NetworkAccess {
        if let known, known.url == url { return known.access }
        if readsToken, known != nil {
            throw Failure(
                "the token on standard input is for '\(known?.url.description ?? "")', not for "
                    + "'\(url)', where this is to be pushed",
                hint: "push by a command of its own")
        }
        let access = try context.access(to: url, readsToken: readsToken, checkout)
        known = (url, access)
        return access
    }
}
