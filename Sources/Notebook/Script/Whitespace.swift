/// White space as Python's `str.strip` and `\s` know it, in UTF-8.
extension Span<UInt8> {
    /// The number of bytes of the white space character at `offset`; 0 when there is none.
    func lengthOfSpace(at offset: Int) -> Int {
        guard offset < count else { return 0 }
        switch self[offset] {
        case 0x21...0xC1: return 0
        case 0x09...0x0D, 0x1C...0x20: return 1
        case 0xC2 where offset + 1 < count:
            return self[offset + 1] == 0x85 || self[offset + 1] == 0xA0 ? 2 : 0
        case 0xE1, 0xE2, 0xE3:
            guard offset + 2 < count else { return 0 }
            let (second, third) = (self[offset + 1], self[offset + 2])
            switch (self[offset], second, third) {
            case (0xE1, 0x9A, 0x80), (0xE3, 0x80, 0x80), (0xE2, 0x81, 0x9F): return 3
            case (0xE2, 0x80, 0x80...0x8A), (0xE2, 0x80, 0xA8), (0xE2, 0x80, 0xA9),
                (0xE2, 0x80, 0xAF):
                return 3
            default: return 0
            }
        default: return 0
        }
    }

    /// The number of bytes of the white space that stands at `start`.
    func countOfSpace(from start: Int) -> Int {
        var index = start
        while case let length = lengthOfSpace(at: index), length > 0 { index += length }
        return index - start
    }

    var countOfLeadingSpace: Int { countOfSpace(from: 0) }

    /// Whether there is nothing but white space; an empty line is blank.
    var isBlank: Bool { countOfLeadingSpace == count }

    /// The place where the white space at the end begins.
    var endWithoutTrailingSpace: Int {
        var end = count
        while end > 0 {
            var start = end - 1
            while start > 0, end - start < 3, self[start] & 0xC0 == 0x80 { start -= 1 }
            guard lengthOfSpace(at: start) == end - start else { return end }
            end = start
        }
        return end
    }

    /// The bytes without the white space at both ends.
    var trimmed: Span<UInt8> {
        @_lifetime(copy self)
        get {
            let end = endWithoutTrailingSpace
            return extracting(Swift.min(countOfLeadingSpace, end)..<end)
        }
    }
}
