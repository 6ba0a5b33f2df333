import Foundation
import Git
import Platform
import Support
import Testing

@Suite struct IgnoreTests {
    static let paths: [(path: String, isFolder: Bool)] = [
        ("a.ipynb", false), ("keep.ipynb", false), ("deep/down/a.ipynb", false), ("a.py", false),
        ("out", true), ("out", false), ("out/in", false), ("deep/out", true), ("top", false),
        ("deep/top", false), ("deep/local", false), ("local", false), ("with space", false),
        ("caf\u{E9}", false), ("excluded", false), (".venv", true), (".venv/lib/x.py", false),
    ]

    @Test func `what is ignored is what git says`() throws {
        let scratch = try TemporaryDirectory()
        let sandbox = try GitSandbox()
        try sandbox.git("init", "--quiet", in: scratch.path)
        try scratch.write(
            "# notebooks\n*.ipynb\n!keep.ipynb\nout/\n/top\nwith\\ space\ncaf*\n.venv\n",
            to: ".gitignore")
        try scratch.write("local\n", to: "deep/.gitignore")
        try scratch.write("excluded\n", to: ".git/info/exclude")
        let rules = try Repository(opening: Path(scratch.path)).ignoreRules()

        let ours = Self.paths.map {
            rules.ignores(Path($0.path), isFolder: $0.isFolder)
        }
        let asked = Self.paths.map { $0.path + ($0.isFolder ? "/" : "") }
        let git = try run(
            ["git", "check-ignore", "--no-index", "--stdin", "-z"], in: scratch.path,
            environment: sandbox.environment, input: Array(asked.joined(separator: "\0").utf8))
        let ignored = Set(git.text.split(separator: "\0").map(String.init))
        #expect(zip(asked, ours).filter { $0.1 }.map(\.0) == asked.filter(ignored.contains))
        #expect(ignored.count == 12)
    }

    @Test func `a name that is not UTF-8 is matched byte for byte`() throws {
        let scratch = try TemporaryDirectory()
        try GitSandbox().git("init", "--quiet", in: scratch.path)
        try scratch.write(Array("caf".utf8) + [0xE9, 0x0A], to: ".gitignore")
        let rules = try Repository(opening: Path(scratch.path)).ignoreRules()
        let name = Array("caf".utf8)
        #expect(rules.ignores(Path(bytes: name + [0xE9]), isFolder: false))
        #expect(!rules.ignores(Path(bytes: name + [0xEA]), isFolder: false))
    }
}
