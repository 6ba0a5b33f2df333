@testable import Notebook
import Support

/// A notebook whose outputs tell which code made them, in one of the spellings found in the wild.
struct NotebookWithOutputs {
    let bytes: [UInt8]
    /// The source of the cell that made output number n.
    private(set) var makers: [[UInt8]] = []

    private static let lines = [
        "x = 1", "y = load('a.csv')", "plot(x, y)", "for i in range(10):", "    total += i",
        "# note",
        "print(\"done\")", "df = df[df.a > 3]", "result = model.fit(x, y)", "café = '日本 😀'", "",
        "a < b & c",
        "return value", "import numpy as np", "%matplotlib inline", "!ls data",
    ]

    init(_ chance: inout SplitMix64) {
        var cells: [JSONValue] = []
        for index in 0..<chance.below(7) + 1 {
            let isCode = chance.chance(70)
            let count = chance.below(6)
            var lines = (0..<count).map { _ in chance.pick(Self.lines) }
            if chance.chance(80), !lines.isEmpty { lines[0] += "  # \(index)" }
            let source = lines.joined(separator: "\n")
            var cell: JSONObject = [
                "cell_type": isCode ? "code" : "markdown", "id": .string(JSONString("id-\(index)")),
                "metadata": chance.chance(30)
                    ? ["tags": [.string(JSONString("t\(index)"))], "hidden": ["collapsed": true]]
                    : [:],
                "source": chance.chance(20)
                    ? .string(JSONString(source))
                    : .array(
                        Array(source.utf8).splitIntoLines().map { .string(JSONString(utf8: $0)) }),
            ]
            if isCode {
                cell["execution_count"] = .number(String(index))
                cell["outputs"] = .array([])
                if chance.chance(80) {
                    let text = JSONValue.array([.string(JSONString("made-\(makers.count)-"))])
                    cell["outputs"] = .array([
                        .object(["name": "stdout", "output_type": "stream", "text": text])
                    ])
                    makers.append(Array(source.utf8))
                }
            }
            cells.append(.object(cell))
        }
        let root: JSONObject = [
            "cells": .array(cells),
            "metadata": .object([
                "kernelspec": .object([
                    "display_name": "Python 3", "language": "python", "name": "python3",
                ]),
                "language_info": .object(["name": "python", "version": .number("3.10")]),
            ]),
            "nbformat": 4, "nbformat_minor": 5,
        ]
        bytes = Self.spelled(.object(root), &chance)
    }

    private static func spelled(_ value: JSONValue, _ chance: inout SplitMix64) -> [UInt8] {
        switch chance.below(5) {
        case 0: return JSONWriter.line(value)
        case 1: return JSONWriter.block(value).withCarriageReturns
        case 2:
            // Four spaces and escaped angle brackets, as some web services write.
            let lines = JSONWriter.block(value).splitIntoLines().map { line in
                let indent = line.prefix { $0 == .space }.count
                return [UInt8](repeating: .space, count: 4 * indent) + line[indent...]
            }
            return lines.joined().flatMap { $0 == UInt8(ascii: "<") ? Array("\\u003c".utf8) : [$0] }
        default: return JSONWriter.block(value) + [.lineFeed]
        }
    }
}

/// The script of a notebook, cut into cells that can be edited as a person edits them.
struct EditedScript {
    private let header: [UInt8]
    private(set) var cells: [[UInt8]]
    private(set) var edits: [String] = []

    init(of notebook: Notebook) throws {
        let script = PercentWriter.script(of: notebook, language: Languages.python).bytes
        let reader = try PercentReader(
            script, language: Languages.python, options: FormatOptions(), isDeclared: true)
        cells = reader.writtenCells().map(\.text)
        let text = try ScriptText(script)
        let end =
            reader.header.bodyStart > 0 ? text.lines[reader.header.bodyStart - 1].upperBound : 0
        header = Array(text.bytes[..<end])
    }

    var bytes: [UInt8] {
        header + [.lineFeed] + Array(cells.joined(separator: Array("\n\n".utf8))) + [.lineFeed]
    }

    mutating func edit(_ chance: inout SplitMix64) {
        let names = [
            "line", "insert", "delete", "move", "split", "merge", "copy", "rename", "format", "tag",
        ]
        let name = chance.pick(names)
        edits.append(name)
        guard !cells.isEmpty || name == "insert" else { return }
        let index = cells.isEmpty ? 0 : chance.below(cells.count)
        switch name {
        case "line":
            var lines = cells[index].splitIntoLines()
            guard lines.count > 1 else { return }
            let place = 1 + chance.below(lines.count - 1)
            let isText = lines[0].text.contains("[markdown]")
            lines[place] = Array((isText ? "# edited\n" : "edited = \(edits.count)\n").utf8)
            cells[index] = Array(lines.joined())
            if cells[index].last == .lineFeed { cells[index].removeLast() }
        case "insert": cells.insert(Array("# %%\nnew_\(edits.count) = 1".utf8), at: index)
        case "delete": cells.remove(at: index)
        case "move":
            let cell = cells.remove(at: index)
            cells.insert(cell, at: chance.below(cells.count + 1))
        case "split":
            let lines = cells[index].splitIntoLines()
            guard lines.count > 2, lines[0].elementsEqual("# %%\n".utf8) else { return }
            let place = 2 + chance.below(lines.count - 2)
            cells[index] = Array(lines[..<place].joined().dropLast())
            cells.insert(Array("# %%\n".utf8) + lines[place...].joined(), at: index + 1)
        case "merge":
            guard index + 1 < cells.count, cells[index].starts(with: "# %%\n".utf8),
                cells[index + 1].starts(with: "# %%\n".utf8)
            else { return }
            cells[index] += [.lineFeed] + cells[index + 1].dropFirst(5)
            cells.remove(at: index + 1)
        case "copy": cells.insert(cells[index], at: index)
        case "rename":
            cells = cells.map { $0.flatMap { $0 == UInt8(ascii: "x") ? Array("xs".utf8) : [$0] } }
        case "format": cells[index] = cells[index].map { $0 == .apostrophe ? .quote : $0 }
        default:
            guard let end = cells[index].firstIndex(of: .lineFeed) else { return }
            cells[index].insert(contentsOf: Array(" tags=[\"new\"]".utf8), at: end)
        }
    }
}
