/// Why a line of a `.gitignore` cannot do what its author meant, and the lines that would.
public struct IgnoreMistake: Hashable, Sendable {
    /// What is wrong, lower case and without a period.
    public let message: String
    /// What to write instead of the line; none where nobody can know.
    public let fixedLines: [[UInt8]]

    /// Says what else is wrong with a line, and what to write instead of it.
    public init(_ message: String, _ fixedLines: [[UInt8]] = []) {
        self.message = message
        self.fixedLines = fixedLines.filter { line in
            !line.drop { $0 == UInt8(ascii: "!") }.allSatisfy { $0 == .slash || $0.isBlank }
        }
    }

    init(_ message: String, _ fixedLine: some Sequence<UInt8>) {
        self.init(message, [Array(fixedLine)])
    }

    /// Finds the first mistake in a line without its line end; nil for a comment, a blank line or a good one.
    ///
    /// Only what git cannot match at all, or surely matches otherwise than it looks, is a mistake.
    public init?(in line: [UInt8]) {
        guard let pattern = IgnorePattern(line: line) else { return nil }
        let text = pattern.text
        guard
            let mistake = Self.inSpaces(of: line) ?? Self.inSigns(of: text) ?? Self.inPath(of: text)
        else { return nil }
        self = mistake
    }

    // MARK: What stands around the pattern

    private static func inSpaces(of line: [UInt8]) -> IgnoreMistake? {
        if let first = line.first, first.isBlank {
            let rest = line.drop(while: \.isBlank)
            if rest.isEmpty {
                return line.contains(0x09)
                    ? IgnoreMistake("the line is a pattern of tabs and spaces") : nil
            }
            return IgnoreMistake("the white space in front is part of the pattern", rest)
        }
        if line.last == UInt8(ascii: "\r") {
            return IgnoreMistake(
                "git takes the carriage return at the end for part of the line end",
                line.dropLast())
        }
        if let place = placeOfComment(in: line) {
            let pattern = Array(line[..<place].trimmingBlankEnd)
            return IgnoreMistake(
                "a comment needs a line of its own; here it is part of the pattern",
                [Array(line[place...]), pattern])
        }
        let end = line.trimmingBlankEnd
        if end.last != .backslash, line[end.count...].contains(0x09) {
            return IgnoreMistake("the tab at the end is part of the pattern", end)
        }
        return nil
    }

    /// Where ` # words` begins behind a pattern.
    private static func placeOfComment(in line: [UInt8]) -> Int? {
        line.indices.dropFirst().first {
            line[$0] == UInt8(ascii: "#") && line[$0 - 1].isBlank
                && !($0 > 1 && line[$0 - 2] == .backslash)
        }
    }

    // MARK: Signs

    private static func inSigns(of text: [UInt8]) -> IgnoreMistake? {
        let sign = text.first == UInt8(ascii: "!") ? text.prefix(1) : []
        let glob = text.dropFirst(sign.count)
        if glob.allSatisfy({ $0 == .slash }) {
            return IgnoreMistake("the pattern is empty and matches nothing")
        }
        if let quote = glob.first, "\"'".utf8.contains(quote), glob.count > 2, glob.last == quote {
            return IgnoreMistake(
                "the quotes are part of the pattern", sign + glob.dropFirst().dropLast())
        }
        if glob.starts(with: "~/".utf8) || glob.first == UInt8(ascii: "$") {
            return IgnoreMistake("git does not expand this; paths begin at the file's folder")
        }
        if let lines = expandedBraces(glob) {
            return IgnoreMistake("git has no braces in patterns", lines.map { sign + $0 })
        }
        return inEscapes(of: Array(glob), sign: Array(sign))
    }

    private static func inEscapes(of glob: [UInt8], sign: [UInt8]) -> IgnoreMistake? {
        var index = 0
        while index < glob.count {
            defer { index += 1 }
            switch glob[index] {
            case .backslash:
                index += 1
                guard index < glob.count else {
                    return IgnoreMistake(
                        "a backslash at the end matches nothing", sign + glob.dropLast())
                }
                guard glob[index].isDigit || glob[index].lowercased.isLowercaseLetter else {
                    continue
                }
                return IgnoreMistake(
                    "a backslash does not separate folders",
                    sign + glob.map { $0 == .backslash ? .slash : $0 })
            case UInt8(ascii: "["):
                guard let end = Wildmatch.endOfSet(at: index, of: glob) else {
                    return IgnoreMistake(
                        "the bracket is not closed, so that nothing matches",
                        sign + glob[..<index] + [.backslash] + glob[index...])
                }
                index = end - 1
            default: continue
            }
        }
        return nil
    }

    // MARK: Paths

    private static func inPath(of text: [UInt8]) -> IgnoreMistake? {
        let sign = text.first == UInt8(ascii: "!") ? text.prefix(1) : []
        let glob = text.dropFirst(sign.count)
        let parts = glob.split(separator: .slash, omittingEmptySubsequences: false)
        if parts.contains([.period, .period]) {
            return IgnoreMistake("'..' matches nothing: a file speaks only of what lies below it")
        }
        let isClosed = glob.last == .slash
        let kept = parts.filter { !$0.isEmpty && $0 != [.period] }
        let hasEmptyPart = parts.dropFirst().dropLast().contains { $0.isEmpty }
        guard parts.contains([.period]) || hasEmptyPart else { return nil }
        guard !kept.isEmpty else {
            return IgnoreMistake("'.' matches nothing; '/*' is everything", Array("/*".utf8))
        }
        let isAnchored = glob.first == .slash || parts.first == [.period]
        let path = Array(kept.joined(separator: [.slash]))
        let fixed = sign + (isAnchored ? [.slash] : []) + path + (isClosed ? [.slash] : [])
        let what = hasEmptyPart ? "two slashes in a row match" : "'.' as a folder matches"
        return IgnoreMistake("\(what) nothing", fixed)
    }

    /// `*.{a,b}` as two patterns; nil without braces around a comma.
    private static func expandedBraces(_ glob: ArraySlice<UInt8>) -> [[UInt8]]? {
        guard let open = glob.firstIndex(of: UInt8(ascii: "{")),
            let close = glob[open...].firstIndex(of: UInt8(ascii: "}")),
            open == glob.startIndex || glob[open - 1] != .backslash
        else { return nil }
        let choices = glob[(open + 1)..<close].split(separator: UInt8(ascii: ","))
        guard choices.count > 1 else { return nil }
        return choices.map { glob[..<open] + $0 + glob[(close + 1)...] }.map(Array.init)
    }
}

extension UInt8 {
    static let period = UInt8(ascii: ".")
    /// Whether it is a space or a tab.
    fileprivate var isBlank: Bool { self == 0x20 || self == 0x09 }
}

extension Collection<UInt8> where Self: BidirectionalCollection, SubSequence == ArraySlice<UInt8> {
    fileprivate var trimmingBlankEnd: ArraySlice<UInt8> {
        let end = lastIndex { !$0.isBlank }.map { index(after: $0) } ?? startIndex
        return self[startIndex..<end]
    }
}
