/// Writes one cell of a percent script: its marker and its body.
///
/// A class, so that no copy of all its rules is made for each cell.
final class PercentCellWriter: Sendable {
    private let language: Language
    let rules: CellRules
    let section: JupytextSection
    private let cutter: CellCutter
    /// The magics of the main language, which nearly all cells are in.
    private let mainMagic: Magic
    /// The markers of cells that say nothing but their type, as most do.
    private let bareCodeMarker: [UInt8]
    private let bareTextMarker: [UInt8]
    /// The quotes that the notebook wants around all text cells.
    private let textQuotes: JSONString?

    init(language: Language, rules: CellRules, section: JupytextSection) {
        self.language = language
        self.rules = rules
        self.section = section
        cutter = CellCutter(
            marker: CellMarker(language.comment, acceptsBareDepth: true), comment: language.comment)
        mainMagic = Magic(
            languageName: rules.mainLanguage, script: language,
            commentsMagics: section.commentsMagics ?? true)
        bareCodeMarker = MarkerOptions().line(language.comment)
        var options = MarkerOptions()
        options.type = CellKind.markdown.name
        bareTextMarker = options.line(language.comment)
        textQuotes = section.cellMarkers
    }

    private var comment: Language.Comment { language.comment }

    /// What came of a cell.
    struct Written {
        /// The keys of metadata that should be shown and cannot be.
        var hidden: [JSONString] = []
        /// Whether the text may have quotes that hide what follows them.
        var hasTripleQuotes: Bool
        /// Whether the source is more than ASCII.
        let hasNonASCII: Bool
        /// Whether each line is a comment.
        var isCommented = false
    }

    /// Appends the lines of `cell`, each ended by LF, without the gap below.
    func append(_ cell: borrowing CellText, to text: inout [UInt8]) -> Written {
        let source = cell.source
        let traits = source.traits
        guard cell.metadata.isEmpty, !traits.hasSurrogates,
            !CellMagic.mayBegin(source), let marker = bareMarker(of: cell.kind)
        else { return appendExplained(cell, traits, to: &text) }
        var written = Written(
            hasTripleQuotes: traits.hasTripleQuotes, hasNonASCII: traits.hasNonASCII)
        let start = text.count
        if cell.kind == .code { text.append(Self.indent(ofFirstLineOf: source)) }
        text += marker
        let bodyStart = text.count
        if cell.kind == .code {
            appendCode(source, traits, languageName: rules.mainLanguage, to: &text)
        } else if textQuotes != nil,
            let quoted = quotedBody(source, cell: cell, shown: JSONObject())
        {
            text += quoted
            written.hasTripleQuotes = true
        } else {
            appendCommented(source, traits, to: &text)
            written.isCommented = true
        }
        guard traits.hasMarkerSigns || written.hasTripleQuotes,
            mustBeEscaped(
                text.span.extracting(bodyStart...), languageName: nil,
                hasFences: cell.kind != .code)
        else { return written }
        text.removeSubrange(start...)
        return appendExplained(cell, traits, to: &text)
    }

    /// The same for a cell that has more to say than its type.
    private func appendExplained(
        _ cell: borrowing CellText, _ traits: TextTraits, to text: inout [UInt8]
    ) -> Written {
        let replaced =
            traits.hasSurrogates
            ? SurrogateEscape.replacingSurrogates(in: cell.source.bytes) : (text: [], list: nil)
        var source = traits.hasSurrogates ? replaced.text.span : cell.source
        var written = Written(
            hasTripleQuotes: traits.hasTripleQuotes, hasNonASCII: traits.hasNonASCII)
        var shown = section.shownCellMetadata(cell.metadata)
        var notes = OwnNotes()
        if !shown.isEmpty {
            let expressible = shown.expressible
            if shown.count != expressible.count {
                written.hidden = shown.members.map(\.key).filter { expressible[$0] == nil }
            }
            shown = expressible
            takeAmbiguousKeys(from: &shown, into: &notes, of: cell)
        }
        notes.surrogates = replaced.list
        var isOnlyMagic = false
        if let magic = CellMagic(
            firstLineOf: source, language: rules.mainLanguage, in: section)
        {
            isOnlyMagic = !source.contains(.lineFeed)
            source = source.extracting(magic.length...)
            if let arguments = magic.arguments { shown["magic_args"] = .string(arguments) }
            if let own = shown["language"] { notes.metadata["language"] = own }
            notes.keepsLanguage = false
            shown["language"] = .string(magic.word)
        }
        var options = options(for: cell.kind, shown: shown)
        options.notes = notes
        let isActive = options.type == nil && rules.isActive(shown)

        let start = text.count
        let indent = isActive ? Self.indent(ofFirstLineOf: source) : source.extracting(..<0)
        let marker = options.line(comment)
        text.append(indent)
        text += marker
        if !options.isBare {
            written.hasTripleQuotes = written.hasTripleQuotes || marker.span.traits.hasTripleQuotes
        }
        let bodyStart = text.count
        if isActive {
            appendCode(source, traits, languageName: rules.languageName(shown), to: &text)
        } else if let quoted = quotedBody(source, cell: cell, shown: shown) {
            text += quoted
            written.hasTripleQuotes = true
        } else {
            if !isOnlyMagic { appendCommented(source, traits, to: &text) }
            written.isCommented = true
        }
        guard traits.hasMarkerSigns || written.hasTripleQuotes,
            mustBeEscaped(
                text.span.extracting(bodyStart...), languageName: shown["language"]?.string,
                hasFences: options.type != nil)
        else { return written }
        let escaped = escapedLines(of: text.span.extracting(bodyStart...))
        options.notes.areMarkersEscaped = true
        text.removeSubrange(start...)
        text.append(indent)
        text += options.line(comment)
        text += escaped
        written.hasTripleQuotes = true
        return written
    }

