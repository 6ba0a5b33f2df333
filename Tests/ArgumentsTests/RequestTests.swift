import Arguments
import Testing

struct RequestTests {
    @Test(arguments: [
        (["convert", "a", "--to", "ipynb"], Convert(paths: ["a"], format: "ipynb")),
        (["convert", "a", "--to=py:percent"], Convert(paths: ["a"], format: "py:percent")),
        (["convert", "a", "-t", "ipynb"], Convert(paths: ["a"], format: "ipynb")),
        (["convert", "a", "-tipynb"], Convert(paths: ["a"], format: "ipynb")),
        (["convert", "a", "-nj4"], Convert(paths: ["a"], checks: true, jobs: 4)),
        (["convert", "a", "--output=x=y"], Convert(paths: ["a"], output: "x=y")),
        (["convert", "a", "--output="], Convert(paths: ["a"], output: "")),
        (["convert", "a", "--output", "--check"], Convert(paths: ["a"], output: "--check")),
        (["convert", "a", "-o", "-h"], Convert(paths: ["a"], output: "-h")),
        (["convert", "a", "-o", "x", "-o", "y"], Convert(paths: ["a"], output: "y")),
        (["convert", "a", "--check", "b"], Convert(paths: ["a", "b"], checks: true)),
        (["convert", "--", "--check", "--"], Convert(paths: ["--check", "--"])),
        (["convert", "-"], Convert(paths: ["-"])),
        (["convert", ""], Convert(paths: [""])),
        (["convert", "a", "--no-update"], Convert(paths: ["a"], keepsOutputs: false)),
        (["convert", "a", "--no-update", "--update"], Convert(paths: ["a"])),
        (["convert", "a", "--verify"], Convert(paths: ["a"], verifies: true)),
        (["convert", "a", "--verify", "--no-verify"], Convert(paths: ["a"])),
        (
            ["convert", "a", "--opt", "x=1", "--opt=y=2"],
            Convert(paths: ["a"], settings: ["x=1", "y=2"])
        ),
        (["convert", "a", "--output=\u{301}x"], Convert(paths: ["a"], output: "\u{301}x")),
    ])
    func `a line fills the command that it names`(words: [String], expected: Convert) throws {
        #expect(try run(words).command as? Convert == expected)
    }

    @Test(arguments: [
        ["-C", "d", "-qvv", "--color", "never", "convert", "a"],
        ["convert", "a", "-C", "d", "-qvv", "--color", "never"],
        ["-Cd", "-v", "convert", "-q", "a", "--color=never", "-v"],
        ["-C", "first", "--color=always", "convert", "a", "-qvv", "--color=never", "-C", "d"],
    ])
    func `global options stand before the command and after it`(words: [String]) throws {
        let (command, globals) = try run(words)
        #expect(command as? Convert == Convert(paths: ["a"]))
        #expect(globals == Everywhere(directory: "d", color: .never, isQuiet: true, verbosity: 2))
    }

    @Test(arguments: [
        (["clone", "u"], Clone(source: "u")),
        (["clone", "u", "d"], Clone(source: "u", directory: "d")),
        (["clone", "--depth", "-1", "u"], Clone(source: "u", depth: -1)),
    ])
    func `operands fill their places from the left`(words: [String], expected: Clone) throws {
        #expect(try run(words).command as? Clone == expected)
    }

    @Test(arguments: [
        (
            ["ignore", "add", "*.ipynb", "--untrack"],
            IgnoreAdd(patterns: ["*.ipynb"], untracks: true)
        ),
        (["ignore", "-q", "add", "a", "b"], IgnoreAdd(patterns: ["a", "b"])),
    ])
    func `a command in a group is named after the group`(words: [String], expected: IgnoreAdd)
        throws
    {
        #expect(try run(words).command as? IgnoreAdd == expected)
    }

    @Test(arguments: [
        (["ignore"], IgnoreList()),
        (["ignore", "-q"], IgnoreList()),
        (["ignore", "--json"], IgnoreList(output: Output(asJSON: true))),
        (["ignore", "list", "--json"], IgnoreList(output: Output(asJSON: true))),
    ])
    func `a group without a name runs its default`(words: [String], expected: IgnoreList) throws {
        #expect(try run(words).command as? IgnoreList == expected)
    }

    @Test(arguments: [
        ([], "demo"), (["-h"], "demo"), (["--help"], "demo"), (["help"], "demo"), (["-q"], "demo"),
        (["convert", "--help"], "demo convert"), (["convert", "-h", "--nonsense"], "demo convert"),
        (["--help", "convert"], "demo"), (["help", "convert"], "demo convert"),
        (["help", "-q", "help"], "demo help"),
        (["ignore", "-h"], "demo ignore"), (["auth", "--help", "--bad"], "demo auth"),
        (["help", "ignore", "add"], "demo ignore add"),
        (["ignore", "add", "-qh"], "demo ignore add"),
    ])
    func `help is about what was named before it`(words: [String], command: String) throws {
        guard case .help(let topic) = try example.request(words) else {
            Issue.record("\(words) does not ask for help")
            return
        }
        #expect(topic.command == command)
    }

    @Test(arguments: [["--version"], ["-V"], ["-qV"]])
    func `the version is asked for before any command`(words: [String]) throws {
        guard case .version = try example.request(words) else {
            Issue.record("\(words) does not ask for the version")
            return
        }
        #expect(example.versionLine == "demo 1.2")
    }

    @Test(arguments: [
        (["branches", "--", "-x"], "-x"), (["branches", ""], ""), (["branches"], ""),
    ])
    func `a completion script asks for candidates`(words: [String], expected: String) throws {
        guard case .candidates("branches", let prefix) = try example.request(["__complete"] + words)
        else {
            Issue.record("\(words) does not ask for branches")
            return
        }
        #expect(prefix == expected)
    }

    @Test func `a table is not built before its command is asked for`() throws {
        struct Untouched: ExampleCommand {
            static var spec: CommandSpec<Untouched> {
                Issue.record("the table of a command that is not asked for was built")
                return CommandSpec(summary: "", parameters: [])
            }
        }
        let program = Program<Everywhere, any ExampleCommand>(
            "demo", version: "1", summary: "",
            sections: [
                .init(
                    "All", [.command("untouched", Untouched.self), .command("clone", Clone.self)])
            ])
        _ = try program.request(["--version"])
        _ = try program.request(["clone", "u"])
        _ = try program.request(["clone", "--help"])
        #expect(throws: UsageError.self) { try program.request(["clnoe"]) }
    }

    private func run(_ words: [String]) throws -> (command: any ExampleCommand, globals: Everywhere)
    {
        guard case .run(let command, let globals, _) = try example.request(words) else {
            throw UsageError("\(words) does not run a command")
        }
        return (command, globals)
    }
}
