@testable import Notebook

extension Notebook {
    /// A notebook as small as can be found for which `fails` still holds.
    func shrunk(while fails: (Notebook) -> Bool) -> Notebook {
        var smallest = self
        var attempts = 0
        var isSmaller = true
        while isSmaller {
            isSmaller = false
            for candidate in smallest.smaller {
                attempts += 1
                guard attempts < 20_000 else { return smallest }
                guard fails(candidate) else { continue }
                smallest = candidate
                isSmaller = true
                break
            }
        }
        return smallest
    }

    /// Notebooks with one thing less.
    private var smaller: [Notebook] {
        var candidates: [Notebook] = []
        for index in cells.indices {
            var candidate = self
            candidate.cells.remove(at: index)
            candidates.append(candidate)
        }
        candidates += metadata.smaller.map { Notebook(metadata: $0, cells: cells) }
        for (index, cell) in cells.enumerated() {
            for smallerCell in cell.smaller {
                var candidate = self
                candidate.cells[index] = smallerCell
                candidates.append(candidate)
            }
        }
        return candidates
    }

    /// The notebook as one line of JSON.
    var line: String {
        let cells = cells.map { cell -> JSONValue in
            [
                "cell_type": .string(JSONString(cell.kind.name)),
                "metadata": .object(cell.metadata),
                "source": .string(JSONString(utf8: cell.source)),
            ]
        }
        let root: JSONObject = ["cells": .array(cells), "metadata": .object(metadata)]
        return String(decoding: JSONValue.object(root).line, as: UTF8.self)
    }
}

extension Cell {
    fileprivate var smaller: [Cell] {
        metadata.smaller.map { Cell(kind: kind, source: source, metadata: $0) }
            + source.smaller.map { Cell(kind: kind, source: $0, metadata: metadata) }
    }
}

extension JSONObject {
    fileprivate var smaller: [JSONObject] {
        var candidates = members.map { member in filter { $0.key != member.key } }
        for (key, value) in members {
            for smallerValue in value.smaller {
                var candidate = self
                candidate[key] = smallerValue
                candidates.append(candidate)
            }
        }
        return candidates
    }
}

extension JSONValue {
    fileprivate var smaller: [JSONValue] {
        switch self {
        case .object(let object): return object.smaller.map { .object($0) }
        case .array(let elements):
            return elements.indices.map { index in
                .array(Array(elements[..<index] + elements[(index + 1)...]))
            }
        case .string(let text): return text.utf8.smaller.map { .string(JSONString(utf8: $0)) }
        default: return []
        }
    }
}

extension [UInt8] {
    /// The text without one of its lines, and without one of its characters.
    fileprivate var smaller: [[UInt8]] {
        let lines = split(separator: .lineFeed, omittingEmptySubsequences: false)
        var candidates: [[UInt8]] = []
        if lines.count > 1 {
            for index in lines.indices {
                var rest = lines
                rest.remove(at: index)
                candidates.append(Array(rest.joined(separator: [.lineFeed])))
            }
        }
        if count > 40 { candidates += [Array(self.prefix(boundary(count / 2)))] }
        var index = 0
        while index < count, count <= 200 {
            let end = codePoint(at: index).end
            candidates.append(Array(self[..<index] + self[end...]))
            index = end
        }
        return candidates
    }

    private func boundary(_ index: Int) -> Int {
        var index = index
        while index > 0, self[index] & 0xC0 == 0x80 { index -= 1 }
        return index
    }
}
