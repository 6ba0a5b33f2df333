@testable import Notebook

extension Law {
    /// A notebook takes over what was edited in its script's header, says it again, and changes in nothing else.
    ///
    /// The input chooses edits of the metadata in the header, or is itself a line in it: see ``HeaderEdit``.
    static let headerEdit = Law("header-edit") { input in
        var edit = HeaderEdit(input)
        let script = edit.script()
        let update: NotebookUpdate
        do throws(NotebookUpdate.Failure) {
            update = try HeaderEdit.update(of: HeaderEdit.notebook, from: script)
        } catch {
            guard case .notebook = error else { return nil }
            return "a good notebook is refused: \(error)"
        }
        do {
            return try violation(of: update, from: script)
        } catch { return "what was made is refused: \(error)" }
    }

    private static func violation(of update: NotebookUpdate, from script: [UInt8]) throws -> String?
    {
        let traits = ScriptTraits(of: script, language: Languages.python)
        let old = try NotebookReader(HeaderEdit.notebook).notebook
        let new = try NotebookReader(update.bytes).notebook
        let again = PercentWriter.script(
            of: new, language: Languages.python, replacing: traits
        ).bytes
        let said = traits.metadata.comparable
        let repeated = ScriptTraits(of: again, language: Languages.python).metadata.comparable
        for (key, value) in said.members {
            guard let other = repeated[key], value.isKept(in: other) else {
                return "'\(key)' is not in the header again: \(text(repeated))"
            }
        }
        for (key, value) in old.metadata.members where said[key] == nil && key != "jupytext" {
            guard new.metadata[key]?.isEquivalent(to: value) == true else {
                return "'\(key)' changed, and the header does not have it"
            }
        }
        let twice = try HeaderEdit.update(of: update.bytes, from: script)
        if twice.bytes != update.bytes { return "the same script changes the notebook again" }
        let settled = try HeaderEdit.update(of: update.bytes, from: again)
        if settled.bytes != update.bytes { return "the notebook's own script changes it" }
        // A setting can give the cells another meaning.
        let cells = try PercentReader.notebook(
            of: script, language: Languages.python, isDeclared: true
        ).cells
        guard cells == HeaderEdit.cells else { return nil }
        let kept = try [HeaderEdit.notebook, update.bytes].map {
            let text = try JSONText(editing: $0)
            return text.root["cells"].map { node in Array(text.bytes[node.range]) }
        }
        return kept[0] == kept[1] ? nil : "cells changed"
    }

    private static func text(_ object: JSONObject) -> String {
        String(decoding: JSONValue.object(object).line, as: UTF8.self)
    }
}

/// Edits of the header of an example's script, chosen by an input.
///
/// The first byte says how many members are set: each by a byte for its place and one for its value. What is left of
/// the input is a line of YAML, put at the place that two more bytes choose.
struct HeaderEdit {
    private var chance: InputChance

    init(_ input: [UInt8]) { chance = InputChance(input) }

    mutating func script() -> [UInt8] {
        var metadata = ScriptTraits(of: Self.example, language: Languages.python).metadata
        for _ in 0..<(chance.byte() % 4) {
            let place = chance.pick(Self.places)
            let value = chance.pick(Self.values)
            if place.count == 1 {
                metadata[place[0]] = value
            } else {
                var section = metadata[place[0]]?.object ?? [:]
                section[place[1]] = value
                metadata[place[0]] = .object(section)
            }
        }
        let block = YAMLWriter.block(["jupyter": .object(metadata)])
        var lines = block.split(separator: .lineFeed).map(Array.init)
        let number = Int(chance.byte()) << 8 | Int(chance.byte())
        let added = chance.remaining
        if !added.isEmpty { lines.insert(added, at: number % (lines.count + 1)) }
        lines = [Array("---".utf8)] + lines + [Array("---".utf8)]
        let header = lines.flatMap { Array("# ".utf8) + $0 + [.lineFeed] }
        return header + Self.example[Self.bodyStart...]
    }

