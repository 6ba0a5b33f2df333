/// Writes JSON text the way Python's `json.dumps` does, in the two spellings that notebooks need.
struct JSONWriter {
    private(set) var bytes: [UInt8] = []

    // MARK: On one line: `{"a": [1, "\u00e9"]}`

    /// `value` as `json.dumps(value)` writes it: `", "` and `": "` between, ASCII only.
    static func line(_ value: JSONValue) -> [UInt8] {
        var writer = JSONWriter()
        writer.appendLine(value)
        return writer.bytes
    }

    private mutating func appendLine(_ value: JSONValue) {
        switch value {
        case .array(let elements):
            bytes.append("[")
            for (index, element) in elements.enumerated() {
                if index > 0 { bytes.append(", ") }
                appendLine(element)
            }
            bytes.append("]")
        case .object(let object):
            bytes.append("{")
            for (index, member) in object.members.enumerated() {
                if index > 0 { bytes.append(", ") }
                append(member.key, isASCII: true)
                bytes.append(": ")
                appendLine(member.value)
            }
            bytes.append("}")
        default: appendScalar(value, isASCII: true)
        }
    }

    // MARK: As nbformat writes notebooks

    /// `value` as `json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True)` writes it.
    static func block(_ value: JSONValue) -> [UInt8] {
        var writer = JSONWriter()
        writer.appendBlock(value, indent: 0)
        return writer.bytes
    }

    private mutating func appendBlock(_ value: JSONValue, indent: Int) {
        switch value {
        case .array(let elements) where !elements.isEmpty:
            bytes.append("[")
            for (index, element) in elements.enumerated() {
                beginLine(isFirst: index == 0, indent: indent + 1)
                appendBlock(element, indent: indent + 1)
            }
            beginLine(isFirst: true, indent: indent)
            bytes.append("]")
        case .object(let object) where !object.isEmpty:
            bytes.append("{")
            for (index, member) in object.sorted.enumerated() {
                beginLine(isFirst: index == 0, indent: indent + 1)
                append(member.key, isASCII: false)
                bytes.append(": ")
                appendBlock(member.value, indent: indent + 1)
            }
            beginLine(isFirst: true, indent: indent)
            bytes.append("}")
        case .array: bytes.append("[]")
        case .object: bytes.append("{}")
        default: appendScalar(value, isASCII: false)
        }
    }

    private mutating func beginLine(isFirst: Bool, indent: Int) {
        bytes.append(isFirst ? "\n" : ",\n")
        for _ in 0..<indent { bytes.append(.space) }
    }

    // MARK: Scalars

    private mutating func appendScalar(_ value: JSONValue, isASCII: Bool) {
        switch value {
        case .null: bytes.append("null")
        case .bool(let value): bytes.append(value ? "true" : "false")
        case .number(let text): bytes.append(contentsOf: PythonNumber(text).description.utf8)
        case .string(let text): append(text, isASCII: isASCII)
        case .array, .object: preconditionFailure("the callers take containers apart themselves")
        }
    }

    private mutating func append(_ text: JSONString, isASCII: Bool) {
        bytes.append(.quote)
        var index = 0
        while index < text.utf8.count {
            let byte = text.utf8[index]
            if byte < 0x80 {
                bytes.append(jsonCharacter: byte)
                index += 1
                continue
            }
            let (codePoint, end) = text.utf8.codePoint(at: index)
            if isASCII || (0xD800..<0xE000).contains(codePoint) {
                bytes.append(jsonEscapeOf: codePoint)
            } else {
                bytes.append(contentsOf: text.utf8[index..<end])
            }
            index = end
        }
        bytes.append(.quote)
    }
}

extension JSONValue {
    /// The value as JSON on one line, ASCII only, keys in their order.
    public var line: [UInt8] { JSONWriter.line(self) }
}
