/// Writes one cell of a percent script: its marker and its body.
struct PercentCellWriter {
    private let language: Language
    private let rules: CellRules
    private let section: JupytextSection
    private let cellMagics: Set<String>
    private let cutter: CellCutter
    /// The magics of the main language, which nearly all cells are in.
    private let mainMagic: Magic

    init(language: Language, rules: CellRules, section: JupytextSection) {
        self.language = language
        self.rules = rules
        self.section = section
        cellMagics = section.cellMagics
        cutter = CellCutter(
            marker: CellMarker(language.comment, acceptsBareDepth: true), comment: language.comment)
        mainMagic = Magic(
            languageName: rules.mainLanguage, script: language,
            commentsMagics: section.commentsMagics ?? true)
    }

    private var comment: Language.Comment { language.comment }

    /// Appends the lines of `cell`, each ended by LF, without the gap below.
    ///
    /// - Returns: The keys of metadata that should be shown and cannot be.
    func append(_ cell: Cell, to text: inout [UInt8]) -> [JSONString] {
        var shown = section.shownCellMetadata(cell.metadata)
        let expressible = shown.expressible
        let hidden =
            shown.count == expressible.count
            ? [] : shown.members.map(\.key).filter { expressible[$0] == nil }
        shown = expressible
        var notes = OwnNotes()
        // What the reader would take for a first line `%%language arguments`, or drop.
        let isMagicLike = shown["language"]?.string.map {
            cellMagics.contains($0) || Language.mainName($0) == rules.mainLanguage
        }
        notes.keepsLanguage = isMagicLike ?? false
        for key in Self.ambiguousKeys where shown[key] != nil {
            if key == "magic_args", !notes.keepsLanguage, !hasMagicLine(cell) { continue }
            notes.metadata[key] = shown[key]
            shown[key] = nil
        }
        let replaced = SurrogateEscape.replacingSurrogates(in: cell.source)
        var source = replaced.text.span
        var isOnlyMagic = false
        if let magic = CellMagic(
            firstLineOf: source, language: rules.mainLanguage, words: cellMagics)
        {
            isOnlyMagic = !source.contains(.lineFeed)
            source = source.extracting(magic.length...)
            if let arguments = magic.arguments { shown["magic_args"] = .string(arguments) }
            if let own = shown["language"] { notes.metadata["language"] = own }
            notes.keepsLanguage = false
            shown["language"] = .string(magic.word)
        }
        let languageName = rules.languageName(shown)
        var options = options(for: cell.kind, shown: shown)
        options.notes = notes
        let isCode = options.type == nil
        let isActive = isCode && rules.isActive(shown)
        let lines = source.lineRanges
        var body: [UInt8] = []
        if isActive {
            appendCode(source, lines, languageName: languageName, to: &body)
        } else if let quoted = quotedBody(source, cell: cell, shown: shown) {
            body = quoted
        } else {
            for range in lines where !isOnlyMagic {
                let line = source.extracting(range)
                if language.magic == .gonb {
                    var escaped: [UInt8] = []
                    appendGonbEscaped(line, to: &escaped)
                    comment.append(escaped.span, to: &body)
                } else {
                    comment.append(line, to: &body)
                }
                body.append(.lineFeed)
            }
        }
        if let escaped = escapedBody(
            body, languageName: shown["language"]?.string, options: options)
        {
            body = escaped
            options.notes.areMarkersEscaped = true
        }
        options.notes.surrogates = replaced.list

        if isActive, case let first = source.extracting(lines[0]), !first.isBlank {
            text.append(first.extracting(..<first.countOfLeadingSpace))
        }
        text += comment.prefix
        text.append(" %%")
        text += options.text
        if !comment.suffix.isEmpty { text += [.space] + comment.suffix }
        text.append(.lineFeed)
        text += body
        return hidden
    }

    // MARK: The marker