    static func update(
        of notebook: [UInt8], from script: [UInt8]
    ) throws(NotebookUpdate.Failure) -> NotebookUpdate {
        try NotebookUpdate(
            of: notebook, from: script, language: Languages.python, isDeclared: true)
    }

    private static let places: [[JSONString]] = [
        ["kernelspec", "language"], ["kernelspec", "name"], ["kernelspec", "display_name"],
        ["kernelspec", "env"], ["kernelspec"], ["jupytext", "formats"],
        ["jupytext", "cell_metadata_filter"], ["jupytext", "notebook_metadata_filter"],
        ["jupytext", "main_language"], ["jupytext", "comment_magics"],
        ["jupytext", "cell_markers"], ["jupytext", "custom"], ["jupytext"], ["title"],
        ["authors"], ["language_info"], ["widgets"], ["é"], ["orphan"],
    ]

    private static let values: [JSONValue] = [
        "R", "python", "Python 3 (ipykernel)", "julia", "-all", "all", "tags,-all", "title,-all",
        "ipynb,py:percent", "ipynb,scripts//py:percent", "\"\"\"", true, false, .null, 1,
        .number("3.10"), [], [:], ["name": "x", "display_name": "X", "language": "R"],
        ["a", ["b": "c"]], "", "2020-01-01", "a: b", "é\n", "-kernelspec", "ir",
    ]

    static let notebook = Array(
        #"""
        {"cells": [
          {"cell_type": "code", "execution_count": 1, "id": "one", "metadata": {"tags": ["a"], "x":  1.50},
           "outputs": [{"name": "stdout", "output_type": "stream", "text": ["1\n"]}],
           "source": ["x = 1\n", "print(x)"]},
          {"cell_type": "markdown", "id": "two",   "metadata": {}, "source": "# Title\n\nText"},
          {"cell_type": "code", "execution_count": null, "id": "three", "metadata": {"collapsed": true},
           "outputs": [], "source": ["%time f()\n", "g()"]}
        ], "metadata": {"title": "caf\u00e9", "jupytext": {"formats": "ipynb,auto:percent",
           "cell_metadata_filter": "tags,-all"}, "kernelspec": {"name": "python3", "language": "python",
           "display_name":  "Python 3"}, "language_info": {"name": "python", "version": "3.11"},
           "widgets": {"state": {}}}, "nbformat": 4, "nbformat_minor": 5}
        """#.utf8)

    private static let example: [UInt8] = {
        let read = try? NotebookReader(notebook).notebook
        return read.map { PercentWriter.script(of: $0, language: Languages.python).bytes } ?? []
    }()

    /// The example's cells as its script shows them.
    static let cells =
        (try? PercentReader.notebook(of: example, language: Languages.python, isDeclared: true))?
        .cells ?? []

    /// Where the header ends.
    private static let bodyStart = example.span.firstIndex(of: Array("\n# %%".utf8)) ?? 0
}

extension JSONObject {
    private static let notebooksAffairs: [JSONString] = [
        "text_representation", "formats", "main_language", "cell_metadata_filter",
    ]

    /// What a header says, without what is said of the script itself.
    fileprivate var comparable: JSONObject {
        var object = expressible
        if var section = object["jupytext"]?.object {
            // A pair's formats are the notebook's affair; so is its language, where it has a kernel, and a filter, where
            // the cells' markers do not go by the new one.
            for key in Self.notebooksAffairs { section[key] = nil }
            object["jupytext"] = .object(section)
        } else {
            // It is no section.
            object["jupytext"] = nil
        }
        return object
    }
}

extension JSONValue {
    /// Whether `other` says all that this one says; an object may have more members.
    fileprivate func isKept(in other: JSONValue) -> Bool {
        guard case .object(let object) = self, let members = other.object else {
            return isEquivalent(to: other)
        }
        return object.members.allSatisfy { key, value in
            members[key].map { value.isKept(in: $0) } ?? false
        }
    }
}
