extension [UInt8] {
    /// Appends an ASCII character as it stands in a JSON string.
    mutating func append(jsonCharacter byte: UInt8, isUppercase: Bool = false) {
        switch byte {
        case .quote: append("\\\"")
        case .backslash: append("\\\\")
        case .lineFeed: append("\\n")
        case .carriageReturn: append("\\r")
        case .tab: append("\\t")
        case 0x08: append("\\b")
        case .formFeed: append("\\f")
        case ..<0x20: append(jsonEscapeOf: UInt32(byte), isUppercase: isUppercase)
        default: append(byte)
        }
    }

    /// Appends `\u00e9`, or the two escapes of a surrogate pair.
    mutating func append(jsonEscapeOf codePoint: UInt32, isUppercase: Bool = false) {
        guard codePoint < 0x10000 else {
            append(jsonEscapeOf: 0xD800 + (codePoint - 0x10000) >> 10, isUppercase: isUppercase)
            append(jsonEscapeOf: 0xDC00 + (codePoint - 0x10000) & 0x3FF, isUppercase: isUppercase)
            return
        }
        let digits = String(codePoint, radix: 16, uppercase: isUppercase).utf8
        append("\\u")
        append(contentsOf: repeatElement(UInt8(ascii: "0"), count: 4 - digits.count))
        append(contentsOf: digits)
    }
}
