/// Writes YAML byte for byte as PyYAML's `safe_dump(default_flow_style=False)` does: keys sorted, 80
/// columns, ASCII only.
///
/// libyaml cannot stand in: it folds long double-quoted strings at other places.
struct YAMLWriter {
    private static let width = 80
    private var text: [UInt8] = []
    private var lineStart = 0

    /// The lines of `{key: value, …}` for each member, joined by LF and ended by LF.
    static func block(_ object: JSONObject) -> [UInt8] {
        var writer = YAMLWriter()
        writer.append(object, indent: 0)
        return writer.text
    }

    private var column: Int { text.count - lineStart }

    // MARK: Collections

    private mutating func append(_ object: JSONObject, indent: Int) {
        for (index, member) in object.sorted.enumerated() {
            if index > 0 { beginLine(indent) }
            let isSimple = appendKey(member.key, indent: indent)
            if isSimple {
                appendMember(member.value, indent: indent)
            } else {
                appendItem(member.value, indent: indent)
            }
        }
        if indent == 0, column > 0 { beginLine(0) }
    }

    /// - Returns: Whether the key stands on the line of its value; if not, `? ` is before it.
    private mutating func appendKey(_ key: JSONString, indent: Int) -> Bool {
        let isSimple = !key.utf8.isEmpty && !key.hasLineBreak && key.scalarCount < 123
        if !isSimple { text.append("? ") }
        append(YAMLString(key), indent: indent + 2, isKey: isSimple)
        if !isSimple { beginLine(indent) }
        text.append(":")
        return isSimple
    }

    private mutating func appendMember(_ value: JSONValue, indent: Int) {
        switch value {
        case .object(let object) where !object.isEmpty:
            beginLine(indent + 2)
            append(object, indent: indent + 2)
        case .array(let elements) where !elements.isEmpty:
            beginLine(indent)
            append(elements, indent: indent)
        default:
            text.append(.space)
            append(scalar: value, indent: indent + 2)
        }
    }

    private mutating func append(_ elements: [JSONValue], indent: Int) {
        for (index, element) in elements.enumerated() {
            if index > 0 { beginLine(indent) }
            text.append("-")
            appendItem(element, indent: indent)
        }
    }

    /// A value behind `-` or the `:` of a `? ` key: its first line goes on there.
    private mutating func appendItem(_ value: JSONValue, indent: Int) {
        text.append(.space)
        switch value {
        case .object(let object) where !object.isEmpty: append(object, indent: indent + 2)
        case .array(let inner) where !inner.isEmpty: append(inner, indent: indent + 2)
        default: append(scalar: value, indent: indent + 2)
        }
    }

    private mutating func beginLine(_ indent: Int) {
        text.append(.lineFeed)
        lineStart = text.count
        for _ in 0..<indent { text.append(.space) }
    }

    // MARK: Scalars

    private mutating func append(scalar value: JSONValue, indent: Int) {
        switch value {
        case .null: text.append("null")
        case .bool(let value): text.append(value ? "true" : "false")
        case .number(let number): append(number: PythonNumber(number).description)
        case .array: text.append("[]")
        case .object: text.append("{}")
        case .string(let string): append(YAMLString(string), indent: indent, isKey: false)
        }
    }

    private mutating func append(number: String) {
        switch number {
        case "NaN": text.append(".nan")
        case "Infinity": text.append(".inf")
        case "-Infinity": text.append("-.inf")
        default:
            guard let e = number.utf8.firstIndex(of: UInt8(ascii: "e")),
                !number.utf8.contains(UInt8(ascii: "."))
            else { return text.append(contentsOf: number.utf8) }
            text.append(contentsOf: number.utf8[..<e])
            text.append(".0")
            text.append(contentsOf: number.utf8[e...])
        }
    }

    private mutating func append(_ string: YAMLString, indent: Int, isKey: Bool) {
        switch string.style(isKey: isKey) {
        case .plain: appendPlain(string.text.utf8, indent: indent, folds: !isKey)
        case .single: appendSingleQuoted(string.text.utf8, indent: indent, folds: !isKey)
        case .double: appendDoubleQuoted(string.text.utf8, indent: indent, folds: !isKey)
        }
    }

    private mutating func appendPlain(_ bytes: [UInt8], indent: Int, folds: Bool) {
        for (index, byte) in bytes.enumerated() {
            if byte == .space, folds, column > Self.width, bytes.isLoneSpace(at: index) {
                beginLine(indent)
            } else {
                text.append(byte)
            }
        }
    }

    private mutating func appendSingleQuoted(_ bytes: [UInt8], indent: Int, folds: Bool) {
        text.append(.apostrophe)
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte == .lineFeed {
                var breaks = 0
                while index < bytes.count, bytes[index] == .lineFeed {
                    breaks += 1
                    index += 1
                }
                for _ in 0..<breaks { beginLine(0) }
                beginLine(indent)
                continue
            }
            if byte == .space, folds, column > Self.width, index > 0, index < bytes.count - 1,
                bytes.isLoneSpace(at: index)
            {
                beginLine(indent)
            } else {
                text.append(byte)
                if byte == .apostrophe { text.append(byte) }
            }
            index += 1
        }
        text.append(.apostrophe)
    }

    /// Writes a string in double quotes, broken where PyYAML breaks it.
    ///
    /// PyYAML gathers characters that need no escape and writes them in one go. It may break the line before a
    /// space, before the first character that it gathers, and behind an escape.
    private mutating func appendDoubleQuoted(_ bytes: [UInt8], indent: Int, folds: Bool) {
        text.append(.quote)
        var gathered: [UInt8] = []
        var index = 0
        while index < bytes.count {
            let (codePoint, end) = bytes.codePoint(at: index)
            let isPlain =
                (0x20..<0x7F).contains(codePoint) && codePoint != 0x22 && codePoint != 0x5C
            let mayBreak = folds && index > 0 && end < bytes.count
            if isPlain {
                if mayBreak, codePoint == 0x20 || gathered.isEmpty,
                    column + gathered.count > Self.width
                {
                    text += gathered
                    gathered = []
                    breakString(indent: indent, isBeforeSpace: codePoint == 0x20)
                }
                gathered.append(UInt8(codePoint))
            } else {
                text += gathered + YAMLString.escape(codePoint)
                gathered = []
                if mayBreak, column - 1 > Self.width {
                    breakString(indent: indent, isBeforeSpace: bytes[end] == .space)
                }
            }
            index = end
        }
        text += gathered
        text.append(.quote)
    }

    private mutating func breakString(indent: Int, isBeforeSpace: Bool) {
        text.append(.backslash)
        beginLine(indent)
        if isBeforeSpace { text.append(.backslash) }
    }
}

extension [UInt8] {
    fileprivate func isLoneSpace(at index: Int) -> Bool {
        (index == 0 || self[index - 1] != .space)
            && (index + 1 == count || self[index + 1] != .space)
    }
}
