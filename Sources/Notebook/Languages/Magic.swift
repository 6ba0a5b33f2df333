/// Finds the lines of a cell that are commands to the kernel, which a script holds as comments.
///
/// The test also accepts commands that are comments already: the writer adds one comment sign to every
/// line found and the reader takes one away, so that `# %time` survives as `# # %time`.
struct Magic {
    private let syntax: Language.MagicSyntax
    private let comment: [UInt8]
    /// The first byte of the comment sign, which settles nearly every line without it; 0 where there is none.
    private let commentStart: UInt8
    private let commentsMagics: Bool
    private let isPython: Bool

    /// - Parameters:
    ///   - languageName: The language of the cell; one without a script form has no magics.
    ///   - script: The language of the script around the cell; cells in a language that jupytext
    ///     does not know have magics only in a script of that language.
    ///   - commentsMagics: The option `comment_magics`; when false only `# escape` makes a comment.
    init(languageName: String, script: Language, commentsMagics: Bool) {
        let language = Languages.language(named: languageName, in: script)
        isPython = (language?.name ?? languageName) == "python"
        syntax = language?.magic ?? .none
        comment = language?.comment.prefix ?? []
        commentStart = comment.first ?? 0
        self.commentsMagics = commentsMagics
    }

    /// Whether `line` is a command to the kernel.
    ///
    /// `print?` is one only if `countsHelpSuffix`; `# what?` in a script is no proof of it.
    func isMagic(_ line: Span<UInt8>, countsHelpSuffix: Bool = true) -> Bool {
        guard syntax != .none else { return false }
        if syntax == .percent {
            guard let sign = line.firstMagicSign else {
                return isPython && commentsMagics && isShellWord(line)
            }
            if isPython, !line.mayBeCommand(bySignAt: sign, comment: comment) {
                return commentsMagics
                    && (isShellWord(line) || countsHelpSuffix && isHelpSuffix(line))
            }
        }
        let isCommand = hasCommandPrefix(line)
        if isCommand, line.contains(.percent), let forced = forcedAnswer(line) { return forced }
        guard commentsMagics else { return false }
        if isCommand { return true }
        guard isPython else { return false }
        return isShellOrHelp(line) || isAssignment(line) || isShellWord(line)
            || countsHelpSuffix && isHelpSuffix(line)
    }

    /// Whether a line of `source` can be a command to the kernel; may be said too often.
    func mayStand(in source: Span<UInt8>, _ traits: TextTraits) -> Bool {
        guard syntax == .percent else { return syntax != .none }
        guard traits.hasMagicSigns || isPython && commentsMagics else { return false }
        var start = 0
        while let line = source.firstMagicLine(from: start) {
            let end = source.firstIndex(of: .lineFeed, from: line) ?? source.count
            if isMagic(source.extracting(line..<end)) { return true }
            start = end + 1
        }
        return false
    }

    /// Whether the command on `line` goes on in the next line.
    func isContinued(_ line: Span<UInt8>) -> Bool {
        let end = line.endWithoutTrailingSpace
        return isPython && end > 0 && line[end - 1] == .backslash
    }

    /// `line` with one comment sign more, behind its indentation.
    ///
    /// At the start of the line for the continuation of a command, and for an indented assignment such as
    /// `files = !ls`: behind the indentation it would be taken for a comment.
    func commented(_ line: Span<UInt8>, isContinuation: Bool) -> [UInt8] {
        let isAssignment =
            isPython && !hasCommandPrefix(line) && !isShellOrHelp(line) && isAssignment(line)
        let indent = isContinuation || isAssignment ? 0 : line.countOfLeadingSpace
        return line.extracting(..<indent).bytes + comment + [.space]
            + line.extracting(indent...).bytes
    }

    /// `line` with one comment sign less, if it has any.
    func uncommented(_ line: Span<UInt8>) -> [UInt8] {
        let indent = line.countOfLeadingSpace
        guard line.has(comment, at: indent) else { return line.bytes }
        var end = indent + comment.count
        if end < line.count, line[end] == .space { end += 1 }
        return line.extracting(..<indent).bytes + line.extracting(end...).bytes
    }

    // MARK: Every language

    private func hasCommandPrefix(_ line: Span<UInt8>) -> Bool {
        var index = syntax == .percent ? line.countOfLeadingSpace : 0
        index = skipComments(line, from: index)
        guard index < line.count else { return false }
        switch syntax {
        case .percent:
            let signs = line.count(of: .percent, from: index)
            return (1...3).contains(signs) && line.hasLetter(at: index + signs)
        case .colon:
            return line[index] == .colon && line.hasLetter(at: index + 1)
        case .shebang:
            return line.has("#!".utf8, at: index) && line.hasLetter(at: index + 2)
        case .gonb:
            if line[index] == UInt8(ascii: "!") {
                let star = line.has("*".utf8, at: index + 1) ? 1 : 0
                return line.hasLetter(at: index + 1 + star)
            }
            let signs = line.count(of: .percent, from: index)
            return (1...3).contains(signs) && line.hasLetter(at: index + signs)
        case .none:
            return false
        }
    }

