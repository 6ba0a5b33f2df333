@testable import Notebook

/// What the lines of generated notebooks are made of, for one language.
struct Vocabulary: Sendable {
    let language: Language
    let languageName: String
    let lines: [[UInt8]]
    let firstLines: [[UInt8]]
    let tokens: [[UInt8]]

    init(_ language: Language) {
        self.language = language
        languageName = language.name
        let prefix = String(decoding: language.comment.prefix, as: UTF8.self)
        let suffix = String(decoding: language.comment.suffix, as: UTF8.self)
        let signs = [
            "%%", "%%", "%% x", "%%%", "%%%% ", "%% [markdown]", "%%x", "%% a=1", "<codecell>",
            "<codecell> x", "In[1]:", "In[ ]", "In[*]",
        ]
        var lines = Self.plainLines + Self.magics + Self.quotes + Self.fences + Self.headings
        for sign in signs {
            lines += ["\(prefix) \(sign)", "\(prefix)\(sign)", "  \(prefix) \(sign)"]
            lines += ["\(prefix) \(prefix) \(sign)", "\(prefix)\(prefix) \(sign)", sign]
            if !suffix.isEmpty { lines += ["\(prefix) \(sign) \(suffix)", "\(sign) \(suffix)"] }
        }
        for magic in Self.magics {
            lines += ["\(prefix) \(magic)", "\(magic) \\", "\(magic) \(prefix) escape"]
            lines += ["  \(magic)", "\(magic) \(prefix) noescape", "\(prefix)\(magic)"]
            lines += ["\(prefix) \(prefix) \(magic)"]
        }
        lines += [
            prefix, suffix, "\(prefix) \(suffix)", "\(prefix) x \(suffix)", "\(prefix) \"\"\"",
        ]
        lines += ["\(prefix) ```", "\(prefix)gonb:%%", "\(prefix) + x", "\(prefix) \(prefix) +"]
        self.lines = (lines + lines.indices.map { Self.plainLines[$0 % Self.plainLines.count] })
            .map { Array($0.utf8) }
        let words = [
            "bash", "bash -x", "bash ", "python", "python3", "R", "javascript", "js", "html  two",
            "sql", "time", "", " section", "\u{A0}x", "R\tx", "cs", "csharp", "matlab", "octave",
            "go", language.name, "\(language.name) x", "\(language.name) ", "bash \u{2028}", "c++",
            "configure -x", "wolfram language",
        ]
        firstLines = words.map { Array("%%\($0)".utf8) } + words.map { Array("#!\($0)".utf8) }
        tokens =
            (Self.tokens + [prefix, suffix, "\(prefix) ", " \(suffix)"]).map { Array($0.utf8) }
            // Halves of a surrogate pair.
            + [[0xED, 0xA0, 0xBD], [0xED, 0xB8, 0x80]]
    }

    private static let plainLines = [
        "", "", "", "x", "x = 1", "print('a')", "def f():", "    return 1", "@d", "class A:",
        "async def g():", ")", " ", "\t", "\tx", "a \\", "# coding: latin-1", "#!/bin/sh", "---",
        "jupyter:", "\u{A0}", "\u{2003}y", "- a", "* b", "<b>", "é", "😀", "$$x$$", "*)", "*/",
    ]
    private static let magics = [
        "%time x", "%%timeit", "!ls", "?x", "x?", "ls", "cd ..", "a = !ls", "b = %time x", ":dep a",
        "#!time", "!*go", "%%", "%% -x", "%cd", "rm  = 1", "%pi", "%%%x", "!!ls", "f(a)??",
    ]
    private static let quotes = [
        "\"\"\"", "'''", "x = \"\"\"", "\"\"\"a\"\"\"", "'", "\"", "\\\"\"\"", "r\"\"\"",
        "R'''b'''",
        "\"\"\"doc", "it's", "\\'", "'\"\"\"'", "\"a\\\\\"", "\"\"\"\"", "f'''",
    ]
    private static let fences = ["```", "~~~", "```python", "   ~~~~", "````", "    ```", "``` `"]
    private static let headings = [
        "# Title", "## What?", "# ls", "# %x", "# + x", "# # +", "## + y", "# # T", "#", "#  ",
        "//",
    ]
    private static let tokens = [
        "\r", "\u{C}", "\u{B}", "\u{1C}", "\u{1F}", "\u{85}", "\u{2028}", "\u{2029}", "\u{1}",
        "\u{7F}", "\u{1B}[0m", "é", "😀", "\u{FFFD}", "\u{A0}", "\u{FEFF}", "\u{3000}", " ", "  ",
        "\t", "\"", "'", "\\", "%", "%%", "#", "?", "!", "=", "{", "}", "[raw]", "a=1", ",", ":",
    ]

