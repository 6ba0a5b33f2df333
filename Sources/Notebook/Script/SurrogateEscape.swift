/// Keeps lone surrogates, which no UTF-8 file can hold, through a script.
///
/// The script shows U+FFFD for each; a list in the cell's marker says what every U+FFFD of the cell stands
/// for: `d83d fffd` for a lone surrogate and a real U+FFFD.
enum SurrogateEscape {
    private static let replacement: [UInt8] = [0xEF, 0xBF, 0xBD]

    /// `text` in UTF-8, and the list when there is a surrogate in it.
    static func replacingSurrogates(in text: [UInt8]) -> (text: [UInt8], list: JSONString?) {
        let bytes = text.span
        guard bytes.firstIndex(of: 0xED) != nil, bytes.firstInvalidUTF8 != nil else {
            return (text, nil)
        }
        var clean: [UInt8] = []
        var list: [String] = []
        var index = 0
        while index < text.count {
            let (codePoint, end) = text.codePoint(at: index)
            let isSurrogate = (0xD800..<0xE000).contains(codePoint)
            if isSurrogate || codePoint == 0xFFFD { list.append(String(codePoint, radix: 16)) }
            clean += isSurrogate ? replacement : Array(text[index..<end])
            index = end
        }
        return (clean, JSONString(list.joined(separator: " ")))
    }

    /// `text` with the surrogates of `list` in the place of its U+FFFD; as it is when their numbers differ.
    static func restoringSurrogates(in text: [UInt8], list: String) -> [UInt8] {
        let codePoints = list.split(separator: " ").map { UInt32($0, radix: 16) ?? 0xFFFD }
        var restored: [UInt8] = []
        var found = 0
        var index = 0
        while index < text.count {
            if text.span.has(replacement, at: index) {
                let value = found < codePoints.count ? codePoints[found] : 0xFFFD
                restored.append(codePoint: (0xD800..<0xE000).contains(value) ? value : 0xFFFD)
                found += 1
                index += 3
            } else {
                restored.append(text[index])
                index += 1
            }
        }
        return found == codePoints.count ? restored : text
    }
}
