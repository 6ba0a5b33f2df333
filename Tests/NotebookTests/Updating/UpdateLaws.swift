@testable import Notebook

/// What holds for every update of a notebook from its edited script.
struct UpdateLaws {
    let update: NotebookUpdate
    private let made: NotebookWithOutputs
    private let script: EditedScript
    private let untouched: EditedScript
    private let oldNodes: [JSONNode]
    private let newNodes: [JSONNode]
    private let newCells: [Cell]

    init(of made: NotebookWithOutputs, from script: EditedScript, before untouched: EditedScript)
        throws
    {
        self.made = made
        self.script = script
        self.untouched = untouched
        update = try NotebookUpdate(of: made.bytes, from: script.bytes, language: Languages.python)
        oldNodes = try JSONText(editing: made.bytes).root["cells"]?.elements ?? []
        newNodes = try JSONText(editing: update.bytes).root["cells"]?.elements ?? []
        newCells = try NotebookReader(update.bytes).notebook.cells
    }

    /// The first law that does not hold, in words.
    func violation() throws -> String? {
        if script.bytes == untouched.bytes, update.bytes != made.bytes {
            return "an unedited script changes the notebook"
        }
        if newNodes.count != script.pieces.count { return "not the cells of the script" }
        return try contentViolation() ?? idViolation() ?? outputViolation() ?? clearingViolation()
            ?? untouchedViolation() ?? hiddenViolation() ?? orderViolation()
            ?? repetitionViolation()
    }

    // MARK: The laws

    /// The notebook says what the script says, and the file around the cells is as it was.
    private func contentViolation() throws -> String? {
        let wanted = try PercentReader.notebook(of: script.bytes, language: Languages.python).cells
        if newCells.map(\.kind) != wanted.map(\.kind) { return "other types than in the script" }
        if newCells.map(\.shownSource) != wanted.map(\.shownSource) {
            return "other text than in the script"
        }
        if newCells.map({ $0.metadata["tags"] }) != wanted.map({ $0.metadata["tags"] }) {
            return "other tags than in the script"
        }
        let (old, new) = (try around(made.bytes), try around(update.bytes))
        return old == new ? nil : "the file around the cells changed"
    }

    private func around(_ bytes: [UInt8]) throws -> [[UInt8]] {
        guard let cells = try JSONText(bytes).root["cells"]?.range else { return [] }
        return [Array(bytes[..<cells.lowerBound]), Array(bytes[cells.upperBound...])]
    }

    private func idViolation() -> String? {
        let hasIDs = oldNodes.contains { $0["id"] != nil }
        let ids = newNodes.compactMap { $0["id"]?.value.string }
        if !hasIDs { return ids.isEmpty ? nil : "ids below nbformat 4.5" }
        return ids.count == newNodes.count && Set(ids).count == ids.count ? nil : "ids not unique"
    }

    /// An output stands once at most, and exactly where its code changed the cell is said to be stale.
    private func outputViolation() -> String? {
        var seen: Set<Int> = []
        for (index, node) in newNodes.enumerated() {
            guard let number = node.outputNumber(in: update.bytes) else { continue }
            guard seen.insert(number).inserted else { return "output \(number) stands twice" }
            let isSame =
                newCells[index].shownSource
                == Cell(kind: .code, source: made.makers[number]).shownSource
            let isStale = update.staleCells.contains(index + 1)
            if !isSame, !isStale { return "output \(number) stands with other code" }
            if isSame, isStale { return "cell \(index + 1) is said to be stale" }
        }
        return nil
    }

    /// With stale outputs taken out, all that are left stand with their code; nothing else is different.
    private func clearingViolation() throws -> String? {
        let cleared = try NotebookUpdate(
            of: made.bytes, from: script.bytes, language: Languages.python, staleOutputs: .cleared)
        let nodes = try JSONText(editing: cleared.bytes).root["cells"]?.elements ?? []
        guard nodes.count == newNodes.count else { return "clearing takes cells out" }
        for (index, node) in nodes.enumerated() {
            let isStale = update.staleCells.contains(index + 1)
            let bytes = Array(cleared.bytes[node.range])
            if isStale, node.outputNumber(in: cleared.bytes) != nil { return "not cleared" }
            if !isStale, bytes != Array(update.bytes[newNodes[index].range]) {
                return "cell \(index + 1) was cleared"
            }
        }
        return nil
    }

