extension Span<UInt8> {
    /// The places of the lines: cut at LF alone, at least one, without their line ends.
    var lineRanges: [Range<Int>] {
        var ranges: [Range<Int>] = []
        LineWalk(self).fromTop { _, range in
            ranges.append(range)
            return nil as Never?
        }
        return ranges
    }
}

/// The lines of a text, which are found only as far as somebody looks.
struct LineWalk: ~Escapable {
    private let text: Span<UInt8>
    /// Nil when LF alone separates the lines.
    private let ranges: [Range<Int>]?

    @_lifetime(copy text)
    init(_ text: Span<UInt8>, _ ranges: [Range<Int>]? = nil) {
        self.text = text
        self.ranges = ranges
    }

    /// The first answer that is given on the way down; nil when there is none.
    @discardableResult
    func fromTop<Answer>(_ answer: (Span<UInt8>, Range<Int>) -> Answer?) -> Answer? {
        if let ranges {
            for range in ranges {
                if let found = answer(text.extracting(range), range) { return found }
            }
            return nil
        }
        var start = 0
        while true {
            let end = text.firstIndex(of: UInt8.lineFeed, from: start) ?? text.count
            if let found = answer(text.extracting(start..<end), start..<end) { return found }
            guard end < text.count else { return nil }
            start = end + 1
        }
    }

    /// The first answer that is given on the way up; nil when there is none.
    func fromBottom<Answer>(_ answer: (Span<UInt8>, Range<Int>) -> Answer?) -> Answer? {
        if let ranges {
            for range in ranges.reversed() {
                if let found = answer(text.extracting(range), range) { return found }
            }
            return nil
        }
        var end = text.count
        while true {
            let feed = text.lastIndex(of: UInt8.lineFeed, before: end)
            let range = (feed.map { $0 + 1 } ?? 0)..<end
            if let found = answer(text.extracting(range), range) { return found }
            guard let feed else { return nil }
            end = feed
        }
    }
}
