/// Takes values out of a JSON text that ``JSONScanner`` has accepted; it checks nothing again.
struct JSONDecoder: ~Escapable {
    private let bytes: Span<UInt8>
    private var position: Int

    /// Starts at `position`, the first byte of a value.
    @_lifetime(copy bytes)
    init(_ bytes: Span<UInt8>, at position: Int) {
        self.bytes = bytes
        self.position = position
    }

    mutating func value() -> JSONValue {
        switch bytes[position] {
        case .openBrace: return .object(object())
        case .openBracket: return .array(array())
        case .quote: return .string(string())
        case UInt8(ascii: "t"): return word(4, .bool(true))
        case UInt8(ascii: "f"): return word(5, .bool(false))
        case UInt8(ascii: "n"): return word(4, .null)
        default: return .number(number())
        }
    }

    /// Appends the text of the string at the position.
    mutating func string(into text: inout [UInt8]) {
        position += 1
        while true {
            let start = position
            while true {
                position += bytes.countOfPlain(from: position)
                if bytes[position] == .quote || bytes[position] == .backslash { break }
                position += 1
            }
            text.append(bytes.extracting(start..<position))
            guard bytes[position] == .backslash else { break }
            text.append(codePoint: escapedCodePoint())
        }
        position += 1
    }

    /// Appends the strings of a flat array, one after the other, up to an element that is no string.
    ///
    /// - Returns: Whether all of them are strings.
    mutating func strings(into text: inout [UInt8]) -> Bool {
        position += 1
        while true {
            skipSpaceAndComma()
            guard bytes[position] == .quote else { return bytes[position] == .closeBracket }
            string(into: &text)
        }
    }

    /// One string of a list: where it lies, quotes included, and what it says.
    struct Item {
        let range: Range<Int>
        let text: [UInt8]
    }

    /// The strings of the flat array at `position`; anything else in it is left out.
    static func strings(in bytes: Span<UInt8>, at position: Int) -> [Item] {
        var decoder = JSONDecoder(bytes, at: position + 1)
        var items: [Item] = []
        while true {
            decoder.skipSpaceAndComma()
            guard bytes[decoder.position] == .quote else { return items }
            let start = decoder.position
            var text: [UInt8] = []
            decoder.string(into: &text)
            items.append(Item(range: start..<decoder.position, text: text))
        }
    }

    /// Where in the file the bytes at `offsets` of the text of the string at `position` are spelled; offsets
    /// rise and stand at the start of lines or at the end.
    static func rawPlaces(of offsets: [Int], in bytes: Span<UInt8>, at position: Int) -> [Int] {
        var decoder = JSONDecoder(bytes, at: position + 1)
        var text: [UInt8] = []
        return offsets.map { offset in
            while text.count < offset { decoder.character(into: &text) }
            return decoder.position
        }
    }

    /// Appends one byte or one escape of the string around the position.
    private mutating func character(into text: inout [UInt8]) {
        if bytes[position] == .backslash {
            text.append(codePoint: escapedCodePoint())
        } else {
            text.append(bytes[position])
            position += 1
        }
    }

    private mutating func string() -> JSONString {
        var text: [UInt8] = []
        string(into: &text)
        return JSONString(utf8: text)
    }

    private mutating func object() -> JSONObject {
        var object = JSONObject()
        position += 1
        while true {
            skipSpaceAndComma()
            guard bytes[position] == .quote else { break }
            let key = string()
            while bytes[position] != .colon { position += 1 }
            position += 1
            skipSpaceAndComma()
            object[key] = value()
        }
        position += 1
        return object
    }

    private mutating func array() -> [JSONValue] {
        var elements: [JSONValue] = []
        position += 1
        while true {
            skipSpaceAndComma()
            guard bytes[position] != .closeBracket else { break }
            elements.append(value())
        }
        position += 1
        return elements
    }

    private mutating func number() -> String {
        let start = position
        while position < bytes.count {
            let byte = bytes[position]
            guard
                byte.isDigit || byte.isLetter || byte == UInt8(ascii: ".")
                    || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+")
            else { break }
            position += 1
        }
        return String(bytes.extracting(start..<position))
    }

    private mutating func word(_ length: Int, _ value: JSONValue) -> JSONValue {
        position += length
        return value
    }

    /// The code point that the escape at the position means; a surrogate is given as it stands.
    private mutating func escapedCodePoint() -> UInt32 {
        let sign = bytes[position + 1]
        position += 2
        switch sign {
        case UInt8(ascii: "b"): return 0x08
        case UInt8(ascii: "f"): return 0x0C
        case UInt8(ascii: "n"): return 0x0A
        case UInt8(ascii: "r"): return 0x0D
        case UInt8(ascii: "t"): return 0x09
        case UInt8(ascii: "u"):
            var value: UInt32 = 0
            for _ in 0..<4 {
                value = value << 4 | (bytes[position].hexValue ?? 0)
                position += 1
            }
            return value
        default: return UInt32(sign)
        }
    }

    private mutating func skipSpaceAndComma() {
        while true {
            switch bytes[position] {
            case .space, .lineFeed, .carriageReturn, .tab, .comma: position += 1
            default: return
            }
        }
    }
}

extension String {
    /// The text of `bytes`, with U+FFFD for what is not UTF-8.
    init(_ bytes: Span<UInt8>) {
        self = unsafe bytes.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
    }
}
