import Foundation
import Support
import Testing

import Laws
@testable import Notebook

/// Notebooks in every spelling: an update changes what the script changed, and no byte beside it.
///
/// What the file must look like is foretold whole: the notebook as a value, edited, and spelled anew.
@Suite struct SpellingTests {
    private static let small: [String] = [
        #"""
        {"metadata": {"kernelspec": {"name": "python3", "language": "python", "display_name": "é"}},
         "nbformat": 4, "nbformat_minor": 5, "cells": [
         {"cell_type": "code", "execution_count": 1, "metadata": {"collapsed": true},
          "source": "url = 'http://a/b?c&d'\nprint(\"<é 😀>\")",
          "outputs": [{"output_type": "stream", "name": "stdout", "text": ["\u001b[31m\u2028<b>/\n"]}]},
         {"cell_type": "markdown", "metadata": {}, "source": "# Title\n\n*text* & <br/>\n",
          "attachments": {"a.png": {"image/png": "iVBORw0K/+=="}}},
         {"cell_type": "code", "execution_count": null, "metadata": {}, "source": "", "outputs": []},
         {"cell_type": "raw", "metadata": {"format": "text/x"}, "source": "one\ntwo"},
         {"cell_type": "code", "execution_count": 2, "metadata": {},
          "source": "def f(x):\n\treturn \"\\d\"", "outputs": [{"text/plain": {}, "data": []}]}]}
        """#,
        #"""
        {"cells": [{"cell_type": "code", "metadata": {}, "source": "a < 'é/&>'",
         "outputs": [], "execution_count": null}], "metadata": {}, "nbformat_minor": 5, "nbformat": 4}
        """#,
    ]

    /// A text with everything that a spelling may escape.
    private static let line = "edited = \"é <b> & / \\\\ 😀\""

    private static func root(_ text: some Sequence<UInt8>) throws -> JSONObject {
        try #require(try JSONText(Array(text)).root.value.object)
    }

    @Test(arguments: small.indices, Spelling.pairwise)
    func `a notebook in any spelling is edited cell by cell`(number: Int, spelling: Spelling) throws
    {
        let root = spelling.content(try Self.root(Self.small[number].utf8))
        let case_ = SpelledCase(root, spelling, language: Languages.python)
        try case_.checkUnedited()
        let cells = root["cells"]?.array?.count ?? 0
        for index in 0..<cells {
            #expect(try case_.checkLine(Self.line, in: index))
            try case_.checkDeletion(of: index)
            try case_.checkTag(of: index)
            if !spelling.hasDuplicateKeys { try case_.checkInsertion(Self.line, at: index) }
        }
        if cells > 1 { try case_.checkMove() }
    }

    private static let folders = Fixtures.all(below: "notebooks", with: "notebook.ipynb")

    /// Each fixture as it is and in some of the spellings, all of which are used.
    @Test(arguments: folders.indices)
    func `the fixtures in other spellings are edited cell by cell`(number: Int) throws {
        let folder = Self.folders[number]
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.url("").path)
        let bytes = try folder.bytes("notebook.ipynb")
        guard try NotebookReader(bytes).version.major == 4 else { return }
        for name in names where name.hasPrefix("notebook.") && name != "notebook.ipynb" {
            let suffix = "." + name.dropFirst("notebook.".count)
            let language = try #require(Languages.language(withExtension: suffix))
            let script = PercentWriter.script(
                of: try NotebookReader(bytes).notebook, language: language)
            let update = try NotebookUpdate(of: bytes, from: script.bytes, language: language)
            #expect(update.bytes.text == bytes.text)
            for step in 0..<2 {
                let rows = Spelling.pairwise
                let spelling = rows[(number * 2 + step) % rows.count]
                let root = spelling.content(try Self.root(bytes))
                let case_ = SpelledCase(root, spelling, language: language)
                try case_.checkUnedited()
                for index in 0..<(root["cells"]?.array?.count ?? 0) {
                    // A cell in which the line would be a comment or a part of a string is left out.
                    _ = try case_.checkLine("edited", in: index)
                }
            }
        }
    }
}

/// A notebook in one spelling, and what its updates must give.
private struct SpelledCase {
    private let root: JSONObject
    private let spelling: Spelling
    private let language: Language
    private let bytes: [UInt8]

    init(_ root: JSONObject, _ spelling: Spelling, language: Language) {
        self.root = root
        self.spelling = spelling
        self.language = language
        bytes = spelling.bytes(of: root)
    }

    private var cells: [JSONObject] { root["cells"]?.array?.compactMap(\.object) ?? [] }

    private func script() throws -> EditedScript {
        try EditedScript(of: NotebookReader(bytes).notebook, language: language)
    }

    private func expect(
        _ script: EditedScript, toGive cells: [JSONObject],
        _ location: SourceLocation = #_sourceLocation
    ) throws {
        let update = try NotebookUpdate(
            of: bytes, from: script.bytes, language: language, isDeclared: true)
        var root = root
        root["cells"] = .array(cells.map { .object($0) })
        let wanted = spelling.bytes(of: root)
        let isAsWanted = update.bytes == wanted
        #expect(
            isAsWanted,
            "\(spelling)\n\(lineDifference(from: wanted.text, to: update.bytes.text))",
            sourceLocation: location)
    }

    func checkUnedited() throws { try expect(script(), toGive: cells) }

    /// - Returns: Whether the line could be added to the cell and nothing else.
    func checkLine(_ line: String, in index: Int) throws -> Bool {
        var script = try script()
        guard script.pieces.count == cells.count else { return false }
        let before = try PercentReader.notebook(
            of: script.bytes, language: language, isDeclared: true
        ).cells
        script.append(
            line, to: index, comment: before[index].kind == .code ? nil : language.comment)
        let after = try PercentReader.notebook(
            of: script.bytes, language: language, isDeclared: true
        ).cells
        let others = after.indices.filter { $0 != index }
        guard after.count == before.count,
            others.allSatisfy({ before[$0].source == after[$0].source })
        else {
            return false
        }
        // What the script cannot show of the other lines stays.
        let old = (cells[index]["source"] ?? "").sourceText
        let isCode = before[index].kind == .code
        let kept = isCode ? old[..<old.span.endWithoutTrailingSpace] : old[...]
        let source = after[index].source
        guard source.starts(with: kept), source.text.hasSuffix(line) else { return false }
        var cells = cells
        cells[index]["source"] = .string(JSONString(utf8: source))
        cells[index] = spelling.spelledSource(cells[index])
        try expect(script, toGive: cells)
        return true
    }

    func checkDeletion(of index: Int) throws {
        var script = try script()
        var cells = cells
        script.delete(index)
        cells.remove(at: index)
        try expect(script, toGive: cells)
    }

    func checkMove() throws {
        var script = try script()
        script.move(0, to: cells.count - 1)
        try expect(script, toGive: Array(cells.dropFirst() + cells.prefix(1)))
    }

    func checkTag(of index: Int) throws {
        var script = try script()
        script.tag(index)
        var cells = cells
        var metadata = cells[index]["metadata"]?.object ?? [:]
        metadata["tags"] = ["new"]
        cells[index]["metadata"] = .object(metadata)
        try expect(script, toGive: cells)
    }

    func checkInsertion(_ line: String, at index: Int) throws {
        var script = try script()
        script.insert("# %%\n\(line)", at: index)
        let update = try NotebookUpdate(of: bytes, from: script.bytes, language: language)
        let made = try #require(
            try JSONText(update.bytes).root["cells"]?.elements?[index].value.object)
        let members = made.members.map(\.key).sorted()
        let isNew = (root["nbformat_minor"]?.integer ?? 0) >= 5
        #expect(
            members == ["cell_type", "execution_count"] + (isNew ? ["id"] : [])
                + ["metadata", "outputs", "source"])
        var cell: JSONObject = [:]
        for (key, _) in cells.first?.members ?? [] where made[key] != nil { cell[key] = made[key] }
        cell["source"] = .string(JSONString(line))
        cell["execution_count"] = .null
        cell["outputs"] = []
        cell["metadata"] = [:]
        cell["cell_type"] = "code"
        var cells = cells
        cells.insert(spelling.spelledSource(cell), at: index)
        try expect(script, toGive: cells)
    }
}