    @_lifetime(copy source)
    private static func indent(ofFirstLineOf source: Span<UInt8>) -> Span<UInt8> {
        guard source.lengthOfSpace(at: 0) > 0 else { return source.extracting(..<0) }
        let line = source.extracting(..<(source.firstIndex(of: .lineFeed) ?? source.count))
        return source.extracting(..<(line.isBlank ? 0 : line.countOfLeadingSpace))
    }

    // MARK: The marker

    private func bareMarker(of kind: CellKind) -> [UInt8]? {
        switch kind {
        case .code: bareCodeMarker
        case .markdown: bareTextMarker
        default: nil
        }
    }

    // MARK: The body

    private func appendCode(
        _ source: Span<UInt8>, _ traits: TextTraits, languageName: String, to text: inout [UInt8]
    ) {
        guard !source.isEmpty else { return }
        let magic = languageName == rules.mainLanguage ? mainMagic : self.magic(of: languageName)
        guard magic.mayStand(in: source, traits) || language.magic == .gonb else {
            text.append(source)
            text.append(.lineFeed)
            return
        }
        var tracker =
            traits.hasTripleQuotes
            ? QuoteTracker(languageName: languageName, script: language) : nil
        var isContinued = false
        // The lines from here on are still to be copied.
        var start = 0
        LineWalk(source).fromTop { line, range in
            if tracker?.isInString != true, isContinued || magic.isMagic(line) {
                text.append(source.extracting(start..<range.lowerBound))
                text += magic.commented(line, isContinuation: isContinued)
                text.append(.lineFeed)
                start = range.upperBound + 1
                isContinued = magic.isContinued(line)
            } else {
                if let place = placeOfGonbPercent(in: line) {
                    text.append(source.extracting(start..<(range.lowerBound + place)))
                    text += GonbLine.sign
                    start = range.lowerBound + place
                }
                isContinued = false
            }
            tracker?.read(line)
            return nil as Never?
        }
        guard start <= source.count else { return }
        text.append(source.extracting(start...))
        text.append(.lineFeed)
    }

    private func appendCommented(
        _ source: Span<UInt8>, _ traits: TextTraits, to text: inout [UInt8]
    ) {
        guard language.magic == .gonb, traits.hasMagicSigns else {
            return comment.append(linesOf: source, lineFeeds: traits.lineFeedCount, to: &text)
        }
        LineWalk(source).fromTop { (line, _) -> Never? in
            var escaped: [UInt8] = line.bytes
            if let place = placeOfGonbPercent(in: line) {
                escaped.insert(contentsOf: GonbLine.sign, at: place)
            }
            comment.append(linesOf: escaped.span, lineFeeds: 0, to: &text)
            return nil
        }
    }

    private func magic(of languageName: String) -> Magic {
        Magic(
            languageName: languageName, script: language,
            commentsMagics: section.commentsMagics ?? true)
    }

    /// gonb reads a line `%%` in Go code; a script needs `//gonb:%%` there.
    private func placeOfGonbPercent(in line: Span<UInt8>) -> Int? {
        language.magic == .gonb ? GonbLine.placeOfPercent(in: line) : nil
    }

    /// The body as a string in triple quotes, where `cell_marker` asks for it and a reader would get the
    /// same text out of it.
    private func quotedBody(
        _ source: Span<UInt8>, cell: borrowing CellText, shown: JSONObject
    ) -> [UInt8]? {
        var wanted = textQuotes
        if case .string(let marker)? = cell.metadata["cell_marker"] { wanted = marker }
        let isPlain = shown["active"].map { $0 == "" } ?? true
        guard language == Languages.python, isPlain,
            cell.kind != .code || rules.isSwitchedOff(shown), let wanted,
            let quotes = TripleQuotes(wanted, around: source),
            case let body = quotes.body(around: source),
            TripleQuotes.content(of: body.span)?.text == source.bytes
        else { return nil }
        return body
    }

    /// Whether a reader would not cut the cell at the end of `body`.
    private func mustBeEscaped(
        _ body: Span<UInt8>, languageName: String?, hasFences: Bool
    ) -> Bool {
        guard !body.isEmpty else { return false }
        let lines = body.extracting(..<(body.count - 1)).lineRanges
        var hiding = CellCutter.Hiding(
            languageName: languageName ?? rules.mainLanguage, script: language)
        hiding.hasFences = hasFences
        // A line before the first takes the place of the marker.
        let cut = cutter.cut(from: 0, in: [0..<0] + lines, of: body, hiding: hiding)
        return cut.end <= lines.count || cut.isInString
    }

    /// `body` with a backslash in all lines that look like markers.
    private func escapedLines(of body: Span<UInt8>) -> [UInt8] {
        var escaped: [UInt8] = []
        for range in body.extracting(..<(body.count - 1)).lineRanges {
            let line = body.extracting(range)
            escaped += cutter.marker.escaped(line) ?? line.bytes
            escaped.append(.lineFeed)
        }
        return escaped
    }
}
