internal import Arguments
internal import Git
internal import Notebook
internal import Platform
internal import Workspace

/// `nbgit pull`: fetches, and brings both sides together.
struct Pull: Runnable {
    var remote: Path?
    var branch: Path?
    var strategy: StrategyName?
    var saves = false
    var putsAside = false
    var readsToken = false
    var isJSON = false
    /// Whether it is said what was fetched, and not only what came of it.
    var tellsFetch = true

    static let spec = CommandSpec<Pull>(
        summary: "Fetch, and bring both sides together",
        discussion: """
            Where only the server has new commits, the branch is moved forward. Where both sides have, they are merged, \
            unless another strategy is asked for or set: 'rebase' makes your commits anew on top of the server's, \
            'ff-only' changes nothing then. Notebooks that both sides changed are merged cell by cell.

            Files with changes that are not committed are never overwritten: what is in the way is named. Notebooks \
            whose scripts have come are brought up to date; their outputs and your own changes in them stay.
            """,
        examples: [
            "nbgit pull": "Bring in what the branch follows",
            "nbgit pull --strategy rebase --save": "Put your commits on top, now and from now on",
            "nbgit pull origin main": "Bring in a branch by name",
        ],
        parameters: [
            .option(
                "strategy", \.strategy, "strategy",
                default: "what pull.rebase and pull.ff of git say, else merge",
                help: "What to do when both sides have new commits"),
            .flag("save", \.saves, help: "Write the strategy to the repository's configuration"),
            .flag(
                "autostash", \.putsAside,
                help: "Put changes that are not committed aside, and bring them back afterwards"),
            .tokenFromStandardInput(\.readsToken),
            .operand("remote", \.remote, required: false, help: "Remote, or address"),
            .operand("branch", \.branch, required: false, help: "Branch of the remote"),
            .flag("json", \.isJSON, help: "Print a report as JSON"),
        ])

    func check() throws(UsageError) {
        guard saves, strategy == nil else { return }
        throw UsageError(
            "--save needs a strategy to save",
            hint: "say which: nbgit pull --save --strategy merge, rebase or ff-only")
    }

    func run(in context: Context) throws(Failure) -> ExitCode {
        Interrupt.install()
        let checkout = try Checkout(environment: context.environment)
        let (result, code) = try pull(context, checkout) { url throws(Failure) in
            try context.access(to: url, readsToken: readsToken, checkout)
        }
        let notebooks = NotebookReport(checkout.followScripts(of: result), context.console)
        notebooks.tell(hasNewScripts: true)
        if isJSON { try context.console.put(result.json(with: notebooks)) }
        return code == .done ? notebooks.exitCode : code
    }

    /// Pulls and says what came of it; `access` says who we are to a server.
    func pull(
        _ context: Context, _ checkout: Checkout,
        access: (RemoteURL) throws(Failure) -> NetworkAccess
    ) throws(Failure) -> (result: PullResult, code: ExitCode) {
        let console = context.console
        let words = StopWords(checkout: checkout, console: console)
        var request = PullRequest()
        request.remote = remote
        request.branch = branch
        request.strategy = strategy?.strategy
        request.putsAside = putsAside ? true : nil
        let result = try checkout.pull(
            request, saves: saves,
            access: { place throws(Failure) in try access(place.url) },
            tell: { if tellsFetch, !isJSON || console.tellsWords { console.tell($0, checkout) } },
            note: console.note)
        switch result {
        case .refused(let obstacles, let strategy):
            words.tell(obstacles, strategy: strategy)
            return (result, .no)
        case .pulled(let report):
            return (result, tell(report, words, console))
        }
    }

    private func tell(_ report: PullReport, _ words: StopWords, _ console: Console) -> ExitCode {
        let isDone: Bool
        switch report.outcome {
        case .upToDate, .fastForwarded, .merged:
            console.say(report.sentence)
            isDone = true
        case .rebased(let rebase):
            words.tell(rebase)
            return .done
        case .mergeStopped(let conflicts):
            words.tell(conflicts, in: .merge)
            isDone = false
        case .rebaseStopped(let stop):
            words.tell(stop)
            isDone = false
        case .held(let error):
            console.report(Failure(error))
            isDone = false
        case .refused(let obstacles):
            words.tell(obstacles, strategy: report.strategy)
            isDone = false
        case .diverged:
            console.report(report.divergence)
            isDone = false
        }
        switch report.outcome {
        case .mergeStopped, .rebaseStopped, .held:
            if report.autostash == .kept {
                console.say("your changes that are not committed come back when it is finished")
            }
        default: words.tell(report.autostash)
        }
        if report.hasChosenItself {
            console.suggest(
                "both sides had new commits; to put yours on top instead of merging: "
                    + "nbgit pull --strategy rebase (--save to keep to it)")
        }
        return isDone ? .done : .no
    }
}

