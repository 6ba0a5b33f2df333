import Foundation
import Git
import Platform
import Support
import Testing

/// Whatever state a work tree is in, nbgit switches, restores and resets, or refuses to, where git does.
///
/// Each step is done twice, by git in a copy: afterwards index, files, HEAD and reflogs must be the same, and
/// so must be whether it was refused. Ignored files count as files that must not be lost: git is told so.
@Suite struct CheckoutAgreementTests {
    static let seeds: [UInt64] = {
        let count = CaseCount.comparedWithGit(24)
        return (0..<UInt64(max(1, count / stepsPerSeed))).map { CaseCount.gitSeed + $0 }
    }()
    static let stepsPerSeed = 8

    @Test(arguments: seeds)
    func `files, index and HEAD are as git leaves them`(seed: UInt64) throws {
        let scratch = try TemporaryDirectory()
        let sandbox = try GitSandbox()
        var random = SplitMix64(seed: seed &* 7919)
        let root = Path(scratch.path("ours"))
        var tree = RandomWorkTree(root: root, seed: seed &* 53)
        try scratch.makeFolder("ours")
        try sandbox.shell(Self.setUp(&random), in: scratch.path("ours"))
        for number in 0..<4 {
            for _ in 0..<3 { tree.change() }
            try sandbox.shell(
                """
                git add -A 2>/dev/null; git commit -q --allow-empty -m \(number)
                git branch b\(number); git reset -q --hard
                """, in: scratch.path("ours"))
        }
        for step in 0..<Self.stepsPerSeed {
            if random.chance(70) { tree.change() }
            if random.chance(40) {
                let path = tree.path().string ?? "a"
                try sandbox.shell(
                    random.chance(40)
                        ? "git add -A 2>/dev/null; true"
                        : "git add -f -- ':(literal)\(path)' 2>/dev/null; true",
                    in: scratch.path("ours"))
            }
            let operation = CheckoutOperation(&random, tree.path(), step: step)
            try sandbox.shell("rm -rf git && cp -a ours git", in: scratch.path)
            try sandbox.keep(scratch.path("ours"))
            let ours = operation.run(in: root, Environment(sandbox.environment))
            let theirs = try run(
                ["sh", "-c", operation.script, "sh", operation.word], in: scratch.path("git"),
                environment: sandbox.environment)
            let label = "seed \(seed) step \(step) \(operation)"
            if ours.words.hasPrefix("a folder is in the way, with files") {
                // git would throw these files away, even staged ones.
                try sandbox.shell("git reset -q --hard; git clean -qfdx", in: root.string ?? "")
                continue
            }
            try #require(
                ours.isDone == (theirs.status == 0),
                "\(label): nbgit says \(ours.words), git says \(theirs.errorText)")
            let state = try sandbox.checkoutState(scratch.path("ours"))
            let expected = try sandbox.checkoutState(scratch.path("git"))
            try #require(
                lineDifference(from: expected, to: state) == "",
                "\(label): \(ours.words), \(theirs.errorText)")
            if theirs.status != 0 || random.chance(30) {
                try sandbox.shell(
                    random.chance(50)
                        ? "git add -A 2>/dev/null; git commit -q -m \(step) || true"
                        : "git reset -q --hard; git clean -qfdx", in: scratch.path("ours"))
            }
        }
        let check = try run(
            ["git", "fsck", "--strict"], in: root.string ?? "", environment: sandbox.environment)
        #expect(check.status == 0, "seed \(seed): \(check.errorText)")
    }

    private static func setUp(_ random: inout SplitMix64) -> String {
        // In the copy every file has another number and time of change.
        var lines = ["git init -q", "git config core.checkStat minimal"]
        lines.append("git config core.trustCtime false")
        lines.append(
            random.pick(["", "", "git config core.autocrlf true", "git config core.autocrlf input"])
        )
        if random.chance(17) { lines.append("git config core.fileMode false") }
        if random.chance(12) { lines.append("git update-index --index-version 4") }
        return lines.joined(separator: "\n")
    }
}

/// Something that nbgit and git are both told to do.
private struct CheckoutOperation {
    enum Kind { case go, create, restore, unstage, reset }

    let kind: Kind
    let word: String

    init(_ random: inout SplitMix64, _ path: Path, step: Int) {
        kind = random.pick([.go, .go, .go, .create, .restore, .restore, .unstage, .reset])
        word =
            switch kind {
            case .go, .reset: "b\(random.below(4))"
            case .create: "new\(step)"
            case .restore, .unstage: random.chance(50) ? "." : path.string ?? "."
            }
    }

    /// What git is told; its word is the argument.
    var script: String {
        switch kind {
        case .go: "git switch -q --no-overwrite-ignore \"$1\""
        case .create: "git switch -q --no-overwrite-ignore -c \"$1\""
        case .restore: "git --literal-pathspecs restore -- \"$1\""
        case .unstage: "git --literal-pathspecs restore --staged -- \"$1\""
        case .reset: "git reset -q --hard \"$1\""
        }
    }

    /// What nbgit did.
    func run(in root: Path, _ environment: Environment) -> (isDone: Bool, words: String) {
        do throws(GitError) {
            let repository = try Repository(opening: root, environment: environment)
            switch kind {
            case .restore, .unstage:
                let pathspec = try Pathspec(
                    [Path(":(literal)\(word)")],
                    relative: { (path: Path) throws(GitError) in path.normalized ?? "." },
                    refuse: { $0 })
                _ = try repository.restore(pathspec, isStaged: kind == .unstage)
            case .reset:
                let name = Path(word)
                guard let commit = repository.commit(named: name) else { return (false, "") }
                _ = try repository.reset(to: commit, named: name)
            case .go, .create:
                let target = try repository.switchTarget(Path(word), isNew: kind == .create)
                if case .refused(let obstacles) = try repository.switchBranch(target) {
                    if obstacles.untracked.contains(where: { root.appending($0).isFolder }) {
                        return (false, "a folder is in the way, with files")
                    }
                    return (
                        false, "changed \(obstacles.changed), untracked \(obstacles.untracked)"
                    )
                }
            }
            return (true, "done")
        } catch {
            return (false, "\(error) \(error.path?.displayName ?? "")")
        }
    }
}

extension Path {
    fileprivate var isFolder: Bool {
        (try? File.status(of: self, followingLinks: false))?.kind == .folder
    }
}

extension GitSandbox {
    /// All of a repository that a checkout changes.
    fileprivate func checkoutState(_ folder: String) throws -> String {
        let script = """
            git ls-files -s; git status --porcelain=v2 --branch
            cat .git/HEAD .git/logs/HEAD; grep -r . .git/logs/refs
            find . -path ./.git -prune -o -printf '%y %m %p -> %l\\n' | sort
            find . -path ./.git -prune -o -type f -print0 | sort -z | xargs -0 cksum
            """
        return try run(
            ["sh", "-c", script], in: folder, environment: environment, mergesErrors: true
        ).text
    }
}
