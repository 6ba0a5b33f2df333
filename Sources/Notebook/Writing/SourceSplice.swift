extension Splice {
    /// Notes the edits that make the value at `node`, a string or a list of strings, say `text`.
    ///
    /// Elements at the start and the end that stay the same keep their bytes. A string stays a string, and a
    /// list stays a list; new elements hold one line each.
    ///
    /// - Parameters:
    ///   - node: The value of `source`.
    ///   - text: The new text.
    ///   - spelling: For strings that are new.
    ///   - itemGap: What stands before an element of a list that has none yet.
    ///   - bytes: The bytes that `node` lies in.
    mutating func replaceText(
        at node: JSONNode, with text: [UInt8], spelling: JSONSpelling, itemGap: [UInt8],
        in bytes: Span<UInt8>
    ) {
        guard node.kind == .array else {
            return replaceContent(
                ofStringAt: node.range.lowerBound, saying: node.joinedText ?? [], with: text,
                spelling: spelling, in: bytes)
        }
        let items = JSONDecoder.strings(in: bytes, at: node.range.lowerBound)
        guard let first = items.first, !text.isEmpty else {
            let lines = text.splitIntoLines().map { spelling.string($0) }
            let list =
                lines.isEmpty ? [] : itemGap + Array(lines.joined(separator: [.comma] + itemGap))
            let closing =
                lines.isEmpty || itemGap.isEmpty ? [] : itemGap.dropLast(spelling.indentUnit.count)
            return replace(node.range, with: [.openBracket] + list + closing + [.closeBracket])
        }
        let gap =
            items.count > 1
            ? bytes.extracting(first.range.upperBound..<items[1].range.lowerBound).bytes
            : spelling.separator(
                after: bytes.extracting((node.range.lowerBound + 1)..<first.range.lowerBound).bytes)
        let same = SameItems(items.map(\.text), text)
        let old = items[same.head..<(items.count - same.tail)]
        if old.count == 1, let item = old.first, item.text.dropLast().contains(.lineFeed) {
            return replaceContent(
                ofStringAt: item.range.lowerBound, saying: item.text, with: same.changed,
                spelling: spelling, in: bytes)
        }
        let new = same.changed.splitIntoLines().map { spelling.string($0) }
        replaceItems(old, with: new, gap: gap, in: items)
    }

    /// Replaces elements one by one, so that the separators between them stay; what is left over is inserted
    /// behind the last, or removed with a separator.
    private mutating func replaceItems(
        _ old: ArraySlice<JSONDecoder.Item>, with new: [[UInt8]], gap: [UInt8],
        in items: [JSONDecoder.Item]
    ) {
        guard let last = old.last else {
            guard !new.isEmpty else { return }
            let inserted = Array(new.joined(separator: gap))
            guard old.startIndex > 0 else {
                let place = items[0].range.lowerBound
                return replace(place..<place, with: inserted + gap)
            }
            let place = items[old.startIndex - 1].range.upperBound
            return replace(place..<place, with: gap + inserted)
        }
        guard !new.isEmpty else {
            let range =
                old.startIndex > 0
                ? items[old.startIndex - 1].range.upperBound..<last.range.upperBound
                : items[0].range.lowerBound..<items[old.endIndex].range.lowerBound
            return replace(range, with: [])
        }
        let common = min(old.count, new.count)
        for (item, text) in zip(old, new[..<(common - 1)]) { replace(item.range, with: text) }
        let rest =
            old[(old.startIndex + common - 1)...].first?.range.lowerBound ?? last.range.lowerBound
        replace(
            rest..<last.range.upperBound, with: Array(new[(common - 1)...].joined(separator: gap)))
    }

    /// Replaces the lines of a string that changed, and of these no more than the middle.
    private mutating func replaceContent(
        ofStringAt position: Int, saying old: [UInt8], with new: [UInt8], spelling: JSONSpelling,
        in bytes: Span<UInt8>
    ) {
        var same = 0
        while same < min(old.count, new.count), old[same] == new[same] { same += 1 }
        // Only whole lines are kept, so that no character and no escape is cut.
        while same > 0, old[same - 1] != .lineFeed { same -= 1 }
        var sameEnd = 0
        while sameEnd < min(old.count, new.count) - same,
            old[old.count - 1 - sameEnd] == new[new.count - 1 - sameEnd]
        {
            sameEnd += 1
        }
        while sameEnd > 0, old.count - sameEnd > same, old[old.count - sameEnd - 1] != .lineFeed {
            sameEnd -= 1
        }
        let places = JSONDecoder.rawPlaces(
            of: [same, old.count - sameEnd], in: bytes, at: position)
        replace(
            places[0]..<places[1], with: spelling.content(Array(new[same..<(new.count - sameEnd)])))
    }
}

/// The elements of a list of strings that a new text still has, at its start and at its end.
private struct SameItems {
    /// How many elements at the start are the same.
    private(set) var head = 0
    /// How many elements at the end are the same.
    private(set) var tail = 0
    /// The text between them.
    let changed: [UInt8]

    init(_ items: [[UInt8]], _ text: [UInt8]) {
        var start = 0
        while head < items.count {
            let end = start + items[head].count
            guard end <= text.count, text[start..<end].elementsEqual(items[head]),
                end == text.count || text[..<end].last == .lineFeed
            else { break }
            start = end
            head += 1
        }
        var end = text.count
        while tail < items.count - head {
            let item = items[items.count - 1 - tail]
            let itemStart = end - item.count
            guard itemStart >= start, text[itemStart..<end].elementsEqual(item),
                itemStart == start || text[itemStart - 1] == .lineFeed
            else { break }
            end = itemStart
            tail += 1
        }
        changed = Array(text[start..<end])
    }
}

extension [UInt8] {
    /// The lines with their line feeds; no line for an empty text.
    func splitIntoLines() -> [[UInt8]] {
        var lines: [[UInt8]] = []
        var start = 0
        while start < count {
            let end = self[start...].firstIndex(of: .lineFeed).map { $0 + 1 } ?? count
            lines.append(Array(self[start..<end]))
            start = end
        }
        return lines
    }
}
