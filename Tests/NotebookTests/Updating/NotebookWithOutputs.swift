import Laws
@testable import Notebook
import Support

/// A notebook whose outputs tell which code made them, in one of the spellings found in the wild.
struct NotebookWithOutputs {
    private(set) var bytes: [UInt8] = []
    /// The source of the cell that made output number n.
    private(set) var makers: [[UInt8]] = []

    private static let lines =
        [
            "x = 1", "plot(x, y)", "for i in range(10):", "    total += i", "# note",
            "df = df[df.a > 3]", "result = model.fit(x, y)", "café = \"日本 😀\"", "", "", "a < b & c",
            "return value", "import numpy as np", "%matplotlib inline", "!ls data", "def f(x):",
            "class A:", "text = \"\"\"one\n\n# %% two\n\"\"\"", "%%time", "# %% no marker", "\\d+/",
        ] + Black.lines.map(\.before)

    init(_ chance: inout SplitMix64) {
        let hasIDs = chance.chance(80)
        var cells: [JSONValue] = []
        for index in 0..<chance.below(7) + 1 {
            cells.append(.object(cell(index, hasIDs: hasIDs, &chance)))
        }
        let root: JSONObject = [
            "cells": .array(cells),
            "metadata": .object([
                "kernelspec": .object([
                    "display_name": "Python 3", "language": "python", "name": "python3",
                ]),
                "language_info": .object(["name": "python", "version": .number("3.10")]),
            ]),
            "nbformat": 4, "nbformat_minor": hasIDs ? 5 : 4,
        ]
        bytes = Self.spelled(.object(root), &chance)
    }

    private mutating func cell(_ index: Int, hasIDs: Bool, _ chance: inout SplitMix64) -> JSONObject
    {
        let kind = chance.pick(["code", "code", "code", "markdown", "raw"])
        var lines = (0..<chance.below(6)).map { _ in chance.pick(Self.lines) }
        if chance.chance(80), !lines.isEmpty { lines[0] += "  # \(index)" }
        if chance.chance(20) { lines += [String](repeating: "", count: chance.below(5)) }
        let source = lines.joined(separator: "\n")
        var cell: JSONObject = [
            "cell_type": .string(JSONString(kind)),
            "metadata": chance.chance(30)
                ? ["tags": [.string(JSONString("t\(index)"))], "collapsed": true] : [:],
            "source": chance.chance(20)
                ? .string(JSONString(source))
                : .array(
                    Array(source.utf8).splitIntoLines().map { .string(JSONString(utf8: $0)) }),
        ]
        if hasIDs { cell["id"] = .string(JSONString("id-\(index)")) }
        if chance.chance(10) { cell["zz_unknown"] = .number("1.50") }
        if kind == "markdown", chance.chance(20) {
            cell["attachments"] = ["a.png": ["image/png": .string(JSONString("att-\(index)"))]]
        }
        if kind == "code" {
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
        return cell
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
