import Foundation
import Git
import Platform
import Support
import Testing

/// Whatever is done to a work tree, nbgit stages, commits and tells what git does.
///
/// Each case is done twice, by git in a copy: afterwards all that git can see must be the same.
/// ``CaseCount`` says how many there are and where they begin; `NBGIT_KEEP` names a folder for what was there before the
/// last step, which is the one that failed.
@Suite struct AgreementTests {
    static let seeds: [UInt64] = {
        let count = CaseCount.comparedWithGit(500)
        return (0..<UInt64(max(1, count / casesPerSeed))).map { CaseCount.gitSeed + $0 }
    }()
    static let stepsPerSeed = 8
    static let logsPerSeed = 4
    static let pairsPerSeed = 4
    /// What is compared in each step, and the logs and pairs of commits at the end.
    static let casesPerSeed = stepsPerSeed * (1 + Questions.count) + logsPerSeed + pairsPerSeed

    @Test(arguments: seeds)
    func `what is staged, committed and told is what git says`(seed: UInt64) throws {
        let scratch = try TemporaryDirectory()
        let sandbox = try GitSandbox()
        var setup = SplitMix64(seed: seed)
        try scratch.makeFolder("ours")
        try sandbox.shell(Self.setUp(&setup), in: scratch.path("ours"))
        let place = setup.chance(20) ? "linked" : "main"
        if place == "linked" {
            try sandbox.shell(
                "cd main && git commit -q --allow-empty -m first && git worktree add -q ../linked",
                in: scratch.path("ours"))
        }
        let environment = Environment(sandbox.environment)
        let root = Path(scratch.path("ours/\(place)"))
        var tree = RandomWorkTree(root: root, seed: seed &* 31)

        for step in 0..<Self.stepsPerSeed {
            tree.change()
            let questions = Questions(&tree)
            let theirs = try questions.answers(of: sandbox, in: root)
            for (ours, theirs) in zip(try questions.answers(in: root, environment), theirs) {
                let (missing, extra) = (
                    Set(theirs).subtracting(ours), Set(ours).subtracting(theirs)
                )
                #expect(
                    missing.isEmpty && extra.isEmpty && ours.count == theirs.count,
                    "seed \(seed) step \(step): git says \(missing), nbgit \(extra)")
            }
            let operation = Operation(&setup, &tree)
            try sandbox.shell("rm -rf git && cp -a ours git", in: scratch.path)
            try sandbox.keep(scratch.path("ours"))
            if place == "linked" {
                // A linked work tree and its repository know each other by absolute paths.
                try scratch.write(
                    "gitdir: \(scratch.path("git/main/.git/worktrees/linked"))\n",
                    to: "git/linked/.git")
                try scratch.write(
                    "\(scratch.path("git/linked/.git"))\n",
                    to: "git/main/.git/worktrees/linked/gitdir")
            }
            let ours = try operation.run(in: root, environment, sandbox)
            let git = try run(
                ["sh", "-c", operation.script, "sh"] + operation.words,
                in: scratch.path("git/\(place)"), environment: sandbox.environment)
            if ours, operation.kind == .commitPaths,
                git.errorText.contains("does not have a commit checked out")
            {
                // git takes a folder that has the place of a file for a repository; we say that the file is gone.
                continue
            }
            try #require(
                ours == (git.status == 0),
                "seed \(seed) step \(step) \(operation): git says \(git.text)\(git.errorText)"
            )
            let (state, expected) = try sandbox.states(
                scratch.path("ours/\(place)"), scratch.path("git/\(place)"))
            try #require(
                lineDifference(from: expected, to: state) == "",
                "seed \(seed) step \(step) \(operation)")
        }
        try compareLogs(root, tree, sandbox, environment)
        try comparePairs(root, &setup, sandbox, environment, seed: seed)
        let check = try run(
            ["git", "fsck", "--strict"], in: root.string ?? "", environment: sandbox.environment)
        #expect(check.status == 0, "seed \(seed): \(check.errorText)")
    }

    private func compareLogs(
        _ root: Path, _ tree: RandomWorkTree, _ sandbox: GitSandbox, _ environment: Environment
    ) throws {
        var tree = tree
        let repository = try Repository(opening: root, environment: environment)
        guard try repository.head().commit != nil else { return }
        let words = [nil] + (1..<Self.logsPerSeed).compactMap { _ in tree.path().string }
        for word in words {
            let git = try run(
                ["git", "--literal-pathspecs", "log", "--format=%H", "--"]
                    + [word].compactMap(\.self),
                in: root.string ?? "", environment: sandbox.environment)
            var history = try repository.history(Operation.pathspec([word].compactMap(\.self)))
            var lines = ""
            while let commit = try history.next() { lines += "\(commit.id)\n" }
            #expect(lines == git.text, "log of \(word ?? "all")")
        }
    }

    /// Compares commits with commits that came long before them, so that files have moved and changed.
    private func comparePairs(
        _ root: Path, _ random: inout SplitMix64, _ sandbox: GitSandbox, _ environment: Environment,
        seed: UInt64
    ) throws {
        let folder = root.string ?? ""
        let commits = try run(
            ["git", "log", "-g", "--format=%H"], in: folder, environment: sandbox.environment
        ).text.split(separator: "\n").compactMap { ObjectID(hexadecimal: String($0)) }
        guard !commits.isEmpty else { return }
        let repository = try Repository(opening: root, environment: environment)
        for _ in 0..<Self.pairsPerSeed {
            let (old, new) = (random.pick(commits), random.pick(commits))
            let git = try run(
                ["git", "diff", "--no-ext-diff", "--name-status", "-z", "\(old)", "\(new)"],
                in: folder, environment: sandbox.environment)
            let ours = try repository.withRenames(repository.changes(from: old, to: new))
            #expect(
                ours.map(\.nameStatus) == PorcelainAnswer.names(git.text),
                "seed \(seed): diff of \(old) and \(new)")
        }
    }

    private static func setUp(_ random: inout SplitMix64) -> String {
        // In the copy every file has another number and time of change.
        var lines = ["git init -q main", "cd main", "git config core.checkStat minimal"]
        lines.append("git config core.trustCtime false")
        lines.append(
            random.pick(["", "", "git config core.autocrlf true", "git config core.autocrlf input"])
        )
        if random.chance(17) { lines.append("git config core.fileMode false") }
        if random.chance(17) { lines.append("git config core.eol crlf") }
        if random.chance(12) { lines.append("git update-index --index-version 4") }
        if random.chance(17) { lines.append("git checkout -q -b deep/er") }
        if random.chance(25) {
            lines.append(
                "git init -q nest && git -C nest commit -q --allow-empty -m x && echo nested > nest/f"
            )
        }
        if random.chance(20) { lines.append("echo '*.log' > .git/info/exclude") }
        if random.chance(50) { lines.append("git config filter.up.clean 'tr a-z A-Z'") }
        if random.chance(12) {
            lines.append("git -C .. init -q other && git -C ../other commit -q --allow-empty -m x")
            lines.append("git -c protocol.file.allow=always submodule --quiet add ../other sub")
            if random.chance(50) { lines.append("git -C sub commit -q --allow-empty -m y") }
            if random.chance(50) { lines.append("echo new > sub/new") }
        }
        return lines.joined(separator: "\n")
    }
}

