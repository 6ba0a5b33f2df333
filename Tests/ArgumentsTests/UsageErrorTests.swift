import Arguments
import Testing

struct UsageErrorTests {
    @Test(arguments: [
        ("--nonsense", "unknown option '--nonsense'", "run 'demo --help' for its options", "demo"),
        ("cnovert", "unknown command 'cnovert'", "did you mean 'convert'?", "demo"),
        (
            "_complete", "unknown command '_complete'",
            "run 'demo --help' for the list of commands", "demo"
        ),
        ("xyzzy", "unknown command 'xyzzy'", "run 'demo --help' for the list of commands", "demo"),
        ("helo", "unknown command 'helo'", "did you mean 'help'?", "demo"),
        ("version", "unknown command 'version'", "did you mean '--version'?", "demo"),
        ("help cnovert", "unknown command 'cnovert'", "did you mean 'convert'?", "demo"),
        (
            "help convert add", "unknown command 'convert add'",
            "run 'demo convert --help' for the list of commands", "demo convert"
        ),
        ("ignore ad", "unknown command 'ignore ad'", "did you mean 'add'?", "demo ignore"),
        (
            "ignore *.ipynb", "unknown command 'ignore *.ipynb'",
            "run 'demo ignore --help' for the list of commands", "demo ignore"
        ),
        (
            "auth", "missing <command>", "run 'demo auth --help' for the list of commands",
            "demo auth"
        ),
        (
            "convert a --chekc", "unknown option '--chekc'", "did you mean '--check'?",
            "demo convert"
        ),
        ("convert a --out=b", "unknown option '--out'", "did you mean '--output'?", "demo convert"),
        (
            "convert a --no-updaet", "unknown option '--no-updaet'", "did you mean '--no-update'?",
            "demo convert"
        ),
        (
            "convert a --no-check", "unknown option '--no-check'", "did you mean '--check'?",
            "demo convert"
        ),
        (
            "convert a -z", "unknown option '-z'", "run 'demo convert --help' for its options",
            "demo convert"
        ),
        (
            "convert a -nz", "unknown option '-z'", "run 'demo convert --help' for its options",
            "demo convert"
        ),
        ("convert a -check", "unknown option '-c'", "did you mean '--check'?", "demo convert"),
        ("convert a -cehck", "unknown option '-c'", "did you mean '--check'?", "demo convert"),
        ("convert a --to", "missing <format> after '--to'", nil, "demo convert"),
        ("convert a -nt", "missing <format> after '-t'", nil, "demo convert"),
        ("convert a --check=yes", "option '--check' takes no value", nil, "demo convert"),
        ("convert a --no-update=", "option '--no-update' takes no value", nil, "demo convert"),
        (
            "convert a -t pyy:percent", "-t: 'pyy:percent' is not a format",
            "did you mean 'py:percent'?", "demo convert"
        ),
        (
            "convert a --jobs 65", "--jobs: '65' is not a whole number from 1 to 64", nil,
            "demo convert"
        ),
        ("convert a -jx", "-j: 'x' is not a whole number from 1 to 64", nil, "demo convert"),
        (
            "clone u --depth 9999999999999999999",
            "--depth: '9999999999999999999' is not a whole number", nil, "demo clone"
        ),
        (
            "--color=alwys convert a", "--color: 'alwys' is not one of auto, always, never",
            "did you mean 'always'?", "demo"
        ),
        (
            "convert a --color=", "--color: '' is not one of auto, always, never", nil,
            "demo convert"
        ),
        ("convert", "missing <path>", "write 'demo convert [<options>] <path>...'", "demo convert"),
        (
            "commit a", "missing option '--message'",
            "write 'demo commit [<options>] --message <text> [<path>...]'", "demo commit"
        ),
        ("clone", "missing <url>", "write 'demo clone [<options>] <url> [<dir>]'", "demo clone"),
        (
            "clone a b c", "unexpected argument 'c'",
            "write 'demo clone [<options>] <url> [<dir>]'", "demo clone"
        ),
        ("switch -", "there is no branch before this one", nil, "demo switch"),
        (
            "auth login x", "unexpected argument 'x'", "write 'demo auth login [<options>]'",
            "demo auth login"
        ),
    ])
    func `a wrong line is answered with what to type instead`(
        line: String, message: String, hint: String?, command: String
    ) {
        let error = #expect(throws: UsageError.self) {
            try example.request(line.split(separator: " ").map(String.init))
        }
        #expect(error?.message == message)
        #expect(error?.hint == hint)
        #expect(error?.command == command)
    }

    @Test(arguments: [
        ("\u{1B}[2J", #"unknown command '\u{1B}[2J'"#), ("a\nb", #"unknown command 'a\nb'"#),
        ("\u{9B}31m", #"unknown command '\u{009B}31m'"#),
        ("x\u{202E}y", #"unknown command 'x\u{202E}y'"#),
        ("\u{10F7FF}", #"unknown command '\u{0010F7FF}'"#),
        ("é—ü", "unknown command 'é—ü'"),
    ])
    func `what could steer a terminal is made visible`(word: String, message: String) {
        let error = #expect(throws: UsageError.self) { try example.request([word]) }
        #expect(error?.message == message)
    }
}
