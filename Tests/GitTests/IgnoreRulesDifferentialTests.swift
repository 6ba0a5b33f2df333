import Foundation
import Git
import Platform
import Support
import Testing

/// Asks git about the same rules and the same paths; see ``CaseCount``.
@Suite struct IgnoreRulesDifferentialTests {
    static let seeds: Range<UInt64> = {
        0..<max(UInt64(CaseCount.comparedWithGit(1_000)) / 100, 1)
    }()

    @Test func `what is ignored, and by which line, is what git says`() throws {
        let sandbox = try GitSandbox()
        var mismatches: [String] = []
        for seed in Self.seeds { mismatches += try Self.mismatches(seed: seed, sandbox) }
        #expect(mismatches == [])
    }

    private static func mismatches(seed: UInt64, _ sandbox: GitSandbox) throws -> [String] {
        var random = SplitMix64(seed: seed)
        let scratch = try TemporaryDirectory()
        try sandbox.git("init", "--quiet", in: scratch.path)
        var files = [".gitignore", ".git/info/exclude"]
        if random.chance(60) { files.append("a/.gitignore") }
        if random.chance(40) { files.append("a/b/.gitignore") }
        for file in files { try scratch.write(ignoreText(&random), to: file) }
        let ignoresCase = random.chance(10)
        if ignoresCase { try sandbox.git("config", "core.ignoreCase", "true", in: scratch.path) }

        // git looks whether a path is a folder.
        let asked = (0..<100).map { _ in
            let path = path(&random)
            if random.chance(40) { try? scratch.makeFolder(path) }
            return path
        }
        let input = asked.joined(separator: "\0") + "\0"
        let answer = try run(
            ["git", "check-ignore", "--no-index", "--verbose", "--non-matching", "--stdin", "-z"],
            in: scratch.path, environment: sandbox.environment, input: Array(input.utf8))
        let fields = answer.text.split(separator: "\0", omittingEmptySubsequences: false)
        let rules = IgnoreRules(
            workTree: Path(scratch.path), files: [".git/info/exclude"], ignoresCase: ignoresCase)
        var mismatches: [String] = []
        for (index, question) in asked.enumerated() {
            let git = "\(fields[4 * index]):\(fields[4 * index + 1])"
            let kind = try File.status(of: Path(scratch.path(question)))?.kind
            let rule = rules.rule(for: Path(question), isFolder: kind == .folder)
            let ours = rule.map { "\($0.source):\($0.lineNumber)" } ?? ":"
            if git != ours {
                mismatches.append("seed \(seed): \(question): git \(git), we \(ours)")
            }
        }
        return mismatches
    }

    private static func path(_ random: inout SplitMix64) -> String {
        let parts = ["a", "b", "c", "ab", "A", "x y", "a.ipynb", "b.py", "]", "a-b", "caf\u{E9}"]
        return (0...random.below(4)).map { _ in random.pick(parts) }.joined(separator: "/")
    }

    private static func ignoreText(_ random: inout SplitMix64) -> String {
        let lineEnd = random.chance(15) ? "\r\n" : "\n"
        let lines = (0...random.below(6)).map { _ in line(&random) }
        let text = lines.joined(separator: lineEnd)
        return (random.chance(5) ? "\u{FEFF}" : "") + text + (random.chance(70) ? lineEnd : "")
    }

    private static func line(_ random: inout SplitMix64) -> String {
        let parts = [
            "a", "b", "c", "ab", "*", "**", "***", "?", "a*", "*b", "*.ipynb", "[ab]", "[!a]",
            "[[:alpha:]]*", "[a", "a\\", "\\a", "x y", "x\\ y", "]", "a-b", "caf?", "caf*", ".",
            "b**", "**c", "a**b", "A", "[A-C]", "[^b-]", "[]a]",
        ]
        var line = (0...random.below(3)).map { _ in random.pick(parts) }.joined(separator: "/")
        if random.chance(20) { line = "/" + line }
        if random.chance(25) { line += "/" }
        if random.chance(30) { line = "!" + line }
        if random.chance(8) { line += random.pick([" ", "  ", "\t", "\\ ", " # why", "\\"]) }
        if random.chance(5) {
            line = random.pick(["", "# a", "\\#a", "\\!a", " a", "/", "!", "//"])
        }
        return line
    }
}
