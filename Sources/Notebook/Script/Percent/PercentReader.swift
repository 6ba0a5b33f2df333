/// Reads a percent script into a notebook, as jupytext does but for the deviations that
/// `docs/percent-format.md` lists; they keep text that jupytext loses.
public struct PercentReader {
    private let language: Language
    private let text: ScriptText
    let header: HeaderReader.Header
    private let rules: CellRules
    private let section: JupytextSection
    private let hasOptions: Bool
    private let bodyReader: CellBodyReader
    private let cutter: CellCutter

    /// Reads a whole script.
    ///
    /// - Parameters:
    ///   - bytes: The script in UTF-8.
    ///   - language: The language of the script's extension.
    ///   - options: Choices that go before those in the header.
    ///   - isDeclared: Whether somebody said that this is a percent script. If not, and the header does not
    ///     say it either, a script that runs magics as they are is one whose magics are no comments.
    /// - Returns: A notebook without outputs; code before the first marker is a cell too.
    /// - Throws: ``NotebookError`` with a line and column, for bytes that are not UTF-8, a header that is
    ///   not YAML, or a format that is not percent.
    public static func notebook(
        of bytes: [UInt8], language: Language, options: FormatOptions = FormatOptions(),
        isDeclared: Bool = false
    ) throws(NotebookError) -> Notebook {
        let reader = try PercentReader(
            bytes, language: language, options: options, isDeclared: isDeclared)
        return reader.notebook()
    }

    /// Reads the header of the script `bytes` and finds the rules for its cells.
    init(
        _ bytes: [UInt8], language: Language, options: FormatOptions, isDeclared: Bool
    ) throws(NotebookError) {
        let text = try ScriptText(bytes)
        if let conflict = text.conflict { throw conflict }
        let header = try HeaderReader.header(of: text, comment: language.comment)
        let format = header.textRepresentation?["format_name"]?.string ?? "percent"
        guard format == "percent" || format == "hydrogen" else {
            throw NotebookError(
                "the header says that this is a script in the '\(format)' format, not in the percent format",
                hint: "convert it with jupytext, or take 'text_representation' out of the header")
        }
        self.language = language
        self.text = text
        self.header = header
        hasOptions = !options.values.isEmpty
        var section = JupytextSection(header.metadata ?? [:])
        for (key, value) in options.values.members { section.values[key] = value }
        self.section = section
        let kernelLanguage = header.metadata?["kernelspec"]?.object?["language"]?.string
        let mainLanguage = Language.mainName(
            section.mainLanguage ?? kernelLanguage ?? language.name)
        rules = CellRules(language: language, mainLanguage: mainLanguage)
        cutter = CellCutter(
            marker: CellMarker(language.comment, acceptsBareDepth: header.hasBlock),
            comment: language.comment)
        let isUndeclared = !isDeclared && header.textRepresentation == nil
        let runsMagics =
            format == "hydrogen"
            || isUndeclared && ScriptGuess.hasBareMagic(text, language: language)
        bodyReader = CellBodyReader(
            language: language, rules: rules,
            commentsMagics: section.commentsMagics ?? !runsMagics, section: section)
    }

    // MARK: Cells

    /// One cell by its lines: the marker, if it has one, the body, and the blank lines of the gap.
    private struct CellLines {
        let options: MarkerOptions
        let all: Range<Int>
        let body: Range<Int>
    }

    func notebook() -> Notebook {
        let parts = cut()
        let (root, written) = writtenCells(parts)
        let cells = written.map(\.cell)
        let metadata = metadata(for: cells, usesJSON: parts.contains(where: \.options.isJSON))
        return Notebook(metadata: metadata, cells: (root.map { [$0.cell] } ?? []) + cells)
    }

    /// A cell and the lines that show it, joined by LF, without the gap below.
    struct WrittenCell {
        let text: [UInt8]
        var cell: Cell
    }

    /// The cells with their lines; the first shows the header's own YAML, if it has any.
    func writtenCells() -> [WrittenCell] {
        let (root, written) = writtenCells(cut())
        return (root.map { [$0] } ?? []) + written
    }

    private func writtenCells(_ parts: [CellLines]) -> (root: WrittenCell?, cells: [WrittenCell]) {
        var below: PEP8Gap.Below?
        var written: [WrittenCell] = []
        for part in parts.reversed() {
            let lines = part.all.lowerBound..<max(part.body.upperBound, part.all.lowerBound + 1)
            let shown = Array(lines.map { text[$0].bytes }.joined(separator: [.lineFeed]))
            written.append(WrittenCell(text: shown, cell: cell(part, above: below)))
            guard language.followsPEP8 else { continue }
            below = gap(of: part.all).below(blankLines: 0, next: below)
        }
        let root = rootCell(above: below).map { WrittenCell(text: $0.source, cell: $0) }
        return (root, written.reversed())
    }

