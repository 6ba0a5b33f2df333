internal import Arguments
internal import Git
internal import Notebook
internal import Platform
internal import Workspace

/// What came of one repository of a workspace.
struct MemberOutcome {
    /// How it would have ended alone.
    var code: ExitCode
    /// What came of it, in a line of the table.
    var words: String
    /// What went wrong, and what to type, told below the table.
    var failures: [Failure] = []
    /// More for `--json`.
    var object: JSONObject = [:]

    init(_ code: ExitCode, _ words: String, _ failures: [Failure] = []) {
        self.code = code
        self.words = words
        self.failures = failures
    }
}

/// Goes through the repositories of a workspace, one after the other; one that fails stops no other.
///
///     sales  main moved forward by 2 commits, 3 files changed
///     notes  stopped: 1 file in conflict
///     atlas  could not be pulled
struct WorkspaceRound {
    let context: Context
    let workspace: WorkspaceFolder
    /// As `--json` calls it: `workspace pull`.
    let operation: String
    let isJSON: Bool
    /// Where the person is.
    private let here: Path
    private let stopwatch = Stopwatch()

    init(
        _ operation: String, _ workspace: WorkspaceFolder, in context: Context, isJSON: Bool
    ) throws(Failure) {
        self.context = context
        self.workspace = workspace
        self.operation = operation
        self.isJSON = isJSON
        do throws(SystemError) { here = try WorkingFolder.path() } catch { throw Failure(error) }
    }

    /// Does something with each repository.
    ///
    /// - Parameters:
    ///   - members: Which, in this order.
    ///   - failed: What the table says where it could not be done.
    ///   - body: Does it.
    /// - Returns: The exit status; see ``ExitCode/ofAll(_:)``.
    /// - Throws: ``Failure`` where nobody takes the table.
    func run(
        over members: [WorkspaceMember], _ failed: String,
        _ body: (WorkspaceMember) throws(Failure) -> MemberOutcome
    ) throws(Failure) -> ExitCode {
        let width = members.map(\.name.count).max() ?? 0
        var outcomes: [(member: WorkspaceMember, outcome: MemberOutcome)] = []
        var interruption: Failure?
        for member in members where !Interrupt.isRequested {
            context.console.progress("\(member.name) …")
            let outcome: MemberOutcome
            do throws(Failure) { outcome = try body(member) } catch {
                if error.isInterruption {
                    interruption = error
                    break
                }
                outcome = MemberOutcome(
                    error.isNotAuthenticated ? .notAuthenticated : .failed, failed, [error])
            }
            outcomes.append((member, outcome))
            guard context.console.tellsWords, !context.console.isQuiet else { continue }
            let name = member.name + String(repeating: " ", count: width - member.name.count)
            try context.console.put(line: "\(name)  \(outcome.words)")
        }
        let code =
            Interrupt.isRequested ? .interrupted : ExitCode.ofAll(outcomes.map(\.outcome.code))
        if isJSON { try put(outcomes, code) }
        for (member, outcome) in outcomes {
            for failure in outcome.failures { context.console.report(named(failure, member)) }
        }
        if outcomes.contains(where: { $0.outcome.code == .notAuthenticated }),
            context.console.isMuteCell
        {
            NotebookCellAdvice(words: CommandLineWords.all).give(context.console)
        }
        if let interruption { context.console.report(interruption) }
        let left = members.dropFirst(outcomes.count).map(\.name)
        if !left.isEmpty { context.console.say("not begun: \(left.joined(separator: ", "))") }
        return code
    }

    /// Does something in the folder of each repository; one that is not cloned is told apart.
    func runThere(
        _ failed: String,
        _ body: (WorkspaceMember, Checkout) throws(Failure) -> MemberOutcome
    ) throws(Failure) -> ExitCode {
        try run(over: workspace.members, failed) { member throws(Failure) in
            guard try workspace.place(of: member) != nil else {
                return MemberOutcome(.failed, "not cloned", [missing(member)])
            }
            return try visit(member) { checkout throws(Failure) in try body(member, checkout) }
        }
    }

    /// Does something in a repository's folder, as if nbgit had been started there.
    ///
    /// - Throws: ``Failure`` where it is not cloned, or something else is there.
    func visit<Answer>(
        _ member: WorkspaceMember, _ body: (Checkout) throws(Failure) -> Answer
    ) throws(Failure) -> Answer {
        guard let place = try workspace.place(of: member) else { throw missing(member) }
        // Connections, hooks and relative addresses are seen from there.
        do throws(SystemError) { try WorkingFolder.change(to: place) } catch {
            throw Failure(error)
        }
        defer { try? WorkingFolder.change(to: here) }
        return try body(Checkout(of: place, environment: context.environment))
    }

