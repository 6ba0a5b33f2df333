internal import Arguments
internal import Git
internal import Notebook
internal import Platform
internal import Workspace

/// `nbgit clone`: makes a repository here of one elsewhere.
struct Clone: Runnable {
    var url = ""
    var folder: Path?
    var branch: Path?
    var revision: Path?
    var depth: Int?
    var includesSubmodules = false
    var fetchesOnlyRevision = false
    var otherURL: String?
    var allowsHost = false
    var makesNotebooks = false
    var readsToken = false
    var isJSON = false

    static let spec = CommandSpec<Clone>(
        summary: "Get a repository from a server",
        discussion: """
            All branches are fetched, and the files of one of them are written: that of '--branch', or the one the \
            server is on. '--revision' takes a branch, a tag or a commit, whole or abbreviated. Nothing is left \
            behind when it fails or is stopped.

            A repository may hold notebooks as percent scripts only: '--notebooks' makes the notebooks of all of them \
            that have none, beside the scripts or where these say. Which belongs to which is remembered, and pull, \
            switch and save keep them up to date.

            An address with a password or a token in it is refused: git would keep it in a file and show it in \
            messages. Leave it out, and you are asked.
            """,
        examples: [
            "nbgit clone https://example.com/team/sales.git": "Get it into the folder 'sales'",
            "nbgit clone https://example.com/team/sales.git --revision v1.2 old":
                "Get what a tag names",
            "nbgit clone sales": "Get what the connection 'sales' leads to",
            "nbgit clone --notebooks https://example.com/team/sales.git":
                "Get it, and make notebooks of its scripts",
        ],
        parameters: [
            .operand("url|connection", \.url, help: "Where it is, or the name of a connection"),
            .operand(
                "dir", \.folder, required: false, completion: .directory,
                help: "The new folder; named after the address if left out"),
            .option("branch", letter: "b", \.branch, "branch", help: "Branch or tag to be on"),
            .option("revision", \.revision, "rev", help: "Branch, tag or commit to be on"),
            .option("depth", \.depth, "n", help: "Fetch no more than <n> commits of each branch"),
            .flag(
                "recurse-submodules", \.includesSubmodules,
                help: "Get the repositories in it, too"),
            .flag(
                "experimental-fetch", \.fetchesOnlyRevision,
                help: "Fetch only the branch or tag to be on"),
            .option(
                "url", \.otherURL, "url", help: "Use this address in place of the connection's"),
            .flag("allow-host", \.allowsHost, help: "Let the server of '--url' see the secret"),
            .flag("notebooks", \.makesNotebooks, help: "Make the notebooks of its percent scripts"),
            .tokenFromStandardInput(\.readsToken),
            .flag("json", \.isJSON, help: "Print a report as JSON"),
        ])

    func check() throws(UsageError) {
        if let depth, depth < 1 {
            throw UsageError("--depth: \(depth) is not at least 1")
        }
        guard branch == nil || revision == nil else {
            throw UsageError(
                "--branch and --revision both say what to be on", hint: "leave one out")
        }
        guard !allowsHost || otherURL != nil else {
            throw UsageError("--allow-host is about the server of '--url'", hint: "leave it out")
        }
    }

    func run(in context: Context) throws(Failure) -> ExitCode {
        Interrupt.install()
        let console = context.console
        let source = try source(in: context)
        let address = source.address
        guard let folder = folder ?? source.folderName else {
            throw Failure(
                "no name for the folder can be made of this address",
                hint: "name it: nbgit clone '\(address.description.printable)' <dir>")
        }
        var request = CloneRequest(address, into: folder)
        request.branch = branch
        request.revision = revision
        request.depth = depth
        request.includesSubmodules = includesSubmodules
        request.fetchesOnlyRevision = fetchesOnlyRevision
        if let connection = source.connection { request.follow(connection) }
        let cloning = try Cloning(environment: context.environment)
        let access = try context.access(
            to: address, readsToken: readsToken, cloning.configuration, source.use)
        console.whisper("cloning \(address.description.printable) into \(folder.displayName)")
        let report = try cloning.clone(request, access)
        try remember(source, report, context)
        let making = NotebookMaking(in: report.repository)
        let made = Result { () throws(Failure) in try makesNotebooks ? making?.run() : nil }
        if isJSON { try put(report, address, try? made.get(), console) }
        tell(report, folder, console)
        for failure in report.failures { console.report(Failure(failure)) }
        let notebooks = try made.get() ?? []
        tell(notebooks, making, folder, console)
        let hasFailed = !report.failures.isEmpty || notebooks.contains { $0.failure != nil }
        return hasFailed ? .failed : .done
    }

    private func put(
        _ report: CloneReport, _ address: RemoteURL, _ notebooks: [SyncResult]??,
        _ console: Console
    ) throws(Failure) {
        let hasFailed = notebooks??.contains { $0.failure != nil } ?? (notebooks == nil)
        var object: JSONObject = [
            "operation": "clone", "ok": (report.failures.isEmpty && !hasFailed).json,
            "url": address.description.json,
            "work_tree": report.repository.workTree.json,
            "branch": (report.head.branch?.short).json,
            "commit": (report.head.commit?.description).json,
            "files": report.fileCount.json,
            "submodules": report.submodules.json,
            "failures": .array(report.failures.map { Failure($0).json }),
        ]
        object["notebooks"] = notebooks??.json
        try console.put(.object(object))
    }

    /// Says what became of notebooks, or how to have some.
    private func tell(
        _ notebooks: [SyncResult], _ making: NotebookMaking?, _ folder: Path, _ console: Console
    ) {
        let place = folder.displayName
        guard makesNotebooks else {
            if making?.isForScriptsOnly() ?? false {
                console.suggest(
                    "to make the notebooks of its scripts: nbgit convert --to ipynb \(place)")
            }
            return
        }
        for failure in notebooks.compactMap(\.failure) { console.report(failure) }
        let made = notebooks.filter { $0.outcome == .created(.notebook) }
        for notebook in made { console.whisper("\(notebook.notebook.displayName) made") }
        let failed = notebooks.count - made.count
        let count = made.count == 1 ? "1 notebook" : "\(made.count) notebooks"
        console.say(
            notebooks.isEmpty
                ? "no notebook to make: no percent script lacks one"
                : "made \(count)" + (failed > 0 ? ", \(failed) failed" : ""))
        if let first = made.first, making?.isSeenByGit(first.notebook) ?? false {
            console.suggest("to keep notebooks out of git: nbgit -C \(place) ignore add '*.ipynb'")
        }
    }

    private func tell(_ report: CloneReport, _ folder: Path, _ console: Console) {
        let branch = report.head.branch?.short
        if report.ignoresDepth {
            console.say("all commits were fetched: --depth needs libgit2 1.7 or newer")
        }
        let place = folder.displayName
        guard let commit = report.head.commit else {
            console.say(
                report.lacksHead
                    ? "cloned into \(place), but no files were written: the server is on no branch"
                    : "cloned into \(place): the repository is empty")
            if report.lacksHead {
                console.suggest("go to a branch: nbgit -C \(place) switch <branch>")
            }
            return
        }
        let files = report.fileCount == 1 ? "1 file" : "\(report.fileCount) files"
        let at = branch.map { "branch \($0.displayName)" } ?? "HEAD detached"
        console.say("cloned into \(place): \(at) at \(commit.abbreviated), \(files)")
        for path in report.submodules { console.say("submodule \(path.displayName)") }
        if branch == nil {
            console.suggest("to work on it, make a branch: nbgit -C \(place) switch -c <branch>")
        }
    }
}
