internal import Arguments
internal import Git
internal import Notebook
internal import Platform
internal import Workspace

/// `nbgit restore`: throws changes of files away.
struct Restore: Runnable {
    var paths: [Path] = []
    var isStaged = false
    var isJSON = false

    static let spec = CommandSpec<Restore>(
        summary: "Throw changes to files away",
        discussion: """
            Files become what is staged, or what was last committed where nothing is; what was changed in them \
            since then is gone. With '--staged' files stay as they are, and are only no longer staged.

            Files that git does not know are left alone. The notebook of a script that is restored is brought up to \
            date; its outputs, and what you changed in it since script and notebook agreed, stay.
            """,
        examples: [
            "nbgit restore analysis.py": "Throw away what was changed in a file",
            "nbgit restore --staged .": "Unstage everything in this folder",
        ],
        parameters: [
            .flag(
                "staged", letter: "S", \.isStaged, help: "Unstage, and leave the files as they are"),
            .operands(
                "path", \.paths, completion: .file(extensions: []),
                help: "File, folder or pattern to restore"),
            .flag("json", \.isJSON, help: "Print a report as JSON"),
        ])

    func run(in context: Context) throws(Failure) -> ExitCode {
        Interrupt.install()
        let console = context.console
        let checkout = try Checkout(environment: context.environment)
        if !isStaged {
            try checkout.requireWritable(environment: context.environment, "no file is restored")
        }
        let report = try checkout.restore(paths, isStaged: isStaged, note: console.note)
        let written = isStaged ? [] : report.discarded + report.restored
        let notebooks = NotebookReport(checkout.followScripts(written), console)
        if isJSON {
            let isDone = console.isSuccess(report.hook) && notebooks.report.isDone
            var object: JSONObject = [
                "operation": "restore", "ok": isDone.json, "staged": isStaged.json,
                (isStaged ? "unstaged" : "discarded"): report.discarded.json,
                "restored": report.restored.json,
            ]
            object.add(notebooks.object)
            try console.put(.object(object))
        }
        if console.tellsWords {
            let verb = isStaged ? "unstaged" : "changes thrown away"
            for path in report.discarded {
                console.say("\(verb): \(checkout.shown(path).displayName)")
            }
            for path in report.restored {
                console.say("back again: \(checkout.shown(path).displayName)")
            }
            if report.discarded.isEmpty, report.restored.isEmpty {
                console.say(
                    "nothing to restore: \(isStaged ? "nothing is staged there" : "no file is changed")"
                )
            }
        }
        notebooks.tell()
        return console.isAccepted(.postCheckout, report.hook) ? notebooks.exitCode : .no
    }
}
