internal import Arguments
internal import Git
internal import Notebook
internal import Platform
internal import Workspace

/// `nbgit switch`: goes to a branch.
struct Switch: Runnable {
    var creates = false
    var branch: Path = ""
    var start: Path?
    var isJSON = false

    static let spec = CommandSpec<Switch>(
        summary: "Go to another branch",
        discussion: """
            Changes that are not committed are kept. If the other branch has other content for a changed file, or \
            for a file that git does not know, nothing is done and the files are named.

            Notebooks whose scripts are different there are brought up to date; their outputs and your own changes \
            in them stay.

            The name of a branch that only the server has makes a branch here that follows it; '-' is the branch \
            you were on before.
            """,
        examples: [
            "nbgit switch main": "Go to a branch",
            "nbgit switch -c fix-plots": "Make a branch here and go to it",
            "nbgit switch -": "Go back",
        ],
        parameters: [
            .flag("create", letter: "c", \.creates, help: "Make the branch"),
            .operand("branch", \.branch, help: "Branch to go to"),
            .operand(
                "start", \.start, required: false,
                help: "Commit or branch that a new branch begins at"),
            .flag("json", \.isJSON, help: "Print a report as JSON"),
        ])

    func check() throws(UsageError) {
        guard let start, !creates else { return }
        throw UsageError(
            "'\(start.displayName)' is one word too many",
            hint: "to make a branch that begins there: nbgit switch -c '\(branch.displayName)' "
                + "'\(start.displayName)'")
    }

    func run(in context: Context) throws(Failure) -> ExitCode {
        Interrupt.install()
        let console = context.console
        let checkout = try Checkout(environment: context.environment)
        let outcome = try checkout.switchBranch(
            branch, isNew: creates, start: start, note: console.note)
        switch outcome {
        case .switched(let report):
            let notebooks = NotebookReport(
                checkout.followScripts(from: report.old.commit, to: report.new.commit), console)
            try tell(report, notebooks, console)
            return console.isAccepted(.postCheckout, report.hook) ? notebooks.exitCode : .no
        case .refused(let obstacles):
            try refuse(obstacles, checkout, console)
            return .no
        }
    }

    private func tell(
        _ report: SwitchReport, _ notebooks: NotebookReport, _ console: Console
    ) throws(Failure) {
        if isJSON {
            let isDone = console.isSuccess(report.hook) && notebooks.report.isDone
            var object: JSONObject = [
                "operation": "switch", "ok": isDone.json,
                "branch": (report.new.branch?.short).json,
                "commit": (report.new.commit?.description).json,
                "from": (report.old.branch?.short).json,
                "from_commit": (report.old.commit?.description).json,
                "created": report.isCreated.json, "upstream": (report.upstream?.short).json,
                "files": report.files.json,
            ]
            object.add(notebooks.object)
            try console.put(.object(object))
            guard console.tellsWords else { return notebooks.tell() }
        }
        defer { notebooks.tell() }
        let name = report.new.branch?.short.displayName ?? ""
        if report.old.branch == report.new.branch, !report.isCreated {
            return console.say("on \(name) already")
        }
        let follows = report.upstream.map { ", which follows \($0.short.displayName)" } ?? ""
        console.say("on \(report.isCreated ? "new branch " : "")\(name)\(follows)")
        if case .detached(let commit) = report.old {
            console.say("you were on no branch, at \(commit.abbreviated)")
        }
    }

    private func refuse(
        _ obstacles: FilesInTheWay, _ checkout: Checkout, _ console: Console
    ) throws(Failure) {
        let name = branch.displayName
        if isJSON {
            try console.put(
                .object([
                    "operation": "switch", "ok": false, "changed": obstacles.changed.json,
                    "untracked": obstacles.untracked.json,
                ]))
        }
        for path in obstacles.changed {
            console.report(
                Failure(
                    "has changes that are not committed, and '\(name)' has other content for it",
                    path: checkout.shown(path),
                    hint:
                        "commit them first: nbgit commit --all -m <message>; or put them aside: git stash"
                ))
        }
        for path in obstacles.untracked {
            console.report(
                Failure(
                    "is not in git here, and '\(name)' has a file of that name",
                    path: checkout.shown(path), hint: "move it away, or remove it, and switch again"
                ))
        }
    }
}

extension Console {
    /// Whether a hook that comes too late to refuse had nothing against it; says so if it had.
    func isAccepted(_ hook: Hook, _ outcome: HookOutcome) -> Bool {
        if case .notExecutable(let file) = outcome {
            note(
                Failure(
                    "this hook was left out, because it is not executable", path: file,
                    hint: "run 'chmod +x \(file.displayName)'"))
        }
        guard !isSuccess(outcome) else { return true }
        note(Failure("the hook '\(hook.rawValue)' says no; it comes too late to undo anything"))
        return false
    }

    func isSuccess(_ outcome: HookOutcome) -> Bool {
        if case .finished(let status) = outcome { status.isSuccess } else { true }
    }
}
