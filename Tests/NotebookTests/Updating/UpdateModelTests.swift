import Foundation
import Testing

@testable import Notebook
import Support

/// Random histories of a script beside a notebook with outputs, and the laws that every update keeps.
@Suite struct UpdateModelTests {
    static let caseCount =
        Int(ProcessInfo.processInfo.environment["NBGIT_PROPERTY_CASES"] ?? "") ?? 600

    @Test(arguments: 0..<4)
    func `outputs stay with their code, and untouched cells keep their bytes`(part: Int) throws {
        for number in stride(from: part, to: Self.caseCount, by: 4) {
            var chance = SplitMix64(seed: UInt64(number) &* 7919 &+ 1)
            let made = NotebookWithOutputs(&chance)
            let before = try NotebookReader(made.bytes).notebook
            var script = try EditedScript(of: before)
            let untouched = script
            for _ in 0..<chance.below(5) { script.edit(&chance) }
            let comment = Comment(
                rawValue:
                    "case \(number): \(script.edits)\n\(made.bytes.text)\n\(script.bytes.text)")
            let update = try NotebookUpdate(
                of: made.bytes, from: script.bytes, language: Languages.python)
            if script.bytes == untouched.bytes {
                try #require(update.bytes.text == made.bytes.text, comment)
            }
            try checkContent(update, script, comment)
            try checkOutputs(update, made, comment)
            try checkUntouchedCells(update, made, script, untouched, comment)
            let again = try NotebookUpdate(
                of: update.bytes, from: script.bytes, language: Languages.python)
            try #require(try content(of: again.bytes) == content(of: update.bytes), comment)
        }
    }

    /// What must not change when the same script is applied again; blank lines at the end of a cell may.
    private func content(of bytes: [UInt8]) throws -> [String] {
        let cells = try NotebookReader(bytes).notebook.cells
        let nodes = try JSONText(bytes).root["cells"]?.elements ?? []
        return zip(cells, nodes).map { cell, node in
            let rest = ["id", "outputs", "execution_count", "metadata"].map { key in
                node[JSONString(key)].map { Array(bytes[$0.range]).text } ?? "-"
            }
            return ([cell.kind.name, cell.shownSource] + rest).joined(separator: "\n")
        }
    }

    /// The notebook says what the script says, and its ids are unique.
    private func checkContent(_ update: NotebookUpdate, _ script: EditedScript, _ comment: Comment)
        throws
    {
        let after = try NotebookReader(update.bytes).notebook
        let wanted = try PercentReader.notebook(of: script.bytes, language: Languages.python)
        try #require(after.cells.map(\.kind) == wanted.cells.map(\.kind), comment)
        try #require(after.cells.map(\.shownSource) == wanted.cells.map(\.shownSource), comment)
        let nodes = try JSONText(update.bytes).root["cells"]?.elements ?? []
        let ids = nodes.compactMap { $0["id"]?.value.string }
        try #require(ids.count == nodes.count && Set(ids).count == ids.count, comment)
    }

    /// An output stands once at most, and where its code changed the cell is said to be stale.
    private func checkOutputs(
        _ update: NotebookUpdate, _ made: NotebookWithOutputs, _ comment: Comment
    ) throws {
        let cells = try NotebookReader(update.bytes).notebook.cells
        let nodes = try JSONText(update.bytes).root["cells"]?.elements ?? []
        var seen: Set<Int> = []
        for (index, node) in nodes.enumerated() {
            guard let outputs = node["outputs"]?.value,
                case let line = JSONWriter.line(outputs).text,
                let start = line.range(of: "made-")?.upperBound
            else { continue }
            let number = try #require(Int(line[start...].prefix { $0.isNumber }), comment)
            try #require(seen.insert(number).inserted, comment)
            let isSame =
                cells[index].shownSource
                == Cell(kind: .code, source: made.makers[number]).shownSource
            try #require(isSame || update.staleCells.contains(index + 1), comment)
            try #require(!isSame || !update.staleCells.contains(index + 1), comment)
        }
    }

    /// A cell whose lines are in both scripts once stands in the new file byte for byte.
    private func checkUntouchedCells(
        _ update: NotebookUpdate, _ made: NotebookWithOutputs, _ script: EditedScript,
        _ untouched: EditedScript, _ comment: Comment
    ) throws {
        let nodes = try JSONText(made.bytes).root["cells"]?.elements ?? []
        for (index, cell) in untouched.cells.enumerated() where index < nodes.count {
            guard untouched.cells.count(where: { $0 == cell }) == 1,
                script.cells.count(where: { $0 == cell }) == 1
            else { continue }
            let bytes = Array(made.bytes[nodes[index].range])
            try #require(update.bytes.span.firstIndex(of: bytes) != nil, comment)
        }
    }
}

extension Cell {
    /// The source without blank lines at its end, which a script does not show.
    fileprivate var shownSource: String {
        Array(source.prefix(source.span.endWithoutTrailingSpace)).text
    }
}
