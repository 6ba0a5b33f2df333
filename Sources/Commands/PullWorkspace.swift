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
