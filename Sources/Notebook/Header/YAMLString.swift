/// A string on its way into YAML: which quotes it needs.
struct YAMLString {
    enum Style { case plain, single, double }

    let text: JSONString

    init(_ text: JSONString) { self.text = text }

    /// The lightest style that reads back as this string.
    func style(isKey: Bool) -> Style {
        if isPlain { return .plain }
        return isSingleQuotable(isKey: isKey) ? .single : .double
    }

    private var isPlain: Bool {
        let bytes = text.utf8
        guard let first = bytes.first, let last = bytes.last, last != .space, last != .colon else {
            return false
        }
        switch first {
        case .space, UInt8(ascii: "#"), .comma, .openBracket, .closeBracket, .openBrace,
            .closeBrace, UInt8(ascii: "&"), UInt8(ascii: "*"), UInt8(ascii: "!"),
            UInt8(ascii: "|"), UInt8(ascii: ">"), .apostrophe, .quote, .percent,
            UInt8(ascii: "@"), UInt8(ascii: "`"):
            return false
        case UInt8(ascii: "-"), UInt8(ascii: "?"), .colon:
            if bytes.count == 1 || bytes[1] == .space || bytes.starts(with: "---".utf8) {
                return false
            }
        case UInt8(ascii: "."):
            if bytes.starts(with: "...".utf8) { return false }
        default: break
        }
        var previous = first
        for byte in bytes {
            guard (0x20..<0x7F).contains(byte),
                !(previous == .colon && byte == .space),
                !(previous == .space && byte == UInt8(ascii: "#"))
            else { return false }
            previous = byte
        }
        return !YAMLScalar.isTyped(text)
    }

    private func isSingleQuotable(isKey: Bool) -> Bool {
        let bytes = text.utf8
        for (index, byte) in bytes.enumerated() {
            if byte == .lineFeed {
                if isKey { return false }
                if index > 0, bytes[index - 1] == .space { return false }
                if index + 1 < bytes.count, bytes[index + 1] == .space { return false }
            } else if !(0x20..<0x7F).contains(byte) {
                return false
            }
        }
        return true
    }

    private static let letters: [UInt32: Character] = [
        0x00: "0", 0x07: "a", 0x08: "b", 0x09: "t", 0x0A: "n", 0x0B: "v", 0x0C: "f", 0x0D: "r",
        0x1B: "e", 0x22: "\"", 0x5C: "\\", 0x85: "N", 0xA0: "_", 0x2028: "L", 0x2029: "P",
    ]

    /// `codePoint` as PyYAML escapes it in double quotes.
    static func escape(_ codePoint: UInt32) -> [UInt8] {
        // libyaml refuses what names half of a surrogate pair.
        if (0xD800..<0xE000).contains(codePoint) { return escape(0xFFFD) }
        if let letter = letters[codePoint] { return Array("\\\(letter)".utf8) }
        let (sign, width) = codePoint < 0x100 ? ("x", 2) : codePoint < 0x10000 ? ("u", 4) : ("U", 8)
        let digits = String(codePoint, radix: 16, uppercase: true)
        return Array(
            "\\\(sign)\(String(repeating: "0", count: width - digits.utf8.count))\(digits)".utf8)
    }
}

extension JSONString {
    var scalarCount: Int { utf8.count { $0 & 0xC0 != 0x80 } }
    /// Whether there is a line end as YAML knows them: LF, CR, NEL, LS or PS.
    var hasLineBreak: Bool {
        string.unicodeScalars.contains {
            ["\n", "\r", "\u{85}", "\u{2028}", "\u{2029}"].contains($0)
        }
    }
}
