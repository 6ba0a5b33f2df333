internal import Arguments
internal import Git
internal import Notebook
internal import Platform
internal import Workspace

/// `nbgit workspace init`: a folder with repositories that belong together.
struct InitWorkspace: Runnable {
    var folder: Path = ""
    var main: String?
    var additional: [String] = []
    var isInside = false
    var mostAdditional: Int?
    var readsToken = false
    var isJSON = false

    static let spec = CommandSpec<InitWorkspace>(
        summary: "Clone repositories that belong together into one folder",
        discussion: """
            The default repository and up to three additional ones lie side by side below <dir>; with '--inside' the \
            additional ones lie in the work tree of the default, whose .git/info/exclude then lists them. A folder is \
            called as the connection is, or as the address ends; a second one of a name is called 'name-2'.

            One that cannot be cloned stops no other. Run again, it goes on from there; without '--default' it clones \
            what <dir>/nbgit-workspace.toml lists and is not there. What is there stays as it is.
            """,
        examples: [
            "nbgit workspace init projects --default sales --additional notes":
                "Clone two connections side by side",
            "nbgit workspace init projects --default sales --additional https://example.com/maps.git --inside":
                "Clone the second one into the first",
            "nbgit workspace init projects": "Clone what is missing",
        ],
        parameters: [
            .operand("dir", \.folder, completion: .directory, help: "The folder of the workspace"),
            .option("default", \.main, "name|url", help: "The repository to begin in"),
            .options(
                "additional", \.additional, "name|url", help: "Another repository; may be repeated"),
            .flag("inside", \.isInside, help: "Clone the others into the work tree of the default"),
            .option(
                "max-additional", \.mostAdditional, "n", help: "Allow <n> additional ones, not 3"),
            .tokenFromStandardInput(\.readsToken),
            .flag("json", \.isJSON, help: "Print a report as JSON"),
        ])

    func check() throws(UsageError) {
        try Self.check(mostAdditional)
        guard main == nil, !additional.isEmpty || isInside else { return }
        throw UsageError(
            "it is not said which repository is the default",
            hint: "say it: --default <name|url>")
    }

    static func check(_ mostAdditional: Int?) throws(UsageError) {
        guard let mostAdditional, mostAdditional < 0 else { return }
        throw UsageError("--max-additional: \(mostAdditional) is not a number from 0 up")
    }

    func run(in context: Context) throws(Failure) -> ExitCode {
        Interrupt.install()
        let context = context.forWorkspaces
        var workspace = try WorkspaceFolder(at: folder, environment: context.environment)
        if let mostAdditional { workspace.allow(additional: mostAdditional) }
        if let main {
            let words = [main] + additional
            let sources = try words.map { word throws(Failure) in try context.source(word) }
            for member in try workspace.set(sources, isInside: isInside) {
                context.console.say("forgotten, as it never came: \(member.name)")
            }
            try workspace.write()
        }
        guard !workspace.members.isEmpty else {
            throw Failure(
                "there is no workspace in this folder yet", path: folder,
                hint: "say what to clone: nbgit workspace init \(folder.shellWord) "
                    + "--default <name|url>")
        }
        let cloning = try MemberCloning(
            WorkspaceRound("workspace init", workspace, in: context, isJSON: isJSON),
            workspace.members, readsToken: readsToken)
        let code = try cloning.round.run(over: workspace.members, "could not be cloned") {
            member throws(Failure) in try cloning.clone(member)
        }
        if code != .done {
            context.console.suggest(
                "when that is settled: nbgit workspace init \(cloning.round.shown(workspace.path)) "
                    + "goes on from there")
        }
        return code
    }
}

extension Context {
    /// The repository that a person means: a connection's name goes before a folder's.
    func source(_ word: String) throws(Failure) -> WorkspaceSource {
        if let use = try connection(meantBy: word) { return WorkspaceSource(use.connection) }
        try requireAddress(word)
        return try WorkspaceSource(address: word)
    }
}

/// Clones repositories of a workspace, or finds them there.
struct MemberCloning {
    let round: WorkspaceRound
    private let cloning: Cloning
    private let access: WorkspaceAccess
    private var context: Context { round.context }
    private var workspace: WorkspaceFolder { round.workspace }

    /// - Parameters:
    ///   - round: The workspace.
    ///   - members: Those that may be cloned.
    ///   - readsToken: Whether `--token-stdin` was given.
    /// - Throws: ``Failure`` where what was handed over is no token.
    init(
        _ round: WorkspaceRound, _ members: [WorkspaceMember], readsToken: Bool
    ) throws(Failure) {
        self.round = round
        let cloning = try Cloning(environment: round.context.environment)
        self.cloning = cloning
        access = try WorkspaceAccess(round.context, readsToken: readsToken) {
            members.map { member in
                let use = try? round.context.use(of: member)
                return WorkspaceAccess.Place(
                    url: use?.connection.address ?? member.url, use: use,
                    configuration: cloning.configuration)
            }
        }
    }

    /// Clones one, unless it is there.
    func clone(_ member: WorkspaceMember) throws(Failure) -> MemberOutcome {
        if let main = workspace.main, member.isInside {
            guard try workspace.place(of: main) != nil else {
                throw Failure("was not tried: '\(main.name)', in which it is to lie, is missing")
            }
            try round.exclude(workspace)
        }
        if try workspace.place(of: member) != nil {
            return try round.visit(member) { checkout throws(Failure) in
                try checkout.requireOrigin(member)
                return MemberOutcome(.done, "is there already")
            }
        }
        let use = try context.use(of: member)
        var request = CloneRequest(
            use?.connection.address ?? member.url, into: workspace.path.appending(member.folder))
        if let use { request.follow(use.connection) }
        let place = WorkspaceAccess.Place(
            url: request.url, use: use, configuration: cloning.configuration)
        let report = try cloning.clone(request, access.access(to: place))
        if let use { try report.repository.remember(use.connection) }
        var outcome = MemberOutcome(
            report.failures.isEmpty ? .done : .failed, report.words,
            report.failures.map { Failure($0) })
        outcome.object = [
            "branch": (report.head.branch?.short).json,
            "commit": (report.head.commit?.description).json, "files": report.fileCount.json,
        ]
        return outcome
    }
}

extension Context {
    /// The connection of a repository that is to be cloned.
    ///
    /// - Throws: ``Failure`` where it was named by a connection that there is no more.
    func use(of member: WorkspaceMember) throws(Failure) -> ConnectionUse? {
        try member.connection.map { name throws(Failure) in
            guard let use = try connection(meantBy: name) else {
                throw try connections().unknown(name)
            }
            return use
        }
    }
}

extension CloneReport {
    /// What was cloned, in short.
    fileprivate var words: String {
        guard let commit = head.commit else {
            return lacksHead ? "cloned: the server is on no branch" : "cloned: it is empty"
        }
        let place = (head.branch?.short).map { "branch \($0.displayName)" } ?? "no branch"
        return "cloned: \(place) at \(commit.abbreviated), \(fileCount.counted("file"))"
    }
}