/// Something that nbgit and git are both told to do.
private struct Operation: CustomStringConvertible {
    enum Kind: CaseIterable { case add, addAll, commit, commitAll, commitPaths, amend, detach }

    let kind: Kind
    let words: [String]

    init(_ random: inout SplitMix64, _ tree: inout RandomWorkTree) {
        kind = random.pick(Kind.allCases + [.addAll, .commit, .commitAll])
        switch kind {
        case .add, .commitPaths:
            let paths = (0..<2).map { _ in tree.path() } + [tree.path().parent]
            words = paths.compactMap(\.string)
        default: words = []
        }
    }

    var description: String { "\(kind) \(words)" }

    static func pathspec(_ words: [String]) throws(GitError) -> Pathspec {
        try Pathspec(
            words.map { Path(":(literal)\($0)") },
            relative: { (path: Path) throws(GitError) in path.normalized ?? "." }, refuse: { $0 })
    }

    /// What git is told; its words are those of ``words``.
    var script: String {
        let git = "git --literal-pathspecs"
        return switch kind {
        case .add: "for path; do \(git) add -A -- \"$path\" || true; done"
        case .addAll: "git add --all"
        case .commit: "git add --all && git commit -q -m message --allow-empty-message"
        case .commitAll: "git commit -q -a -m ' a  message ' -m 'more'"
        case .commitPaths: "\(git) commit -q -m paths -- \"$@\""
        case .amend: "git commit -q --amend --no-edit"
        case .detach: "git checkout -q --detach"
        }
    }

    /// Whether nbgit did it.
    func run(
        in root: Path, _ environment: Environment, _ sandbox: GitSandbox
    ) throws -> Bool {
        if kind == .detach {
            let git = try Support.run(
                ["sh", "-c", script], in: root.string ?? "", environment: sandbox.environment)
            return git.status == 0
        }
        do throws(GitError) {
            let repository = try Repository(opening: root, environment: environment)
            switch kind {
            case .add:
                for word in words { _ = try repository.stage(Self.pathspec([word])) }
                return true
            case .addAll:
                _ = try repository.stage(.all)
                return true
            case .commit:
                _ = try repository.stage(.all)
                return try commit(CommitRequest(message: Array("message".utf8)), in: repository)
            case .commitAll:
                var request = CommitRequest(message: Array(" a  message \n\nmore".utf8))
                request.stagesTracked = true
                return try commit(request, in: repository)
            case .commitPaths:
                var request = CommitRequest(message: Array("paths".utf8))
                request.only = try Self.pathspec(words)
                return try commit(request, in: repository)
            case .amend:
                var request = CommitRequest(message: nil)
                request.amends = true
                return try commit(request, in: repository)
            case .detach: return false
            }
        } catch {
            return false
        }
    }

    private func commit(
        _ request: CommitRequest, in repository: Repository
    ) throws(GitError) -> Bool {
        if case .made = try repository.commit(request, observer: NoObserver()) {
            true
        } else {
            false
        }
    }
}

extension GitSandbox {
    /// Leaves a copy behind where the person wants to look at it.
    func keep(_ folder: String) throws {
        guard let place = ProcessInfo.processInfo.environment["NBGIT_KEEP"] else { return }
        try shell("rm -rf '\(place)' && cp -a '\(folder)' '\(place)'", in: "/")
    }

    /// All that git can see of two repositories.
    fileprivate func states(_ one: String, _ other: String) throws -> (String, String) {
        let script = """
            for folder; do
                cd "$folder" && git ls-files -s && git status --porcelain=v2 --branch
                cd "$(git rev-parse --git-dir)" && cat HEAD logs/HEAD
                cd "$(git rev-parse --git-common-dir)" && grep -r . logs/refs
                echo =====
            done
            """
        let finished = try run(
            ["sh", "-c", script, "sh", one, other], in: "/", environment: environment,
            mergesErrors: true)
        let parts = finished.text.components(separatedBy: "=====\n")
        return (parts[0], parts.count > 1 ? parts[1] : "")
    }
}
