/// Reads values the way a person types them behind `key=` in a marker: as JSON or as a Python literal.
///
/// Covers what `ast.literal_eval` accepts and JSON can hold: strings in any quotes with escapes and
/// prefixes, numbers, `True`, `None`, tuples and lists (both arrays), dictionaries. Sets, bytes and
/// complex numbers have no place in metadata and are refused. A `# comment` may follow.
struct PythonLiteral: ~Escapable {
    /// What a script says is no deeper; a notebook may be.
    private static let deepest = 100

    private let text: Span<UInt8>
    private var position = 0
    private var depth = 0

    /// The value that the whole of `text` spells, JSON first; nil when it spells none.
    static func value(of text: Span<UInt8>) -> JSONValue? {
        if !text.starts(with: byteOrderMark),
            let json = try? JSONText(text.bytes, indexedDepth: 0, deepest: deepest)
        {
            return json.root.value
        }
        var reader = PythonLiteral(text)
        reader.skipSpace()
        guard let value = reader.value() else { return nil }
        reader.skipSpace()
        let isWhole = reader.position == text.count || reader.current == UInt8(ascii: "#")
        return isWhole ? value : nil
    }

    @_lifetime(copy text)
    private init(_ text: Span<UInt8>) { self.text = text }

    private var current: UInt8 { position < text.count ? text[position] : 0 }

    private mutating func value() -> JSONValue? {
        guard depth < Self.deepest else { return nil }
        depth += 1
        defer { depth -= 1 }
        switch current {
        case .openBracket: return sequence(upTo: .closeBracket).map { .array($0.elements) }
        case UInt8(ascii: "("):
            guard let tuple = sequence(upTo: UInt8(ascii: ")")) else { return nil }
            // One element without a comma is a value in parentheses.
            return tuple.elements.count == 1 && !tuple.hasComma
                ? tuple.elements[0] : .array(tuple.elements)
        case .openBrace: return dictionary()
        case UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            return number()
        default: return word() ?? strings()
        }
    }

    private mutating func sequence(upTo end: UInt8) -> (elements: [JSONValue], hasComma: Bool)? {
        position += 1
        var elements: [JSONValue] = []
        var hasComma = false
        while true {
            skipSpace()
            if current == end {
                position += 1
                return (elements, hasComma)
            }
            guard let element = value() else { return nil }
            elements.append(element)
            skipSpace()
            if current == .comma {
                hasComma = true
                position += 1
            } else if current != end {
                return nil
            }
        }
    }

    private mutating func dictionary() -> JSONValue? {
        position += 1
        var object = JSONObject()
        while true {
            skipSpace()
            if current == .closeBrace {
                position += 1
                return .object(object)
            }
            guard case .string(let key)? = value() else { return nil }
            skipSpace()
            guard current == .colon else { return nil }
            position += 1
            skipSpace()
            guard let member = value() else { return nil }
            object[key] = member
            skipSpace()
            if current == .comma { position += 1 } else if current != .closeBrace { return nil }
        }
    }

    private mutating func word() -> JSONValue? {
        for (word, value) in [("True", .bool(true)), ("False", .bool(false)), ("None", .null)]
            as [(String, JSONValue)] where text.has(word.utf8, at: position)
        {
            let end = position + word.utf8.count
            guard end == text.count || !text[end].isNameByte else { return nil }
            position = end
            return value
        }
        return nil
    }

    private mutating func number() -> JSONValue? {
        var sign = ""
        if current == UInt8(ascii: "-") || current == UInt8(ascii: "+") {
            if current == UInt8(ascii: "-") { sign = "-" }
            position += 1
            skipSpace()
        }
        let start = position
        while current.isNameByte || current == UInt8(ascii: ".")
            || (current == UInt8(ascii: "-") || current == UInt8(ascii: "+")) && position > start
                && text[position - 1] | 0x20 == UInt8(ascii: "e")
        {
            position += 1
        }
        let spelled = String(text.extracting(start..<position)).filter { $0 != "_" }
        if let first = spelled.utf8.first, first != UInt8(ascii: "0") || spelled.utf8.count == 1,
            spelled.utf8.allSatisfy(\.isDigit)
        {
            return .number(sign + spelled)
        }
        for (prefix, radix) in [("0x", 16), ("0o", 8), ("0b", 2)]
        where spelled.lowercased().hasPrefix(prefix) {
            return Int(spelled.dropFirst(2), radix: radix).map { .number(sign + String($0)) }
        }
        guard spelled.utf8.allSatisfy({ !$0.isLetter || $0 | 0x20 == UInt8(ascii: "e") }),
            spelled.utf8.contains(where: { $0 == UInt8(ascii: ".") || $0.isLetter }),
            let value = Double(spelled.hasPrefix(".") ? "0" + spelled : spelled)
        else { return nil }
        return .number(sign + PythonNumber.text(of: value))
    }

