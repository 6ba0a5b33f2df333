/// The first line of a cell that hands it to another language: `%%bash -e`, in C# `#!sql`.
struct CellMagic {
    let word: JSONString
    /// What follows the word and one space; nil when the line ends with the word.
    let arguments: JSONString?
    /// The bytes of the line, its end included.
    let length: Int

    /// Is nil unless the line names a cell magic of `section` that is not `language`, the notebook's own.
    init?(firstLineOf source: Span<UInt8>, language: String, in section: JupytextSection) {
        guard Self.mayBegin(source) else { return nil }
        let end = source.firstIndex(of: .lineFeed) ?? source.count
        let line = source.extracting(..<end)
        length = min(end + 1, source.count)
        let wordEnd: Int
        if language == "csharp" {
            guard line.starts(with: "#!".utf8) else { return nil }
            wordEnd = line.endWithoutTrailingSpace
            arguments = nil
        } else {
            guard line.starts(with: "%%".utf8) else { return nil }
            wordEnd = line.firstIndex(of: .space) ?? end
            arguments = wordEnd < end ? JSONString(line.extracting((wordEnd + 1)...)) : nil
        }
        guard wordEnd > 2 else { return nil }
        word = JSONString(line.extracting(2..<wordEnd))
        // The reader would take the notebook's own language for no change at all.
        guard section.isCellMagic(word.string), !Language.isSame(word.string, language) else {
            return nil
        }
    }

    /// Whether the signs of a cell magic stand at the start of `source`.
    static func mayBegin(_ source: Span<UInt8>) -> Bool {
        guard source.count > 1 else { return false }
        return source[0] == .percent && source[1] == .percent
            || source[0] == UInt8(ascii: "#") && source[1] == UInt8(ascii: "!")
    }

    /// The first line of a cell in the language `word`.
    static func line(word: JSONString, arguments: JSONString?, language: String) -> [UInt8] {
        let sign = language == "csharp" ? "#!" : "%%"
        return Array(sign.utf8) + word.utf8 + (arguments.map { [.space] + $0.utf8 } ?? [])
    }
}

/// A line `%%` or `%% -x` in a Go cell, which gonb takes for the body of `main`.
enum GonbLine {
    /// What makes a comment of it that gonb still understands.
    static let sign = Array("//gonb:".utf8)

    /// Where `%%` stands, behind any comment signs; nil for other lines.
    static func placeOfPercent(in line: Span<UInt8>) -> Int? {
        var index = 0
        while line.has("//".utf8, at: index) {
            index += line.has(sign, at: index) ? sign.count : 2
            if index < line.count, line[index] == .space { index += 1 }
        }
        guard line.has("%%".utf8, at: index) else { return nil }
        let rest = line.extracting((index + 2)...)
        return rest.isBlank || rest.starts(with: " -".utf8) ? index : nil
    }
}
