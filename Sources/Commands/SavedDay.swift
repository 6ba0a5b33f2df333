internal import Git
internal import Notebook
internal import Platform
internal import Workspace

/// The steps of `nbgit save`, and what came of them.
final class SavedDay {
    enum Step: String {
        case goOn = "continue"
        case convert, stage, commit, pull
        case follow = "bring notebooks up to date"
        case push
    }

    private(set) var done: [Step] = []
    /// What was not done, from the step on that could not be.
    private(set) var left: [Step] = []
    /// The step that could not be done; nil where all were, or nothing was begun.
    var stopped: Step? { left.first }

    private let command: Save
    private let context: Context
    private let checkout: Checkout
    private var console: Console { context.console }
    private let server: ServerAccess
    private var operation: Git.Operation?
    private var found: [SyncResult] = []
    private var staging: SaveStaging?
    private var refusal: Failure?
    private var commit: CommitReport?
    private var pulled: PullResult?
    private var notebooks: NotebookReport?
    private var pushed: PushReport?

    init(_ command: Save, _ context: Context, _ checkout: Checkout) {
        self.command = command
        self.context = context
        self.checkout = checkout
        server = ServerAccess(context, checkout, readsToken: command.readsToken)
    }

    /// Does one step after the other, until one cannot be done.
    ///
    /// - Throws: ``Failure`` of that step.
    func run() throws(Failure) -> ExitCode {
        operation = try checkout.readyToSave(
            command.paths, leaves: command.pulls || command.pushes)
        var steps: [Step] = operation == nil ? [] : [.goOn]
        steps += [.convert, .stage, .commit]
        if command.pulls { steps += [.pull, .follow] }
        if command.pushes { steps.append(.push) }
        left = steps
        for step in steps {
            do throws(SystemError) { try Interrupt.check() } catch { throw Failure(error) }
            let code = try run(step)
            guard code == .done else { return code }
            done.append(left.removeFirst())
        }
        return .done
    }

    private func run(_ step: Step) throws(Failure) -> ExitCode {
        switch step {
        case .goOn: try goOn()
        case .convert: try convert()
        case .stage: try stage()
        case .commit: try makeCommit()
        case .pull: try pull()
        case .follow: follow()
        case .push: try push()
        }
    }

    /// `{"operation": "save", "ok": …, "done": […], "left": […], "pairs": […], "commit": …, "pull": {…}, …}`.
    func json(_ failure: Failure?) -> JSONValue {
        let error = failure ?? refusal ?? found.lazy.compactMap(\.failure).first
        var object: JSONObject = [
            "operation": "save", "ok": (left.isEmpty && error == nil).json,
            "done": done.map(\.rawValue).json, "left": left.map(\.rawValue).json,
            "error": error.json, "pairs": found.filter { $0.outcome != .unchanged }.json,
            "staged": (staging.map { $0.staging.added + $0.staging.removed } ?? []).json,
            "commit": (commit?.commit.id.description).json,
        ]
        object["pull"] = pulled?.json(with: NotebookReport(.nothing, console))
        if let notebooks { object.add(notebooks.object) }
        object["push"] = pushed.map { .object($0.object(isDryRun: false)) }
        return .object(object)
    }

    // MARK: Here

    private func goOn() throws(Failure) -> ExitCode {
        let report = try checkout.continueOperation(skips: false, note: console.note)
        let code = Continue().tell(report, checkout, console)
        let notebooks = NotebookReport(report.notebooks, console)
        notebooks.tell(hasNewScripts: true)
        return code == .done ? notebooks.exitCode : code
    }

    private func convert() throws(Failure) -> ExitCode {
        let words = command.paths
        let files = words.filter { path in
            (try? File.status(of: path))?.kind == .folder
                || FileFormat(fileExtension: path.fileExtension) != nil
        }
        guard words.isEmpty || !files.isEmpty else { return .done }
        var syncing = Syncing(
            words.isEmpty ? [checkout.shown(".")] : files, environment: context.environment)
        syncing.takesUnpaired = true
        let report = SyncReport(console: console, isCheck: false, isJSON: false)
        var results: [SyncResult] = []
        try syncing.run(workers: Processors.usableCount) { results.append($0) }
        let tracked = try checkout.trackedFiles()
        var code = ExitCode.done
        for result in results {
            if isElsewhere(result, tracked) {
                let renamed = SyncResult.Outcome.renamed(.script, from: result.script)
                if !results.contains(where: { $0.outcome == renamed }) { tellElsewhere(result) }
                continue
            }
            if !result.isChange { report.add(result) }
            switch result.outcome {
            case .failed: code = .failed
            // Their scripts are saved without them.
            case .missing(.notebook), .renamed(.script, _), .unrelated, .disowned, .leftToOthers:
                break
            default: if !result.isInStep, code == .done { code = .no }
            }
        }
        report.sum(results.filter(\.isChange))
        found = results
        return Interrupt.isRequested ? .failed : code
    }

