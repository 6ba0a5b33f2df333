/// Edits to a text that leave every other byte as it is.
///
///     bytes    {"source": ["a"], "n": 1.50}
///     edit                ^^^^^              replace(11..<16, with: ["b", "c"])
///     result   {"source": ["b","c"], "n": 1.50}
struct Splice {
    private var edits: [(range: Range<Int>, text: [UInt8])] = []
    private var isSorted = true

    var isEmpty: Bool { edits.isEmpty }

    /// Notes that `text` is to stand in the place of `range`; an empty range is an insertion.
    ///
    /// Edits must not overlap; of insertions at one place the first stands first.
    mutating func replace(_ range: Range<Int>, with text: [UInt8]) {
        edits.append((range, text))
        isSorted = false
    }

    /// The edits that do not lie in `range`.
    func edits(outside range: Range<Int>) -> [(range: Range<Int>, text: [UInt8])] {
        edits.filter { !range.contains($0.range) }
    }

    /// The bytes of `range` with the edits that lie in it.
    mutating func applied(to bytes: Span<UInt8>, in range: Range<Int>) -> [UInt8] {
        sort()
        var result: [UInt8] = []
        result.reserveCapacity(range.count)
        var position = range.lowerBound
        var index = firstEdit(from: range.lowerBound)
        while index < edits.count, range.contains(edits[index].range) {
            let edit = edits[index]
            result.append(bytes.extracting(position..<edit.range.lowerBound))
            result += edit.text
            position = edit.range.upperBound
            index += 1
        }
        result.append(bytes.extracting(position..<range.upperBound))
        return result
    }

    private mutating func sort() {
        guard !isSorted else { return }
        let order = edits.indices.sorted {
            (edits[$0].range.lowerBound, $0) < (edits[$1].range.lowerBound, $1)
        }
        edits = order.map { edits[$0] }
        isSorted = true
    }

    /// The first edit at or behind `offset`, of sorted edits.
    private func firstEdit(from offset: Int) -> Int {
        var (low, high) = (0, edits.count)
        while low < high {
            let middle = (low + high) / 2
            if edits[middle].range.lowerBound < offset { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension Splice {
    /// Takes out what a kernel made of the cell at `node`.
    mutating func clearOutputs(of node: JSONNode) {
        if let outputs = node["outputs"], !outputs.isEmptyArray {
            replace(outputs.range, with: Array("[]".utf8))
        }
        if let count = node["execution_count"], count.kind != .null {
            replace(count.range, with: Array("null".utf8))
        }
    }
}

extension Range<Int> {
    fileprivate func contains(_ other: Range<Int>) -> Bool {
        lowerBound <= other.lowerBound && other.upperBound <= upperBound
    }
}
