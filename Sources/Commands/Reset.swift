internal import Arguments
internal import Git
internal import Notebook
internal import Platform
internal import Workspace

/// `nbgit reset`: goes back to a commit, and keeps what it throws away within reach.
struct Reset: Runnable {
    var remote: Path?
    var branch: Path?
    var commit: Path?
    var isJSON = false

    static let spec = CommandSpec<Reset>(
        summary: "Make branch and files what a commit says",
        discussion: """
            Without options, all that is not committed is thrown away. With '--remote' and '--branch' the branch \
            you are on becomes what was last fetched of that one, with '--commit' that commit. Files that git does \
            not know stay; notebooks are brought up to date from scripts that changed.

            What is thrown away is saved first, below refs/nbgit/backup/, and the line that brings it back is \
            printed.
            """,
        examples: [
            "nbgit reset": "Throw away all that is not committed",
            "nbgit reset --remote origin --branch main": "Take the server's state",
            "nbgit reset --commit HEAD~1": "Go back by one commit",
        ],
        parameters: [
            .option("remote", \.remote, "name", help: "Remote whose branch to take"),
            .option("branch", \.branch, "name", help: "Branch of the remote"),
            .option("commit", \.commit, "commit", help: "Commit to go to"),
            .flag("json", \.isJSON, help: "Print a report as JSON"),
        ])

    func check() throws(UsageError) {
        guard commit != nil, remote != nil || branch != nil else { return }
        throw UsageError(
            "--commit says where to go, so no remote or branch can be named",
            hint: "leave out '--commit', or '--remote' and '--branch'")
    }

    func run(in context: Context) throws(Failure) -> ExitCode {
        Interrupt.install()
        let console = context.console
        let checkout = try Checkout(environment: context.environment)
        let isRemote = remote != nil || branch != nil
        let report = try checkout.reset(
            to: isRemote ? .remote(remote, branch: branch) : .commit(commit), note: console.note)
        let backup = report.backup
        let notebooks = NotebookReport(checkout.followScripts(report.files), console)
        if isJSON {
            var object: JSONObject = [
                "operation": "reset", "ok": notebooks.report.isDone.json,
                "branch": (report.old.branch?.short).json,
                "commit": report.commit.id.description.json,
                "from_commit": (report.old.commit?.description).json,
                "files": report.files.json, "backup": (backup?.name.path).json,
                "backup_commit": (backup?.commit.description).json,
                "restore_command": backup?.restoreLine.json ?? .null,
            ]
            object.add(notebooks.object)
            try console.put(.object(object))
            guard console.tellsWords else {
                notebooks.tell()
                return notebooks.exitCode
            }
        }
        let place = report.old.branch?.short.displayName ?? "HEAD"
        console.say(
            "\(place) is at \(report.commit.id.abbreviated) \(report.commit.subject.printable)")
        if let backup {
            console.say("saved what was there as \(backup.name.path.displayName)")
            console.suggest("to have it back: \(backup.restoreLine)")
        }
        notebooks.tell()
        return notebooks.exitCode
    }
}

extension Backup {
    /// What to type to have it back.
    var restoreLine: String {
        let name = self.name.path.displayName
        return hasChanges
            ? "git reset --hard '\(name)^' && git stash apply --index '\(name)'"
            : "nbgit reset --commit '\(name)'"
    }
}
