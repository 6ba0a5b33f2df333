internal import Arguments
internal import Git
internal import Notebook
internal import Platform
internal import Workspace

/// `nbgit abort`: gives a merge or a rebase up.
struct Abort: Runnable {
    var isJSON = false

    static let spec = CommandSpec<Abort>(
        summary: "Give a merge or a rebase up",
        discussion: """
            Branch, index and files are then as before it. What you did to settle conflicts is gone; other changes that \
            you made meanwhile are saved first. It does not matter whether git or nbgit began.
            """,
        examples: ["nbgit abort": "Go back to before the pull"],
        parameters: [.flag("json", \.isJSON, help: "Print a report as JSON")])

    func run(in context: Context) throws(Failure) -> ExitCode {
        Interrupt.install()
        let console = context.console
        let checkout = try Checkout(environment: context.environment)
        let (report, followed) = try checkout.abortOperation(note: console.note)
        let notebooks = NotebookReport(followed, console)
        if isJSON {
            var object: JSONObject = [
                "operation": "abort", "ok": followed.isDone.json,
                "of": (report.operation?.rawValue).json,
                "branch": (report.head.branch?.short).json,
                "commit": (report.head.commit?.description).json,
                "backup": (report.backup?.name.path).json,
                "autostash": report.autostash.word.json,
            ]
            object.add(notebooks.object)
            try console.put(.object(object))
        }
        let what =
            switch report.operation {
            case .rebase: "the rebase is given up"
            case .merge: "the merge is given up"
            default: "what had been cut short is undone"
            }
        let place = report.head.branch?.short.displayName ?? "HEAD"
        let commit = report.head.commit.map { " at \($0.abbreviated)" } ?? ""
        console.say("\(what): \(place) is\(commit) as before")
        let words = StopWords(checkout: checkout, console: console)
        if let backup = report.backup { words.tell(backup) }
        words.tell(report.autostash)
        notebooks.tell()
        return notebooks.exitCode
    }
}
