internal import Notebook
internal import Platform
internal import Workspace

/// Says what became of notebooks when git had written their scripts.
struct NotebookReport {
    let report: FollowReport
    private let console: Console

    init(_ report: FollowReport, _ console: Console) {
        self.report = report
        self.console = console
    }

    /// How the command is to end that has done all else; what git did stays done.
    var exitCode: ExitCode {
        if report.pairs.contains(where: { $0.failure != nil }) { return .failed }
        return report.isDone ? .done : .no
    }

    /// The members that the command's own report gets.
    var object: JSONObject {
        report.pairs.isEmpty ? [:] : ["notebooks": report.pairs.json]
    }

    /// So many are named; of more, only the number is said.
    private static let mostNamed = 5

    /// - Parameter hasNewScripts: Whether scripts have come that others made.
    func tell(hasNewScripts: Bool = false) {
        let updated = report.pairs.filter { $0.outcome == .updated(.notebook) }
        if updated.count <= Self.mostNamed {
            for pair in updated {
                console.say("\(pair.notebook.displayName) brought up to date")
            }
        } else {
            console.say("\(updated.count) notebooks brought up to date")
            for pair in updated { console.whisper(pair.notebook.displayName) }
        }
        let words = SyncReport(console: console, isCheck: false, isJSON: false)
        words.stateWords = "both are as they were"
        for pair in report.pairs where !updated.contains(where: { $0.notebook == pair.notebook }) {
            let name = pair.notebook.displayName
            switch pair.outcome {
            case .merged:
                console.say("\(name) brought up to date; your own changes in it are kept")
            case .differing:
                console.say(
                    "\(name) is as git has it, and does not say what "
                        + "\(pair.script.displayName) says")
                console.suggest("to bring them into step: nbgit sync '\(name)'")
            case .renamed(_, let old):
                console.say("\(pair.script.displayName) is \(old.displayName), renamed")
                console.suggest(
                    "its notebook has the old name: mv '\(name)' '\(newName(pair).displayName)'")
            case .missing: break
            default: words.add(pair)
            }
        }
        for pair in updated where !pair.staleCells.isEmpty { words.whisperStaleCells(of: pair) }
        tellGone()
        if hasNewScripts { tellAlone() }
    }

    /// What the notebook of a renamed script would be called.
    private func newName(_ pair: SyncResult) -> Path {
        let name = pair.script.replacingExtension(with: "ipynb")
        guard case .renamed(_, let old) = pair.outcome, old.parent != pair.notebook.parent else {
            return name
        }
        return pair.notebook.parent.appending(name.name)
    }

    /// Notebooks stay where git took the script away.
    private func tellGone() {
        let gone = report.pairs.filter { $0.outcome == .missing(.script) }
        guard let first = gone.first else { return }
        let name = first.notebook.displayName
        console.say(
            gone.count == 1
                ? "\(name) stays, though \(first.script.displayName) is not here now"
                : "\(name) and \(gone.count - 1) more stay, though their scripts are not here now")
    }

    /// New scripts that others have made of notebooks.
    private func tellAlone() {
        guard let first = report.scriptsAlone.first else { return }
        let names = report.scriptsAlone.prefix(Self.mostNamed).map { "'\($0.displayName)'" }
        console.suggest(
            report.scriptsAlone.count > Self.mostNamed
                ? "\(report.scriptsAlone.count) new scripts have no notebook here; to make one: "
                    + "nbgit convert '\(first.displayName)'"
                : "to have a notebook of what is new: nbgit convert "
                    + names.joined(separator: " "))
    }
}
