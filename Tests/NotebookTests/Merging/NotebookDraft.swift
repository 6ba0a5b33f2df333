@testable import Notebook

/// A notebook with one cell for each text.
struct NotebookDraft {
    struct Cell {
        var id: String
        var kind = "code"
        var source: String
        var outputs = "[]"
        var metadata = "{}"
    }

    var cells: [Cell]
    var metadata = "{}"
    var minor = 5

    var bytes: [UInt8] {
        let cells = cells.map { cell in
            let id = minor >= 5 ? #""id": "\#(cell.id)","# : ""
            let run =
                cell.kind == "code"
                ? #""execution_count": null, "outputs": \#(cell.outputs),"# : ""
            let lines = NotebookWriter.lines(of: Array(cell.source.utf8))
            let source = String(decoding: JSONWriter.block(.array(lines)), as: UTF8.self)
            return """
                {"cell_type": "\(cell.kind)", \(id) \(run) "metadata": \(cell.metadata), \
                "source": \(source)}
                """
        }
        return Array(
            """
            {"cells": [\(cells.joined(separator: ", "))], "metadata": \(metadata), \
            "nbformat": 4, "nbformat_minor": \(minor)}
            """.utf8)
    }
}
