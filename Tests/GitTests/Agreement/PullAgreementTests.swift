import Foundation
import Git
import Platform
import Support
import Testing

/// However two branches went apart, nbgit brings them together as git does, stops where git stops, and either goes on
/// from where the other stopped.
///
/// Each step is done in one repository by nbgit or git, as it comes, and in a copy by git: afterwards commits, index,
/// files, HEAD and reflogs are the same.
@Suite struct PullAgreementTests {
    static let seeds: [UInt64] = {
        let count = CaseCount.comparedWithGit(24)
        return (0..<UInt64(max(1, count / 4))).map { CaseCount.gitSeed + $0 }
    }()

    @Test(arguments: seeds)
    func `commits, files, index and reflogs are as git leaves them`(seed: UInt64) throws {
        let scratch = try TemporaryDirectory()
        let sandbox = try GitSandbox()
        var random = SplitMix64(seed: seed &* 6_700_417)
        var history = RandomHistory(seed: seed &* 101)
        try scratch.makeFolder("ours")
        try sandbox.shell(history.script(), in: scratch.path("ours"))
        try sandbox.shell(history.dirt(), in: scratch.path("ours"))
        try sandbox.shell("rm -rf git && cp -a ours git", in: scratch.path)
        var twins = PullTwins(scratch: scratch, sandbox: sandbox, label: "seed \(seed)")
        let strategy = random.pick(PullStrategy.allCases)
        var step = PullStep.pull(strategy)
        for _ in 0..<8 {
            guard try twins.take(step, by: random.chance(75) ? .nbgit : .git) else { return }
            guard try twins.isStopped() else { return }
            // What is left in the files is taken for settled, markers and all.
            try twins.both("git add -A")
            step = random.pick([.goOn, .goOn, .goOn, strategy == .rebase ? .skip : .goOn, .abort])
            if step != .goOn, random.chance(50) { try twins.both("git reset -q; true") }
        }
    }
}

/// One thing that both are told.
enum PullStep: Equatable {
    case pull(PullStrategy)
    case goOn
    case skip
    case abort
}

/// A repository and its copy, in which git does the same.
struct PullTwins {
    enum Actor { case nbgit, git }

    let scratch: TemporaryDirectory
    let sandbox: GitSandbox
    let label: String
    private var trail: [String] = []

    init(scratch: TemporaryDirectory, sandbox: GitSandbox, label: String) {
        self.scratch = scratch
        self.sandbox = sandbox
        self.label = label
    }

    private var ours: String { scratch.path("ours") }
    private var theirs: String { scratch.path("git") }

    func both(_ script: String) throws {
        for folder in [ours, theirs] { try sandbox.shell(script, in: folder) }
    }

    func isStopped() throws -> Bool {
        try sandbox.git("status", in: theirs).contains("--abort")
    }

