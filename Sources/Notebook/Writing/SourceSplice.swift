extension Splice {
    /// Notes the edits that make the value at `node`, a string or a list of strings, say `text`.
    ///
    /// Lines at the start and the end that stay the same keep their bytes. A string stays a string and a
    /// list stays a list, with one line in each element.
    ///
    /// - Parameters:
    ///   - node: The value of `source`.
    ///   - text: The new text.
    ///   - spelling: For strings that are new.
    ///   - itemGap: What stands between the elements of a list that has none of its own.
    ///   - bytes: The bytes that `node` lies in.
    mutating func replaceText(
        at node: JSONNode, with text: [UInt8], spelling: JSONSpelling, itemGap: [UInt8],
        in bytes: Span<UInt8>
    ) {
        guard node.kind == .array else {
            return replaceString(at: node, with: text, spelling: spelling, in: bytes)
        }
        let items = JSONDecoder.strings(in: bytes, at: node.range.lowerBound)
        let lines = text.splitIntoLines()
        var same = 0
        while same < min(items.count, lines.count), items[same].text == lines[same] { same += 1 }
        var sameEnd = 0
        while sameEnd < min(items.count, lines.count) - same,
            items[items.count - 1 - sameEnd].text == lines[lines.count - 1 - sameEnd]
        {
            sameEnd += 1
        }
        let old = items[same..<(items.count - sameEnd)]
        let new = lines[same..<(lines.count - sameEnd)].map { spelling.string($0) }
        guard !(old.isEmpty && new.isEmpty) else { return }
        if items.isEmpty || lines.isEmpty {
            let list =
                lines.isEmpty
                ? []
                : itemGap + Array(new.joined(separator: [.comma] + itemGap))
                    + closing(itemGap, spelling)
            return replace(node.range, with: [.openBracket] + list + [.closeBracket])
        }
        let gap =
            Self.gap(between: items, in: bytes) ?? [.comma]
            + Self.gap(before: items[0], after: node, in: bytes)
        if let first = old.first, let last = old.last {
            if new.isEmpty {
                let range =
                    same > 0
                    ? items[same - 1].range.upperBound..<last.range.upperBound
                    : first.range.lowerBound..<items[same + old.count].range.lowerBound
                return replace(range, with: [])
            }
            return replaceItems(old.map(\.range), with: new, gap: gap)
        }
        let inserted = Array(new.joined(separator: gap))
        if same > 0 {
            let place = items[same - 1].range.upperBound
            replace(place..<place, with: gap + inserted)
        } else {
            let place = items[0].range.lowerBound
            replace(place..<place, with: inserted + gap)
        }
    }

    private func closing(_ itemGap: [UInt8], _ spelling: JSONSpelling) -> [UInt8] {
        guard !spelling.lineEnd.isEmpty, itemGap.count >= spelling.indentUnit.count else {
            return []
        }
        return Array(itemGap.dropLast(spelling.indentUnit.count))
    }

    /// Replaces elements one by one, so that the separators between them stay; what is left over is
    /// inserted behind the last or removed with the separator before it.
    private mutating func replaceItems(_ old: [Range<Int>], with new: [[UInt8]], gap: [UInt8]) {
        let common = min(old.count, new.count)
        for index in 0..<common {
            var text = new[index]
            if index == common - 1 {
                for extra in new[common...] { text += gap + extra }
            }
            let end = index == common - 1 ? old[old.count - 1].upperBound : old[index].upperBound
            replace(old[index].lowerBound..<end, with: text)
        }
    }

    private static func gap(between items: [JSONDecoder.Item], in bytes: Span<UInt8>) -> [UInt8]? {
        guard items.count > 1 else { return nil }
        return bytes.extracting(items[0].range.upperBound..<items[1].range.lowerBound).bytes
    }

    private static func gap(
        before item: JSONDecoder.Item, after node: JSONNode, in bytes: Span<UInt8>
    ) -> [UInt8] {
        bytes.extracting((node.range.lowerBound + 1)..<item.range.lowerBound).bytes
    }

    /// Replaces the characters of a string that changed.
    private mutating func replaceString(
        at node: JSONNode, with text: [UInt8], spelling: JSONSpelling, in bytes: Span<UInt8>
    ) {
        let old = node.joinedText ?? []
        var same = 0
        while same < min(old.count, text.count), old[same] == text[same] { same += 1 }
        // Whole lines are kept, so that no character and no escape is cut.
        while same > 0, old[same - 1] != .lineFeed { same -= 1 }
        var sameEnd = 0
        while sameEnd < min(old.count, text.count) - same,
            old[old.count - 1 - sameEnd] == text[text.count - 1 - sameEnd]
        {
            sameEnd += 1
        }
        while sameEnd > 0, old.count - sameEnd > same, old[old.count - sameEnd - 1] != .lineFeed {
            sameEnd -= 1
        }
        let places = JSONDecoder.rawPlaces(
            of: [same, old.count - sameEnd], in: bytes, at: node.range.lowerBound)
        replace(
            places[0]..<places[1],
            with: spelling.content(Array(text[same..<(text.count - sameEnd)])))
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