    /// The servers of all repositories: where one is not cloned, that which it comes from.
    func places(
        _ url: (Checkout) throws(Failure) -> RemoteURL
    ) throws(Failure) -> [WorkspaceAccess.Place] {
        let configuration = try Cloning(environment: context.environment).configuration
        return workspace.members.map { member in
            let here = try? visit(member) { checkout throws(Failure) in
                try context.place(url(checkout), checkout)
            }
            return here
                ?? WorkspaceAccess.Place(
                    url: member.url, use: try? context.use(of: member),
                    configuration: configuration)
        }
    }

    private func missing(_ member: WorkspaceMember) -> Failure {
        Failure(
            "is not cloned",
            hint: "clone what is missing: nbgit workspace init \(shown(workspace.path))")
    }

    /// Lists the repositories that a workspace has in the default's work tree where its git ignores them.
    func exclude(_ workspace: WorkspaceFolder) throws(Failure) {
        guard let main = workspace.main else { return }
        try visit(main) { checkout throws(Failure) in
            do throws(GitError) {
                try checkout.repository.excludeWorkspace(workspace.insideMain)
            } catch { throw Failure(error) }
        }
    }

    // MARK: Words

    /// A folder as it may be typed where the person is.
    func shown(_ path: Path) -> String {
        let seen = path.seen(from: here)
        let isFar = seen.components.prefix { $0 == ".." }.count > 2
        return (isFar ? path : seen).shellWord
    }

    /// A line to type for one repository: `nbgit -C notes <words>`.
    func line(_ member: WorkspaceMember, _ words: String) -> String {
        "nbgit -C \(shown(workspace.path.appending(member.folder))) \(words)"
    }

    /// What may stand in a line that is typed wherever one is.
    private static let commandsForAnywhere = [
        " -C ", "nbgit workspace ", "nbgit auth ", "nbgit connection ", "--global",
    ]

    /// A failure that says which repository it is about, and where its hint is to be typed.
    private func named(_ failure: Failure, _ member: WorkspaceMember) -> Failure {
        var text = failure
        let place = workspace.path.appending(member.folder)
        if failure.path == place { text.subject = nil }
        var named = Failure(text.sentence, path: Path(member.name))
        let hint = failure.hint ?? failure.suggestion ?? ""
        let isThere = ((try? workspace.place(of: member)) ?? nil) != nil
        let isForHere = Self.commandsForAnywhere.contains { hint.contains($0) }
        let isForThere = isThere && hint.contains("git ") && !isForHere
        named.hint = hint.isEmpty ? nil : isForThere ? "in \(shown(place)): \(hint)" : hint
        return named
    }

    // MARK: JSON

    private func put(
        _ outcomes: [(member: WorkspaceMember, outcome: MemberOutcome)], _ code: ExitCode
    ) throws(Failure) {
        let repositories = outcomes.map { member, outcome in
            var object = workspace.object(of: member)
            object["ok"] = (outcome.code == .done).json
            object["exit_status"] = Int(outcome.code.rawValue).json
            object["message"] = outcome.words.json
            object["error"] = outcome.failures.first.json
            object.add(outcome.object)
            return JSONValue.object(object)
        }
        try context.console.put(
            .object([
                "operation": operation.json, "ok": (code == .done).json,
                "workspace": workspace.path.json, "repositories": .array(repositories),
                "seconds": .number(stopwatch.elapsed.secondsText),
            ]))
    }
}

extension WorkspaceFolder {
    /// What `--json` says of a repository in all commands.
    func object(of member: WorkspaceMember) -> JSONObject {
        [
            "name": member.name.json, "work_tree": path.appending(member.folder).json,
            "default": (member == main).json, "url": member.url.description.json,
            "connection": member.connection.json,
        ]
    }
}

extension ExitCode {
    /// The status of a command that did something with several repositories.
    ///
    /// What only a person can settle comes first: an interruption, then a conflict or a rejected push, then a login
    /// that is missing, then what may work next time, such as a network.
    static func ofAll(_ codes: [ExitCode]) -> ExitCode {
        let order: [ExitCode] = [.interrupted, .no, .notAuthenticated, .failed]
        return order.first(where: codes.contains) ?? .done
    }
}

extension Context {
    /// The same without what points into one repository.
    var forWorkspaces: Context {
        Context(
            environment: environment.withoutRepository, console: console, tokens: tokens,
            secrets: secrets)
    }

    /// The workspace around the working folder.
    func workspace() throws(Failure) -> WorkspaceFolder {
        let here: Path
        do throws(SystemError) { here = try WorkingFolder.path() } catch { throw Failure(error) }
        return try WorkspaceFolder(around: here, environment: environment)
    }
}
