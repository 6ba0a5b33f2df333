/// The quotes around a text cell in a Python script, as `cell_marker` gives them.
///
///     """          r"""          """text"""
///     text         \alpha
///     """          """
struct TripleQuotes {
    /// What stands before the first line and behind the last, line ends included.
    private let left: [UInt8]
    private let right: [UInt8]

    /// Is nil when these are no triple quotes, or when `source` would end the string.
    ///
    /// - Parameters:
    ///   - marker: Both quotes with a comma between (`""","""`), or one for quotes on lines of their own.
    ///   - source: The text; a backslash in it makes the string raw.
    init?(_ marker: JSONString, around source: Span<UInt8>) {
        let parts = marker.utf8.split(
            separator: .comma, maxSplits: 1, omittingEmptySubsequences: false)
        var left = Array(parts[0])
        let isRaw = left.first.map { $0 | 0x20 } == UInt8(ascii: "r")
        let quotes = Array(left.dropFirst(isRaw ? 1 : 0))
        guard let quote = quotes.first, quote == .quote || quote == .apostrophe,
            quotes.starts(with: [quote, quote, quote])
        else { return nil }
        var right = quotes
        if parts.count == 2 { right = Array(parts[1]) } else { left.append(.lineFeed) }
        guard right.suffix(3).elementsEqual([quote, quote, quote]) else { return nil }
        if parts.count == 1 { right.insert(.lineFeed, at: 0) }
        guard left.count - (isRaw ? 1 : 0) <= 4, right.count <= 4,
            source.firstIndex(of: [quote, quote, quote]) == nil
        else { return nil }
        if right.first != .lineFeed, let last = source.count > 0 ? source[source.count - 1] : nil,
            last == quote || last == .backslash
        {
            return nil
        }
        if !isRaw, source.contains(.backslash) { left.insert(UInt8(ascii: "r"), at: 0) }
        self.left = left
        self.right = right
    }

    func body(around source: Span<UInt8>) -> [UInt8] {
        var body = left
        body.append(source)
        return body + right + [.lineFeed]
    }

    /// The text inside the quotes of a cell's body, and the `cell_marker` that asks for such quotes; nil
    /// when the body is not one string in triple quotes.
    static func content(of body: Span<UInt8>) -> (text: [UInt8], marker: JSONString?)? {
        let body = body.trimmed
        for prefix in ["\"\"\"", "'''", "r\"\"\"", "r'''", "R\"\"\"", "R'''"] {
            let left = Array(prefix.utf8)
            let right = Array(left.suffix(3))
            guard body.starts(with: left), body.ends(with: right), body.count >= left.count + 3
            else { continue }
            let inside = body.extracting(left.count..<(body.count - 3))
            let startsLine = inside.count > 0 && inside[0] == .lineFeed
            let endsLine =
                inside.count > (startsLine ? 1 : 0) && inside[inside.count - 1] == .lineFeed
            let text = inside.extracting((startsLine ? 1 : 0)..<(inside.count - (endsLine ? 1 : 0)))
            var marker: JSONString?
            if startsLine, endsLine {
                marker = JSONString(prefix)
            } else if left.count == 4 {
                let opening = left + (startsLine ? [.lineFeed] : [])
                marker = JSONString(
                    utf8: opening + [.comma] + (endsLine ? [.lineFeed] : []) + right)
            }
            return (text.bytes, marker)
        }
        return nil
    }
}
