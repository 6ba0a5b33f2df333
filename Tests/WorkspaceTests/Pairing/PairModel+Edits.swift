import Foundation
import Support

@testable import Notebook

/// What people do to the faces.
extension PairModel {
    // MARK: The notebook

    mutating func editNotebook() throws {
        note("edit notebook")
        try edit(layout.notebook) { bytes, model in
            try Self.editingCells(bytes) { cells in
                guard !cells.isEmpty else {
                    cells.append(Self.cell(model.newWord()))
                    return
                }
                let place = model.random.below(cells.count)
                switch model.random.below(8) {
                case 0: cells.insert(Self.cell(model.newWord()), at: place)
                case 1: cells.remove(at: place)
                case 2:
                    cells.insert(cells.remove(at: place), at: model.random.below(cells.count + 1))
                case 3: model.split(&cells, at: place)
                case 4:
                    let note: JSONObject = [
                        "cell_type": "markdown",
                        "id": .string(JSONString("m\(model.random.below(10_000))")),
                        "metadata": .object([:]),
                        "source": .string(JSONString("Some \(model.newWord())")),
                    ]
                    cells.insert(note, at: place)
                case 5:
                    // Some editors copy a cell with its id.
                    model.insertLine(into: &cells[place])
                    cells.insert(cells[place], at: model.random.below(cells.count + 1))
                    model.insertLine(into: &cells[place])
                default: model.insertLine(into: &cells[place])
                }
            }
        }
    }

    func split(_ cells: inout [JSONObject], at place: Int) {
        let lines = Self.lines(of: cells[place])
        guard lines.count > 1, cells[place]["cell_type"] == "code" else { return }
        cells[place]["source"] = .string(JSONString(lines[0]))
        var rest = Self.cell("rest")
        rest["id"] = .string(JSONString("s\(lines[1].filter(\.isLetter))\(lines.count)"))
        rest["source"] = .string(JSONString(lines[1...].joined(separator: "\n")))
        cells.insert(rest, at: place + 1)
    }

    mutating func insertLine(into cell: inout JSONObject) {
        var lines = Self.lines(of: cell)
        lines.insert("\(newWord()) = 1", at: random.below(lines.count + 1))
        cell["source"] = .string(JSONString(lines.joined(separator: "\n")))
    }

    mutating func runCells() throws {
        note("run")
        try edit(layout.notebook) { bytes, model in
            try Self.editingCells(bytes) { cells in
                for place in cells.indices where cells[place]["cell_type"] == "code" {
                    cells[place]["execution_count"] = .number("\(place + 1)")
                    cells[place]["outputs"] = .array([
                        .object(["output_type": "stream", "name": "stdout", "text": "ran"])
                    ])
                }
            }
        }
    }

    mutating func editMetadata() throws {
        note("metadata")
        try edit(layout.notebook) { bytes, model in
            try Self.editingCells(bytes) { cells in
                guard !cells.isEmpty else { return }
                let place = model.random.below(cells.count)
                cells[place]["metadata"] = .object([
                    "tags": .array([.string(JSONString(model.newWord()))])
                ])
            }
        }
    }

    mutating func editScriptMetadata() throws {
        note("script metadata")
        try edit(layout.script) { bytes, model in
            var lines = Self.lines(bytes)
            let starts = Self.cellStarts(lines)
            guard !starts.isEmpty else { return bytes }
            let start = model.random.pick(starts)
            let kind = lines[start].contains("[markdown]") ? " [markdown]" : ""
            lines[start] = "# %%\(kind) tags=[\"\(model.newWord())\"]"
            return Array(lines.joined(separator: "\n").utf8)
        }
    }

    /// Calls the kernel otherwise, in one of the faces or in both.
    mutating func editKernelName() throws {
        note("kernel")
        let sides = random.below(3)
        if sides != 0 {
            try edit(layout.notebook) { bytes, model in
                guard let text = try? JSONText(bytes), var root = text.root.value.object,
                    var metadata = root["metadata"]?.object,
                    var kernel = metadata["kernelspec"]?.object
                else { return bytes }
                kernel["display_name"] = .string(JSONString(model.newWord()))
                metadata["kernelspec"] = .object(kernel)
                root["metadata"] = .object(metadata)
                return JSONWriter.block(.object(root))
            }
        }
        guard sides != 1 else { return }
        try edit(layout.script) { bytes, model in
            var lines = Self.lines(bytes)
            let key = "display_name: "
            guard let line = lines.firstIndex(where: { $0.contains(key) }),
                let end = lines[line].firstRange(of: key)?.upperBound
            else { return bytes }
            lines[line] = lines[line][..<end] + model.newWord()
            return Array(lines.joined(separator: "\n").utf8)
        }
    }

    private static func cell(_ word: String) -> JSONObject {
        [
            "cell_type": "code", "execution_count": .null,
            "id": .string(JSONString("n\(word.dropLast())")),
            "metadata": .object([:]), "outputs": .array([]),
            "source": .string(JSONString("\(word) = 1")),
        ]
    }

