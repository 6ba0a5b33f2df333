/// A text as JSON can hold it: UTF-8, in which lone surrogates are kept as three bytes (WTF-8).
///
/// JSON strings may name half of a surrogate pair (`"\ud83d"`), which no `String` can hold. The order
/// is by code point, as Python sorts and as `sort_keys` writes. Follows the WTF-8 document of Simon Sapin.
public struct JSONString: Hashable, Comparable, Sendable {
    /// The code points in UTF-8; U+D800 to U+DFFF as `ED A0 80` to `ED BF BF`, never as a pair.
    public var utf8: [UInt8]

    /// Takes bytes that the caller knows to be WTF-8; they are not checked.
    public init(utf8: [UInt8]) { self.utf8 = utf8 }
    /// A text of Swift's own, which holds no lone surrogates.
    public init(_ text: some StringProtocol) { utf8 = Array(text.utf8) }

    /// The text with U+FFFD for each lone surrogate.
    public var string: String { String(decoding: utf8, as: UTF8.self) }

    /// By bytes, which in WTF-8 is by code point.
    public static func < (left: Self, right: Self) -> Bool {
        left.utf8.lexicographicallyPrecedes(right.utf8)
    }
}

extension JSONString: ExpressibleByStringLiteral, CustomStringConvertible {
    /// A text written in Swift source, such as the key in `metadata["jupytext"]`.
    public init(stringLiteral text: String) { self.init(text) }
    /// For messages; lone surrogates become U+FFFD.
    public var description: String { string }
}

extension [UInt8] {
    /// Appends a code point in UTF-8, a lone surrogate as three bytes.
    ///
    /// A low surrogate right after a high one completes it: both become the one character they mean.
    mutating func append(codePoint: UInt32) {
        switch codePoint {
        case ..<0x80: append(UInt8(codePoint))
        case ..<0x800:
            append(UInt8(0xC0 | codePoint >> 6))
            append(UInt8(0x80 | codePoint & 0x3F))
        case 0xDC00..<0xE000 where endsWithHighSurrogate:
            let high = UInt32(self[count - 2] & 0x0F) << 6 | UInt32(self[count - 1] & 0x3F)
            removeLast(3)
            append(codePoint: 0x10000 + (high << 10 | codePoint & 0x3FF))
        case ..<0x10000:
            append(UInt8(0xE0 | codePoint >> 12))
            append(UInt8(0x80 | codePoint >> 6 & 0x3F))
            append(UInt8(0x80 | codePoint & 0x3F))
        default:
            append(UInt8(0xF0 | codePoint >> 18))
            append(UInt8(0x80 | codePoint >> 12 & 0x3F))
            append(UInt8(0x80 | codePoint >> 6 & 0x3F))
            append(UInt8(0x80 | codePoint & 0x3F))
        }
    }

    private var endsWithHighSurrogate: Bool {
        count >= 3 && self[count - 3] == 0xED && self[count - 2] & 0xF0 == 0xA0
    }

    /// The first code point at or after `offset` and the place behind it; the bytes must be WTF-8.
    func codePoint(at offset: Int) -> (value: UInt32, end: Int) {
        let lead = UInt32(self[offset])
        let length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
        var value = length == 1 ? lead : lead & (0x7F >> UInt32(length))
        for index in 1..<Swift.max(length, 1) where index < length {
            value = value << 6 | UInt32(self[offset + index] & 0x3F)
        }
        return (value, offset + length)
    }
}