    // MARK: Strings

    /// One string, or several that stand beside each other and are one.
    private mutating func strings() -> JSONValue? {
        var joined: [UInt8] = []
        var found = false
        while true {
            let start = position
            let isRaw = current | 0x20 == UInt8(ascii: "r")
            if isRaw || current | 0x20 == UInt8(ascii: "u") { position += 1 }
            guard current == .quote || current == .apostrophe else {
                position = start
                return found ? .string(JSONString(utf8: joined)) : nil
            }
            guard string(isRaw: isRaw, into: &joined) else { return nil }
            found = true
            skipSpace()
        }
    }

    private mutating func string(isRaw: Bool, into joined: inout [UInt8]) -> Bool {
        let quote = current
        let isTriple = text.has([quote, quote, quote], at: position)
        let closing = [UInt8](repeating: quote, count: isTriple ? 3 : 1)
        position += closing.count
        while position < text.count {
            if text.has(closing, at: position) {
                position += closing.count
                return true
            }
            if current == .lineFeed, !isTriple { return false }
            if current == .backslash {
                guard position + 1 < text.count, escape(isRaw: isRaw, into: &joined) else {
                    return false
                }
            } else {
                joined.append(current)
                position += 1
            }
        }
        return false
    }

    private static let plain: [UInt8: UInt8] = [
        .backslash: .backslash, .quote: .quote, .apostrophe: .apostrophe,
        UInt8(ascii: "n"): .lineFeed, UInt8(ascii: "t"): .tab,
        UInt8(ascii: "r"): .carriageReturn,
        UInt8(ascii: "b"): 0x08, UInt8(ascii: "f"): .formFeed, UInt8(ascii: "v"): 0x0B,
        UInt8(ascii: "a"): 0x07,
    ]

    /// Follows the table of escapes in section 2.4.1 of the Python language reference, without `\N`.
    private mutating func escape(isRaw: Bool, into joined: inout [UInt8]) -> Bool {
        let sign = text[position + 1]
        guard !isRaw else {
            joined += [.backslash, sign]
            position += 2
            return true
        }
        position += 2
        switch sign {
        case UInt8(ascii: "x"): return codePoint(digits: 2, into: &joined)
        case UInt8(ascii: "u"): return codePoint(digits: 4, into: &joined)
        case UInt8(ascii: "U"): return codePoint(digits: 8, into: &joined)
        case UInt8(ascii: "0")...UInt8(ascii: "7"):
            position -= 1
            var value: UInt32 = 0
            var digits = 0
            while digits < 3, (UInt8(ascii: "0")...UInt8(ascii: "7")).contains(current) {
                value = value << 3 | UInt32(current - UInt8(ascii: "0"))
                position += 1
                digits += 1
            }
            joined.append(codePoint: value)
        case .lineFeed: break
        case UInt8(ascii: "N"): return false
        default:
            if let byte = Self.plain[sign] {
                joined.append(byte)
            } else {
                joined += [.backslash, sign]
            }
        }
        return true
    }

    private mutating func codePoint(digits: Int, into joined: inout [UInt8]) -> Bool {
        var value: UInt32 = 0
        for _ in 0..<digits {
            guard let digit = current.hexValue, value < 0x1000_0000 else { return false }
            value = value << 4 | digit
            position += 1
        }
        guard value < 0x110000 else { return false }
        joined.append(codePoint: value)
        return true
    }

    private mutating func skipSpace() {
        position += text.countOfSpace(from: position)
    }
}