    private static func lines(_ script: [UInt8]) -> [String] {
        String(decoding: script, as: UTF8.self)
            .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    private static func lines(of cell: JSONObject) -> [String] {
        var text: [UInt8] = []
        for part in cell["source"]?.array ?? cell["source"].map({ [$0] }) ?? [] {
            if case .string(let part) = part { text += part.utf8 }
        }
        return text.split(separator: 0x0A, omittingEmptySubsequences: false).map {
            String(decoding: $0, as: UTF8.self)
        }
    }

    /// The notebook with other cells; as it is when it is none, as after a merge.
    private static func editingCells(
        _ bytes: [UInt8], _ change: (inout [JSONObject]) throws -> Void
    ) throws -> [UInt8] {
        guard let text = try? JSONText(bytes), var root = text.root.value.object,
            var cells = root["cells"]?.array?.compactMap(\.object)
        else { return bytes }
        try change(&cells)
        root["cells"] = .array(cells.map { .object($0) })
        return JSONWriter.block(.object(root))
    }

    // MARK: The script

    mutating func editScript() throws {
        note("edit script")
        try edit(layout.script) { bytes, model in
            var lines = Self.lines(bytes)
            let first = lines.firstIndex { $0.hasPrefix("# %%") } ?? lines.count
            let place = min(
                first + 1 + model.random.below(max(lines.count - first, 1)), lines.count)
            switch model.random.below(7) {
            case 0: lines.insert(contentsOf: ["", "# %%", "\(model.newWord()) = 1", ""], at: place)
            case 1: lines.insert("# %%", at: place)
            case 2: model.swapCells(of: &lines)
            case 3: model.removeCell(of: &lines)
            case 4: model.replaceWord(in: &lines, after: first)
            default: lines.insert("\(model.newWord()) = 1", at: place)
            }
            return Array(lines.joined(separator: "\n").utf8)
        }
    }

    /// A change that leaves the size of the file as it was.
    private mutating func replaceWord(in lines: inout [String], after first: Int) {
        let places = lines.indices.filter {
            $0 > first && !Self.words(Array(lines[$0].utf8)).isEmpty
        }
        guard !places.isEmpty else { return }
        let place = random.pick(places)
        for word in Self.words(Array(lines[place].utf8)).sorted().prefix(1) {
            lines[place] = lines[place].replacing(word, with: newWord())
        }
    }

    private static func cellStarts(_ lines: [String]) -> [Int] {
        lines.indices.filter { lines[$0].hasPrefix("# %%") }
    }

    private mutating func swapCells(of lines: inout [String]) {
        let starts = Self.cellStarts(lines)
        guard starts.count > 2 else { return }
        let number = random.below(starts.count - 2)
        let one = Array(lines[starts[number]..<starts[number + 1]])
        let other = Array(lines[starts[number + 1]..<starts[number + 2]])
        lines.replaceSubrange(starts[number]..<starts[number + 2], with: other + one)
    }

    private mutating func removeCell(of lines: inout [String]) {
        let starts = Self.cellStarts(lines)
        guard starts.count > 1 else { return }
        let number = random.below(starts.count - 1)
        lines.removeSubrange(starts[number]..<starts[number + 1])
    }

    // MARK: Both, and the files

    /// Changes the first code cell on both sides.
    mutating func editSameCell() throws {
        note("edit same cell")
        try edit(layout.notebook) { bytes, model in
            try Self.editingCells(bytes) { cells in
                guard let place = cells.firstIndex(where: { $0["cell_type"] == "code" }) else {
                    return
                }
                model.insertLine(into: &cells[place])
            }
        }
        try edit(layout.script) { bytes, model in
            var lines = Self.lines(bytes)
            guard let place = lines.firstIndex(where: { $0 == "# %%" || $0.hasPrefix("# %% tags") })
            else { return bytes }
            lines.insert("\(model.newWord()) = 2", at: place + 1)
            return Array(lines.joined(separator: "\n").utf8)
        }
    }

    mutating func removeOne() throws {
        let name = random.pick([layout.notebook, layout.script])
        note("remove \(name)")
        guard let bytes = try? folder.read("work/\(name)") else { return }
        giveUp(Self.words(bytes))
        try FileManager.default.removeItem(atPath: folder.path("work/\(name)"))
    }

    mutating func renameScript() throws {
        note("rename")
        let new = layout.script.replacing("a.", with: "renamed.")
        let pair = random.chance(50) ? [layout.script, new] : [new, layout.script]
        try? FileManager.default.moveItem(
            atPath: folder.path("work/\(pair[0])"), toPath: folder.path("work/\(pair[1])"))
    }

    mutating func copyNotebook() throws {
        note("copy")
        let copy = layout.notebook.replacing("a.", with: "copy.")
        try? FileManager.default.copyItem(
            atPath: folder.path("work/\(layout.notebook)"), toPath: folder.path("work/\(copy)"))
    }
}
