/// How the text of a commit is tidied.
///
/// Follows git-commit(1), `--cleanup`.
enum MessageCleanup: String {
    /// Trailing spaces, and blank lines at the ends and beyond one between paragraphs, go.
    case whitespace
    /// The same, and lines that begin with the comment character.
    case strip
    /// Nothing is changed.
    case verbatim

    /// What is in force for a text that was given on the command line.
    init(_ configuration: Configuration) throws(GitError) {
        let name = try configuration.string("commit.cleanup")
        self = name.flatMap(Self.init(rawValue:)) ?? .whitespace
    }

    /// The text as it goes into the commit; empty where nothing is left.
    ///
    /// Lines that begin with the byte `comment` are comments.
    func cleaned(_ text: [UInt8], comment: UInt8) -> [UInt8] {
        guard self != .verbatim else { return text }
        var kept: [UInt8] = []
        var isAfterBlank = false
        for line in text.split(separator: .newline, omittingEmptySubsequences: false) {
            if self == .strip, line.first == comment { continue }
            var line = line
            while let last = line.last, Self.isSpace(last) { line.removeLast() }
            guard !line.isEmpty else {
                isAfterBlank = true
                continue
            }
            if isAfterBlank, !kept.isEmpty { kept.append(.newline) }
            isAfterBlank = false
            kept += line + [.newline]
        }
        return kept
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || (0x09...0x0D).contains(byte)
    }
}