    /// Cells that nobody touched stand in the new file byte for byte, where the script has them.
    private func untouchedViolation() -> String? {
        let old = Dictionary(grouping: untouched.pieces.indices) { untouched.pieces[$0].text }
        let new = Dictionary(grouping: script.pieces.indices) { script.pieces[$0].text }
        for (text, oldPlaces) in old {
            guard let newPlaces = new[text],
                !newPlaces.contains(where: { script.pieces[$0].isTouched }),
                Set(oldPlaces.map { untouched.pieces[$0].blanks }).count == 1
            else { continue }
            let texts = Set(oldPlaces.map { Array(made.bytes[oldNodes[$0].range]) })
            let kept = newPlaces.count { texts.contains(Array(update.bytes[newNodes[$0].range])) }
            if kept < min(oldPlaces.count, newPlaces.count) {
                return "an untouched cell changed: \(text.text)"
            }
        }
        return nil
    }

    /// What a script does not show stays with its cell.
    private func hiddenViolation() -> String? {
        guard oldNodes.contains(where: { $0["id"] != nil }) else { return nil }
        let old = Dictionary(
            uniqueKeysWithValues: oldNodes.map { ($0["id"]?.joinedText ?? [], $0) })
        for node in newNodes {
            guard let before = old[node["id"]?.joinedText ?? []] else { continue }
            for (key, value) in before.members ?? [] where key != "source" && key != "metadata" {
                let now = node[named: key].map { Array(update.bytes[$0.range]) }
                if now != Array(made.bytes[value.range]) { return "'\(key)' changed" }
            }
            if before["metadata"]?["collapsed"] != nil, node["metadata"]?["collapsed"] == nil {
                return "hidden metadata are lost"
            }
        }
        return nil
    }

    /// After edits that leave the cells in their order each cell is the one that it was, if no two are alike.
    private func orderViolation() -> String? {
        let isInPlace = script.edits.allSatisfy { [.black, .tag, .blank].contains($0) }
        let isUnique = Set(untouched.pieces.map(\.text)).count == untouched.pieces.count
        guard isInPlace, isUnique, oldNodes.contains(where: { $0["id"] != nil }) else { return nil }
        let ids = { (nodes: [JSONNode]) in nodes.map { $0["id"]?.joinedText } }
        return ids(newNodes) == ids(oldNodes) ? nil : "cells lost their ids"
    }

    /// The same script again changes nothing, and makes nothing stale.
    private func repetitionViolation() throws -> String? {
        let again = try NotebookUpdate(
            of: update.bytes, from: script.bytes, language: Languages.python)
        if again.bytes != update.bytes {
            return "the same script again makes another notebook:\n\(again.bytes.text)"
        }
        return again.staleCells.isEmpty ? nil : "the same script again makes outputs stale"
    }
}

extension JSONNode {
    /// The number of the output of a cell; see ``NotebookWithOutputs``.
    fileprivate func outputNumber(in bytes: [UInt8]) -> Int? {
        guard let outputs = self["outputs"]?.range else { return nil }
        let text = bytes.span.extracting(outputs)
        guard let start = text.firstIndex(of: Array("made-".utf8)) else { return nil }
        return Int(text.bytes[(start + 5)...].prefix { $0 != UInt8(ascii: "-") }.text)
    }
}

extension ArraySlice<UInt8> {
    fileprivate var text: String { String(decoding: self, as: UTF8.self) }
}

extension Cell {
    /// The source without blank lines at its end, which a script does not show.
    fileprivate var shownSource: String {
        Array(source.prefix(source.span.endWithoutTrailingSpace)).text
    }
}
