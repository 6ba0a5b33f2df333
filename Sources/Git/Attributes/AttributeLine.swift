internal import Platform

/// What a repository says about a file under one name: `text`, `-text`, `eol=crlf`.
enum AttributeValue: Hashable {
    /// `text`
    case set
    /// `-text`
    case unset
    /// `!text`, and where nothing is said.
    case unspecified
    /// `text=auto`
    case word(String)
}

/// One line of a `.gitattributes` file.
///
/// Follows `parse_attr_line` of git's attr.c.
struct AttributeLine {
    /// What the line speaks of.
    enum Subject {
        case files(IgnorePattern)
        /// `[attr]name`: what an attribute stands for beside itself.
        case macro(String)
    }

    let subject: Subject
    /// In the order of the line: of two for one name the later one holds.
    let settings: [(name: String, value: AttributeValue)]

    /// git reads no line that is longer.
    private static let mostBytes = 2_047

    /// Reads a line without its end; nil for a comment, and for one that git ignores.
    init?(_ line: ArraySlice<UInt8>) {
        let line = line.prefix { $0 != 0 }
        guard line.count <= Self.mostBytes else { return nil }
        let text = line.drop(while: \.isBlank)
        guard let first = text.first, first != UInt8(ascii: "#") else { return nil }
        var name = Array(text.prefix { !$0.isBlank })
        var rest = text.dropFirst(name.count)
        if first == UInt8(ascii: "\""), let (unquoted, end) = Self.unquoted(text) {
            (name, rest) = (unquoted, end)
        }
        var settings: [(name: String, value: AttributeValue)] = []
        for word in rest.split(whereSeparator: \.isBlank) {
            guard let setting = Self.setting(word) else { return nil }
            settings.append(setting)
        }
        self.settings = settings
        let macroMark = Array("[attr]".utf8)
        if name.starts(with: macroMark), name.count > macroMark.count {
            let macro = name.dropFirst(macroMark.count).prefix { !$0.isBlank }
            guard Self.isValidName(macro) else { return nil }
            subject = .macro(String(decoding: macro, as: UTF8.self))
            return
        }
        let pattern = IgnorePattern(pattern: name)
        guard !pattern.isNegated else { return nil }
        subject = .files(pattern)
    }

    private static func setting(
        _ word: ArraySlice<UInt8>
    ) -> (name: String, value: AttributeValue)? {
        let sign = word.first
        let isSigned = sign == UInt8(ascii: "-") || sign == UInt8(ascii: "!")
        let name = word.dropFirst(isSigned ? 1 : 0).prefix { $0 != UInt8(ascii: "=") }
        guard isValidName(name) else { return nil }
        let text = String(decoding: name, as: UTF8.self)
        if isSigned { return (text, sign == UInt8(ascii: "-") ? .unset : .unspecified) }
        guard name.endIndex < word.endIndex else { return (text, .set) }
        return (text, .word(String(decoding: word[(name.endIndex + 1)...], as: UTF8.self)))
    }

    private static func isValidName(_ name: ArraySlice<UInt8>) -> Bool {
        guard let first = name.first, first != UInt8(ascii: "-") else { return false }
        return name.allSatisfy { byte in
            byte.isDigit || byte.lowercased.isLowercaseLetter || "-_.".utf8.contains(byte)
        }
    }

    /// What stands between two quotes, and what follows it; nil where it is not well formed.
    ///
    /// Follows `unquote_c_style` of git's quote.c.
    private static func unquoted(
        _ text: ArraySlice<UInt8>
    ) -> (name: [UInt8], rest: ArraySlice<UInt8>)? {
        var rest = text.dropFirst()
        var name: [UInt8] = []
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "\"") { return (name, rest) }
            guard byte == .backslash else {
                name.append(byte)
                continue
            }
            guard let escape = rest.popFirst() else { return nil }
            if let meant = escapes[escape] {
                name.append(meant)
                continue
            }
            let digits = [escape] + rest.prefix(2)
            guard digits.count == 3, escape <= UInt8(ascii: "3"),
                digits.allSatisfy({ (0x30...0x37).contains($0) })
            else { return nil }
            name.append(digits.reduce(0) { $0 << 3 | ($1 - 0x30) })
            rest = rest.dropFirst(2)
        }
        return nil
    }

    private static let escapes: [UInt8: UInt8] = [
        UInt8(ascii: "a"): 0x07, UInt8(ascii: "b"): 0x08, UInt8(ascii: "f"): 0x0C,
        UInt8(ascii: "n"): 0x0A, UInt8(ascii: "r"): 0x0D, UInt8(ascii: "t"): 0x09,
        UInt8(ascii: "v"): 0x0B, .backslash: .backslash, UInt8(ascii: "\""): UInt8(ascii: "\""),
    ]
}

extension UInt8 {
    fileprivate var isBlank: Bool { [0x20, 0x09, 0x0D, 0x0A].contains(self) }
}
