internal import Arguments
internal import Git
internal import Notebook
internal import Platform
internal import Workspace

/// `nbgit workspace push`: brings the commits of all of them to their servers.
struct PushWorkspace: Runnable {
    var setsUpstream = false
    var readsToken = false
    var isJSON = false

    static let spec = CommandSpec<PushWorkspace>(
        summary: "Push the current branch of every repository",
        discussion: """
            Each is pushed as 'nbgit push' does it there, one after the other; one that fails or is rejected stops no \
            other. Where the server is known to have all commits, it is not asked.

            Exit status: 1 where one waits for you, else 4 where a login is missing, else 2 where something failed.
            """,
        examples: [
            "nbgit workspace push": "End the day",
            "nbgit workspace push -u":
                "Push new branches, too, and follow the servers' from now on",
        ],
        parameters: [
            .flag(
                "set-upstream", letter: "u", \.setsUpstream,
                help: "Push branches that follow none, and let them follow the server's"),
            .tokenFromStandardInput(\.readsToken),
            .flag("json", \.isJSON, help: "Print a report as JSON"),
        ])

    func run(in context: Context) throws(Failure) -> ExitCode {
        Interrupt.install()
        let context = context.forWorkspaces
        let workspace = try context.workspace()
        let round = try WorkspaceRound("workspace push", workspace, in: context, isJSON: isJSON)
        let access = try WorkspaceAccess(context, readsToken: readsToken) {
            () throws(Failure) in
            try round.places { checkout throws(Failure) in try checkout.pushPlace(nil).pushURL }
        }
        return try round.runThere("could not be pushed") { _, checkout throws(Failure) in
            try push(checkout, access, context)
        }
    }

    private func push(
        _ checkout: Checkout, _ access: WorkspaceAccess, _ context: Context
    ) throws(Failure) -> MemberOutcome {
        if let done = try nothingToPush(checkout) { return done }
        do throws(Failure) {
            try checkout.requireWritable(environment: context.environment, "nothing is pushed")
        } catch {
            return MemberOutcome(.no, "not pushed: for reading only", [error])
        }
        let place = try checkout.pushPlace(nil)
        var request = PushRequest(to: place)
        if setsUpstream, try checkout.currentUpstream() == nil { request.setsUpstream = true }
        let report = try checkout.push(request, access.access(to: place.pushURL, checkout))
        var outcome = outcome(of: report, checkout)
        outcome.object["push"] = .object(report.object(isDryRun: false))
        return outcome
    }

    /// What to say where the server is known to have everything, or there is nothing yet.
    private func nothingToPush(_ checkout: Checkout) throws(Failure) -> MemberOutcome? {
        let head: Head
        let isKnown: Bool
        do throws(GitError) {
            head = try checkout.repository.head()
            isKnown = try checkout.repository.isHeadKnownToServer()
        } catch { throw Failure(error) }
        if head.commit == nil { return MemberOutcome(.done, "nothing to push: no commit yet") }
        if case .detached = head {
            guard !isKnown else { return MemberOutcome(.done, "nothing to push: on no branch") }
            return MemberOutcome(
                .no, "not pushed: on no branch",
                [
                    Failure(
                        "has commits that are on no branch",
                        hint: "make one of them: nbgit switch -c <branch>")
                ])
        }
        // A branch that is new to the server is pushed though its commits are known there.
        guard isKnown, try checkout.currentUpstream()?.distance?.ahead == 0 else { return nil }
        return MemberOutcome(.done, "nothing to push")
    }

    private func outcome(of report: PushReport, _ checkout: Checkout) -> MemberOutcome {
        let place = report.place.displayName.printable
        let failures = report.results.compactMap { $0.failure(place, report.interruption) }
        guard failures.isEmpty else {
            return report.isUncertain
                ? MemberOutcome(.failed, "cut while it was pushed", failures)
                : MemberOutcome(.no, "rejected", failures)
        }
        let sentences = report.results.map { $0.sentence(place, isDryRun: false, checkout) }
        return MemberOutcome(
            .done, sentences.isEmpty ? "nothing to push" : sentences.joined(separator: "; "))
    }
}
