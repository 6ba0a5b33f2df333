import Laws
@testable import Notebook
import Testing

@Suite struct NotebookWriterTests {
    private func ids(_ cells: [Cell]) throws -> [String] {
        let bytes = NotebookWriter.bytes(of: Notebook(cells: cells))
        let elements = try #require(try JSONText(bytes).root["cells"]?.elements)
        return elements.compactMap { $0["id"]?.value.string }
    }

    @Test func `a small notebook is byte for byte as Jupyter writes it`() throws {
        let notebook = Notebook(
            metadata: ["kernelspec": ["name": "python3", "language": "python"], "a": [:]],
            cells: [
                Cell(kind: .code, source: Array("é\n\"x\"\n".utf8), metadata: ["tags": ["a"]]),
                Cell(kind: .markdown, source: []),
            ])
        let ids = try ids(notebook.cells)
        let expected = #"""
            {
             "cells": [
              {
               "cell_type": "code",
               "execution_count": null,
               "id": "\#(ids[0])",
               "metadata": {
                "tags": [
                 "a"
                ]
               },
               "outputs": [],
               "source": [
                "é\n",
                "\"x\"\n"
               ]
              },
              {
               "cell_type": "markdown",
               "id": "\#(ids[1])",
               "metadata": {},
               "source": []
              }
             ],
             "metadata": {
              "a": {},
              "kernelspec": {
               "language": "python",
               "name": "python3"
              }
             },
             "nbformat": 4,
             "nbformat_minor": 5
            }

            """#
        #expect(NotebookWriter.bytes(of: notebook).text == expected)
    }

    @Test func `what is written is read back`() throws {
        let notebook = Notebook(
            metadata: ["x": ["\u{0}\u{2028}": .number("1.5")]],
            cells: [
                Cell(kind: .code, source: Array("a\r\nb\u{C}c\u{2028}".utf8)),
                Cell(kind: .raw, source: [0x61, 0xED, 0xA0, 0xBD]),
                Cell(kind: .other("heading"), source: []),
            ])
        let bytes = NotebookWriter.bytes(of: notebook)
        #expect(try NotebookReader(bytes).notebook == notebook)
        #expect(NotebookWriter.bytes(of: notebook) == bytes)
    }

    @Test func `ids are stable, unique and eight hexadecimal digits`() throws {
        let cells = (0..<500).map { Cell(kind: .code, source: Array("x\($0 % 3)".utf8)) }
        let first = try ids(cells)
        #expect(try ids(cells) == first)
        #expect(Set(first).count == 500)
        let isHexadecimal = first.allSatisfy { id in
            id.utf8.count == 8 && id.utf8.allSatisfy { $0.hexValue != nil && !$0.isUppercaseLetter }
        }
        #expect(isHexadecimal)
        #expect(try ids(Array(cells.prefix(10))) == Array(first.prefix(10)))
    }

    @Test(
        arguments: [
            ("", []), ("a", ["a"]), ("a\n", ["a\n"]), ("a\nb", ["a\n", "b"]),
            ("\n\n", ["\n", "\n"]),
            ("a\r\nb\rc", ["a\r\n", "b\r", "c"]), ("a\u{B}b\u{C}c", ["a\u{B}", "b\u{C}", "c"]),
            ("a\u{1C}b\u{1D}c\u{1E}d\u{1F}e", ["a\u{1C}", "b\u{1D}", "c\u{1E}", "d\u{1F}e"]),
            ("a\u{85}b\u{2028}c\u{2029}d", ["a\u{85}", "b\u{2028}", "c\u{2029}", "d"]),
            ("é\u{A0}\u{2027}", ["é\u{A0}\u{2027}"]),
        ] as [(String, [String])])
    func `sources are split as Python's splitlines does`(source: String, lines: [String]) {
        #expect(NotebookWriter.lines(of: Array(source.utf8)).compactMap(\.string) == lines)
    }
}
