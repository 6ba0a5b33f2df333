import Arguments
import Testing

struct HelpTests {
    @Test func `help of a command shows usage, examples and every parameter`() throws {
        let help = try example.topic(of: ["convert"]).help()
        #expect(
            help == """
                Convert between notebooks and percent scripts

                Usage: demo convert [<options>] <path>...

                A notebook becomes a script and a script becomes a notebook, unless '--to' says
                otherwise. Same bytes on every route:

                    demo convert - < a.ipynb

                An existing notebook keeps its outputs.

                Examples:
                  demo convert analysis.ipynb
                      Write analysis.py beside the notebook
                  demo convert . --check
                      Say what would change, and change nothing

                Arguments:
                  <path>...                 File, folder or '-'

                Options:
                  -t, --to <format>         Format to write (ipynb, py:percent, R:percent)
                  -o, --output <path>       File or folder to write to
                  -n, --check               Write nothing; exit 1 if something would change
                      --no-update           Start an existing notebook afresh
                      --[no-]verify         Convert back before anything is written
                  -j, --jobs <n>            Files to convert at a time [default: one per core]
                      --opt <key=value>...  Setting of the format

                Global options:
                  -h, --help                Show this help
                  -C <dir>                  Run as if started in <dir>
                      --color <when>        Colour the output (auto, always, never) [default:
                                            auto]
                  -q, --quiet               Say only errors
                  -v, --verbose             Say more

                """)
    }

    @Test func `the overview lists the commands in their sections`() {
        #expect(
            example.topic.help() == """
                Version control for notebooks

                Usage: demo [<options>] [<command>]

                Convert:
                  convert             Convert between notebooks and percent scripts

                Git:
                  commit              Record changes
                  clone               Copy a repository
                  switch              Change to another branch
                  ignore              Say what git leaves out
                  auth                Prove who you are

                Help:
                  help                Show what a command does and what it takes

                Options:
                  -V, --version       Show the version

                Global options:
                  -h, --help          Show this help
                  -C <dir>            Run as if started in <dir>
                      --color <when>  Colour the output (auto, always, never) [default: auto]
                  -q, --quiet         Say only errors
                  -v, --verbose       Say more

                Run 'demo <command> --help' for one command.

                """)
    }

    @Test func `help of a group lists its commands and marks the default`() throws {
        let help = try example.topic(of: ["ignore"]).help()
        #expect(
            help.hasPrefix(
                """
                Say what git leaves out

                Usage: demo ignore [<options>] [<command>]

                Commands:
                  list                List the patterns [default]
                  add                 Add patterns


                """))
        #expect(help.hasSuffix("\nRun 'demo ignore <command> --help' for one command.\n"))
    }

    @Test(arguments: [
        ("convert", "demo convert [<options>] <path>..."),
        ("commit", "demo commit [<options>] --message <text> [<path>...]"),
        ("clone", "demo clone [<options>] <url> [<dir>]"),
        ("ignore add", "demo ignore add [<options>] <pattern>..."),
        ("ignore", "demo ignore [<options>] [<command>]"),
        ("auth", "demo auth [<options>] <command>"),
        ("auth login", "demo auth login [<options>]"),
        ("help", "demo help [<options>] [<command>...]"),
    ])
    func `usage brackets what may be left out`(command: String, usage: String) throws {
        let help = try example.topic(of: command.split(separator: " ").map(String.init)).help()
        #expect(help.contains("\n\nUsage: \(usage)\n\n"))
    }

    @Test func `an optional operand encloses the optional ones after it`() {
        struct Pull: ExampleCommand {
            var remote: String?
            var branch: String?
            static let spec = CommandSpec<Pull>(
                summary: "",
                parameters: [
                    .operand("remote", \.remote, required: false, help: ""),
                    .operand("branch", \.branch, required: false, help: ""),
                ])
        }
        let program = Program<Everywhere, any ExampleCommand>(
            "demo", version: "1", summary: "",
            sections: [.init("All", [.command("pull", Pull.self)])])
        #expect(
            program.topic.all[1].help().contains(
                "Usage: demo pull [<options>] [<remote> [<branch>]]\n"))
    }

    @Test(arguments: [48, 60, 80, 120])
    func `explanations are wrapped to the width that is given`(columns: Int) throws {
        let lines = try example.topic(of: ["convert"]).help(columns: columns).split(separator: "\n")
        #expect(lines.allSatisfy { $0.count <= columns })
        #expect(lines.contains { $0.count > columns / 2 })
    }

    @Test func `all topics can be listed, each with the name of its page`() {
        #expect(
            example.topic.all.map(\.pageName) == [
                "demo", "demo-convert", "demo-commit", "demo-clone", "demo-switch", "demo-ignore",
                "demo-ignore-list", "demo-ignore-add", "demo-auth", "demo-auth-login", "demo-help",
            ])
    }
}
