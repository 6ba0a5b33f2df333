/// The blank lines between the cells of a Python script, as jupytext derives them from PEP 8: two around
/// definitions, else one.
///
/// Everything below a cell counts, markers and markdown included. Each rule scans lines until one decides;
/// a scan that runs off the end of a cell goes on in the next one, whose answer is already known.
struct PEP8Gap {
    /// What the text from the start of some cell on says.
    struct Below {
        /// Whether code follows before two blank lines.
        var hasCode = false
        /// Whether a definition comes first, behind comments and decorators.
        var startsWithDefinition = false
    }

    /// The blank lines below `cell`, whose lines include the marker.
    static func gap(below cell: Span<UInt8>, lines: [Range<Int>], above below: Below) -> Int {
        if endsWithDefinition(cell, lines) { return below.hasCode ? 2 : 1 }
        guard let last = lines.last, !cell.extracting(last).isBlank,
            !cell.extracting(last).starts(with: "#".utf8)
        else { return 1 }
        return below.startsWithDefinition ? 2 : 1
    }

    /// What the text from `cell` on says, given what the text behind it says and the gap between them.
    static func below(_ cell: Span<UInt8>, lines: [Range<Int>], gap: Int, next: Below?) -> Below {
        Below(
            hasCode: hasCode(cell, lines, gap: gap) ?? next?.hasCode ?? false,
            startsWithDefinition: startsWithDefinition(cell, lines, gap: gap) ?? next?
                .startsWithDefinition ?? false)
    }

    private static func endsWithDefinition(_ cell: Span<UInt8>, _ lines: [Range<Int>]) -> Bool {
        var hasBlankBelow = false
        for range in linesOutsideStrings(cell, lines).reversed() {
            let line = cell.extracting(range)
            if line.isBlank {
                if hasBlankBelow { return false }
                hasBlankBelow = true
                continue
            }
            hasBlankBelow = false
            if [UInt8(ascii: "#"), .space, UInt8(ascii: ")")].contains(line[0]) { continue }
            return line.isDefinition
        }
        return false
    }

    private static func hasCode(_ cell: Span<UInt8>, _ lines: [Range<Int>], gap: Int) -> Bool? {
        var blanks = 0
        for range in lines {
            let line = cell.extracting(range)
            if line.isBlank {
                blanks += 1
                if blanks == 2 { return false }
                continue
            }
            blanks = 0
            if line[line.countOfLeadingSpace] != UInt8(ascii: "#") { return true }
        }
        return blanks + gap >= 2 ? false : nil
    }

    private static func startsWithDefinition(_ cell: Span<UInt8>, _ lines: [Range<Int>], gap: Int)
        -> Bool?
    {
        var blanks = 0
        for range in linesOutsideStrings(cell, lines) {
            let line = cell.extracting(range)
            if line.isBlank {
                blanks += 1
                if blanks == 2 { return false }
                continue
            }
            blanks = 0
            if line.isDefinition { return true }
            if ![UInt8(ascii: "#"), UInt8(ascii: "@"), .space, UInt8(ascii: ")")].contains(line[0])
            {
                return false
            }
        }
        return blanks + gap >= 2 ? false : nil
    }

    private static func linesOutsideStrings(_ cell: Span<UInt8>, _ lines: [Range<Int>]) -> [Range<
        Int
    >] {
        guard let first = lines.first, let last = lines.last,
            cell.extracting(first.lowerBound..<last.upperBound).cellTraits.hasTripleQuotes
        else { return lines }
        var tracker = QuoteTracker(languageName: "python", script: Languages.python)
        var outside: [Range<Int>] = []
        for range in lines {
            if !tracker.isInString { outside.append(range) }
            tracker.read(cell.extracting(range))
        }
        return outside
    }
}

extension Span<UInt8> {
    fileprivate var isDefinition: Bool {
        starts(with: "def ".utf8) || starts(with: "async ".utf8) || starts(with: "class ".utf8)
    }
}