    /// Whether the script of a notebook is gone because the branch has none: git does not miss it.
    private func isElsewhere(_ result: SyncResult, _ tracked: Set<Path>) -> Bool {
        guard result.outcome == .missing(.script),
            let script = try? checkout.relative(result.script)
        else { return false }
        return !tracked.contains(script)
    }

    private func tellElsewhere(_ result: SyncResult) {
        let name = result.notebook.displayName
        console.say("\(name) is left alone: this branch has no \(result.script.displayName)")
        console.suggest("to save it here, too: nbgit sync --prefer notebook '\(name)'")
    }

    private func stage() throws(Failure) -> ExitCode {
        let report = try checkout.stageForSaving(found.filter(\.isInStep), command.paths)
        staging = report
        let count = report.staging.added.count + report.staging.removed.count
        if count > 0 { console.say("staged \(count) file\(count == 1 ? "" : "s")") }
        if let (names, are) = named(report.ignoredScripts) {
            console.say("\(names) \(are) not saved: git ignores \(are == "is" ? "it" : "them")")
            console.suggest("'nbgit ignore check \(shown(report.ignoredScripts[0]))' says why")
        }
        if let (names, are) = named(report.undecidedNotebooks) {
            console.say(
                "\(names) \(are == "is" ? "stays" : "stay") here: git has no notebooks in this "
                    + "repository")
            console.suggest(
                "if that is meant: nbgit ignore add '*.ipynb'; if not: nbgit add it once")
        }
        if let (names, _) = named(report.leftAlone) {
            console.say("left alone, as git does not know it: \(names)")
            console.suggest("to save it, too: nbgit add '\(shown(report.leftAlone[0]))'")
        }
        return .done
    }

    private func shown(_ path: Path) -> String { checkout.shown(path).displayName }

    /// `a.py and 2 more`, and the verb for it.
    private func named(_ paths: [Path]) -> (names: String, verb: String)? {
        guard let first = paths.first else { return nil }
        let others = paths.count - 1
        return others == 0 ? (shown(first), "is") : ("\(shown(first)) and \(others) more", "are")
    }

    private func makeCommit() throws(Failure) -> ExitCode {
        var request = MakeCommit(messages: command.messages).request
        if let only = staging?.only {
            guard !only.isEmpty else {
                console.say("nothing to commit")
                return .done
            }
            request.only = Pathspec(files: only)
        }
        switch try checkout.commit(request, paths: [], note: console.note) {
        case .made(let report):
            commit = report
            let place = report.branch?.short.displayName ?? "no branch"
            let changes = report.changes.map { ": \($0.sentence)" } ?? ""
            console.say("committed \(report.commit.id.abbreviated) to \(place)\(changes)")
            for note in report.notes { console.note(Failure(note)) }
            return .done
        case .nothingToCommit:
            console.say("nothing to commit")
            return .done
        case .refused(let error):
            refusal = Failure(error)
            console.report(Failure(error))
            return .no
        }
    }

    // MARK: With the server

    private func pull() throws(Failure) -> ExitCode {
        var source = try checkout.knownSaveSource()
        if source == nil {
            // Somebody else may have made the branch there.
            let place = try checkout.remotePlace(nil)
            _ = try checkout.fetch(FetchRequest(from: place), server.access(place.url))
            source = try checkout.saveSource(after: place.name ?? Path(place.displayName))
        }
        var pull = Pull()
        pull.tellsFetch = false
        // Files that were not named are still as they were, and are no reason to stop.
        pull.putsAside = !command.paths.isEmpty
        switch source {
        case .noRemote, nil:
            console.say("nothing to pull: there is no remote")
            return .done
        case .nothing(let remote):
            console.say("nothing to pull: \(remote.displayName) does not have this branch yet")
            return .done
        case .branch(let branch, let remote):
            pull.remote = remote
            pull.branch = branch
        case .followed: break
        }
        let (result, code) = try pull.pull(context, checkout, access: server.access)
        pulled = result
        return code
    }

    private func follow() -> ExitCode {
        guard let pulled else { return .done }
        let report = NotebookReport(checkout.followScripts(of: pulled), console)
        report.tell(hasNewScripts: true)
        notebooks = report
        return report.exitCode
    }

    private func push() throws(Failure) -> ExitCode {
        guard try !checkout.isUnborn() else {
            console.say("nothing to push: nothing is committed yet")
            return .done
        }
        if try checkout.knownSaveSource() == .noRemote {
            throw Failure(
                "there is no remote to push to",
                hint: "name one: nbgit remote add origin <url>; to keep the work here, give "
                    + "'--no-push'")
        }
        var push = Push()
        push.setsUpstream = try checkout.currentUpstream() == nil
        let (report, code) = try push.push(checkout, access: server.access)
        pushed = report
        console.tell(report, isDryRun: false, checkout)
        return code
    }
}
