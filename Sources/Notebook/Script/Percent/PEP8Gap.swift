/// A cell of a Python script, by which the blank lines between it and the next are derived from PEP 8 as
/// jupytext does: two around definitions, else one.
///
/// Everything below a cell counts, markers and markdown included. Each rule looks at lines until one decides;
/// a look that runs off the end of a cell goes on in the next one, whose answer is already known.
struct PEP8Gap: ~Escapable {
    /// What the text from the start of some cell on says.
    struct Below {
        /// Whether code follows before two blank lines.
        var hasCode = false
        /// Whether a definition comes first, behind comments and decorators.
        var startsWithDefinition = false

        init(hasCode: Bool = false, startsWithDefinition: Bool = false) {
            self.hasCode = hasCode
            self.startsWithDefinition = startsWithDefinition
        }

        /// What the text says from a cell of nothing but comments on, which need not be looked at.
        init(behindComments blankLines: Int, next: Below?) {
            self = blankLines < 2 ? next ?? Below() : Below()
        }
    }

    private let lines: LineWalk
    private let linesOutsideStrings: LineWalk

    /// A cell with its marker; `lines` are given where they are not just what LF separates.
    @_lifetime(copy text)
    init(_ text: Span<UInt8>, lines ranges: [Range<Int>]? = nil, hasTripleQuotes: Bool) {
        lines = LineWalk(text, ranges)
        let outside = hasTripleQuotes ? Self.linesOutsideStrings(lines) : ranges
        linesOutsideStrings = LineWalk(text, outside)
    }

    private static func linesOutsideStrings(_ lines: borrowing LineWalk) -> [Range<Int>] {
        var tracker = QuoteTracker(languageName: "python", script: Languages.python)
        var outside: [Range<Int>] = []
        lines.fromTop { line, range in
            if !tracker.isInString { outside.append(range) }
            tracker.read(line)
            return nil as Never?
        }
        return outside
    }

    /// The blank lines between this cell and what is below.
    func lineCount(above below: Below) -> Int {
        if endsWithDefinition { return below.hasCode ? 2 : 1 }
        let endsWithCode = lines.fromBottom { line, _ in
            !line.isBlank && !line.starts(with: "#".utf8)
        }
        guard endsWithCode ?? false else { return 1 }
        return below.startsWithDefinition ? 2 : 1
    }

    /// What the text from this cell on says, given the blank lines below it and what the text behind them says.
    func below(blankLines: Int, next: Below?) -> Below {
        Below(
            hasCode: hasCode(blankLines) ?? next?.hasCode ?? false,
            startsWithDefinition: startsWithDefinition(blankLines) ?? next?.startsWithDefinition
                ?? false)
    }

    private var endsWithDefinition: Bool {
        var hasBlankBelow = false
        let answer = linesOutsideStrings.fromBottom { line, _ -> Bool? in
            if line.isBlank {
                defer { hasBlankBelow = true }
                return hasBlankBelow ? false : nil
            }
            hasBlankBelow = false
            return line.isLaidOut ? nil : line.isDefinition
        }
        return answer ?? false
    }

    private func hasCode(_ blankLines: Int) -> Bool? {
        var blanks = 0
        let answer = lines.fromTop { line, _ -> Bool? in
            let indent = line.countOfLeadingSpace
            guard indent < line.count else {
                blanks += 1
                return blanks == 2 ? false : nil
            }
            blanks = 0
            return line[indent] == UInt8(ascii: "#") ? nil : true
        }
        return answer ?? (blanks + blankLines >= 2 ? false : nil)
    }

    private func startsWithDefinition(_ blankLines: Int) -> Bool? {
        var blanks = 0
        let answer = linesOutsideStrings.fromTop { line, _ -> Bool? in
            if line.isBlank {
                blanks += 1
                return blanks == 2 ? false : nil
            }
            blanks = 0
            if line.isDefinition { return true }
            return line.isLaidOut || line[0] == UInt8(ascii: "@") ? nil : false
        }
        return answer ?? (blanks + blankLines >= 2 ? false : nil)
    }
}

extension Span<UInt8> {
    /// Whether the line says nothing about what the code around it is: a comment, an indented line or a bracket.
    fileprivate var isLaidOut: Bool {
        self[0] == UInt8(ascii: "#") || self[0] == .space || self[0] == UInt8(ascii: ")")
    }

    fileprivate var isDefinition: Bool {
        switch self[0] {
        case UInt8(ascii: "d"): starts(with: "def ".utf8)
        case UInt8(ascii: "a"): starts(with: "async ".utf8)
        case UInt8(ascii: "c"): starts(with: "class ".utf8)
        default: false
        }
    }
}
