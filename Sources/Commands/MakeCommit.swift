internal import Arguments
internal import Git
internal import Notebook
internal import Platform
internal import Workspace

/// `nbgit commit`: records what is staged.
struct MakeCommit: Runnable {
    var messages: [String] = []
    var stagesTracked = false
    var paths: [Path] = []
    var amends = false
    var verifies = true
    var isJSON = false

    static let spec = CommandSpec<MakeCommit>(
        summary: "Record what is staged",
        discussion: """
            Without paths, what was staged with 'nbgit add' is committed; with '--all' also every other change \
            to files that git knows. With paths, these files alone are committed as they are now, and what \
            else is staged stays staged.

            The repository's hooks are run as git runs them.
            """,
        examples: [
            "nbgit commit -m \"Plot sales by month\"": "Commit what is staged",
            "nbgit commit --all -m \"Fix the axis\"": "Commit every change to known files",
            "nbgit commit --amend": "Add what is staged to the last commit",
        ],
        parameters: [
            .operands(
                "path", \.paths, required: false, completion: .file(extensions: []),
                help: "Files to commit alone"),
            .options(
                "message", letter: "m", \.messages, "text",
                help: "What changed and why; each one is a paragraph"),
            .flag(
                "all", letter: "a", \.stagesTracked, help: "Stage changed and deleted files first"),
            .flag("amend", \.amends, help: "Replace the last commit"),
            .flag(
                "verify", letter: "n", \.verifies, form: .negative,
                help: "Skip the hooks that may refuse"),
            .flag("json", \.isJSON, help: "Print a report as JSON"),
        ])

    func check() throws(UsageError) {
        guard paths.isEmpty || !stagesTracked else {
            throw UsageError(
                "--all commits every change, so no path can be named",
                hint: "leave out '--all' to commit these files alone")
        }
    }

    func run(in context: Context) throws(Failure) -> ExitCode {
        Interrupt.install()
        let checkout = try Checkout(environment: context.environment)
        try checkout.requireWritable(environment: context.environment, "nothing is committed")
        let isMerge = checkout.repository.operation == .merge
        switch try checkout.commit(request, paths: paths, note: context.console.note) {
        case .made(let report):
            let parent = isMerge ? report.commit.parents.first : nil
            let notebooks = NotebookReport(
                parent.map { checkout.followScripts(from: $0, to: report.commit.id) }
                    ?? .nothing, context.console)
            try tell(report, context.console, notebooks)
            StopWords(checkout: checkout, console: context.console).tell(report.autostash)
            for note in report.notes { context.console.note(Failure(note)) }
            notebooks.tell()
            return notebooks.exitCode
        case .nothingToCommit:
            try putNothing("nothing to commit", context.console)
            try explain(checkout, context.console)
            return .no
        case .refused(let error):
            try putNothing(error.message, context.console)
            context.console.report(Failure(error))
            return .no
        }
    }

    /// What is asked for, without the paths.
    var request: CommitRequest {
        let paragraphs = messages.map { Path(word: $0).bytes }
        let separator: [UInt8] = Array("\n\n".utf8)
        var request = CommitRequest(
            message: messages.isEmpty ? nil : Array(paragraphs.joined(separator: separator)))
        request.stagesTracked = stagesTracked
        request.amends = amends
        request.verifies = verifies
        return request
    }

    private func putNothing(_ message: String, _ console: Console) throws(Failure) {
        guard isJSON else { return }
        try console.put(
            .object([
                "operation": "commit", "ok": false, "message": message.json, "commit": .null,
            ]))
    }

    private func tell(
        _ report: CommitReport, _ console: Console, _ notebooks: NotebookReport
    ) throws(Failure) {
        let (commit, changes) = (report.commit, report.changes)
        if isJSON {
            var object: JSONObject = [
                "operation": "commit", "ok": notebooks.report.isDone.json,
                "commit": commit.id.description.json,
                "branch": (report.branch?.short).json, "subject": commit.subject.json,
                "parents": commit.parents.map(\.description).json,
                "amended": report.isAmended.json, "file_count": (changes?.fileCount).json,
                "insertions": (changes?.insertionCount).json,
                "deletions": (changes?.deletionCount).json,
            ]
            if !report.notes.isEmpty { object["notes"] = report.notes.map(\.description).json }
            object.add(notebooks.object)
            try console.put(.object(object))
            guard console.tellsWords else { return }
        }
        let place = report.branch.map { $0.short.displayName } ?? "no branch"
        let first = commit.parents.isEmpty ? ", first commit" : ""
        console.say(
            "[\(place) \(commit.id.abbreviated)\(first)] \(commit.subject.printable)")
        if let changes { console.say(changes.sentence) }
    }

    private func explain(_ checkout: Checkout, _ console: Console) throws(Failure) {
        guard !amends else {
            return console.say("nothing to commit: amended like that, the commit would be empty")
        }
        guard paths.isEmpty else { return explainPaths(console) }
        let (changed, untracked, dirty) = try checkout.uncommitted()
        guard !changed.isEmpty || !untracked.isEmpty else {
            if let submodule = dirty.first.map({ checkout.shown($0).displayName }) {
                console.say(
                    "nothing to commit: only submodule '\(submodule)' has changes of its own")
                return console.suggest("commit them there: nbgit -C '\(submodule)' commit --all")
            }
            guard try checkout.isUnborn() else {
                return console.say("nothing to commit: everything is committed already")
            }
            console.say("nothing to commit: there is no file to commit yet")
            return console.suggest("write one, then stage it: nbgit add <path>...")
        }
        let counts = [
            changed.isEmpty ? nil : "\(changed.count) changed",
            untracked.isEmpty ? nil : "\(untracked.count) untracked",
        ].compactMap(\.self).joined(separator: " and ")
        let isOne = changed.count + untracked.count == 1
        console.say(
            "nothing to commit: nothing is staged, but there \(isOne ? "is" : "are") \(counts) "
                + "file\(isOne ? "" : "s")")
        console.suggest(
            changed.isEmpty
                ? "stage them first: nbgit add <path>..."
                : "stage them first: nbgit add <path>..., or commit all changed files: nbgit commit --all"
        )
    }
}

extension MakeCommit {
    /// Says why the files that were named are no commit; what else there is does not matter.
    private func explainPaths(_ console: Console) {
        let gone = paths.filter { (try? File.status(of: $0, followingLinks: false)) == nil }
        if let path = gone.first, gone.count == paths.count {
            let name = path.displayName
            let rest = gone.count > 1 ? " and \(gone.count - 1) more are" : " is"
            console.say("nothing to commit: '\(name)'\(rest) gone, and no commit has it")
            return console.suggest("unstage what is gone: nbgit add '\(name)'")
        }
        let name = paths.count == 1 ? "'\(paths[0].displayName)' is" : "these files are"
        console.say("nothing to commit: \(name) as in the last commit")
    }
}

extension DiffStatistics {
    /// Such as `2 files changed, 3 lines added, 1 removed`.
    var sentence: String {
        guard fileCount > 0 else { return "no file changed" }
        var parts = ["\(fileCount) file\(fileCount == 1 ? "" : "s") changed"]
        if insertionCount > 0 {
            parts.append("\(insertionCount) line\(insertionCount == 1 ? "" : "s") added")
        }
        if deletionCount > 0 {
            let noun = insertionCount > 0 ? "" : " line\(deletionCount == 1 ? "" : "s")"
            parts.append("\(deletionCount)\(noun) removed")
        }
        return parts.joined(separator: ", ")
    }
}
