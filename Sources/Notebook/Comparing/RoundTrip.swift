/// Says whether a conversion would come back.
public enum RoundTrip {
    /// The first cell of `notebook` that is not the same when `script` is read again.
    ///
    /// Blank lines at the end of a cell do not count; see `docs/percent-format.md` for the other
    /// normalisations.
    ///
    /// - Parameters:
    ///   - notebook: What was written.
    ///   - script: What it was written as.
    ///   - language: The language of the script.
    ///   - options: The options it was written with.
    /// - Returns: Why, with the number of the cell; nil when everything comes back.
    public static func loss(
        of notebook: Notebook, in script: [UInt8], language: Language, options: FormatOptions
    ) -> NotebookError? {
        let back: Notebook
        do throws(NotebookError) {
            back = try PercentReader.notebook(
                of: script, language: language, options: options, isDeclared: true)
        } catch {
            return NotebookError("the script could not be read again: \(error.message)")
        }
        for (index, (cell, other)) in zip(notebook.cells, back.cells).enumerated() {
            if cell.kind != other.kind {
                return NotebookError(
                    "would come back as a \(other.kind.name) cell", cellNumber: index + 1)
            }
            if cell.source.withoutBlankEnd != other.source.withoutBlankEnd {
                return NotebookError("its source would come back changed", cellNumber: index + 1)
            }
        }
        guard notebook.cells.count != back.cells.count else { return nil }
        return NotebookError(
            "\(notebook.cells.count) cells would come back as \(back.cells.count)",
            cellNumber: min(notebook.cells.count, back.cells.count) + 1)
    }
}

extension [UInt8] {
    fileprivate var withoutBlankEnd: ArraySlice<UInt8> { prefix(span.endWithoutTrailingSpace) }
}
