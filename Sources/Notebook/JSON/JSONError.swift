/// A place where a text stops being JSON, and why.
public struct JSONError: Error, Equatable, Sendable {
    /// What is wrong, lower case and without a period: "expected ':'".
    public let message: String
    /// Bytes before the place, from 0.
    public let byteOffset: Int
    /// The line of the place, from 1; lines end at LF.
    public let line: Int
    /// The column of the place, from 1, in Unicode scalars.
    public let column: Int

    /// Locates `byteOffset` in `bytes`; what is not UTF-8 before it counts one column a byte.
    init(_ message: String, at byteOffset: Int, in bytes: Span<UInt8>) {
        var line = 1
        var lineStart = 0
        for index in 0..<byteOffset where bytes[index] == .lineFeed {
            line += 1
            lineStart = index + 1
        }
        if lineStart == 0, bytes.starts(with: byteOrderMark) { lineStart = byteOrderMark.count }
        self.message = message
        self.byteOffset = byteOffset
        self.line = line
        column = 1 + bytes.extracting(min(lineStart, byteOffset)..<byteOffset).scalarCount
    }
}

/// The three bytes of U+FEFF, which some editors put before a UTF-8 text.
let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

extension Span<UInt8> {
    /// The number of bytes that do not continue a UTF-8 sequence.
    fileprivate var scalarCount: Int {
        var count = 0
        for index in indices where self[index] & 0xC0 != 0x80 { count += 1 }
        return count
    }
}
