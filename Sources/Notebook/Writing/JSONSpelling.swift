/// How a JSON file spells what JSON leaves open, so that new text looks like its neighbours.
struct JSONSpelling {
    /// The line end between values: LF, CR LF, or nothing in a compact file.
    let lineEnd: [UInt8]
    /// One level of indentation.
    let indentUnit: [UInt8]
    /// What stands between a key and its value.
    let colon: [UInt8]
    /// What stands behind a comma on one line.
    let space: [UInt8]
    /// Whether everything beyond ASCII is written as `\uXXXX`.
    private let escapesNonASCII: Bool
    /// ASCII characters that the file escapes though JSON does not ask for it: `\u003c`, `\/`.
    private let escaped: [UInt8: [UInt8]]
    private let isUppercase: Bool

    /// Learns the spelling of a file from its outermost object and the escapes in it.
    init(of text: JSONText) {
        let bytes = text.bytes.span
        let parts = text.root.parts ?? []
        var gap: [UInt8] = []
        var colon: [UInt8] = [.colon, .space]
        var space: [UInt8] = []
        if parts.count >= 2 {
            gap =
                bytes.extracting((text.root.range.lowerBound + 1)..<parts[0].range.lowerBound).bytes
            colon = bytes.extracting(parts[0].range.upperBound..<parts[1].range.lowerBound).bytes
        }
        if parts.count >= 4 {
            let comma = bytes.extracting(parts[1].range.upperBound..<parts[2].range.lowerBound)
            space = comma.bytes.filter { $0 == .space || $0 == .tab }
        }
        if let end = gap.firstIndex(of: .lineFeed) {
            lineEnd =
                end > 0 && gap[end - 1] == .carriageReturn
                ? [.carriageReturn, .lineFeed] : [.lineFeed]
            indentUnit = Array(gap[(gap.lastIndex(of: .lineFeed) ?? end).advanced(by: 1)...])
            self.space = [.space]
        } else {
            lineEnd = []
            indentUnit = []
            self.space = space
        }
        self.colon = colon
        let start = bytes.starts(with: byteOrderMark) ? byteOrderMark.count : 0
        let hasNonASCII = !bytes.extracting(start...).isASCII
        let escapes = EscapeSurvey(of: bytes)
        escapesNonASCII = !hasNonASCII && escapes.hasNonASCII
        escaped = escapes.escaped
        isUppercase = escapes.isUppercase
    }

    /// Where and how the parts of a value are laid out; texts with the same layout can be mixed.
    var layout: [[UInt8]] { [lineEnd, indentUnit, colon, space] }

    /// The white space at the start of the line of `offset`; none in a compact file.
    func indent(at offset: Int, in bytes: [UInt8]) -> [UInt8] {
        lineEnd.isEmpty ? [] : bytes.span.indent(at: offset)
    }

    /// What goes between two parts of an object or list that begins with `opening`, the white space before
    /// its first part.
    func separator(after opening: [UInt8]) -> [UInt8] {
        [.comma] + (opening.contains(.lineFeed) ? opening : space)
    }

    // MARK: Strings

    /// `text` in double quotes.
    func string(_ text: [UInt8]) -> [UInt8] {
        [.quote] + content(text) + [.quote]
    }

    /// `text` as it stands between double quotes.
    func content(_ text: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(text.count + 8)
        var index = 0
        while index < text.count {
            let (codePoint, end) = text.codePoint(at: index)
            defer { index = end }
            if let escape = escaped[text[index]] {
                result += escape
            } else if codePoint < 0x80 {
                result.append(jsonCharacter: text[index], isUppercase: isUppercase)
            } else if escapesNonASCII || (0xD800..<0xE000).contains(codePoint) {
                result.append(jsonEscapeOf: codePoint, isUppercase: isUppercase)
            } else {
                result += text[index..<end]
            }
        }
        return result
    }

    // MARK: Values

