/// The text of a `.gitignore` file.
///
/// Every byte that is not asked to change stays: line ends, comments, blank lines, a missing last line end.
public struct IgnoreFile: Hashable, Sendable {
    /// The whole text.
    public internal(set) var bytes: [UInt8]

    /// A pattern and where it stands.
    public struct Entry: Hashable, Sendable {
        /// The line, from 1.
        public let lineNumber: Int
        /// What stands there.
        public let pattern: IgnorePattern
    }

    /// Takes the text of a file; none for a file that is yet to be made.
    public init(_ bytes: [UInt8] = []) {
        self.bytes = bytes
    }

    /// The patterns from the top.
    public var entries: [Entry] {
        lines.enumerated().compactMap { index, line in
            IgnorePattern(line: bytes[line.content]).map {
                Entry(lineNumber: index + 1, pattern: $0)
            }
        }
    }

    /// A line without its line end, and with it.
    struct Line {
        let content: Range<Int>
        let whole: Range<Int>
    }

    /// The lines, cut at LF; a CR before it is no part of a line, nor is a byte order mark.
    var lines: [Line] {
        var lines: [Line] = []
        var start = 0
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
            var content = start..<end
            if start == 0, bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
                content = min(3, end)..<end
            }
            if !content.isEmpty, bytes[content.upperBound - 1] == 0x0D {
                content = content.dropLast()
            }
            lines.append(Line(content: content, whole: start..<min(end + 1, bytes.count)))
            start = end + 1
        }
        return lines
    }

    /// The text of a line, from 1.
    public func line(_ number: Int) -> [UInt8] { Array(bytes[lines[number - 1].content]) }

    // MARK: Changing it

    /// How comment lines begin that ``add(_:comment:)`` writes and ``remove(_:)`` takes out again.
    private static let commentStart = Array("# nbgit: ".utf8)

    /// Puts patterns at the end, below one comment line, in the file's own line ends.
    ///
    /// A pattern that stands there already, and is not taken back by its opposite below, is left out.
    ///
    /// - Parameters:
    ///   - patterns: Each a line without its end.
    ///   - comment: What the comment line says.
    /// - Returns: The patterns that were not there; none when nothing changed.
    @discardableResult
    public mutating func add(_ patterns: [IgnorePattern], comment: String) -> [IgnorePattern] {
        let missing = missing(patterns)
        guard !missing.isEmpty else { return [] }
        let lineEnd = lineEnd
        // A carriage return at the very end is half of a line end, for git too.
        if let last = bytes.last, last != 0x0A { bytes += last == 0x0D ? [0x0A] : lineEnd }
        if let last = lines.last, !last.content.isEmpty { bytes += lineEnd }
        bytes += Self.commentStart + Array(comment.utf8) + lineEnd
        for pattern in missing { bytes += pattern.text + lineEnd }
        return missing
    }

    /// Those of `patterns` that ``add(_:comment:)`` would put in, each once.
    public func missing(_ patterns: [IgnorePattern]) -> [IgnorePattern] {
        var missing: [IgnorePattern] = []
        for pattern in patterns where !has(pattern) && !missing.contains(pattern) {
            missing.append(pattern)
        }
        return missing
    }

    /// Takes out all lines that hold `pattern`, and a comment line of ours that has nothing below it then.
    ///
    /// - Returns: How many lines held the pattern.
    @discardableResult
    public mutating func remove(_ pattern: IgnorePattern) -> Int {
        var kept: [Line] = []
        var count = 0
        var isAtTop = false
        let lines = lines
        for (index, line) in lines.enumerated() {
            guard IgnorePattern(line: bytes[line.content]) == pattern else {
                kept.append(line)
                continue
            }
            count += 1
            let next = index + 1 < lines.count ? lines[index + 1] : nil
            let isLastOfBlock = next.map { $0.content.isEmpty || isComment($0) } ?? true
            guard isLastOfBlock, let above = kept.last, isOurs(above) else { continue }
            kept.removeLast()
            // The blank line that was put above the comment, or the one above the next block.
            if let blank = kept.last, blank.content.isEmpty {
                kept.removeLast()
            } else if kept.isEmpty {
                isAtTop = true
            }
        }
        if isAtTop, let blank = kept.first, blank.content.isEmpty { kept.removeFirst() }
        bytes = kept.flatMap { bytes[$0.whole] }
        return count
    }

    /// Whether the pattern stands there and its opposite does not stand below it.
    private func has(_ pattern: IgnorePattern) -> Bool {
        let last = entries.last { $0.pattern == pattern || $0.pattern.isOpposite(of: pattern) }
        return last?.pattern == pattern
    }

    private func isComment(_ line: Line) -> Bool {
        bytes[line.content].first == UInt8(ascii: "#")
    }

    private func isOurs(_ line: Line) -> Bool {
        bytes[line.content].starts(with: Self.commentStart)
    }

    /// The line end of the first line; LF where there is none.
    var lineEnd: [UInt8] {
        guard let first = bytes.firstIndex(of: 0x0A), first > 0, bytes[first - 1] == 0x0D else {
            return [0x0A]
        }
        return [0x0D, 0x0A]
    }
}

extension IgnorePattern {
    fileprivate func isOpposite(of other: IgnorePattern) -> Bool {
        isNegated != other.isNegated
            && text.drop { isNegated && $0 == UInt8(ascii: "!") }
                == other.text.drop { other.isNegated && $0 == UInt8(ascii: "!") }
    }
}
