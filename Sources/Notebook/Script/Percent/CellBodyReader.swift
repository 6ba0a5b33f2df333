/// Turns the lines between two markers into the cell that they show.
struct CellBodyReader {
    let language: Language
    let rules: CellRules
    /// Whether the script's magics are comments; in the hydrogen variant they are not.
    let commentsMagics: Bool
    /// Knows which first lines hand a cell to another language.
    let section: JupytextSection

    private var comment: Language.Comment { language.comment }
    /// What the writer escapes, whatever this script takes for a marker.
    private var markerOfAnyDepth: CellMarker { CellMarker(comment, acceptsBareDepth: true) }

    /// The cell of a marker with these `options` and of the body `lines`, without the gap below it.
    func cell(_ options: MarkerOptions, lines: Range<Int>, of text: ScriptText) -> Cell {
        var metadata = options.metadata
        let kind = takeKind(options, from: &metadata)
        var source = source(
            lines, of: text, kind: kind, metadata: &metadata,
            isEscaped: options.notes.areMarkersEscaped,
            hasActive: options.metadata["active"]?.string != nil)
        if !options.notes.keepsLanguage {
            takeLanguage(from: &metadata, into: &source, isEmpty: lines.isEmpty)
        }
        if let list = options.notes.surrogates {
            source = SurrogateEscape.restoringSurrogates(in: source, list: list.string)
        }
        if options.depth > 0 { metadata["cell_depth"] = .number(String(options.depth)) }
        if !options.title.utf8.isEmpty { metadata["title"] = .string(options.title) }
        for (key, value) in options.notes.metadata.members { metadata[key] = value }
        return Cell(kind: kind, source: source, metadata: metadata)
    }

    // MARK: Type and language

    private func takeKind(_ options: MarkerOptions, from metadata: inout JSONObject) -> CellKind {
        if options.type == "md" { metadata["region_name"] = "md" }
        if let type = options.type { return type == "md" ? .markdown : CellKind(type) }
        if let name = metadata["cell_type"]?.string, ["code", "markdown", "raw"].contains(name) {
            metadata["cell_type"] = nil
            return CellKind(name)
        }
        if rules.isActive(metadata, in: "ipynb") { return .code }
        if metadata["active"]?.string == "" { metadata["active"] = nil }
        return .raw
    }

    private func takeLanguage(
        from metadata: inout JSONObject, into source: inout [UInt8], isEmpty: Bool
    ) {
        guard let name = metadata["language"]?.string else { return }
        guard Language.mainName(name) != rules.mainLanguage else {
            metadata["language"] = nil
            return
        }
        guard section.isCellMagic(name), !Language.isSame(name, rules.mainLanguage) else { return }
        var arguments: JSONString?
        if case .string(let text)? = metadata["magic_args"] { arguments = text }
        metadata["magic_args"] = nil
        metadata["language"] = nil
        let line = CellMagic.line(
            word: JSONString(name), arguments: arguments, language: rules.mainLanguage)
        source = isEmpty ? line : line + [.lineFeed] + source
    }

    // MARK: Source

    private func source(
        _ lines: Range<Int>, of text: ScriptText, kind: CellKind, metadata: inout JSONObject,
        isEscaped: Bool, hasActive: Bool
    ) -> [UInt8] {
        let isActive = rules.isActive(metadata)
        let saysWhereActive = hasActive || CellRules.saysWhereActive(metadata)
        let isText = kind != .code
        let body = joined(lines, of: text) { line in
            isEscaped ? markerOfAnyDepth.unescaped(line) : nil
        }
        if language == Languages.python,
            rules.isSwitchedOff(metadata) || kind == .markdown || isText && !saysWhereActive,
            let quoted = TripleQuotes.content(of: body.span)
        {
            if let marker = quoted.marker { metadata["cell_marker"] = .string(marker) }
            return quoted.text
        }
        let lineRanges = body.isEmpty ? [0..<0] : body.span.lineRanges
        let isCommented = !isActive || isText && !(kind == .raw && saysWhereActive)
        guard isCommented else {
            return ungonbed(
                uncommentingMagics(
                    body, lineRanges, languageName: rules.languageName(metadata)))
        }
        return ungonbed(mapLines(body, lineRanges) { comment.uncommented($0).bytes })
    }

    private func joined(
        _ lines: Range<Int>, of text: ScriptText, replacing replacement: (Span<UInt8>) -> [UInt8]?
    ) -> [UInt8] {
        var body: [UInt8] = []
        for number in lines {
            if number > lines.lowerBound { body.append(.lineFeed) }
            let line = text[number]
            if let replaced = replacement(line) { body += replaced } else { body.append(line) }
        }
        return body
    }

    private func mapLines(
        _ body: [UInt8], _ lines: [Range<Int>], _ transform: (Span<UInt8>) -> [UInt8]
    ) -> [UInt8] {
        var mapped: [UInt8] = []
        for (number, range) in lines.enumerated() {
            if number > 0 { mapped.append(.lineFeed) }
            mapped += transform(body.span.extracting(range))
        }
        return mapped
    }

    private func uncommentingMagics(_ body: [UInt8], _ lines: [Range<Int>], languageName: String)
        -> [UInt8]
    {
        let magic = Magic(
            languageName: languageName, script: language, commentsMagics: commentsMagics)
        var tracker = QuoteTracker(languageName: languageName, script: language)
        var isContinued = false
        return mapLines(body, lines) { line in
            guard !tracker.isInString, isContinued || magic.isMagic(line) else {
                isContinued = false
                tracker.read(line)
                return line.bytes
            }
            isContinued = magic.isContinued(line)
            let command = magic.uncommented(line)
            tracker.read(command.span)
            return command
        }
    }

    /// Gives gonb's `//gonb:%%` back as `%%`.
    private func ungonbed(_ body: [UInt8]) -> [UInt8] {
        guard language.magic == .gonb, body.span.firstIndex(of: GonbLine.sign + [.percent]) != nil
        else { return body }
        return mapLines(body, body.span.lineRanges) { line in
            guard let end = GonbLine.placeOfPercent(in: line),
                line.extracting(..<end).ends(with: GonbLine.sign)
            else { return line.bytes }
            return line.extracting(..<(end - GonbLine.sign.count)).bytes
                + line.extracting(end...).bytes
        }
    }
}
