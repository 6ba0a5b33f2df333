internal import Arguments
internal import Git
internal import Notebook
internal import Platform
internal import Workspace

/// `nbgit add`: puts changes into the index.
struct Add: Runnable {
    var paths: [Path] = []
    var takesAll = false
    var isJSON = false

    static let spec = CommandSpec<Add>(
        summary: "Stage changes for the next commit",
        discussion: """
            New and changed files are staged as they are now, and files that are gone are staged as deleted. A \
            folder stands for everything in it; ignored files are left out. Contents go through the filters of \
            .gitattributes, as with git.
            """,
        examples: [
            "nbgit add analysis.py": "Stage one file",
            "nbgit add .": "Stage everything in this folder",
            "nbgit add --all": "Stage everything in the repository",
        ],
        parameters: [
            .operands(
                "path", \.paths, required: false, completion: .file(extensions: []),
                help: "File, folder or pattern to stage"),
            .flag("all", letter: "A", \.takesAll, help: "Stage everything in the repository"),
            .flag("json", \.isJSON, help: "Print a report as JSON"),
        ],
        elsewhere: [
            "-f": Self.forceHint, "--force": Self.forceHint,
            "-p": Self.patchHint, "--patch": Self.patchHint,
        ])

    private static let forceHint =
        "no ignored file is staged; 'nbgit ignore check <path>' names the line that ignores it"
    private static let patchHint = "parts of a file are staged with 'git add --patch'"

    func check() throws(UsageError) {
        guard !paths.isEmpty || takesAll else {
            throw UsageError(
                "nothing is named to be staged",
                hint: "write 'nbgit add <path>...', or 'nbgit add --all' for everything")
        }
        guard paths.isEmpty || !takesAll else {
            throw UsageError(
                "--all stages everything, so no path can be named",
                hint: "write 'nbgit add --all' or 'nbgit add <path>...'")
        }
    }

    func run(in context: Context) throws(Failure) -> ExitCode {
        Interrupt.install()
        let checkout = try Checkout(environment: context.environment)
        let report = try checkout.add(paths, everything: takesAll)
        let staging = report.staging
        let console = context.console
        if isJSON {
            let object: JSONObject = [
                "operation": "add", "ok": report.ignored.isEmpty.json, "added": staging.added.json,
                "removed": staging.removed.json, "ignored": report.ignored.map(\.path).json,
                "repositories": staging.repositories.json,
                "empty_repositories": staging.emptyRepositories.json,
                "settled": staging.settled.map(\.path).json,
                "with_markers": staging.settled.filter { $0.markerLine != nil }.map(\.path).json,
            ]
            try console.put(.object(object))
        }
        for path in staging.added { console.whisper("staged \(checkout.shown(path).displayName)") }
        for path in staging.removed {
            console.whisper("staged as deleted: \(checkout.shown(path).displayName)")
        }
        warn(report, checkout, console)
        guard !report.ignored.isEmpty else { return .done }
        for ignored in report.ignored { console.report(failure(ignored, checkout)) }
        return .no
    }

    private func failure(_ ignored: AddReport.Ignored, _ checkout: Checkout) -> Failure {
        let rule = ignored.rule
        let place = "\(checkout.shownFile(rule.source)):\(rule.lineNumber)"
        return Failure(
            "ignored by '\(rule.pattern.shown)' in \(place), so it was not staged",
            path: ignored.path, hint: "if it belongs in git, change that line")
    }

    private func warn(_ report: AddReport, _ checkout: Checkout, _ console: Console) {
        let staging = report.staging
        for failure in report.notes { console.note(failure) }
        for (path, line) in staging.settled {
            let name = checkout.shown(path)
            guard let line else {
                console.say("\(name.displayName): no longer in conflict")
                continue
            }
            var note = Failure(
                "no longer in conflict, but staged with conflict markers in it", path: name,
                hint: "settle it in the file, then stage it again: nbgit add '\(name.displayName)'")
            note.line = line
            console.note(note)
        }
        for path in staging.repositories {
            let name = checkout.shown(path).displayName
            console.say("\(name): a repository of its own; only the commit it is at was staged")
        }
        for path in staging.emptyRepositories {
            let name = checkout.shown(path).displayName
            console.say("\(name): a repository without a readable commit, left out")
        }
    }
}
