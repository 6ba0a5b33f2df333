internal import Clibgit2
public import Platform

/// What a pull came to, when everything was fetched.
public enum PullOutcome: Sendable {
    /// The branch has all that is there.
    case upToDate
    /// The branch had no commits of its own and was moved; the paths were written or removed.
    case fastForwarded([Path])
    /// Both histories have come together in a commit.
    case merged(Commit, [Path])
    /// The own commits are on top of the other ones.
    case rebased(RebaseReport)
    /// A merge waits for a person.
    case mergeStopped(Conflicts)
    /// A rebase waits for a person.
    case rebaseStopped(RebaseStop)
    /// A hook said no.
    case held(GitError)
    /// Both sides have commits, and only moving forward was asked for; nothing was changed.
    case diverged
    /// Nothing was changed, because this would have been lost.
    case refused(FilesInTheWay)
}

/// What a pull did.
public struct PullReport: Sendable {
    /// What it came to.
    public let outcome: PullOutcome
    /// What was done with commits of one's own, where there were any.
    public let strategy: PullStrategy
    /// Whether somebody has chosen that.
    public let isStrategyChosen: Bool
    /// Where HEAD was.
    public let old: Head
    /// Where it is.
    public let new: Head
    /// What was brought in; nil where it was not fetched.
    public let incoming: Incoming?
    /// How many commits each side had that the other lacked; nil where one had none at all.
    public let distance: Upstream.Distance?
    /// What became of changes that were put aside.
    public let autostash: AutostashOutcome
}

extension Repository {
    /// Brings in what was fetched.
    ///
    /// - Parameters:
    ///   - incoming: What the server has.
    ///   - plan: From ``preparePull(_:)``.
    ///   - observer: Runs hooks and signs.
    ///   - merging: Improves on git's merge of lines.
    /// - Returns: What it came to.
    /// - Throws: ``GitError``.
    ///
    /// Follows git-pull(1).
    public func pull(
        _ incoming: Incoming, _ plan: PullPlan, observer: some CommitObserver,
        merging: ContentMerging?
    ) throws(GitError) -> PullReport {
        let old = try head()
        guard old == plan.head else {
            throw GitError("somebody else switched meanwhile", hint: "look with 'nbgit status'")
        }
        let distance = try distance(from: old.commit, to: incoming.commit)
        let action = Array(plan.action.utf8)
        let isBehind = distance.map { $0.ahead == 0 || $0.behind == 0 } ?? true
        let outcome: PullOutcome
        var autostash = AutostashOutcome.nothing
        if plan.strategy == .rebase, !isBehind {
            var request = RebaseRequest(onto: incoming.commit, action: action)
            request.putsAside = plan.putsAside
            if let fork = plan.forkPoint, try !isAncestor(fork, of: incoming.commit) {
                request.upstream = fork
            }
            switch try rebase(request, observer: observer, merging: merging) {
            case .finished(let report):
                outcome = .rebased(report)
                autostash = report.autostash
            case .stopped(let stop):
                outcome = .rebaseStopped(stop)
                if hasRebaseAutostash { autostash = .kept }
            case .refused(let obstacles): outcome = .refused(obstacles)
            case .held(let error): outcome = .held(error)
            }
        } else {
            var request = MergeRequest(incoming, action: action)
            request.fastForward = plan.strategy == .rebase ? .allowed : plan.fastForward
            request.putsAside = plan.putsAside
            let merge = try merge(request, observer: observer, merging: merging)
            autostash = merge.autostash
            outcome = PullOutcome(merge.outcome)
        }
        return PullReport(
            outcome: outcome, strategy: plan.strategy, isStrategyChosen: plan.isStrategyChosen,
            old: old, new: try head(), incoming: incoming, distance: distance,
            autostash: autostash)
    }
}

extension PullOutcome {
    fileprivate init(_ outcome: MergeOutcome) {
        switch outcome {
        case .upToDate: self = .upToDate
        case .fastForwarded(let files): self = .fastForwarded(files)
        case .merged(let commit, let files): self = .merged(commit, files)
        case .stopped(let conflicts): self = .mergeStopped(conflicts)
        case .held(let error): self = .held(error)
        case .diverged: self = .diverged
        case .refused(let obstacles): self = .refused(obstacles)
        }
    }
}
