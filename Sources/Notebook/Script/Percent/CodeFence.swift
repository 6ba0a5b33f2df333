/// A line that opens a fenced code block in markdown: three or more backticks or tildes.
///
/// Follows section 4.5 of the CommonMark specification.
struct CodeFence {
    /// The backtick or the tilde.
    let sign: UInt8
    /// How many of them.
    let length: Int

    init?(opening line: Span<UInt8>) {
        let (start, length) = Self.run(in: line)
        guard length >= 3 else { return nil }
        sign = line[start]
        self.length = length
        if sign == UInt8(ascii: "`"), line.extracting((start + length)...).contains(sign) {
            return nil
        }
    }

    func isClosed(by line: Span<UInt8>) -> Bool {
        let (start, length) = Self.run(in: line)
        return length >= self.length && line[start] == sign
            && line.extracting((start + length)...).isBlank
    }

    private static func run(in line: Span<UInt8>) -> (start: Int, length: Int) {
        var start = 0
        while start < line.count, start < 3, line[start] == .space { start += 1 }
        guard start < line.count,
            line[start] == UInt8(ascii: "`") || line[start] == UInt8(ascii: "~")
        else {
            return (start, 0)
        }
        var end = start
        while end < line.count, line[end] == line[start] { end += 1 }
        return (start, end - start)
    }
}
