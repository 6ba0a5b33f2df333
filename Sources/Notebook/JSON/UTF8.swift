extension UInt8 {
    /// `0xE9`.
    var hexadecimal: String {
        let digits = String(self, radix: 16, uppercase: true)
        return digits.utf8.count == 1 ? "0x0" + digits : "0x" + digits
    }
}

extension Span<UInt8> {
    /// The place behind the UTF-8 sequence that starts at `offset` with a byte of 0x80 or more, or nil
    /// when it is not well formed (Unicode 15, table 3-7).
    func endOfScalar(at offset: Int) -> Int? {
        let lead = self[offset]
        let length: Int
        var second: ClosedRange<UInt8> = 0x80...0xBF
        switch lead {
        case 0xC2...0xDF: length = 2
        case 0xE0...0xEF:
            length = 3
            if lead == 0xE0 { second = 0xA0...0xBF }
            if lead == 0xED { second = 0x80...0x9F }
        case 0xF0...0xF4:
            length = 4
            if lead == 0xF0 { second = 0x90...0xBF }
            if lead == 0xF4 { second = 0x80...0x8F }
        default: return nil
        }
        guard offset + length <= count, second.contains(self[offset + 1]) else { return nil }
        for index in offset + 2..<Swift.max(offset + length, offset + 2)
        where self[index] & 0xC0 != 0x80 {
            return nil
        }
        return offset + length
    }

    /// The place of the first byte that is not part of well-formed UTF-8, or nil.
    var firstInvalidUTF8: Int? {
        var index = 0
        while index < count {
            guard self[index] >= 0x80 else {
                index += 1
                continue
            }
            guard let end = endOfScalar(at: index) else { return index }
            index = end
        }
        return nil
    }
}
