internal import Platform

/// What a server says to people, made harmless: line by line, as it comes in pieces.
///
/// Control characters, bidirectional controls and invisible characters become `\u{…}`; a carriage return ends a line
/// that the next one takes the place of.
///
/// git does less: it masks control characters since 2.55 (`sideband.allowControlCharacters`).
struct ServerText {
    private var rest: [UInt8] = []

    /// A line without its end.
    struct Line: Equatable {
        let text: String
        /// Whether it shows how far something is, and the next one takes its place.
        let isPassing: Bool
    }

    /// More than this without an end is shown as a line.
    private static let longestLine = 4096

    /// Takes a piece in and gives the lines that it ends.
    mutating func lines(in piece: some Collection<UInt8>) -> [Line] {
        var lines: [Line] = []
        for byte in piece {
            let isEnd = byte == .newline || byte == UInt8(ascii: "\r")
            if !isEnd { rest.append(byte) }
            guard isEnd || rest.count >= Self.longestLine else { continue }
            // After "\r" comes "\n" where a line is shown for good.
            if !rest.isEmpty || byte == .newline {
                lines.append(Line(text: Self.cleaned(rest), isPassing: byte == UInt8(ascii: "\r")))
            }
            rest = []
        }
        return lines
    }

    /// What was said last, without an end.
    mutating func lastLine() -> Line? {
        guard !rest.isEmpty else { return nil }
        defer { rest = [] }
        return Line(text: Self.cleaned(rest), isPassing: false)
    }

    /// All lines of a text.
    static func lines(_ bytes: [UInt8]) -> [String] {
        var text = ServerText()
        let lines = text.lines(in: bytes)
        return (lines + [text.lastLine()].compactMap(\.self)).map(\.text)
    }

    /// A text on one line, without the white space at its end.
    static func cleaned(_ bytes: some Collection<UInt8>) -> String {
        var text = ""
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            if scalar == "\t" {
                text += " "
            } else if scalar.isVisible, scalar != "\u{200C}", scalar != "\u{200D}" {
                text.unicodeScalars.append(scalar)
            } else {
                text += "\\u{\(String(scalar.value, radix: 16))}"
            }
        }
        while text.last == " " { text.removeLast() }
        return text
    }
}
