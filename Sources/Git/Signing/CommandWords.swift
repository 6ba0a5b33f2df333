/// A command line of the configuration that is not for the shell, taken apart.
///
/// Spaces separate words, both kinds of quotes hold them together, a backslash makes the next character plain,
/// within double quotes too. Follows split_cmdline in alias.c of git.
public struct CommandWords: Sendable {
    /// The program and its arguments; none for an empty line.
    public let words: [[UInt8]]

    /// Takes a line apart, or is nil where a quote is not closed or a backslash ends it.
    public init?(_ line: String) {
        var words: [[UInt8]] = []
        var word: [UInt8]?
        var quote: UInt8?
        var rest = Array(line.utf8)[...]
        while let byte = rest.popFirst() {
            let isSpace = byte == 0x20 || (0x09...0x0D).contains(byte)
            if quote == nil, isSpace {
                if let word { words.append(word) }
                word = nil
            } else if byte == quote {
                quote = nil
            } else if quote == nil, byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
                quote = byte
                word = word ?? []
            } else if byte == UInt8(ascii: "\\"), quote != UInt8(ascii: "'") {
                guard let next = rest.popFirst() else { return nil }
                word = (word ?? []) + [next]
            } else {
                word = (word ?? []) + [byte]
            }
        }
        guard quote == nil else { return nil }
        if let word { words.append(word) }
        self.words = words
    }
}