/// A strategy as it is written on the command line.
enum StrategyName: String, CaseIterable, ArgumentValue {
    case merge
    case rebase
    case fastForwardOnly = "ff-only"

    /// What it stands for.
    var strategy: PullStrategy? { PullStrategy(rawValue: rawValue) }
}

extension PullReport {
    /// What came of it, in short.
    var sentence: String {
        let place = new.branch?.short.displayName ?? "HEAD"
        switch outcome {
        case .upToDate: return "\(place) is up to date"
        case .fastForwarded(let files):
            let count = distance.map { " by \($0.behind) commit\($0.behind == 1 ? "" : "s")" }
            return "\(place) moved forward\(count ?? ""), \(files.count.counted("file")) changed"
        case .merged(let commit, _): return "merged: \(place) is at \(commit.line)"
        case .rebased(let report):
            return report.picked.isEmpty
                ? "\(place) is at \(report.commit.line)"
                : "\(report.picked.count.counted("commit")) of yours on top: "
                    + "\(place) is at \(report.commit.line)"
        case .mergeStopped(let conflicts):
            return "stopped: \(conflicts.files.count.counted("file")) in conflict"
        case .rebaseStopped(let stop):
            return "stopped at \(stop.number) of \(stop.total): "
                + "\(stop.conflicts.files.count.counted("file")) in conflict"
        case .held: return "not pulled: a hook said no"
        case .diverged: return "not pulled: both sides have new commits"
        case .refused: return "not pulled: files are in the way"
        }
    }

    /// Whether sides were merged without anybody having chosen that.
    fileprivate var hasChosenItself: Bool {
        switch outcome {
        case .merged, .mergeStopped: !isStrategyChosen
        default: false
        }
    }

    /// Says what to do where both sides have commits and nothing was to be merged.
    var divergence: Failure {
        let (ahead, behind) = (distance?.ahead ?? 0, distance?.behind ?? 0)
        let name = old.branch?.short.displayName ?? "HEAD"
        return Failure(
            "'\(name)' has \(ahead) commit\(ahead == 1 ? "" : "s") of its own and lacks \(behind), "
                + "so it cannot be moved forward",
            hint: "merge: nbgit pull --strategy merge; or put your commits on top: "
                + "nbgit pull --strategy rebase")
    }
}

extension PullResult {
    /// The report, with what became of notebooks.
    func json(with notebooks: NotebookReport) -> JSONValue {
        var object: JSONObject
        switch self {
        case .refused(let obstacles, _):
            object = ["operation": "pull", "ok": false]
            object.add(RebaseOutcome.refused(obstacles).object)
        case .pulled(let report):
            object = report.object
            object["ok"] = (report.isDone && notebooks.report.isDone).json
        }
        object.add(notebooks.object)
        return .object(object)
    }
}

extension PullReport {
    /// `{"operation": "pull", "ok": …, "outcome": "merged", "strategy": "merge", …}`.
    fileprivate var object: JSONObject {
        var object: JSONObject = ["operation": "pull", "ok": isDone.json]
        switch outcome {
        case .upToDate: object["outcome"] = "up to date".json
        case .fastForwarded(let files):
            object["outcome"] = "fast-forward".json
            object["files"] = files.json
        case .merged(_, let files):
            object["outcome"] = "merged".json
            object["files"] = files.json
        case .rebased(let report): object.add(RebaseOutcome.finished(report).object)
        case .rebaseStopped(let stop): object.add(RebaseOutcome.stopped(stop).object)
        case .refused(let obstacles): object.add(RebaseOutcome.refused(obstacles).object)
        case .held(let error): object.add(RebaseOutcome.held(error).object)
        case .mergeStopped(let conflicts):
            object["outcome"] = "stopped".json
            object["conflicts"] = conflicts.json(in: .merge)
        case .diverged: object["outcome"] = "diverged".json
        }
        object["strategy"] = strategy.rawValue.json
        object["branch"] = (new.branch?.short).json
        object["from_commit"] = (old.commit?.description).json
        object["commit"] = (new.commit?.description).json
        object["fetched_commit"] = (incoming?.commit.description).json
        object["ahead"] = (distance?.ahead).json
        object["behind"] = (distance?.behind).json
        object["autostash"] = autostash.word.json
        return object
    }

    /// Whether both sides are together now.
    var isDone: Bool {
        switch outcome {
        case .upToDate, .fastForwarded, .merged, .rebased: true
        default: false
        }
    }
}