    /// Takes a step in both; false where both refused, as there is nothing to go on with then.
    mutating func take(_ step: PullStep, by actor: Actor) throws -> Bool {
        let before = try sandbox.pullState(ours)
        let done =
            actor == .nbgit
            ? nbgit(step) : try git(step, in: ours)
        let expected = try git(step, in: theirs)
        trail.append("\(actor) \(step): \(done.words)")
        let story = "\(label): \(trail.joined(separator: "; ")) | git says \(expected.words)"
        // git does not give up where a file that it does not know is in the way; nbgit saves that.
        if step == .abort, done.isDone, !expected.isDone { return false }
        try #require(done.isDone == expected.isDone, "\(story)")
        if done.words.hasPrefix("refused") {
            try #require(try sandbox.pullState(ours) == before, "\(story)")
            return false
        }
        let (found, wanted) = (try sandbox.pullState(ours), try sandbox.pullState(theirs))
        try #require(
            found == wanted, "\(story)\n\(lineDifference(from: wanted, to: found))")
        return true
    }

    private func git(
        _ step: PullStep, in folder: String
    ) throws -> (isDone: Bool, words: String) {
        let isRebase =
            try run(
                ["test", "-d", ".git/rebase-merge"], in: folder, environment: sandbox.environment
            ).status == 0
        let command = isRebase ? "git rebase" : "git merge"
        let script =
            switch step {
            case .pull(.merge): "git pull -q --no-rebase --no-edit -Xdiff-algorithm=myers"
            case .pull(.rebase): "git pull -q --rebase -Xdiff-algorithm=myers"
            case .pull(.fastForwardOnly): "git pull -q --ff-only"
            case .goOn: "\(command) --continue"
            case .skip: "git rebase --skip"
            case .abort: "\(command) --abort"
            }
        let action =
            if case .pull = step { ["GIT_REFLOG_ACTION": "pull"] } else { [:] as [String: String] }
        let finished = try run(
            ["sh", "-c", script], in: folder,
            environment: sandbox.environment.merging(action) { $1 }.merging(["GIT_EDITOR": ":"]) {
                $1
            },
            mergesErrors: true)
        return (finished.status == 0, finished.text)
    }

    private func nbgit(_ step: PullStep) -> (isDone: Bool, words: String) {
        var variables = sandbox.environment
        if case .pull = step { variables["GIT_REFLOG_ACTION"] = "pull" }
        do throws(GitError) {
            let repository = try Repository(
                opening: Path(ours), environment: Environment(variables))
            switch step {
            case .pull(let strategy): return try pull(strategy, repository)
            case .goOn, .skip:
                let outcome = try repository.continueOperation(
                    skips: step == .skip, observer: NoObserver()
                ).outcome
                switch outcome {
                case .merged, .rebased(.finished): return (true, "done")
                default: return (false, "\(outcome)")
                }
            case .abort:
                _ = try repository.abortOperation()
                return (true, "done")
            }
        } catch {
            return (false, "refused: \(error) \(error.path?.displayName ?? "")")
        }
    }

    private func pull(
        _ strategy: PullStrategy, _ repository: Repository
    ) throws(GitError) -> (isDone: Bool, words: String) {
        var request = PullRequest()
        request.strategy = strategy
        guard case .ready(let plan) = try repository.preparePull(request) else {
            return (false, "refused")
        }
        guard let commit = repository.commit(named: "theirs") else { return (false, "no commit") }
        let incoming = Incoming(commit: commit, description: Array("branch 'theirs'".utf8))
        let report = try repository.pull(incoming, plan, observer: NoObserver(), merging: nil)
        switch report.outcome {
        case .upToDate, .fastForwarded, .merged, .rebased: return (true, "done")
        case .refused(let obstacles):
            return (false, "refused: \(obstacles)")
        case .diverged: return (false, "refused: diverged")
        case .mergeStopped, .rebaseStopped, .held: return (false, "stopped")
        }
    }
}

extension GitSandbox {
    /// All that a pull changes.
    ///
    /// git writes ORIG_HEAD even where it then changes nothing.
    func pullState(_ folder: String, withOriginalHead: Bool = true) throws -> String {
        let original = withOriginalHead ? ".git/ORIG_HEAD" : ""
        let script = """
            git ls-files -s; git status --porcelain=v2 --branch
            cat .git/HEAD .git/MERGE_HEAD .git/MERGE_MSG \(original) 2>/dev/null
            for f in head-name onto orig-head git-rebase-todo done msgnum end message author-script \
                stopped-sha rewritten-list; do
                [ -e .git/rebase-merge/$f ] && echo "-- $f" && cat .git/rebase-merge/$f
            done
            cut -c1- .git/logs/HEAD; grep -r . .git/logs/refs
            find . -path ./.git -prune -o -printf '%y %m %p -> %l\\n' | sort
            find . -path ./.git -prune -o -type f -print0 | sort -z | xargs -0 -r cksum
            """
        return try run(
            ["sh", "-c", script], in: folder, environment: environment, mergesErrors: true
        ).text
    }
}
