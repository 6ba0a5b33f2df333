/// A pattern with `*`, `?`, `[…]` and `\`, matched against bytes.
///
/// Follows wildmatch.c of git.
struct Wildcard: Hashable, Sendable {
    let pattern: [UInt8]
    /// Whether `/` is matched by nothing but `/` and `**`.
    let keepsSlashes: Bool

    /// Whether the bytes hold a character that means more than itself.
    static func isSpecial(_ bytes: some Sequence<UInt8>) -> Bool {
        bytes.contains { "*?[\\".utf8.contains($0) }
    }

    /// Whether all of `text` matches.
    func matches(_ text: [UInt8]) -> Bool {
        var matcher = Matcher(pattern: pattern, text: text, keepsSlashes: keepsSlashes)
        return matcher.matches(0, 0)
    }
}

/// One comparison; what was found hopeless once is not tried again, so that no pattern takes exponential time.
private struct Matcher {
    let pattern: [UInt8]
    let text: [UInt8]
    let keepsSlashes: Bool
    private var hopeless: Set<Int> = []

    init(pattern: [UInt8], text: [UInt8], keepsSlashes: Bool) {
        self.pattern = pattern
        self.text = text
        self.keepsSlashes = keepsSlashes
    }

    mutating func matches(_ start: Int, _ textStart: Int) -> Bool {
        var (place, offset) = (start, textStart)
        while place < pattern.count {
            let sign = pattern[place]
            if sign == UInt8(ascii: "*") { return matchesStar(place, offset) }
            guard offset < text.count else { return false }
            let byte = text[offset]
            switch sign {
            case UInt8(ascii: "?"):
                guard !(keepsSlashes && byte == .slash) else { return false }
                place += 1
            case UInt8(ascii: "["):
                guard let end = bracket(place, byte) else { return false }
                place = end
            case UInt8(ascii: "\\") where place + 1 < pattern.count:
                guard pattern[place + 1] == byte else { return false }
                place += 2
            default:
                guard sign == byte else { return false }
                place += 1
            }
            offset += 1
        }
        return offset == text.count
    }

    private mutating func matchesStar(_ place: Int, _ offset: Int) -> Bool {
        let key = place * (text.count + 1) + offset
        guard !hopeless.contains(key) else { return false }
        var end = place
        while end < pattern.count, pattern[end] == UInt8(ascii: "*") { end += 1 }
        let isDouble = end - place > 1
        let isAtStart = place == 0 || pattern[place - 1] == .slash
        let isWhole = isDouble && isAtStart && (end == pattern.count || pattern[end] == .slash)
        let crosses = !keepsSlashes || isWhole
        // 'a/**/b' also matches 'a/b'.
        if keepsSlashes, isWhole, end < pattern.count, matches(end + 1, offset) { return true }
        var next = offset
        while true {
            if matches(end, next) { return true }
            guard next < text.count, crosses || text[next] != .slash else { break }
            next += 1
        }
        hopeless.insert(key)
        return false
    }

    /// Where a set `[…]` ends if it holds `byte`; nil when it does not or is never closed.
    private func bracket(_ start: Int, _ byte: UInt8) -> Int? {
        var place = start + 1
        let isNegated = place < pattern.count && "!^".utf8.contains(pattern[place])
        if isNegated { place += 1 }
        var isFound = false
        var isFirst = true
        while place < pattern.count, isFirst || pattern[place] != UInt8(ascii: "]") {
            isFirst = false
            if let (name, end) = className(place) {
                isFound = isFound || Self.isMember(byte, of: name)
                place = end
                continue
            }
            let low = literal(&place)
            var high = low
            if place + 1 < pattern.count, pattern[place] == UInt8(ascii: "-"),
                pattern[place + 1] != UInt8(ascii: "]")
            {
                place += 1
                high = literal(&place)
            }
            if low <= high, (low...high).contains(byte) { isFound = true }
        }
        guard place < pattern.count, isFound != isNegated, !(keepsSlashes && byte == .slash) else {
            return nil
        }
        return place + 1
    }

    private func literal(_ place: inout Int) -> UInt8 {
        if pattern[place] == UInt8(ascii: "\\"), place + 1 < pattern.count { place += 1 }
        defer { place += 1 }
        return pattern[place]
    }

    /// The name in `[:name:]` and where that ends.
    private func className(_ place: Int) -> (String, Int)? {
        guard pattern[place...].starts(with: "[:".utf8),
            let close = pattern[(place + 2)...].firstIndex(of: UInt8(ascii: "]")),
            pattern[close - 1] == UInt8(ascii: ":"), close - 1 >= place + 2
        else { return nil }
        return (String(decoding: pattern[(place + 2)..<(close - 1)], as: UTF8.self), close + 1)
    }

    private static func isMember(_ byte: UInt8, of name: String) -> Bool {
        let character = Character(Unicode.Scalar(byte))
        guard byte < 0x80 else { return false }
        return switch name {
        case "alnum": character.isLetter || character.isNumber
        case "alpha": character.isLetter
        case "blank": byte == 0x20 || byte == 0x09
        case "cntrl": byte < 0x20 || byte == 0x7F
        case "digit": character.isNumber
        case "graph": (0x21...0x7E).contains(byte)
        case "lower": character.isLowercase
        case "print": (0x20...0x7E).contains(byte)
        case "punct": (0x21...0x7E).contains(byte) && !character.isLetter && !character.isNumber
        case "space": byte == 0x20 || (0x09...0x0D).contains(byte)
        case "upper": character.isUppercase
        case "xdigit": character.isHexDigit
        default: false
        }
    }
}

extension UInt8 {
    static let slash = UInt8(ascii: "/")
}
