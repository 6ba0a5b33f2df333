import Testing

@testable import Notebook

@Suite struct NotebookDifferenceTests {
    /// A notebook whose parts can be replaced one by one.
    private struct Draft {
        var cells = [
            Draft.code("a = 1", id: "1"), Draft.markdown("# Title", id: "2"),
            Draft.code("b", id: "3"),
        ]
        var metadata = #"{"kernelspec": {"name": "python3", "language": "python"}}"#
        var minor = "5"

        static func code(
            _ source: String, id: String, count: String = "1", outputs: String = "[]",
            metadata: String = "{}"
        ) -> String {
            """
            {"cell_type": "code", "id": "\(id)", "execution_count": \(count), "outputs": \(outputs), \
            "metadata": \(metadata), "source": ["\(source)"]}
            """
        }

        static func markdown(_ source: String, id: String, attachments: String = "{}") -> String {
            """
            {"cell_type": "markdown", "id": "\(id)", "attachments": \(attachments), "metadata": {}, \
            "source": "\(source)"}
            """
        }

        func reader() throws -> NotebookReader {
            let text = """
                {"cells": [\(cells.joined(separator: ","))], "metadata": \(metadata), "nbformat": 4, \
                "nbformat_minor": \(minor)}
                """
            return try NotebookReader(Array(text.utf8))
        }
    }

    private static func difference(_ edit: (inout Draft) -> Void) throws -> NotebookDifference {
        var edited = Draft()
        edit(&edited)
        return NotebookDifference(from: try Draft().reader(), to: try edited.reader())
    }

    @Test func `an edited line is source, in its cell`() throws {
        let difference = try Self.difference { $0.cells[2] = Draft.code("b + 1", id: "3") }
        #expect(difference.parts == .source)
        #expect(difference.cells == [.init(oldNumber: 3, newNumber: 3, parts: .source)])
    }

    @Test(arguments: [
        (Draft.code("a = 1", id: "1", count: "2"), NotebookDifference.Parts.runs),
        (
            Draft.code(
                "a = 1", id: "1", outputs: #"[{"output_type": "stream", "text": "1"}]"#), .outputs
        ),
        (
            Draft.code(
                "a = 1", id: "1", metadata: #"{"execution": {"iopub.status.idle": "2024"}}"#), .runs
        ),
        (Draft.code("a = 1", id: "1", metadata: #"{"ExecuteTime": {"end_time": "2024"}}"#), .runs),
    ]) func `what a run leaves behind is outputs, or that there was a run`(
        cell: String, parts: NotebookDifference.Parts
    ) throws {
        let difference = try Self.difference { $0.cells[0] = cell }
        #expect(difference.parts == parts)
        #expect(difference.numbers(ofCellsWith: parts) == [1])
    }

    @Test func `tags, ids and the kernel are metadata`() throws {
        let tags = #"{"tags": ["parameters"], "execution": {"t": 1}}"#
        #expect(
            try Self.difference { $0.cells[0] = Draft.code("a = 1", id: "1", metadata: tags) }.parts
                == .metadata)
        #expect(
            try Self.difference { $0.cells[0] = Draft.code("a = 1", id: "9") }.parts == .metadata)
        let kernel = try Self.difference { $0.metadata = "{}" }
        #expect(kernel.parts == .metadata)
        #expect(kernel.cells == [])
        #expect(kernel.notebookParts == .metadata)
    }

    @Test func `attachments and the version of the format are parts of their own`() throws {
        let picture = #"{"a.png": {"image/png": "AA=="}}"#
        let attached = try Self.difference {
            $0.cells[1] = Draft.markdown("# Title", id: "2", attachments: picture)
        }
        #expect(attached.parts == .attachments)
        #expect(try Self.difference { $0.minor = "4" }.parts == .version)
    }

    @Test func `a new cell and one that is gone are source`() throws {
        let added = try Self.difference { $0.cells.insert(Draft.code("new = 1", id: "4"), at: 1) }
        #expect(added.parts == .source)
        #expect(added.cells == [.init(oldNumber: nil, newNumber: 2, parts: .source)])
        let removed = try Self.difference { $0.cells.remove(at: 1) }
        #expect(removed.parts == .source)
        #expect(removed.cells == [.init(oldNumber: 2, newNumber: nil, parts: .source)])
    }

    @Test func `cells that changed places are source, and no cell is`() throws {
        let moved = try Self.difference { $0.cells.swapAt(0, 1) }
        #expect(moved.parts == .source)
        #expect(moved.cells == [])
    }

    @Test func `an edit above does not hide whose outputs changed`() throws {
        let difference = try Self.difference {
            $0.cells[2] = Draft.code("b", id: "3", outputs: #"[{"output_type": "stream"}]"#)
            $0.cells.insert(Draft.code("new = 1", id: "4"), at: 0)
        }
        #expect(difference.parts == [.source, .outputs])
        #expect(difference.numbers(ofCellsWith: .outputs) == [4])
    }

    @Test(arguments: [
        (#"{"a": 1, "b": [1.0, "é"]}"#, "{ \"b\":\n[1.00,\"\\u00e9\"],\"a\":1}"),
        ("{}", "{ }"),
    ]) func `the spelling of JSON is no difference`(one: String, other: String) throws {
        let left = try Draft(metadata: one).reader()
        let right = try Draft(metadata: other).reader()
        #expect(NotebookDifference(from: left, to: right).parts == [])
    }

    @Test func `a source written as a list is the same as one string`() throws {
        let difference = try Self.difference {
            $0.cells[0] = $0.cells[0].replacing(#"["a = 1"]"#, with: #"["a =", " 1"]"#)
        }
        #expect(difference.parts == [])
    }

    @Test func `an upgrade from nbformat 3 shows the version and the edits`() throws {
        let old = #"""
            {"metadata": {}, "nbformat": 3, "nbformat_minor": 0, "worksheets": [{"cells": [
            {"cell_type": "code", "input": "a", "language": "python", "outputs": []}]}]}
            """#
        let new = #"""
            {"cells": [{"cell_type": "code", "metadata": {}, "source": "b", "outputs": [], "execution_count": null}],
            "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
            """#
        let difference = NotebookDifference(
            from: try NotebookReader(Array(old.utf8)), to: try NotebookReader(Array(new.utf8)))
        #expect(difference.parts == [.source, .version])
    }
}