    /// What `# escape` or `# noescape` behind a command demands, if either stands there.
    private func forcedAnswer(_ line: Span<UInt8>) -> Bool? {
        guard let command = line.firstIndex(of: .percent) else { return nil }
        var index = command
        while let place = line.firstIndex(of: comment, from: index) {
            let word = place + comment.count + line.countOfSpace(from: place + comment.count)
            if line.has("escape".utf8, at: word) { return true }
            if line.has("noescape".utf8, at: word) { return false }
            index = place + 1
        }
        return nil
    }

    /// The place behind any number of comment signs, each with at most one space.
    private func skipComments(_ line: Span<UInt8>, from start: Int) -> Int {
        var index = start
        while index < line.count, line[index] == commentStart, line.has(comment, at: index) {
            index += comment.count
            if index < line.count, line[index] == .space { index += 1 }
        }
        return index
    }

    // MARK: IPython

    /// `!ls`, `?print`, also indented and behind comment signs.
    private func isShellOrHelp(_ line: Span<UInt8>) -> Bool {
        var index = skipComments(line, from: line.countOfLeadingSpace)
        index += line.countOfSpace(from: index)
        guard index < line.count,
            line[index] == UInt8(ascii: "!") || line[index] == UInt8(ascii: "?")
        else { return false }
        index += 1
        index += line.countOfSpace(from: index)
        guard index < line.count else { return false }
        return line[index].isLetter || #".~$\/{}"#.utf8.contains(line[index])
    }

    /// `files = !ls`, `t = %timeit -o f()`; one plain name on the left.
    private func isAssignment(_ line: Span<UInt8>) -> Bool {
        var index = skipComments(line, from: 0)
        index += line.countOfSpace(from: index)
        guard index < line.count, line[index].isLetter || line[index] == UInt8(ascii: "_") else {
            return false
        }
        while index < line.count, line[index].isNameByte || line[index] == UInt8(ascii: "$") {
            index += 1
        }
        index += line.countOfSpace(from: index)
        guard index < line.count, line[index] == .equals else { return false }
        index += 1
        index += line.countOfSpace(from: index)
        guard index < line.count else { return false }
        if line[index] == UInt8(ascii: "!") { return line.hasLetter(at: index + 1) }
        let signs = line.count(of: .percent, from: index)
        return (1...3).contains(signs) && line.hasLetter(at: index + signs)
    }

    /// `print?`, `f(a)??`, also `# what?`: one word that ends in a question mark.
    private func isHelpSuffix(_ line: Span<UInt8>) -> Bool {
        let end = line.endWithoutTrailingSpace
        guard end > 0, line[end - 1] == UInt8(ascii: "?") else { return false }
        var index = line.countOfLeadingSpace
        while line.has("# ".utf8, at: index) { index += 2 }
        while index < end {
            guard line.lengthOfSpace(at: index) == 0 else { return false }
            index += 1
        }
        return true
    }

    private static let shellWords: [UInt64] = [
        "cat", "cd", "cp", "mv", "rm", "rmdir", "mkdir", "copy", "ddir", "echo", "ls", "ldir",
        "ren",
    ].map { (word: String) in word.utf8.reduce(0) { $0 << 8 | UInt64($1) } }
    private static let longestShellWord = 5

    /// `ls`, `cd ..`, `cat a.txt` at the start of the line, unless it is an assignment or a list.
    private func isShellWord(_ line: Span<UInt8>) -> Bool {
        guard line.count > 1, line[0].beginsShellWord || line[0] == commentStart else {
            return false
        }
        var end = skipComments(line, from: 0)
        let limit = min(line.count, end + Self.longestShellWord)
        var word: UInt64 = 0
        while end < limit, line[end].isLetter {
            word = word << 8 | UInt64(line[end])
            end += 1
        }
        let space = line.lengthOfSpace(at: end)
        guard word > 0xFF, space > 0 || end == line.count, Self.shellWords.contains(word) else {
            return false
        }
        guard end < line.count else { return true }
        let next = end + space
        return next == line.count || (line[next] != .equals && line[next] != .comma)
    }
}

extension UInt8 {
    /// Letters, digits and the underscore.
    var isNameByte: Bool { isLetter || isDigit || self == UInt8(ascii: "_") }
}

extension UInt8 {
    /// Whether one of the shell's words begins with it, which settles nearly every line.
    fileprivate var beginsShellWord: Bool {
        switch self {
        case UInt8(ascii: "c"), UInt8(ascii: "d"), UInt8(ascii: "e"), UInt8(ascii: "l"),
            UInt8(ascii: "m"), UInt8(ascii: "r"):
            true
        default: false
        }
    }
}

extension Span<UInt8> {
    /// Whether a command may begin with the first sign of the line, judged by what stands before it: a comment,
    /// `=` or nothing.
    fileprivate func mayBeCommand(bySignAt sign: Int, comment: [UInt8]) -> Bool {
        var index = sign
        while index > 0, self[index - 1] == .space || self[index - 1] == .tab { index -= 1 }
        guard index > 0 else { return true }
        let byte = self[index - 1]
        // White space beyond ASCII, and rarer one within, is left to the rules themselves.
        return byte == .equals || byte == comment.last || byte < 0x20 || byte >= 0x80
    }

    fileprivate func hasLetter(at offset: Int) -> Bool { offset < count && self[offset].isLetter }

    /// How often `byte` stands in a row from `start` on.
    fileprivate func count(of byte: UInt8, from start: Int) -> Int {
        var index = start
        while index < count, self[index] == byte { index += 1 }
        return index - start
    }
}
