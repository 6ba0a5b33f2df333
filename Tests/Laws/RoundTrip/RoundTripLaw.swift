@testable import Notebook

/// What must hold for every notebook: a script of it reads back as it was, and gives the same script.
enum RoundTripLaw {
    /// How a notebook broke the law.
    struct Violation: Equatable {
        enum Kind {
            case refused, cellCount, kind, source, metadata, notebookMetadata, secondScript
        }

        let kind: Kind
        let detail: String
    }

    static func violation(of notebook: Notebook, in language: Language) -> Violation? {
        let script = PercentWriter.script(of: notebook, language: language).bytes
        let read: Notebook
        do throws(NotebookError) {
            read = try PercentReader.notebook(of: script, language: language, isDeclared: true)
        } catch {
            return Violation(kind: .refused, detail: "\(error.line ?? 0): \(error.message)")
        }
        guard read.cells.count == notebook.cells.count else {
            return Violation(kind: .cellCount, detail: "\(read.cells.count) cells came back")
        }
        let section = JupytextSection(notebook.metadata)
        for (index, (cell, readCell)) in zip(notebook.cells, read.cells).enumerated() {
            if let violation = violation(
                of: cell, number: index + 1, readAs: readCell, section: section, in: notebook,
                language: language)
            {
                return violation
            }
        }
        if let violation = metadataViolation(of: notebook, readAs: read) { return violation }
        let again = PercentWriter.script(of: read, language: language).bytes
        guard again == script else {
            return Violation(
                kind: .secondScript,
                detail: "the second script:\n" + String(decoding: again, as: UTF8.self))
        }
        return nil
    }

    // MARK: Cells

    private static func violation(
        of cell: Cell, number: Int, readAs read: Cell, section: JupytextSection,
        in notebook: Notebook, language: Language
    ) -> Violation? {
        guard read.kind == cell.kind else {
            return Violation(kind: .kind, detail: "cell \(number) came back as \(read.kind.name)")
        }
        guard comparable(read.source) == comparable(cell.source) else {
            return Violation(
                kind: .source,
                detail: "cell \(number) came back as "
                    + String(
                        decoding: JSONValue.string(JSONString(utf8: read.source)).line,
                        as: UTF8.self))
        }
        let expected = shown(cell, section: section)
        let all = JupytextSection(["jupytext": ["cell_metadata_filter": "all"]])
        var actual = all.shownCellMetadata(read.metadata)
        // A title such as 'a=b' is read as metadata that nobody understands, which keeps its text.
        if let title = expected["title"], actual["title"] == nil,
            actual[MarkerOptions.unreadable] == title, expected[MarkerOptions.unreadable] == nil
        {
            actual[MarkerOptions.unreadable] = nil
            actual["title"] = title
        }
        guard actual.isEquivalent(to: expected) else {
            return Violation(
                kind: .metadata,
                detail: "of cell \(number), expected \(text(expected)), read \(text(actual))")
        }
        return nil
    }

    /// What a script should tell of a cell's metadata.
    private static func shown(_ cell: Cell, section: JupytextSection) -> JSONObject {
        var shown = section.shownCellMetadata(cell.metadata).expressible
        if cell.kind == .raw, shown["active"] == "" { shown["active"] = nil }
        return shown
    }

    /// A source without what may get lost: blank lines at its end, and spaces behind a `%%word`.
    static func comparable(_ source: [UInt8]) -> [UInt8] {
        var lines = source.span.lineRanges.map { Array(source[$0]) }
        while let last = lines.last, last.span.isBlank { lines.removeLast() }
        if let first = lines.first, first.starts(with: "%%".utf8) || first.starts(with: "#!".utf8) {
            lines[0] = Array(first[..<first.span.endWithoutTrailingSpace])
        }
        return Array(lines.joined(separator: [.lineFeed]))
    }

    // MARK: Notebook metadata

    private static func metadataViolation(of notebook: Notebook, readAs read: Notebook)
        -> Violation?
    {
        let section = JupytextSection(notebook.metadata)
        var expected = section.shownNotebookMetadata(notebook.metadata).expressible
        var actual = read.metadata
        // The section is the script's own affair; that it stays the same is seen in the second script.
        expected["jupytext"] = nil
        actual["jupytext"] = nil
        guard actual.isEquivalent(to: expected) else {
            return Violation(
                kind: .notebookMetadata, detail: "expected \(text(expected)), read \(text(actual))")
        }
        return nil
    }

    private static func text(_ object: JSONObject) -> String {
        String(decoding: JSONValue.object(object).line, as: UTF8.self)
    }
}