    /// Keys of a cell's metadata with the values that mean something; none for any value.
    static let cellMembers: [(key: JSONString, values: [JSONValue])] = [
        ("", []), ("", []), ("", []), ("title", []), ("title", []), ("name", []),
        (
            "tags",
            [["a"], [], ["active-py"], ["active-ipynb"], ["active-ipynb-py", "b"], "x", [1]]
        ),
        ("active", ["py", "ipynb", "ipynb,py", "", "R.md", 1]),
        ("cell_depth", [0, 1, 2, 7, 99, 100, -1, "1"]),
        ("cell_marker", ["\"\"\"", "'''", "r\"\"\"", "\"\"\",\"\"\"", "region,end", "R'''", 1]),
        // Of more than two blank lines all but one are read as text.
        ("lines_to_next_cell", [0, 1, 2, -1, "x"]), ("region_name", ["md", "x", "markdown"]),
        ("run_control", [["frozen": true], ["frozen": false], 1]), ("collapsed", [true, false]),
        ("language", ["bash", "python", "R", "foo", "c++", "cs", "sql", "octave", "x y", "", 1]),
        ("magic_args", ["x", "", "-i a", 1]), ("scrolled", []), ("trusted", [true]),
        ("cell_type", ["markdown", "raw", "code", "md", 1]),
        ("incorrectly_encoded_metadata", ["a=b c", "", "x", 1]), ("jupyter", []),
    ]

    static let titles = [
        "T", "A title", "a=b", "x a=1", "[markdown] x", "x [raw]", "[md]", "%x", "%", "%% x",
        "a\nb",
        "{", "x {\"a\": 1}", "x=", "=", ".x", "a .x", "  a", "a  ", "a  b", "é", "\u{A0}", "\t",
        "\u{2028}", "😀", "\u{FFFD}", "*)", "x *)", "*/", "a\r", "\u{C}", "--a", "-", "1", "#",
        "x # y",
        "\"", "'", "title=1", "[code]", "[markdown", "markdown]", "=[raw]", "a = b", "nbgit", "\\",
        "",
    ]
    static let yamlLines = [
        "title: x", "", " ", "jupyter:", "jupyter: {}", "  a: b", "a: [", "---", "# c", "\tx",
        "---  ",
        "date: 2020-01-01", "é: ü", "jupyter :", "- x",
    ]
    static let keys = [
        "a", "b", "c.d", "x/y", "x-y", "-x", ".x", "@", "1", "A_b", "key with space", "", "é",
        "a=b",
        "title", "name", "\n", "[raw]", "{", "'", "ExecuteTime", "slideshow", "editable", "--z",
        "/",
    ]
    static let numbers = [
        "0", "1", "-1", "1.5", "1e100", "1E-7", "12345678901234567890123", "0.1", "-0", "-0.0",
        "1e400",
        "NaN", "Infinity", "-Infinity", "1.0", "1e16", "123456789012345680.0", "5e-324",
    ]
    static let texts = [
        "", "a", "b c", "é", "😀", "\u{2028}", "\n", "a\nb", " a", "a ", "\t", "a=b", "x=1 y", "]",
        "}",
        "\"", "'", "\\", "# x", "x # y", ": ", "a: b", "a:", "- x", "-", "?", "true", "no", "null",
        "~",
        "1", "1.0", "0x1F", "010", "1:30", "2020-01-01", "1e3", "=", "<<", "---", "...", "--- x",
        "*a",
        "&a", "!t", "%d", "@x", "`", "|", ">", "[a", "{a", ",", "é\u{85}", "\u{7F}", "\u{0}",
        "\u{1B}",
        "\u{FEFF}", "\u{FFFD}", "*)", "*/", "Python 3", "R [conda: x] *", "\r", "a\r\nb", "\n\n",
        "a \nb",
        "a\n b", "None", "True", "(1, 2)", "\u{C}x",
        "'''", "\"\"\"", "coding: x", "-all", "# %%", "%", "a\u{85}b", "\u{1F600}\u{200D}", "*) x",
        "a rather long text that has to be folded somewhere because it is longer than eighty columns",
        "ein ziemlich länger Text, der gefaltet werden muß, weil er länger als achtzig Spalten ist, gell",
        "it's a rather long text: it has to be folded somewhere because it is longer than eighty columns",
    ]
    static let options: [(key: JSONString, values: [JSONValue])] = [
        ("cell_metadata_filter", ["all", "-all", "tags,-all", "title,a,-all", "-a", "all,-title"]),
        ("cell_metadata_json", [true]),
        ("cell_markers", ["\"\"\"", "'''", "r\"\"\"", "region,end"]),
        ("comment_magics", [false, true]), ("custom_cell_magics", ["configure", "configure,time"]),
        ("main_language", ["python", "R", "bash"]),
        ("formats", ["ipynb,py", "ipynb,auto:percent"]),
        ("executable", ["/bin/x", " x"]), ("encoding", ["# -*- coding: utf-8 -*-"]),
        ("root_level_metadata_as_raw_cell", [true]), ("x", []),
    ].filter { !$0.values.isEmpty }
}
