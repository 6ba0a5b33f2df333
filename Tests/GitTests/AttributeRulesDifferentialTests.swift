import Foundation
import Platform
import Support
import Testing

@testable import Git

/// Asks git about the same attribute files and the same paths; see ``CaseCount``.
@Suite struct AttributeRulesDifferentialTests {
    private static let pathsPerSeed: UInt64 = 30
    static let seeds: Range<UInt64> = {
        0..<max(UInt64(CaseCount.comparedWithGit(390)) / pathsPerSeed, 1)
    }()

    @Test func `what is said of a file is what git says`() throws {
        let sandbox = try GitSandbox()
        var mismatches: [String] = []
        for seed in Self.seeds { mismatches += try Self.mismatches(seed: seed, sandbox) }
        #expect(mismatches == [])
    }

    private static func mismatches(seed: UInt64, _ sandbox: GitSandbox) throws -> [String] {
        var random = SplitMix64(seed: seed)
        let scratch = try TemporaryDirectory()
        try sandbox.git("init", "--quiet", in: scratch.path)
        for folder in ["a", "a/b"] { try scratch.makeFolder(folder) }
        var files = [".gitattributes", "a/.gitattributes", "a/b/.gitattributes"]
        for file in files where random.chance(60) { try scratch.write(text(&random), to: file) }
        try sandbox.git("add", "--all", in: scratch.path)
        files += [".git/info/attributes", "general"]
        for file in files where random.chance(40) { try scratch.write(text(&random), to: file) }
        if random.chance(20) { try? FileManager.default.removeItem(atPath: scratch.path(files[0])) }
        try sandbox.git("config", "core.attributesFile", "general", in: scratch.path)
        if random.chance(10) {
            try sandbox.git("config", "core.ignoreCase", "true", in: scratch.path)
        }
        let paths = (0..<pathsPerSeed).map { _ in path(&random) }
        let repository = try Repository(
            opening: Path(scratch.path), environment: Environment(sandbox.environment))
        _ = try repository.index()
        let rules = try repository.attributeRules()
        var mismatches: [String] = []
        let answer = try run(
            ["git", "check-attr", "--stdin", "-z", "--all"], in: scratch.path,
            environment: sandbox.environment,
            input: Array((paths.joined(separator: "\0") + "\0").utf8))
        let fields = answer.text.split(separator: "\0", omittingEmptySubsequences: false)
        var theirs: [String: Set<String>] = [:]
        for start in stride(from: 0, to: fields.count - 2, by: 3) {
            theirs[String(fields[start]), default: []].insert(
                "\(fields[start + 1])=\(fields[start + 2])")
        }
        for path in paths {
            let ours = rules.attributes(of: Path(path), .workTreeFirst).compactMap { name, value in
                value == .unspecified ? nil : "\(name)=\(value.text)"
            }
            guard Set(ours) != theirs[path] ?? [] else { continue }
            let git = (theirs[path] ?? []).sorted()
            mismatches.append("seed \(seed): \(path): git \(git), we \(ours.sorted())")
        }
        return mismatches
    }

    private static func path(_ random: inout SplitMix64) -> String {
        let parts = ["a", "b", "c", "x y", "a.ipynb", "b.py", "#c", "!d", "q\"r", "caf\u{E9}"]
        return (0...random.below(3)).map { _ in random.pick(parts) }.joined(separator: "/")
    }

    private static func text(_ random: inout SplitMix64) -> String {
        let patterns = [
            "*", "a", "/a", "a/*", "*.py", "*.ipynb", "b/", "**/c", "a/**", "\"x y\"", "\"#c\"",
            "#c", "!d", "\\!d", "\"\\!d\"", "\"q\\\"r\"", "\"caf\\303\\251\"", "caf\u{E9}",
            "[attr]mine", "[attr]binary", "[attr]", "\"open", "a/b/c", "A",
        ]
        let settings = [
            "text", "-text", "!text", "text=auto", "eol=crlf", "eol=lf", "binary", "-binary",
            "!binary", "mine", "-mine", "ident", "filter=x", "filter", "merge=union", "-diff",
            "bad name!", "=", "-", "x=y=z", "text=", "crlf", "working-tree-encoding=UTF-16",
        ]
        let blanks = [" ", "\t", "  ", " \t "]
        return (0..<1 + random.below(6)).map { _ in
            let words = (0..<random.below(4)).map { _ in
                random.pick(blanks) + random.pick(settings)
            }
            let start = random.chance(10) ? " " : ""
            let end = random.chance(10) ? "\r\n" : "\n"
            return start + random.pick(patterns) + words.joined() + end
        }.joined()
    }
}

extension AttributeValue {
    fileprivate var text: String {
        switch self {
        case .set: "set"
        case .unset: "unset"
        case .unspecified: "unspecified"
        case .word(let word): word
        }
    }
}
