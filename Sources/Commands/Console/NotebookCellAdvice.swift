internal import Platform

/// The two lines that hand a token over in a notebook cell, where nobody can answer a program's question.
struct NotebookCellAdvice {
    /// What to type.
    let lines: [String]

    /// Repeats a command that was given as `words`, with `--token-stdin`.
    init(words: [String]) {
        var words = words.filter { $0 != "--token-stdin" }
        words.insert("--token-stdin", at: words.firstIndex(of: "--") ?? words.endIndex)
        let list = (["nbgit"] + words).map(Self.quoted).joined(separator: ", ")
        lines = [
            "import getpass, subprocess",
            "subprocess.run([\(list)], input=getpass.getpass(\"Token: \").encode())",
        ]
    }

    func give(_ console: Console) {
        console.suggest("nobody can type into a cell; hand the token over like this:")
        console.show(example: lines)
    }

    /// A text as Python writes it.
    private static func quoted(_ word: String) -> String {
        let inner = word.unicodeScalars.map { scalar in
            switch scalar {
            case "\"", "\\": "\\\(scalar)"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                "\\x" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
            default: String(scalar)
            }
        }
        return "\"\(inner.joined())\""
    }
}