    private func cut() -> [CellLines] {
        var parts: [CellLines] = []
        var start = header.bodyStart
        while start < text.lines.count {
            let isMarked = cutter.marker.matches(text[start])
            let options = isMarked ? cutter.marker.options(of: text[start]) : MarkerOptions()
            let end = cutter.cut(
                from: start, in: text.lines, of: text.bytes.span, hiding: hiding(for: options)
            ).end
            let bodyStart = isMarked ? start + 1 : start
            let bodyEnd = max(bodyStart, end - countOfGap(from: start, to: end))
            parts.append(CellLines(options: options, all: start..<end, body: bodyStart..<bodyEnd))
            start = end
        }
        return parts
    }

    private func hiding(for options: MarkerOptions) -> CellCutter.Hiding {
        guard !options.notes.areMarkersEscaped else { return .init() }
        return .init(
            languageName: rules.languageName(options.metadata), script: language,
            hasFences: options.type != nil)
    }

    /// How many lines at the end of a cell are the gap to the next one: two when just they are blank, one
    /// when the last is empty, else none.
    private func countOfGap(from start: Int, to end: Int) -> Int {
        let count = end - start
        if count >= 3, text[end - 1].isBlank, text[end - 2].isBlank, !text[end - 3].isBlank {
            return 2
        }
        return count >= 1 && text[end - 1].isEmpty ? 1 : 0
    }

    private func cell(_ part: CellLines, above below: PEP8Gap.Below?) -> Cell {
        var cell = bodyReader.cell(part.options, lines: part.body, of: text)
        // At the end of the file, the line end of the last line counts as a blank line.
        let gap =
            part.all.upperBound - part.body.upperBound
            + (part.all.upperBound == text.lines.count ? 1 : 0)
        let expected = below.map { self.gap(of: part.body).lineCount(above: $0) } ?? 1
        if gap != expected { cell.metadata["lines_to_next_cell"] = .number(String(gap)) }
        return cell
    }

    @_lifetime(borrow self)
    private func gap(of lines: Range<Int>) -> PEP8Gap {
        let ranges = lines.isEmpty ? [0..<0] : Array(text.lines[lines])
        let whole = ranges[0].lowerBound..<ranges[ranges.count - 1].upperBound
        return PEP8Gap(
            text.bytes.span, lines: ranges,
            hasTripleQuotes: text.bytes.span.extracting(whole).traits.hasTripleQuotes)
    }

    /// The raw cell that holds the header's own YAML, or nil.
    private func rootCell(above below: PEP8Gap.Below?) -> Cell? {
        guard header.hasBlock, !header.rootLines.isEmpty, section.keepsRootMetadataAsCell else {
            return nil
        }
        let lines = [JSONString("---")] + header.rootLines + [JSONString("---")]
        var cell = Cell(kind: .raw, source: Array(lines.map(\.utf8).joined(separator: [.lineFeed])))
        let gap = header.endsInBlankLine ? 1 : 0
        let expected = below?.startsWithDefinition == true ? 2 : 1
        if gap != expected { cell.metadata["lines_to_next_cell"] = .number(String(gap)) }
        return cell
    }

    // MARK: Notebook metadata

    private func metadata(for cells: [Cell], usesJSON: Bool) -> JSONObject {
        var metadata = header.metadata ?? [:]
        var section = section.values
        section["text_representation"] = nil
        if let executable = header.executable { section["executable"] = .string(executable) }
        if let encoding = header.encoding { section["encoding"] = .string(encoding) }
        if usesJSON { section["cell_metadata_json"] = true }
        let keys = Set(cells.flatMap { $0.metadata.members.map(\.key) })
            .subtracting(JupytextSection.technicalCellKeys.map { JSONString($0) }).sorted()
        if header.metadata != nil {
            FilterUpdate.widen(&section, forCellKeys: keys, notebook: metadata)
        } else {
            if !hasOptions { section["notebook_metadata_filter"] = "-all" }
            let filter = (keys.map(FilterUpdate.inclusion) + ["-all"]).joined(separator: ",")
            section["cell_metadata_filter"] =
                section["cell_metadata_filter"] ?? .string(JSONString(filter))
        }
        if !cells.isEmpty, metadata["kernelspec"]?.object?["language"] == nil,
            section["main_language"] == nil
        {
            section["main_language"] = .string(JSONString(rules.mainLanguage))
        }
        metadata["jupytext"] = section.isEmpty ? nil : .object(section)
        return metadata
    }
}
