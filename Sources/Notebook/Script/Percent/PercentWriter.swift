/// Writes a notebook as a percent script, byte for byte as jupytext does but for the deviations that
/// `docs/percent-format.md` lists.
///
/// Cells are appended one after the other; the gaps between them depend on what follows, so the text is
/// put together at the end.
public struct PercentWriter {
    private let language: Language
    private let rules: CellRules
    private let section: JupytextSection
    private let cellWriter: PercentCellWriter
    private let headerWriter: HeaderWriter
    private var header: HeaderWriter.Content
    private var headerGap = 1
    private var needsEncoding = false
    private let endsLinesWithCarriageReturn: Bool
    /// The text of all cells, without gaps.
    private var body: [UInt8] = []
    private var cells: [WrittenCell] = []
    private var cellCount = 0
    /// What could not be shown.
    public private(set) var notes: [Note]

    /// A cell in ``body``.
    private struct WrittenCell {
        let text: Range<Int>
        /// The blank lines below it that its metadata ask for.
        let gap: Int?
        let hasTripleQuotes: Bool
        let isCommented: Bool
    }

    /// - Parameters:
    ///   - metadata: The notebook's metadata.
    ///   - language: The language of the script; the notebook's own may be another.
    ///   - options: Choices that go before those in the metadata.
    ///   - replaced: The script that is to be replaced: what people added to its header is kept, and its
    ///     line ends.
    public init(
        metadata: JSONObject, language: Language, options: FormatOptions = FormatOptions(),
        replacing replaced: ScriptTraits? = nil
    ) {
        var metadata = replaced?.header.filling(metadata) ?? metadata
        if !options.values.isEmpty {
            var section = metadata["jupytext"]?.object ?? [:]
            // Left by a script without a header, which cannot hold the options.
            if section["notebook_metadata_filter"] == "-all" {
                section["notebook_metadata_filter"] = nil
            }
            for (key, value) in options.values.members { section[key] = value }
            metadata["jupytext"] = .object(section)
        }
        self.language = language
        headerWriter = HeaderWriter(language: language, replaced: replaced)
        header = headerWriter.content(of: metadata)
        endsLinesWithCarriageReturn = replaced?.hasCarriageReturns ?? false
        notes = header.notes
        section = JupytextSection(metadata)
        let named = section.mainLanguage ?? metadata["kernelspec"]?.object?["language"]?.string
        let mainLanguage = Language.mainName(named ?? language.name)
        rules = CellRules(language: language, mainLanguage: mainLanguage)
        cellWriter = PercentCellWriter(language: language, rules: rules, section: section)
    }

    /// The script of a whole notebook.
    public static func script(
        of notebook: Notebook, language: Language, options: FormatOptions = FormatOptions(),
        replacing replaced: ScriptTraits? = nil
    ) -> (bytes: [UInt8], notes: [Note]) {
        script(
            of: NotebookContent(notebook), language: language, options: options,
            replacing: replaced)
    }

    /// The same, of a notebook as it was read.
    public static func script(
        of content: NotebookContent, language: Language, options: FormatOptions = FormatOptions(),
        replacing replaced: ScriptTraits? = nil
    ) -> (bytes: [UInt8], notes: [Note]) {
        var writer = PercentWriter(
            metadata: content.metadata, language: language, options: options, replacing: replaced)
        // With a marker and a gap for each cell, and some signs for comments.
        var room = 1024
        for cell in content.cells { room += cell.source.count + 32 }
        writer.body.reserveCapacity(room + room / 8)
        writer.cells.reserveCapacity(content.cells.count)
        content.eachCell { writer.append($0) }
        let notes = writer.notes
        // A writer that lived on would share the text, which would be copied for it.
        return ((consume writer).finish(), notes)
    }

    /// Appends the next cell.
    mutating func append(_ cell: borrowing CellText) {
        cellCount += 1
        if cellCount == 1, section.keepsRootMetadataAsCell,
            section.shownCellMetadata(cell.metadata).isEmpty, let text = cell.rootMetadata
        {
            header.rootText = text
            headerGap = cell.metadata.linesToNextCell ?? 1
            return
        }
        let start = body.count
        let written = cellWriter.append(cell, to: &body)
        cells.append(
            WrittenCell(
                text: start..<body.count, gap: cell.metadata.linesToNextCell,
                hasTripleQuotes: written.hasTripleQuotes, isCommented: written.isCommented))
        if written.hasNonASCII, rules.mainLanguage != "python" { needsEncoding = true }
        for key in written.hidden {
            notes.append(
                Note("metadata '\(key)' cannot be shown in a script", cellNumber: cellCount))
        }
    }

