import Arguments

/// The program that the tests ask: small, with one parameter of every kind.
let example = Program<Everywhere, any ExampleCommand>(
    "demo", version: "1.2", summary: "Version control for notebooks",
    sections: [
        .init("Convert", [.command("convert", Convert.self)]),
        .init(
            "Git",
            [
                .command("commit", Commit.self),
                .command("clone", Clone.self),
                .command("switch", Switch.self),
                .group(
                    "ignore", summary: "Say what git leaves out", default: "list",
                    [.command("list", IgnoreList.self), .command("add", IgnoreAdd.self)]),
                .group("auth", summary: "Prove who you are", [.command("login", Login.self)]),
            ]),
    ])

protocol ExampleCommand: Command {}

extension Program.Entry where Action == any ExampleCommand {
    static func command<C: ExampleCommand>(_ name: String, _ type: C.Type) -> Self {
        command(name, type) { $0 }
    }
}

struct Everywhere: GlobalOptions, Equatable {
    enum Color: String, CaseIterable, ArgumentValue { case auto, always, never }

    var directory: String?
    var color = Color.auto
    var isQuiet = false
    var verbosity = 0

    static let parameters: [Parameter<Everywhere>] = [
        .option(
            "C", \.directory, "dir", completion: .directory, help: "Run as if started in <dir>"),
        .option("color", \.color, "when", default: "auto", help: "Colour the output"),
        .flag("quiet", letter: "q", \.isQuiet, help: "Say only errors"),
        .count("verbose", letter: "v", \.verbosity, help: "Say more"),
    ]
}

struct Convert: ExampleCommand, Equatable {
    var paths: [String] = []
    var format: String?
    var output: String?
    var checks = false
    var keepsOutputs = true
    var verifies = false
    var jobs: Int?
    var settings: [String] = []

    static let formats = ["ipynb", "py:percent", "R:percent"]

    static let spec = CommandSpec<Convert>(
        summary: "Convert between notebooks and percent scripts",
        discussion: """
            A notebook becomes a script and a script becomes a notebook, unless
            '--to' says otherwise. Same bytes on every route:

                demo convert - < a.ipynb

            An existing notebook keeps its outputs.
            """,
        examples: [
            "demo convert analysis.ipynb": "Write analysis.py beside the notebook",
            "demo convert . --check": "Say what would change, and change nothing",
        ],
        parameters: [
            .operands(
                "path", \.paths, completion: .file(extensions: ["ipynb", "py"]),
                help: "File, folder or '-'"),
            .option(
                "to", letter: "t", \.format, "format", completion: .choices(formats), read: format,
                help: "Format to write"),
            .option(
                "output", letter: "o", \.output, "path", completion: .file(),
                help: "File or folder to write to"),
            .flag(
                "check", letter: "n", \.checks,
                help: "Write nothing; exit 1 if something would change"),
            .flag(
                "update", \.keepsOutputs, form: .negative, help: "Start an existing notebook afresh"
            ),
            .flag(
                "verify", \.verifies, form: .invertible,
                help: "Convert back before anything is written"),
            .option(
                "jobs", letter: "j", \.jobs, "n", default: "one per core",
                read: { text throws(UsageError) in try Int(argument: text, in: 1...64) },
                help: "Files to convert at a time"),
            .options("opt", \.settings, "key=value", help: "Setting of the format"),
        ])

    @Sendable private static func format(_ text: String) throws(UsageError) -> String? {
        guard formats.contains(text) else {
            throw UsageError("'\(text)' is not a format", mistaken: text, for: formats)
        }
        return text
    }
}

struct Commit: ExampleCommand, Equatable {
    var message = ""
    var paths: [String] = []

    static let spec = CommandSpec<Commit>(
        summary: "Record changes",
        parameters: [
            .option(
                "message", letter: "m", \.message, "text", required: true,
                help: "What was changed and why"),
            .operands(
                "path", \.paths, required: false, completion: .file(), help: "What to record"),
        ])
}

struct Clone: ExampleCommand, Equatable {
    var source = ""
    var directory: String?
    var depth: Int?

    static let spec = CommandSpec<Clone>(
        summary: "Copy a repository",
        parameters: [
            .operand("url", \.source, help: "Where it is"),
            .operand(
                "dir", \.directory, required: false, completion: .directory,
                help: "Where it shall be"),
            .option("depth", \.depth, "n", help: "Commits to fetch"),
        ])
}

struct Switch: ExampleCommand, Equatable {
    var branch = ""

    static let spec = CommandSpec<Switch>(
        summary: "Change to another branch",
        parameters: [
            .operand(
                "branch", \.branch, completion: .dynamic(kind: "branches"),
                help: "Name of the branch")
        ])

    func check() throws(UsageError) {
        if branch == "-" { throw UsageError("there is no branch before this one") }
    }
}

/// A table that commands share.
struct Output: Equatable {
    var asJSON = false

    static let parameters: [Parameter<Output>] = [.flag("json", \.asJSON, help: "Print JSON")]
}

struct IgnoreList: ExampleCommand, Equatable {
    var output = Output()

    static let spec = CommandSpec<IgnoreList>(
        summary: "List the patterns", parameters: Output.parameters.map { $0.lifted(to: \.output) })
}

struct IgnoreAdd: ExampleCommand, Equatable {
    var patterns: [String] = []
    var untracks = false

    static let spec = CommandSpec<IgnoreAdd>(
        summary: "Add patterns",
        parameters: [
            .operands("pattern", \.patterns, help: "Pattern as in gitignore(5)"),
            .flag("untrack", \.untracks, help: "Take matching files out of the index"),
        ])
}

struct Login: ExampleCommand, Equatable {
    static let spec = CommandSpec<Login>(summary: "Keep a token for a while", parameters: [])
}
