extension Path {
    /// The name as one word of a shell's command line, for lines that a person is to type.
    ///
    /// A plain name is returned as it is; one with spaces or signs is put in single quotes, and one that a
    /// terminal must not see as it is in `$'…'`, which bash, zsh and POSIX.1-2024 read.
    public var shellWord: String {
        let shown = displayName
        if shown.utf8.first == UInt8(ascii: "\"") {
            let escaped = shown.dropFirst().dropLast().split(
                separator: "'", omittingEmptySubsequences: false)
            return "$'\(escaped.joined(separator: #"\'"#))'"
        }
        // It would be taken for an option.
        let word = shown.utf8.first == UInt8(ascii: "-") ? "./\(shown)" : shown
        guard !word.utf8.allSatisfy(\.isPlainInShell) else { return word }
        let parts = word.split(separator: "'", omittingEmptySubsequences: false)
        return "'\(parts.joined(separator: #"'\''"#))'"
    }
}

extension UInt8 {
    fileprivate var isPlainInShell: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), 0x80...:
            true
        default: "_./@%+=,-".utf8.contains(self)
        }
    }
}
