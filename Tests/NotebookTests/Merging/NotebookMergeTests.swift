import Support
import Testing

import Laws
@testable import Notebook

@Suite struct NotebookMergeTests {
    private static let base = NotebookDraft(cells: [
        .init(id: "1", source: "import os"), .init(id: "2", kind: "markdown", source: "# Title"),
        .init(id: "3", source: "x = 1\ny = 2\nz = 3"),
    ])

    private static func merge(
        base: NotebookDraft? = base, favoring favored: NotebookMerge.Side? = nil,
        _ editOurs: (inout NotebookDraft) -> Void, _ editTheirs: (inout NotebookDraft) -> Void
    ) throws -> (merge: NotebookMerge, cells: [Cell]) {
        var (ours, theirs) = (Self.base, Self.base)
        editOurs(&ours)
        editTheirs(&theirs)
        let merge = try NotebookMerge(
            base: base?.bytes, ours: ours.bytes, theirs: theirs.bytes, ourLabel: "main",
            theirLabel: "topic", favoring: favored)
        return (merge, try NotebookReader(merge.bytes).notebook.cells)
    }

    private static func sources(_ cells: [Cell]) -> [String] {
        cells.map { String(decoding: $0.source, as: UTF8.self) }
    }

    @Test func `edits of different cells come together`() throws {
        let (merge, cells) = try Self.merge {
            $0.cells[0].source = "import os, sys"
        } _: {
            $0.cells[2].source += "\nw = 4"
        }
        #expect(Self.sources(cells) == ["import os, sys", "# Title", "x = 1\ny = 2\nz = 3\nw = 4"])
        #expect(merge.conflicts.isEmpty && merge.disputes.isEmpty)
    }

    @Test func `edits of different lines of a cell come together`() throws {
        let (merge, cells) = try Self.merge {
            $0.cells[2].source = "x = 10\ny = 2\nz = 3"
        } _: {
            $0.cells[2].source = "x = 1\ny = 2\nz = 30"
        }
        #expect(Self.sources(cells)[2] == "x = 10\ny = 2\nz = 30")
        #expect(merge.conflicts.isEmpty)
    }

