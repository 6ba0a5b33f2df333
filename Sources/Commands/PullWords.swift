internal import Git
internal import Notebook
internal import Platform
internal import Workspace

/// What is said of a pull in one of several repositories.
struct PullWords {
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
