@testable import Notebook
import Testing

@Suite struct NotebookReaderTests {
    private func error(_ text: String) -> NotebookError? {
        do throws(NotebookError) {
            _ = try NotebookReader(Array(text.utf8))
            return nil
        } catch {
            return error
        }
    }

    /// A notebook of nbformat 4 with these members in its second cell.
    private func withCell(_ members: String) -> String {
        #"""
        {"cells": [{"cell_type": "raw", "metadata": {}, "source": ""}, {\#(members)}],
         "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
        """#
    }

    @Test(
        arguments: [
            ("", "the file is empty, not a notebook"),
            ("[]", "not a notebook: the file holds an array, not an object"),
            ("null", "not a notebook: the file holds null, not an object"),
            ("1", "not a notebook: the file holds a number, not an object"),
            ("\"x\"", "not a notebook: the file holds a string, not an object"),
            ("true", "not a notebook: the file holds a boolean, not an object"),
            ("{}", "not a notebook: 'nbformat' is missing"),
            (#"{"nbformat": "4"}"#, "'nbformat' is a string, not a whole number"),
            (#"{"nbformat": 4.5}"#, "'nbformat' is 4.5, not a version of the format"),
            (#"{"nbformat": null}"#, "'nbformat' is null, not a whole number"),
            (
                #"{"nbformat": 4, "nbformat_minor": "5"}"#,
                "'nbformat_minor' is a string, not a whole number"
            ),
            (#"{"nbformat": 5, "nbformat_minor": 0}"#, "nbformat 5 is not known"),
            (#"{"nbformat": 2, "worksheets": []}"#, "nbformat 2 is too old"),
            (#"{"nbformat": -1}"#, "nbformat -1 is too old"),
            (#"{"nbformat": 4, "cells": []}"#, "'metadata' is missing"),
            (
                #"{"nbformat": 4, "cells": [], "metadata": []}"#,
                "'metadata' is an array, not an object"
            ),
            (#"{"nbformat": 4, "metadata": {}}"#, "'cells' is missing"),
            (
                #"{"nbformat": 4, "metadata": {}, "cells": {}}"#,
                "'cells' is an object, not an array"
            ),
            (#"{"nbformat": 4, "metadata": {}, "cells": null}"#, "'cells' is null, not an array"),
            (#"{"nbformat": 3}"#, "'worksheets' is missing"),
            (#"{"nbformat": 3, "worksheets": {}}"#, "'worksheets' is not an array"),
            (#"{"nbformat": 3, "worksheets": [1]}"#, "a worksheet is not an object"),
            (#"{"nbformat": 3, "worksheets": [{"cells": 1}]}"#, "'cells' is not an array"),
        ])
    func `a file of another form is refused`(text: String, message: String) {
        #expect(error(text)?.message == message)
        #expect(error(text)?.cellNumber == nil)
    }

    @Test(
        arguments: [
            ("", "'cell_type' is missing"),
            (#""cell_type": 1"#, "'cell_type' is a number, not a string"),
            (#""cell_type": null"#, "'cell_type' is null, not a string"),
            (#""cell_type": """#, "'cell_type' is '', which is no type of cell"),
            (#""cell_type": "a b""#, "'cell_type' is 'a b', which is no type of cell"),
            (#""cell_type": "code", "metadata": {}"#, "'source' is missing"),
            (
                #""cell_type": "code", "metadata": {}, "source": null"#,
                "'source' is null, not a string or a list of strings"
            ),
            (
                #""cell_type": "code", "metadata": {}, "source": 12"#,
                "'source' is a number, not a string or a list of strings"
            ),
            (
                #""cell_type": "code", "metadata": {}, "source": {}"#,
                "'source' is an object, not a string or a list of strings"
            ),
            (
                #""cell_type": "code", "metadata": {}, "source": ["a", 1]"#,
                "item 2 of 'source' is a number, not a string"
            ),
            (
                #""cell_type": "code", "metadata": {}, "source": [["a"]]"#,
                "item 1 of 'source' is an array, not a string"
            ),
            (#""cell_type": "code", "source": """#, "'metadata' is missing"),
            (
                #""cell_type": "code", "source": "", "metadata": null"#,
                "'metadata' is null, not an object"
            ),
        ])
    func `a cell of another form is named`(members: String, message: String) {
        #expect(error(withCell(members))?.message == message)
        #expect(error(withCell(members))?.cellNumber == 2)
    }

    @Test func `a cell that is no object is named`() {
        let text = #"{"cells": [null], "metadata": {}, "nbformat": 4}"#
        #expect(error(text)?.message == "the cell is null, not an object")
        #expect(error(text)?.cellNumber == 1)
    }

    @Test func `broken JSON has a place, a conflict a hint`() {
        let conflict = error("{\n<<<<<<< HEAD\n")
        #expect(conflict?.message == "merge conflict marker '<<<<<<<'")
        #expect(conflict?.line == 2)
        #expect(conflict?.column == 1)
        #expect(conflict?.byteOffset == 2)
        #expect(conflict?.hint?.hasPrefix("resolve the conflict first") == true)
        #expect(error("{\"a\" 1}")?.hint == nil)
        #expect(error(#"{"nbformat": 1}"#)?.hint?.contains("Jupyter") == true)
    }

    @Test func `what is no JSON at all is called so`() {
        #expect(error("import os\n")?.message == "not a notebook: expected '{'")
        let pointer = error("version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n")
        #expect(pointer?.message == "the file is a git-lfs pointer, not the notebook itself")
        #expect(pointer?.hint == "run 'git lfs pull'")
    }

    @Test(arguments: 0...5) func `every minor version of nbformat 4 is read alike`(minor: Int)
        throws
    {
        let reader = try NotebookReader(
            Array(
                #"{"nbformat": 4, "nbformat_minor": \#(minor), "metadata": {"a": 1}, "cells": [{"cell_type": "code", "source": ["x\n", "y"], "metadata": {"b": 2}, "extra": []}]}"#
                    .utf8))
        #expect(reader.version == (4, minor))
        #expect(reader.notes.isEmpty)
        #expect(reader.notebook.metadata == ["a": 1])
        #expect(
            reader.notebook.cells == [
                Cell(kind: .code, source: Array("x\ny".utf8), metadata: ["b": 2])
            ])
    }

    @Test func `a newer minor version is read with a note, a missing one is 0`() throws {
        let newer = try NotebookReader(
            Array(#"{"nbformat": 4, "nbformat_minor": 9, "metadata": {}, "cells": []}"#.utf8))
        #expect(newer.notes.map(\.message) == ["nbformat 4.9 is newer than 4.5; read as 4.5"])
        let missing = try NotebookReader(
            Array(#"{"nbformat": 4, "metadata": {}, "cells": []}"#.utf8))
        #expect(missing.version == (4, 0))
    }

    @Test func `nbformat 3 is upgraded`() throws {
        let text = #"""
            {"nbformat": 3, "nbformat_minor": 0, "metadata": {"name": "x", "orig_nbformat": 2}, "worksheets": [{"cells": [
            {"cell_type": "heading", "level": 2, "source": ["a\n", "b"], "metadata": {}},
            {"cell_type": "code", "input": ["x\n", "y"], "prompt_number": 1, "outputs": [], "collapsed": true}]},
            {"cells": [{"cell_type": "html", "source": "<b>"}, {"cell_type": "markdown", "source": "c"},
            {"cell_type": "raw", "source": "d", "metadata": {"k": 1}}]}, {}]}
            """#
        let reader = try NotebookReader(Array(text.utf8))
        #expect(reader.version == (3, 0))
        #expect(reader.notes.map(\.message) == ["nbformat 3 is read as nbformat 4"])
        #expect(reader.notebook.metadata == ["name": "x"])
        #expect(
            reader.notebook.cells.map(\.kind) == [.markdown, .code, .markdown, .markdown, .raw])
        #expect(reader.notebook.cells.map(\.source.text) == ["## a b", "x\ny", "<b>", "c", "d"])
        #expect(
            reader.notebook.cells.map(\.metadata) == [[:], ["collapsed": true], [:], [:], ["k": 1]])
    }

    @Test(
        arguments: [
            ("1", "the cell is not an object"), ("{}", "'cell_type' is missing or not a string"),
            (#"{"cell_type": "code"}"#, "'input' is missing"),
            (
                #"{"cell_type": "markdown", "source": [1]}"#,
                "item 1 of 'source' is a number, not a string"
            ),
        ])
    func `a broken cell of nbformat 3 is named`(cell: String, message: String) {
        let text = #"{"nbformat": 3, "worksheets": [{"cells": [\#(cell)]}]}"#
        #expect(error(text)?.message == message)
        #expect(error(text)?.cellNumber == 1)
    }
}