    @Test func `edits of one line are marked inside the cell`() throws {
        let (merge, cells) = try Self.merge {
            $0.cells[2].source = "x = 10\ny = 2\nz = 3"
        } _: {
            $0.cells[2].source = "x = 11\ny = 2\nz = 3"
        }
        #expect(
            Self.sources(cells)[2]
                == "<<<<<<< main\nx = 10\n=======\nx = 11\n>>>>>>> topic\ny = 2\nz = 3")
        #expect(merge.conflicts == [.init(cellNumber: 3, kind: .source)])
    }

    @Test func `new cells of both sides stay, ours first`() throws {
        let (merge, cells) = try Self.merge {
            $0.cells.append(.init(id: "o", source: "ours"))
        } _: {
            $0.cells.append(.init(id: "t", source: "theirs"))
        }
        #expect(Self.sources(cells).suffix(2) == ["ours", "theirs"])
        #expect(merge.conflicts.isEmpty)
    }

    @Test func `a new cell of theirs with an id of ours gets another`() throws {
        let (merge, _) = try Self.merge {
            $0.cells.append(.init(id: "same", source: "ours"))
        } _: {
            $0.cells.append(.init(id: "same", source: "theirs"))
        }
        let nodes = try #require(try JSONText(merge.bytes).root["cells"]?.elements)
        let ids = nodes.compactMap { $0["id"]?.value.string }
        #expect(ids.count == 5 && Set(ids).count == 5)
    }

    @Test func `the same new cell is there once`() throws {
        let (_, cells) = try Self.merge {
            $0.cells.append(.init(id: "o", source: "new"))
        } _: {
            $0.cells.append(.init(id: "t", source: "new"))
        }
        #expect(Self.sources(cells).filter { $0 == "new" }.count == 1)
    }

    @Test func `a cell that one side deleted is gone, whatever ran on the other`() throws {
        let (merge, cells) = try Self.merge {
            $0.cells.remove(at: 0)
        } _: {
            $0.cells[0].outputs = #"[{"output_type": "stream", "name": "stdout", "text": "1"}]"#
        }
        #expect(Self.sources(cells) == ["# Title", "x = 1\ny = 2\nz = 3"])
        #expect(merge.conflicts.isEmpty)
    }

    @Test(arguments: [true, false])
    func `a deleted cell that the other side changed is marked`(isDeletedByUs: Bool) throws {
        let delete = { (draft: inout NotebookDraft) in _ = draft.cells.remove(at: 2) }
        let change = { (draft: inout NotebookDraft) in
            draft.cells[2].source = "x = 1\ny = 2\nz = 30"
        }
        let (merge, cells) = try Self.merge(
            isDeletedByUs ? delete : change, isDeletedByUs ? change : delete)
        let text = "x = 1\ny = 2\nz = 30\n"
        #expect(
            Self.sources(cells)[2]
                == (isDeletedByUs
                    ? "<<<<<<< main\n=======\n\(text)>>>>>>> topic"
                    : "<<<<<<< main\n\(text)=======\n>>>>>>> topic"))
        #expect(
            merge.conflicts
                == [.init(cellNumber: 3, kind: isDeletedByUs ? .deletedByUs : .deletedByThem)])
    }

    @Test func `outputs come from the side whose source stands there`() throws {
        let run = #"[{"output_type": "stream", "name": "stdout", "text": "1"}]"#
        let other = #"[{"output_type": "stream", "name": "stdout", "text": "2"}]"#
        let outputs = { (merge: NotebookMerge) -> [String?] in
            let nodes = try JSONText(merge.bytes).root["cells"]?.elements ?? []
            return nodes.map { node in
                node["outputs"]?.value.array?.first?.object?["text"]?.string
            }
        }
        let onlyTheyRan = try Self.merge { _ in
        } _: {
            $0.cells[0].outputs = run
        }
        #expect(try outputs(onlyTheyRan.merge)[0] == "1")
        let bothRan = try Self.merge {
            $0.cells[0].outputs = run
        } _: {
            $0.cells[0].outputs = other
        }
        #expect(try outputs(bothRan.merge)[0] == "1")
        let theyChanged = try Self.merge {
            $0.cells[0].outputs = run
        } _: {
            $0.cells[0].source = "import sys"
            $0.cells[0].outputs = other
        }
        #expect(try outputs(theyChanged.merge)[0] == "2")
    }

    @Test(arguments: [nil, NotebookMerge.Side.ours, .theirs])
    func `metadata are merged by key, and of what both changed one is taken and all is named`(
        favored: NotebookMerge.Side?
    ) throws {
        let (merge, _) = try Self.merge(favoring: favored) {
            $0.metadata = #"{"kernelspec": {"name": "a"}, "authors": 1}"#
            $0.cells[0].metadata = #"{"tags": ["x"]}"#
            $0.cells[2].metadata = #"{"name": "ours", "scrolled": true}"#
        } _: {
            $0.metadata = #"{"kernelspec": {"name": "b"}, "title": 2}"#
            $0.cells[0].metadata = #"{"collapsed": true}"#
            $0.cells[2].metadata = #"{"name": "theirs", "scrolled": false}"#
        }
        let isTheirs = favored == .theirs
        let root = try JSONText(merge.bytes).root
        let metadata = root["metadata"]?.value
        #expect(
            metadata
                == ["kernelspec": ["name": isTheirs ? "b" : "a"], "authors": 1, "title": 2]
                as JSONValue)
        let cells = root["cells"]?.elements?.map { $0["metadata"]?.value }
        #expect(cells?[0] == ["tags": ["x"], "collapsed": true] as JSONValue)
        #expect(
            cells?[2]
                == ["name": isTheirs ? "theirs" : "ours", "scrolled": .bool(!isTheirs)] as JSONValue
        )
        #expect(merge.conflicts.isEmpty)
        #expect(
            merge.disputes == [
                .init(cellNumber: nil, name: "metadata.kernelspec.name", isOfPrograms: true),
                .init(cellNumber: 3, name: "metadata.name", isOfPrograms: false),
                .init(cellNumber: 3, name: "metadata.scrolled", isOfPrograms: true),
            ])
    }

    @Test(arguments: [nil, NotebookMerge.Side.ours, .theirs])
    func `what one side took out and the other changed is named, too`(
        favored: NotebookMerge.Side?
    ) throws {
        var base = Self.base
        base.metadata = #"{"title": 1}"#
        base.cells[0].metadata = #"{"name": "old"}"#
        let ours = #"{"name": "new"}"#
        var (our, their) = (base, base)
        (our.metadata, our.cells[0].metadata) = ("{}", ours)
        (their.metadata, their.cells[0].metadata) = (#"{"title": 2}"#, "{}")
        let merge = try NotebookMerge(
            base: base.bytes, ours: our.bytes, theirs: their.bytes, ourLabel: "main",
            theirLabel: "topic", favoring: favored)
        let root = try JSONText(merge.bytes).root
        let isTheirs = favored == .theirs
        #expect(root["metadata"]?.value == (isTheirs ? ["title": 2] : [:]) as JSONValue)
        #expect(
            root["cells"]?.elements?[0]["metadata"]?.value
                == (isTheirs ? [:] : ["name": "new"]) as JSONValue)
        #expect(Set(merge.disputes.map(\.name)) == ["metadata.title", "metadata.name"])
    }

    @Test(arguments: [true, false])
    func `a deleted cell whose metadata a person changed is a conflict, and others are not`(
        isOfPerson: Bool
    ) throws {
        let (merge, cells) = try Self.merge {
            $0.cells.remove(at: 0)
        } _: {
            $0.cells[0].metadata = isOfPerson ? #"{"tags": ["x"]}"# : #"{"collapsed": true}"#
        }
        #expect(cells.count == (isOfPerson ? 3 : 2))
        #expect(
            merge.conflicts == (isOfPerson ? [.init(cellNumber: 1, kind: .deletedByUs)] : []))
    }

    @Test func `a cell whose kind both sides changed is there as either has it`() throws {
        let (_, cells) = try Self.merge {
            $0.cells[0].kind = "markdown"
        } _: {
            $0.cells[0].kind = "raw"
        }
        #expect(cells.map(\.kind) == [.markdown, .raw, .markdown, .code])
    }

    @Test func `a side of nbformat 4_4 gets ids when the other has them`() throws {
        let (merge, _) = try Self.merge {
            $0.minor = 4
        } _: { _ in
        }
        let root = try JSONText(merge.bytes).root
        #expect(root["nbformat_minor"]?.value.integer == 5)
        let ids = root["cells"]?.elements?.map { $0["id"]?.value.string }
        #expect(ids?.allSatisfy { $0 != nil } == true)
    }
}