    private func options(for kind: CellKind, shown: JSONObject) -> MarkerOptions {
        var options = MarkerOptions()
        options.isJSON = section.writesJSON
        options.metadata = shown
        if kind == .raw, shown["active"]?.string == "" { options.metadata["active"] = nil }
        let isShownAsCode =
            kind == .code || kind == .raw && CellRules.saysWhereActive(shown)
        if !isShownAsCode {
            options.type = kind.name
            if kind == .markdown, shown["region_name"]?.string == "md" {
                options.type = "md"
                options.metadata["region_name"] = nil
            }
        }
        if case .string(let title)? = shown["title"], !title.utf8.isEmpty {
            options.title = title
            options.metadata["title"] = nil
        }
        if let depth = shown["cell_depth"]?.integer, depth > 0, depth < 100 {
            options.depth = depth
            options.metadata["cell_depth"] = nil
        }
        // A cell without a type is read as code when it is active in notebooks, else as raw.
        if isShownAsCode, kind != (rules.isActive(shown, in: "ipynb") ? .code : .raw) {
            options.metadata["cell_type"] = .string(JSONString(kind.name))
        }
        return options
    }

    // MARK: The body

    private func appendCode(
        _ source: Span<UInt8>, _ lines: [Range<Int>], languageName: String, to body: inout [UInt8]
    ) {
        guard !source.isEmpty else { return }
        let magic = languageName == rules.mainLanguage ? mainMagic : self.magic(of: languageName)
        let tracksQuotes = source.cellTraits.hasTripleQuotes
        var tracker = QuoteTracker(languageName: languageName, script: language)
        var isContinued = false
        for range in lines {
            let line = source.extracting(range)
            if !tracker.isInString, isContinued || magic.isMagic(line) {
                body += magic.commented(line, isContinuation: isContinued)
                isContinued = magic.isContinued(line)
            } else {
                appendGonbEscaped(line, to: &body)
                isContinued = false
            }
            body.append(.lineFeed)
            if tracksQuotes { tracker.read(line) }
        }
    }

    private func hasMagicLine(_ cell: Cell) -> Bool {
        cell.source.starts(with: "%%".utf8) || cell.source.starts(with: "#!".utf8)
    }

    /// Keys that mean something in a marker, so that metadata of that name must be noted elsewhere.
    private static let ambiguousKeys: [JSONString] = ["cell_type", "magic_args", OwnNotes.key]

    private func magic(of languageName: String) -> Magic {
        Magic(
            languageName: languageName, script: language,
            commentsMagics: section.commentsMagics ?? true)
    }

    /// gonb reads a line `%%` in Go code; a script needs `//gonb:%%` there.
    private func appendGonbEscaped(_ line: Span<UInt8>, to body: inout [UInt8]) {
        guard language.magic == .gonb, let place = GonbLine.placeOfPercent(in: line) else {
            return body.append(line)
        }
        body.append(line.extracting(..<place))
        body += GonbLine.sign
        body.append(line.extracting(place...))
    }

    /// The body as a string in triple quotes, where `cell_marker` asks for it and a reader would get the
    /// same text out of it.
    private func quotedBody(_ source: Span<UInt8>, cell: Cell, shown: JSONObject) -> [UInt8]? {
        var wanted = section.cellMarkers
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

    /// `body` with a backslash in all lines that look like markers, or nil when a reader cuts
    /// the cell at its end anyway.
    private func escapedBody(_ body: [UInt8], languageName: String?, options: MarkerOptions)
        -> [UInt8]?
    {
        let text = body.span
        let traits = text.cellTraits
        guard traits.hasMarkerSigns || traits.hasTripleQuotes else { return nil }
        let lines = text.extracting(..<(text.count - 1)).lineRanges
        var hiding = CellCutter.Hiding(
            languageName: languageName ?? rules.mainLanguage, script: language)
        hiding.hasFences = options.type != nil
        // A line before the first takes the place of the marker.
        let cut = cutter.cut(from: 0, in: [0..<0] + lines, of: text, hiding: hiding)
        guard cut.end <= lines.count || cut.isInString else { return nil }
        var escaped: [UInt8] = []
        for range in lines {
            let line = text.extracting(range)
            escaped += cutter.marker.escaped(line) ?? line.bytes
            escaped.append(.lineFeed)
        }
        return escaped
    }
}
