internal import Platform

/// The lines that hand a token over in a notebook cell, where nobody can answer a program's question.
struct NotebookCellAdvice {
    /// What to type where the package of pip is installed; nil for words that no line of a magic holds.
    let magicLines: [String]?
    /// What to type everywhere.
    let lines: [String]

    /// Repeats a command that was given as `words`: with the magic, and with `--token-stdin`.
    init(words: [String]) {
        var words = words.filter { $0 != "--token-stdin" }
        let isOneLine = !words.contains { $0.utf8.contains { $0 < 0x20 || $0 == 0x7F } }
        let magic = (["%nbgit"] + words.map(Self.word)).joined(separator: " ")
        magicLines = isOneLine ? ["%load_ext nbgit", magic] : nil
        words.insert("--token-stdin", at: words.firstIndex(of: "--") ?? words.endIndex)
        let list = (["nbgit"] + words).map(Self.quoted).joined(separator: ", ")
        lines = [
            "import getpass, subprocess",
            "subprocess.run([\(list)], input=getpass.getpass(\"Token: \").encode())",
        ]
    }

    func give(_ console: Console) {
        guard let magicLines else {
            console.suggest("nobody can type into a cell; hand the token over like this:")
            return console.show(example: lines)
        }
        console.suggest("nobody can type into a cell; let the notebook ask for the token:")
        console.show(example: magicLines)
        console.suggest("without nbgit's package from pip, hand it over like this:")
        console.show(example: lines)
    }

    /// A word of a magic's line, which is read as a shell's.
    private static func word(_ word: String) -> String {
        let dashes = word.prefix { $0 == "-" }
        return dashes == word ? word : dashes + Path(String(word.dropFirst(dashes.count))).shellWord
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
