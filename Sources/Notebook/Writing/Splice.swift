/// Edits to a text that leave every other byte as it is.
///
///     bytes    {"source": ["a"], "n": 1.50}
///     edit                ^^^^^              replace(11..<16, with: ["b", "c"])
///     result   {"source": ["b","c"], "n": 1.50}
struct Splice {
    private var edits: [(range: Range<Int>, text: [UInt8])] = []

    var isEmpty: Bool { edits.isEmpty }

    /// Notes that `text` is to stand in the place of `range`; an empty range is an insertion.
    ///
    /// Edits must not overlap; of insertions at one place the first stands first.
    mutating func replace(_ range: Range<Int>, with text: [UInt8]) {
        edits.append((range, text))
    }

    /// The edits that do not lie in `range`.
    func edits(outside range: Range<Int>) -> [(range: Range<Int>, text: [UInt8])] {
        edits.filter { !range.contains($0.range) }
    }

    /// The bytes of `range` with the edits that lie in it.
    func applied(to bytes: Span<UInt8>, in range: Range<Int>) -> [UInt8] {
        let inside = edits.enumerated()
            .filter { range.contains($1.range) }
            .sorted {
                ($0.element.range.lowerBound, $0.offset) < ($1.element.range.lowerBound, $1.offset)
            }
        var result: [UInt8] = []
        result.reserveCapacity(range.count + inside.reduce(0) { $0 + $1.element.text.count })
        var position = range.lowerBound
        for (_, edit) in inside {
            result.append(bytes.extracting(position..<edit.range.lowerBound))
            result += edit.text
            position = edit.range.upperBound
        }
        result.append(bytes.extracting(position..<range.upperBound))
        return result
    }
}

extension Range<Int> {
    fileprivate func contains(_ other: Range<Int>) -> Bool {
        lowerBound <= other.lowerBound && other.upperBound <= upperBound
    }
}
