import Foundation
import Support

/// A repository with commits, staged, unstaged and untracked changes, conflicts and odd names, made by chance.
struct RandomRepository {
    let folder: TemporaryDirectory
    private let sandbox: GitSandbox
    private var random: SplitMix64

    private static let names = [
        "a", "b.py", "c.ipynb", "d/e", "d/f.py", "d/g/h", "i/j", "i/k.txt", "l m", "caf\u{E9}",
        "-n", "o\tp",
        "q\"r", "s\\t", "u\nv", "w/x", "w.x", "w-x", "\u{1B}[31m", "d.py",
    ]

    init(seed: UInt64, _ sandbox: GitSandbox) throws {
        self.sandbox = sandbox
        random = SplitMix64(seed: seed)
        folder = try TemporaryDirectory()
        try git("init", "--quiet")
        if random.chance(20) { try folder.write(pickRules(), to: ".git/info/exclude") }
        if random.chance(20) { try git("config", "core.autocrlf", random.pick(["input", "true"])) }
        if random.chance(8) { try git("config", "core.fileMode", "false") }
        if random.chance(15) {
            try folder.write("*.py text eol=crlf\n*.txt -text\n", to: ".gitattributes")
        }
        if random.chance(85) {
            try edit(count: 12)
            try git("add", "--all")
            try git("commit", "--quiet", "--allow-empty", "-m", "first")
            try touchAll()
            if random.chance(20) { try makeConflict() }
        }
        try edit(count: 5)
        if random.chance(80) { try stageSome() }
        try edit(count: 5)
        if random.chance(10) { try git("checkout", "--quiet", "--detach") }
    }

    @discardableResult
    private func git(_ arguments: String...) throws -> Bool {
        let finished = try run(
            ["git"] + arguments, in: folder.path, environment: sandbox.environment)
        return finished.status == 0
    }

    private mutating func pickRules() -> String {
        random.pick([
            "*.ipynb\n", "d/\n!d/e\n", "/w*\n", "i/*\n!i/j\n", "*\n!*.py\n", "untracked\n",
        ])
    }

    /// Lets all files look old, so that their times decide and not their content.
    private func touchAll() throws {
        _ = try run(
            [
                "find", ".", "-path", "./.git", "-prune", "-o", "-exec", "touch", "-h", "-d",
                "2020-01-01", "{}", "+",
            ],
            in: folder.path, environment: sandbox.environment)
        try git("update-index", "-q", "--refresh")
    }

    private mutating func content() -> String {
        let lines = (0..<random.below(30)).map { _ in
            random.pick(["alpha", "beta = 1", "gamma()", "# %%", "delta\tx", "caf\u{E9}", ""])
        }
        let lineEnd = random.chance(10) ? "\r\n" : "\n"
        return lines.map { $0 + lineEnd }.joined()
    }

    private mutating func edit(count: Int) throws {
        for _ in 0..<random.below(count + 1) {
            let name = random.pick(Self.names)
            let path = folder.path(name)
            let manager = FileManager.default
            switch random.below(12) {
            case 0...3: try? folder.write(content(), to: name)
            case 4:
                guard let old = try? folder.text(name) else { continue }
                try? folder.write(old + "one more line\n", to: name)
            case 5: try? manager.removeItem(atPath: path)
            case 6: chmod(path, random.chance(50) ? 0o755 : 0o644)
            case 7:
                let other = random.pick(Self.names)
                guard manager.fileExists(atPath: path),
                    !manager.fileExists(atPath: folder.path(other))
                else {
                    continue
                }
                try? manager.createDirectory(
                    atPath: (folder.path(other) as NSString).deletingLastPathComponent,
                    withIntermediateDirectories: true)
                try? manager.moveItem(atPath: path, toPath: folder.path(other))
            case 8:
                guard (try? manager.attributesOfItem(atPath: path)) == nil || random.chance(30)
                else { continue }
                try? manager.removeItem(atPath: path)
                try? manager.createSymbolicLink(
                    atPath: path, withDestinationPath: random.pick(["a", "d", "nowhere", ".."]))
            case 9: try? folder.write(pickRules(), to: random.pick([".gitignore", "d/.gitignore"]))
            case 10:
                try? folder.write(
                    content(), to: random.pick(["untracked", "new/deep/file", "d/new"]))
            default:
                let nested = random.pick(["nest", "d/nest", "empty"])
                try? folder.makeFolder(nested)
                if nested != "empty", random.chance(60) {
                    _ = try run(
                        ["git", "init", "--quiet", nested], in: folder.path,
                        environment: sandbox.environment)
                }
            }
        }
    }

    private mutating func stageSome() throws {
        switch random.below(4) {
        case 0: try git("add", "--all", "--", ":!nest", ":!d/nest")
        case 1: try git("add", "--update")
        case 2: try git("add", "--intent-to-add", "--", random.pick(["a", "b.py", "d", "i"]))
        default:
            for _ in 0..<3 { try git("add", "--all", "--", random.pick(Self.names)) }
            if random.chance(30) {
                try git("rm", "--cached", "--quiet", "--", random.pick(Self.names))
            }
        }
    }

    private mutating func makeConflict() throws {
        try git("checkout", "--quiet", "-b", "other")
        try edit(count: 8)
        try git("add", "--all", "--", ":!nest", ":!d/nest")
        try git("commit", "--quiet", "--allow-empty", "-m", "other")
        try git("checkout", "--quiet", "--force", "-B", "main", "HEAD~1")
        try edit(count: 8)
        try git("add", "--all", "--", ":!nest", ":!d/nest")
        try git("commit", "--quiet", "--allow-empty", "-m", "ours")
        try git("merge", "--quiet", "other")
    }
}
