internal import Platform

/// A TOML document as lines, to change a table of plain settings and leave every other byte alone.
///
/// It does not understand all of TOML: whoever changes a text looks at what it then means.
struct TOMLText {
    private var lines: [[UInt8]]
    private let lineEnd: [UInt8]
    private static let newline = UInt8(ascii: "\n")

    init(_ bytes: [UInt8]) {
        lines = bytes.split(separator: Self.newline, omittingEmptySubsequences: false).map(
            Array.init)
        lineEnd = lines.first?.last == UInt8(ascii: "\r") && lines.count > 1 ? [13] : []
    }

    var bytes: [UInt8] { Array(lines.joined(separator: [Self.newline])) }

    /// Sets keys of a table, which is made behind all else where there is none.
    ///
    /// - Parameters:
    ///   - settings: The keys in the order of a new table, and their values as TOML writes them; nil for one that goes.
    ///   - names: How the header of the table may be written, without brackets and blanks.
    mutating func set(_ settings: [(key: String, value: String?)], inTable names: [String]) {
        guard let table = table(names) else {
            append(settings, names[0])
            return
        }
        for (key, value) in settings {
            let range = self.range(from: table)
            let place = range.first { self.key(of: lines[$0]) == key }
            switch (place, value) {
            case (nil, nil): break
            case (nil, let value?):
                let last = range.last { self.key(of: lines[$0]) != nil } ?? table
                // The last line of all has no line end of its own.
                let isAtEnd = last == lines.count - 1
                if isAtEnd { lines[last] += lineEnd }
                let line = Array("\(key) = \(value)".utf8)
                lines.insert(line + (isAtEnd ? [] : lineEnd), at: last + 1)
            case (let place?, nil): lines.remove(at: place)
            case (let place?, let value?): lines[place] = line(lines[place], saying: value)
            }
        }
    }

    /// Takes a table away: its header, its settings and what stands between them, and a blank line before it.
    mutating func removeTable(_ names: [String]) {
        guard let table = table(names) else { return }
        let last = range(from: table).last { key(of: lines[$0]) != nil } ?? table
        lines.removeSubrange(table...last)
        let isOpenBefore = table > 0 && Self.isBlank(lines[table - 1])
        let isOpenBehind = table >= lines.count || Self.isBlank(lines[table])
        guard isOpenBefore, isOpenBehind else { return }
        lines.remove(at: table - 1)
        if lines == [[]] { lines = [] }
    }

    // MARK: Lines

    private mutating func append(_ settings: [(key: String, value: String?)], _ name: String) {
        if lines.last?.isEmpty == true { lines.removeLast() }
        if let last = lines.last, !Self.isBlank(last) {
            if !lineEnd.isEmpty, last.last != 13 { lines[lines.count - 1] += lineEnd }
            lines.append(lineEnd)
        }
        lines.append(Array("[\(name)]".utf8) + lineEnd)
        for (key, value) in settings {
            guard let value else { continue }
            lines.append(Array("\(key) = \(value)".utf8) + lineEnd)
        }
        lines.append([])
    }

    private func table(_ names: [String]) -> Int? {
        lines.firstIndex { line in
            guard let header = Self.header(line) else { return false }
            return names.contains(header)
        }
    }

    /// The lines behind a header, up to the next one.
    private func range(from table: Int) -> Range<Int> {
        let behind = table + 1..<lines.count
        let end = behind.first { Self.header(lines[$0]) != nil } ?? lines.count
        return table + 1..<end
    }

    /// What stands between the brackets, blanks left out; nil for a line that is no header.
    private static func header(_ line: [UInt8]) -> String? {
        let text = line.drop(while: isBlank)
        guard text.first == UInt8(ascii: "["), let end = text.firstIndex(of: UInt8(ascii: "]"))
        else { return nil }
        return String(decoding: text[..<end].dropFirst().filter { !isBlank($0) }, as: UTF8.self)
    }

    private func key(of line: [UInt8]) -> String? {
        let text = line.drop(while: Self.isBlank)
        guard let first = text.first, first != UInt8(ascii: "#"),
            let equals = text.firstIndex(of: UInt8(ascii: "="))
        else { return nil }
        let name = text[..<equals].filter { !Self.isBlank($0) && !"\"'".utf8.contains($0) }
        return String(decoding: name, as: UTF8.self)
    }

    /// A line with another value; what stands before and behind the value stays.
    private func line(_ line: [UInt8], saying value: String) -> [UInt8] {
        guard let equals = line.firstIndex(of: UInt8(ascii: "=")) else { return line }
        let start = line[(equals + 1)...].firstIndex { !Self.isBlank($0) } ?? line.endIndex
        var end = start
        if let quote = line[start...].first, "\"'".utf8.contains(quote) {
            end = start + 1
            while end < line.count, line[end] != quote {
                end += line[end] == UInt8(ascii: "\\") && quote == UInt8(ascii: "\"") ? 2 : 1
            }
            end = min(end + 1, line.count)
        } else {
            end =
                line[start...].firstIndex { Self.isBlank($0) || $0 == UInt8(ascii: "#") }
                ?? line.count
        }
        return line[..<start] + Array(value.utf8) + line[end...]
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0D
    }

    private static func isBlank(_ line: [UInt8]) -> Bool { line.allSatisfy(isBlank) }
}

extension String {
    /// A line of text as a basic string of TOML.
    var tomlQuoted: String {
        var text = "\""
        for scalar in unicodeScalars {
            if scalar == "\"" || scalar == "\\" { text.unicodeScalars.append("\\") }
            text.unicodeScalars.append(scalar)
        }
        return text + "\""
    }
}
