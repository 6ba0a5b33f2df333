internal import Arguments
internal import Git
internal import Notebook
internal import Platform
internal import Workspace

/// `nbgit continue`: goes on with a merge or a rebase.
struct Continue: Runnable {
    var skips = false
    var isJSON = false

    static let spec = CommandSpec<Continue>(
        summary: "Go on with a merge or a rebase that stopped",
        discussion: """
            All files in conflict must be settled first: with 'nbgit resolve', or in an editor and then 'nbgit add'. \
            It does not matter whether git or nbgit began. At the end, notebooks are brought up to date from the \
            scripts that came.
            """,
        examples: [
            "nbgit continue": "Commit the merge, or go on with the rebase",
            "nbgit continue --skip": "Leave out the commit that a rebase stopped at",
        ],
        parameters: [
            .flag("skip", \.skips, help: "Leave out the commit that a rebase stopped at"),
            .flag("json", \.isJSON, help: "Print a report as JSON"),
        ])

    func run(in context: Context) throws(Failure) -> ExitCode {
        Interrupt.install()
        let console = context.console
        let checkout = try Checkout(environment: context.environment)
        let report = try checkout.continueOperation(skips: skips, note: console.note)
        let notebooks = NotebookReport(report.notebooks, console)
        if isJSON { try console.put(report.json(with: notebooks)) }
        let code = tell(report, checkout, console)
        notebooks.tell(hasNewScripts: true)
        return code == .done ? notebooks.exitCode : code
    }

    /// Says what came of it, but for notebooks.
    func tell(_ report: ContinueReport, _ checkout: Checkout, _ console: Console) -> ExitCode {
        let words = StopWords(checkout: checkout, console: console)
        if let backup = report.backup { words.tell(backup) }
        switch report.outcome {
        case .merged(let commit):
            let place = commit.branch?.short.displayName ?? "HEAD"
            console.say("merged: \(place) is at \(commit.commit.line)")
            words.tell(commit.autostash)
            for note in commit.notes { console.note(Failure(note)) }
            return .done
        case .rebased(.finished(let rebase)):
            words.tell(rebase)
            return .done
        case .rebased(.stopped(let stop)):
            words.tell(stop)
            return .no
        case .rebased(.refused(let obstacles)):
            words.tell(obstacles, strategy: .rebase)
            return .no
        case .rebased(.held(let error)), .held(let error):
            console.report(Failure(error))
            return .no
        case .unsettled(let paths):
            words.tellUnsettled(paths)
            return .no
        case .undone:
            console.say("what had been cut short is undone")
            return .done
        case .concluded:
            console.say("the merge was committed already")
            return .done
        }
    }
}

extension ContinueReport {
    /// `{"operation": "continue", "ok": …, "of": "rebase", "outcome": "stopped", "commit": …, "conflicts": […]}`.
    fileprivate func json(with notebooks: NotebookReport) -> JSONValue {
        let isDone = isDone && notebooks.report.isDone
        var object: JSONObject = [
            "operation": "continue", "ok": isDone.json, "of": (operation?.rawValue).json,
        ]
        switch outcome {
        case .merged(let report):
            object["outcome"] = "merged".json
            object["commit"] = report.commit.id.description.json
        case .rebased(let rebase): object.add(rebase.object)
        case .held(let error):
            object["outcome"] = "refused".json
            object["message"] = error.message.json
        case .unsettled(let paths):
            object["outcome"] = "unsettled".json
            object["conflicts"] = paths.json
        case .undone: object["outcome"] = "undone".json
        case .concluded: object["outcome"] = "merged".json
        }
        if let backup { object["backup"] = backup.name.path.json }
        object.add(notebooks.object)
        return .object(object)
    }

    private var isDone: Bool {
        switch outcome {
        case .merged, .rebased(.finished), .undone, .concluded: true
        default: false
        }
    }
}