    /// `value` with its parts on lines of their own, indented below a line that starts with `indent`; in a
    /// compact file on one line.
    func value(_ value: JSONValue, indent: [UInt8]) -> [UInt8] {
        switch value {
        case .null: Array("null".utf8)
        case .bool(let value): Array((value ? "true" : "false").utf8)
        case .number(let number): Array(number.utf8)
        case .string(let text): string(text.utf8)
        case .array(let elements):
            list(
                elements.map { self.value($0, indent: indent + indentUnit) }, "[", "]",
                indent: indent)
        case .object(let object):
            list(
                object.members.map {
                    string($0.key.utf8) + colon + self.value($0.value, indent: indent + indentUnit)
                },
                "{", "}", indent: indent)
        }
    }

    /// The list at `node` with other elements, laid out as it is.
    ///
    /// - Parameters:
    ///   - items: The new elements, without the white space around them.
    ///   - node: The list as it is.
    ///   - elements: The elements it has.
    ///   - bytes: The bytes that `node` lies in.
    /// - Returns: The list with its brackets.
    func list(
        of items: [[UInt8]], like node: JSONNode, elements: [JSONNode], in bytes: Span<UInt8>
    ) -> [UInt8] {
        guard !items.isEmpty else { return Array("[]".utf8) }
        let outer = lineEnd.isEmpty ? [] : lineEnd + bytes.indent(at: node.range.lowerBound)
        var opening = lineEnd.isEmpty ? [] : outer + indentUnit
        var closing = outer
        if let first = elements.first, let last = elements.last {
            opening = bytes.extracting((node.range.lowerBound + 1)..<first.range.lowerBound).bytes
            closing = bytes.extracting(last.range.upperBound..<(node.range.upperBound - 1)).bytes
        }
        var separator = self.separator(after: opening)
        if elements.count > 1 {
            let gap = elements[0].range.upperBound..<elements[1].range.lowerBound
            separator = bytes.extracting(gap).bytes
        }
        let inside = Array(items.joined(separator: separator))
        return [.openBracket] + opening + inside + closing + [.closeBracket]
    }

    private func list(
        _ items: [[UInt8]], _ opening: StaticString, _ closing: StaticString, indent: [UInt8]
    ) -> [UInt8] {
        var result: [UInt8] = []
        result.append(opening)
        for (index, item) in items.enumerated() {
            if index > 0 { result.append(.comma) }
            if !lineEnd.isEmpty {
                result += lineEnd + indent + indentUnit
            } else if index > 0 {
                result += space
            }
            result += item
        }
        if !items.isEmpty, !lineEnd.isEmpty { result += lineEnd + indent }
        result.append(closing)
        return result
    }
}

/// The escapes of a file that JSON does not ask for.
private struct EscapeSurvey {
    private(set) var hasNonASCII = false
    private(set) var isUppercase = false
    private(set) var escaped: [UInt8: [UInt8]] = [:]

    init(of bytes: Span<UInt8>) {
        var index = 0
        while let place = bytes.firstIndex(of: .backslash, from: index), place + 1 < bytes.count {
            index = place + 2
            let sign = bytes[place + 1]
            if sign == UInt8(ascii: "/") { escaped[sign] = [.backslash, sign] }
            guard sign == UInt8(ascii: "u"), place + 6 <= bytes.count else { continue }
            index = place + 6
            var value: UInt32 = 0
            for digit in place + 2..<place + 6 {
                value = value << 4 | (bytes[digit].hexValue ?? 0)
                if bytes[digit].isUppercaseLetter { isUppercase = true }
            }
            if value >= 0x80,
                !(0xD800..<0xE000).contains(value)
                    || index < bytes.count && bytes[index] == .backslash
            {
                hasNonASCII = true
            } else if (0x20..<0x80).contains(value), value != 0x22, value != 0x5C {
                escaped[UInt8(value)] = bytes.extracting(place..<place + 6).bytes
            }
        }
    }
}

extension Span<UInt8> {
    /// The white space at the start of the line of `offset`.
    fileprivate func indent(at offset: Int) -> [UInt8] {
        var start = offset
        while start > 0, self[start - 1] != .lineFeed { start -= 1 }
        var end = start
        while end < count, self[end] == .space || self[end] == .tab { end += 1 }
        return extracting(start..<end).bytes
    }

    var isASCII: Bool {
        for index in indices where self[index] >= 0x80 { return false }
        return true
    }
}
