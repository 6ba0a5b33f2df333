internal import Arguments
internal import Git
internal import Notebook
internal import Platform
internal import Workspace

/// `nbgit workspace pull`: brings all of them up to date.
struct PullWorkspace: Runnable {
    var strategy: StrategyName?
    var putsAside = false
    var readsToken = false
    var isJSON = false

    static let spec = CommandSpec<PullWorkspace>(
        summary: "Pull in every repository",
        discussion: """
            Each is pulled as 'nbgit pull' does it there, one after the other; one that fails or stops at a conflict \
            stops no other, and the line to type next is shown. A repository on no branch, or on one that the server \
            does not know, has nothing to pull.

            Exit status: 1 where one waits for you, else 4 where a login is missing, else 2 where something failed.
            """,
        examples: ["nbgit workspace pull": "Begin the day"],
        parameters: [
            .option(
                "strategy", \.strategy, "strategy",
                default: "what pull.rebase and pull.ff of git say, else merge",
                help: "What to do when both sides have new commits"),
            .flag(
                "autostash", \.putsAside,
                help: "Put changes that are not committed aside, and bring them back afterwards"),
            .tokenFromStandardInput(\.readsToken),
            .flag("json", \.isJSON, help: "Print a report as JSON"),
        ])

    func run(in context: Context) throws(Failure) -> ExitCode {
        Interrupt.install()
        let context = context.forWorkspaces
        let workspace = try context.workspace()
        let round = try WorkspaceRound("workspace pull", workspace, in: context, isJSON: isJSON)
        let access = try WorkspaceAccess(context, readsToken: readsToken) {
            () throws(Failure) in
            try round.places { checkout throws(Failure) in try checkout.remotePlace(nil).url }
        }
        return try round.runThere("could not be pulled") { member, checkout throws(Failure) in
            try pull(PullWords(round, member, checkout), access)
        }
    }

    private func pull(
        _ words: PullWords, _ access: WorkspaceAccess
    ) throws(Failure) -> MemberOutcome {
        let checkout = words.checkout
        if let operation = checkout.repository.operation { return words.unfinished(operation) }
        let head: Head
        do throws(GitError) { head = try checkout.repository.head() } catch {
            throw Failure(error)
        }
        if case .detached(let commit) = head {
            return MemberOutcome(.done, "nothing to pull: on no branch, at \(commit.abbreviated)")
        }
        guard try checkout.currentUpstream() != nil else {
            let name = head.branch?.short.displayName ?? ""
            return MemberOutcome(
                .done, "nothing to pull: '\(name)' follows no branch of a server")
        }
        var request = PullRequest()
        request.strategy = strategy?.strategy
        request.putsAside = putsAside ? true : nil
        let result = try checkout.pull(
            request, saves: false,
            access: { place throws(Failure) in try access.access(to: place.url, checkout) },
            tell: { _ in }, note: words.round.context.console.note)
        let notebooks = NotebookReport(
            checkout.followScripts(of: result), words.round.context.console)
        var outcome: MemberOutcome
        switch result {
        case .refused(let obstacles, _): outcome = words.refused(obstacles)
        case .pulled(let report): outcome = words.outcome(of: report)
        }
        words.add(notebooks, to: &outcome)
        outcome.object["pull"] = result.json(with: notebooks)
        return outcome
    }
}

/// What is said of a pull in one of several repositories.
private struct PullWords {
    let round: WorkspaceRound
    let member: WorkspaceMember
    let checkout: Checkout

    init(_ round: WorkspaceRound, _ member: WorkspaceMember, _ checkout: Checkout) {
        self.round = round
        self.member = member
        self.checkout = checkout
    }

    func outcome(of report: PullReport) -> MemberOutcome {
        var outcome: MemberOutcome
        switch report.outcome {
        case .upToDate, .fastForwarded, .merged, .rebased:
            outcome = MemberOutcome(.done, report.sentence)
            if report.autostash == .kept {
                outcome.code = .no
                outcome.failures = [
                    Failure(
                        "your changes that are not committed do not fit any more and are kept",
                        hint: "to have them back: git stash pop")
                ]
            }
        case .mergeStopped(let conflicts):
            outcome = MemberOutcome(.no, report.sentence, [failure(conflicts)])
        case .rebaseStopped(let stop):
            outcome = MemberOutcome(.no, report.sentence, [failure(stop.conflicts)])
        case .held(let error): outcome = MemberOutcome(.no, report.sentence, [Failure(error)])
        case .diverged: outcome = MemberOutcome(.no, report.sentence, [report.divergence])
        case .refused(let obstacles): outcome = refused(obstacles)
        }
        return outcome
    }

    /// Says what became of the notebooks whose scripts have come.
    func add(_ notebooks: NotebookReport, to outcome: inout MemberOutcome) {
        let pairs = notebooks.report.pairs
        let count = pairs.count { [.updated(.notebook), .merged].contains($0.outcome) }
        if count > 0 { outcome.words += ", \(count.counted("notebook")) brought up to date" }
        guard outcome.code == .done, notebooks.exitCode != .done else { return }
        outcome.code = notebooks.exitCode
        let left = pairs.filter { !$0.isInStep && $0.outcome != .missing(.script) }
        outcome.failures.append(
            Failure(
                "not in step with their scripts: "
                    + left.map(\.notebook.displayName).joined(separator: ", "),
                hint: "see why: " + round.line(member, "sync")))
    }

    private func failure(_ conflicts: Conflicts) -> Failure {
        let paths = conflicts.files.map(\.path)
        return Failure(
            "in conflict: \(paths.map(\.displayName).joined(separator: ", "))",
            hint: "take a side: "
                + round.line(member, "resolve --ours \(paths.first?.shellWord ?? "<path>")")
                + ", or --theirs; then: " + round.line(member, "continue") + "; to give up: "
                + round.line(member, "abort"))
    }

    func refused(_ obstacles: FilesInTheWay) -> MemberOutcome {
        var failures: [Failure] = []
        func add(_ paths: [Path], _ what: String, _ hint: String) {
            guard !paths.isEmpty else { return }
            let names = paths.map(\.displayName).joined(separator: ", ")
            failures.append(Failure("\(what): \(names)", hint: hint))
        }
        add(
            obstacles.changed + obstacles.staged, "changed and not committed",
            "commit that first: " + round.line(member, "commit --all -m <message>")
                + "; or put it aside meanwhile: nbgit workspace pull --autostash")
        add(
            obstacles.untracked, "not in git here, and there",
            "move it away, or remove it, and pull again")
        return MemberOutcome(.no, "not pulled: files are in the way", failures)
    }

    func unfinished(_ operation: Git.Operation) -> MemberOutcome {
        MemberOutcome(
            .no, "not pulled: \(operation.phrase) is not finished",
            [
                Failure(
                    "\(operation.phrase) is not finished",
                    hint: "see what is left: " + round.line(member, "status"))
            ])
    }
}