    /// The whole script; it ends with a line end unless it is empty.
    ///
    /// The cells move to their places within the body, the last one first, so that the text is not made twice.
    public consuming func finish() -> [UInt8] {
        var (header, hasBlock) = headerWriter.bytes(of: header, needsEncoding: needsEncoding)
        if hasBlock {
            header.append(
                contentsOf: repeatElement(.lineFeed, count: cells.isEmpty ? 1 : headerGap))
        }
        let gaps = gaps()
        var text = body
        body = []
        var end = header.count + text.count + gaps.reduce(0, +)
        text.append(contentsOf: repeatElement(.lineFeed, count: end - text.count))
        for place in cells.indices.reversed() {
            let (cell, gap) = (cells[place], gaps[place])
            text.fill((end - gap)..<end, with: .lineFeed)
            end -= gap + cell.text.count
            text.moveBytes(at: cell.text, to: end)
        }
        text.replaceSubrange(..<header.count, with: header)
        // The last gap of one line is the line end of the last line.
        if text.count > 1, text.last == .lineFeed, text[text.count - 2] == .lineFeed {
            text.removeLast()
        }
        return endsLinesWithCarriageReturn ? text.withCarriageReturns : text
    }

    /// The blank lines below each cell, found from the last cell to the first.
    private func gaps() -> [Int] {
        guard language.followsPEP8 else { return cells.map { $0.gap ?? 1 } }
        var gaps = [Int](repeating: 1, count: cells.count)
        var below: PEP8Gap.Below?
        for index in cells.indices.reversed() {
            let cell = cells[index]
            guard !cell.isCommented else {
                gaps[index] = cell.gap ?? 1
                below = PEP8Gap.Below(behindComments: gaps[index], next: below)
                continue
            }
            let derived = PEP8Gap(
                body.span.extracting(cell.text.dropLast()), hasTripleQuotes: cell.hasTripleQuotes)
            gaps[index] = cell.gap ?? below.map { derived.lineCount(above: $0) } ?? 1
            below = derived.below(blankLines: gaps[index], next: below)
        }
        return gaps
    }
}

extension JSONObject {
    /// The gap that a cell's metadata ask for below it: 0 to 1,000 lines, whatever number stands there.
    var linesToNextCell: Int? {
        self["lines_to_next_cell"]?.integer.map { min(max($0, 0), 1000) }
    }
}

extension CellText {
    /// The YAML in a raw cell that stands between two lines `---`, or nil.
    var rootMetadata: [UInt8]? {
        guard kind == .raw, source.firstInvalidUTF8 == nil else { return nil }
        var start = 0
        var end = source.count
        while start < end, [.space, .tab, .lineFeed].contains(source[start]) { start += 1 }
        while end > start, [.space, .tab, .lineFeed].contains(source[end - 1]) { end -= 1 }
        let text = source.extracting(start..<end)
        let lines = text.lineRanges
        guard lines.count > 2, text.extracting(lines[0]).isPlainFence,
            text.extracting(lines[lines.count - 1]).isPlainFence
        else { return nil }
        for range in lines.dropFirst().dropLast() {
            let line = text.extracting(range)
            guard !line.isYAMLFence, !line.isJupyterKey else { return nil }
        }
        return text.extracting(lines[1].lowerBound..<lines[lines.count - 2].upperBound).bytes
    }
}

extension Span<UInt8> {
    /// `---`, with spaces and tabs behind it; other white space would be lost in a header.
    fileprivate var isPlainFence: Bool {
        isYAMLFence && bytes.dropFirst(3).allSatisfy { $0 == .space || $0 == .tab }
    }

    /// `---`, with white space behind it.
    var isYAMLFence: Bool { starts(with: "---".utf8) && countOfSpace(from: 3) == count - 3 }
}
