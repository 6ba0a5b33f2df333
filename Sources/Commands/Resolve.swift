internal import Arguments
internal import Git
internal import Notebook
internal import Platform
internal import Workspace

/// `nbgit resolve`: ends conflicts.
struct Resolve: Runnable {
    var takesOurs = false
    var takesTheirs = false
    var paths: [Path] = []
    var isJSON = false

    static let spec = CommandSpec<Resolve>(
        summary: "Settle files in conflict",
        discussion: """
            With '--ours' a file becomes what it is on the branch you are working on, with '--theirs' what came from \
            the other side: in a merge and in a rebase alike. git swaps the two words in a rebase; nbgit does not.

            Without either, a file that you edited is taken as it is, unless conflict markers are left in it.
            """,
        examples: [
            "nbgit resolve --ours analysis.ipynb": "Keep what you did",
            "nbgit resolve --theirs data/": "Take what came from the other side, for a folder",
            "nbgit resolve analysis.py": "Take a file as you edited it",
        ],
        parameters: [
            .flag("ours", \.takesOurs, help: "Take the branch you are working on"),
            .flag("theirs", \.takesTheirs, help: "Take the other side"),
            .operands(
                "path", \.paths, completion: .file(extensions: []),
                help: "File, folder or pattern in conflict"),
            .flag("json", \.isJSON, help: "Print a report as JSON"),
        ])

    func check() throws(UsageError) {
        guard takesOurs, takesTheirs else { return }
        throw UsageError("--ours and --theirs cannot both be taken", hint: "leave one out")
    }

    func run(in context: Context) throws(Failure) -> ExitCode {
        Interrupt.install()
        let console = context.console
        let checkout = try Checkout(environment: context.environment)
        let side: ConflictSide? = takesOurs ? .ours : takesTheirs ? .theirs : nil
        let report = try checkout.resolve(paths, taking: side, note: console.note)
        if isJSON {
            try console.put(report.json(side))
            guard console.tellsWords else { return .done }
        }
        let whose = report.commit.map { " \($0.id.abbreviated) \($0.subject.printable)" } ?? ""
        let source =
            switch side {
            case .ours?: "yours:\(whose)"
            case .theirs?: "theirs:\(whose)"
            case nil: "taken as it is"
            }
        for file in report.files {
            let name = checkout.shown(file.path).displayName
            console.say("\(name): \(file.isDeleted ? "deleted, " : "")\(source)")
        }
        guard let first = report.remaining.first else {
            console.suggest("nothing is in conflict any more: nbgit continue")
            return .done
        }
        let count = report.remaining.count
        let others = count > 1 ? " and \(count - 1) more are" : " is"
        console.say("'\(checkout.shown(first).displayName)'\(others) still in conflict")
        return .done
    }
}

extension ResolveReport {
    /// `{"operation": "resolve", "ok": true, "side": "ours", "commit": …, "resolved": […], "remaining": […]}`.
    fileprivate func json(_ side: ConflictSide?) -> JSONValue {
        .object([
            "operation": "resolve", "ok": true, "side": (side?.rawValue).json,
            "commit": (commit?.id.description).json,
            "resolved": .array(
                files.map { .object(["path": $0.path.json, "deleted": $0.isDeleted.json]) }),
            "remaining": remaining.json,
        ])
    }
}
