/// JSON as Jupyter writes it: one value a line, one space for every level, characters beyond ASCII as they are.
enum JSON {
    case null
    case number(Int)
    case text(String)
    /// Letters and digits that need no escape, with a line end behind them.
    case base64Line([UInt8])
    case array([JSON])
    /// Members in the order in which they are written: Jupyter sorts them.
    case object(KeyValuePairs<String, JSON>)

    static func lines(_ lines: [String]) -> JSON { .array(lines.map(JSON.text)) }

    /// Appends the value, whose line is indented by `level` spaces.
    func append(to bytes: inout [UInt8], level: Int) {
        switch self {
        case .null: bytes.append(contentsOf: "null".utf8)
        case .number(let number): bytes.append(contentsOf: String(number).utf8)
        case .text(let text): Self.append(text, to: &bytes)
        case .base64Line(let letters):
            bytes.append(UInt8(ascii: "\""))
            bytes.append(contentsOf: letters)
            bytes.append(contentsOf: #"\n""#.utf8)
        case .array(let elements):
            Self.append(elements, between: "[]", to: &bytes, level: level) { element, bytes in
                element.append(to: &bytes, level: level + 1)
            }
        case .object(let members):
            Self.append(members, between: "{}", to: &bytes, level: level) { member, bytes in
                Self.append(member.key, to: &bytes)
                bytes.append(contentsOf: ": ".utf8)
                member.value.append(to: &bytes, level: level + 1)
            }
        }
    }

    private static func append<Items: Collection>(
        _ items: Items, between brackets: String, to bytes: inout [UInt8], level: Int,
        appendItem: (Items.Element, inout [UInt8]) -> Void
    ) {
        guard !items.isEmpty else { return bytes.append(contentsOf: brackets.utf8) }
        var separator = brackets.utf8.prefix(1)
        for item in items {
            bytes.append(contentsOf: separator)
            appendLineEnd(to: &bytes, level: level + 1)
            appendItem(item, &bytes)
            separator = ",".utf8.prefix(1)
        }
        appendLineEnd(to: &bytes, level: level)
        bytes.append(contentsOf: brackets.utf8.suffix(1))
    }

    private static func appendLineEnd(to bytes: inout [UInt8], level: Int) {
        bytes.append(UInt8(ascii: "\n"))
        bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: level))
    }

    private static func append(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""): bytes.append(contentsOf: #"\""#.utf8)
            case UInt8(ascii: "\\"): bytes.append(contentsOf: #"\\"#.utf8)
            case UInt8(ascii: "\n"): bytes.append(contentsOf: #"\n"#.utf8)
            case UInt8(ascii: "\t"): bytes.append(contentsOf: #"\t"#.utf8)
            case 0x1B: bytes.append(contentsOf: #"\u001b"#.utf8)
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }
}
