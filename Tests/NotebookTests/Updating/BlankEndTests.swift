import Testing

import Laws
@testable import Notebook

@Suite struct BlankEndTests {
    private static func notebook(_ sources: [String]) -> [UInt8] {
        let cells = sources.map { source -> JSONValue in
            [
                "cell_type": "code", "execution_count": .null, "metadata": [:], "outputs": [],
                "source": .string(JSONString(source)),
            ]
        }
        return JSONWriter.block(
            ["cells": .array(cells), "metadata": [:], "nbformat": 4, "nbformat_minor": 4])
    }

    /// The source of the first cell after an update of a notebook of `sources`.
    private func first(_ sources: [String], _ script: String) throws -> String? {
        let update = try NotebookUpdate(
            of: Self.notebook(sources), from: Array(script.utf8), language: Languages.python,
            isDeclared: true)
        return try NotebookReader(update.bytes).notebook.cells.first?.source.text
    }

    @Test(arguments: [
        // Blank lines in the notebook, in the script, and in the updated notebook.
        (0, 0, 0), (0, 1, 0), (0, 2, 0), (0, 3, 2), (0, 4, 3),
        (1, 0, 1), (1, 1, 1), (1, 2, 1), (1, 3, 1), (1, 4, 3),
        (2, 0, 2), (2, 1, 2), (2, 2, 2), (2, 3, 2), (2, 4, 2), (2, 5, 4),
        (3, 1, 0), (3, 2, 0), (3, 3, 3), (3, 4, 3), (3, 5, 3), (3, 6, 5),
        (5, 2, 0), (5, 4, 3), (5, 5, 5), (5, 7, 5), (5, 8, 7),
    ])
    func `blank lines that a gap explains are no edit`(kept: Int, shown: Int, after: Int) throws {
        let lines = { String(repeating: "\n", count: $0) }
        let sources = ["x = 1" + lines(kept), "y = 2"]
        let inTheMiddle = "# %%\nx = 1\n" + lines(shown) + "# %%\ny = 2\n"
        let atTheEnd = "# %%\nx = 1\n" + lines(shown)
        #expect(try first(sources, inTheMiddle) == "x = 1" + lines(after))
        #expect(try first(sources, atTheEnd) == "x = 1" + lines(after))
    }

    @Test func `lines of white space and comments at the end are text like any other`() throws {
        #expect(try first(["x  \n\n"], "# %%\nx\n\n\n") == "x")
        #expect(try first(["x\n#\n"], "# %%\nx\n") == "x")
    }

    @Test func `the lines of a commented cell are edited one by one`() throws {
        let cell: JSONObject = [
            "cell_type": "markdown", "metadata": [:], "source": "text\n\n",
        ]
        let notebook = JSONWriter.block(
            [
                "cells": .array([.object(cell)]), "metadata": [:], "nbformat": 4,
                "nbformat_minor": 4,
            ])
        let update = try NotebookUpdate(
            of: notebook, from: Array("# %% [markdown]\n# text\n".utf8),
            language: Languages.python, isDeclared: true)
        #expect(try NotebookReader(update.bytes).notebook.cells.first?.source.text == "text")
    }

    @Test func `outputs are not stale because of blank lines`() throws {
        let cell: JSONObject = [
            "cell_type": "code", "execution_count": 1, "metadata": [:], "source": "x",
            "outputs": [["output_type": "stream", "name": "stdout", "text": "1"]],
        ]
        let notebook = JSONWriter.block(
            [
                "cells": .array([.object(cell)]), "metadata": [:], "nbformat": 4,
                "nbformat_minor": 4,
            ])
        let update = try NotebookUpdate(
            of: notebook, from: Array("# %%\nx\n\n\n\n\n".utf8), language: Languages.python,
            isDeclared: true)
        #expect(update.bytes != notebook)
        #expect(update.staleCells.isEmpty)
    }
}
