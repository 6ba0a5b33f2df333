internal import CScan

/// Checks a JSON text from its first byte to its last and notes where the values lie.
///
/// Strict RFC 8259 and strict UTF-8, with what notebooks in the wild need beside it: `NaN`, `Infinity`
/// and `-Infinity` (Python writes them), and a byte order mark in front. Nothing is decoded.
///
/// Goes byte by byte: it is for what ``Span/jsonEntries(indexedDepth:deepest:checked:)`` does not accept, and
/// finds the place where it is wrong.
struct JSONScanner: ~Escapable {
    /// Python's own reader gives up near here too; deeper texts are attacks on the stack.
    static let deepest = 1000

    private let bytes: Span<UInt8>
    private var position = 0
    private var depth = 0
    /// Containers deeper than this are checked, but their parts get no entries.
    private let indexedDepth: Int
    private let deepest: Int
    private(set) var entries: [JSONEntry] = []

    @_lifetime(copy bytes)
    init(_ bytes: Span<UInt8>, indexedDepth: Int, deepest: Int = JSONScanner.deepest) {
        self.bytes = bytes
        self.indexedDepth = indexedDepth
        self.deepest = deepest
    }

    /// Checks the whole text.
    mutating func scan() throws(JSONError) {
        if bytes.starts(with: byteOrderMark) { position = byteOrderMark.count }
        skipSpace()
        try scanValue()
        skipSpace()
        guard position == bytes.count else { throw unexpected("the end of the file") }
    }

    // MARK: Values

    private mutating func scanValue() throws(JSONError) {
        let entry = beginEntry()
        let kind: JSONKind
        switch current {
        case .openBrace:
            kind = .object
            try scanObject()
        case .openBracket:
            kind = .array
            try scanArray()
        case .quote:
            kind = .string
            try scanString()
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "N"), UInt8(ascii: "I"):
            kind = .number
            try scanNumber()
        case UInt8(ascii: "t"):
            kind = .bool
            try scanWord("true")
        case UInt8(ascii: "f"):
            kind = .bool
            try scanWord("false")
        case UInt8(ascii: "n"):
            kind = .null
            try scanWord("null")
        default:
            throw unexpected("a value")
        }
        endEntry(entry, kind)
    }

    private mutating func scanObject() throws(JSONError) {
        try enter()
        if current == .closeBrace { return leave() }
        while true {
            guard current == .quote else { throw unexpected("a member name in double quotes") }
            let key = beginEntry()
            try scanString()
            endEntry(key, .string)
            skipSpace()
            guard current == .colon else { throw unexpected("':'") }
            position += 1
            skipSpace()
            try scanValue()
            skipSpace()
            guard current == .comma else {
                guard current == .closeBrace else { throw unexpected("',' or '}'") }
                return leave()
            }
            position += 1
            skipSpace()
        }
    }

    private mutating func scanArray() throws(JSONError) {
        try enter()
        if current == .closeBracket { return leave() }
        while true {
            // The entry of an array whose parts have none is the last one.
            if depth == indexedDepth + 1, current != .quote {
                entries[entries.count - 1].hasOthers = true
            }
            try scanValue()
            skipSpace()
            guard current == .comma else {
                guard current == .closeBracket else { throw unexpected("',' or ']'") }
                return leave()
            }
            position += 1
            skipSpace()
        }
    }

    private mutating func enter() throws(JSONError) {
        guard depth < deepest else {
            throw error("nested more than \(deepest) levels deep")
        }
        depth += 1
        position += 1
        skipSpace()
    }

    private mutating func leave() {
        depth -= 1
        position += 1
    }

    private mutating func scanString() throws(JSONError) {
        position += 1
        while true {
            position += bytes.countOfPlain(from: position)
            guard position < bytes.count else { break }
            let byte = bytes[position]
            switch byte {
            case .quote:
                position += 1
                return
            case .backslash:
                try scanEscape()
            case 0x80...:
                position = try endOfMultibyteScalar()
            default:
                throw error("control character \(byte.hexadecimal) in a string")
            }
        }
        throw error("the file ends inside a string")
    }

    private mutating func scanEscape() throws(JSONError) {
        guard position + 1 < bytes.count else { throw error("the file ends inside a string") }
        switch bytes[position + 1] {
        case .quote, .backslash, UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            position += 2
        case UInt8(ascii: "u"):
            for index in position + 2..<position + 6 {
                guard index < bytes.count, bytes[index].hexValue != nil else {
                    throw error("'\\u' needs four hexadecimal digits")
                }
            }
            position += 6
        default:
            throw error("unknown escape in a string")
        }
    }

    private func endOfMultibyteScalar() throws(JSONError) -> Int {
        guard let end = bytes.endOfScalar(at: position) else {
            throw error("not UTF-8: \(bytes[position].hexadecimal)")
        }
        return end
    }

    private mutating func scanNumber() throws(JSONError) {
        let start = position
        if current == UInt8(ascii: "-") { position += 1 }
        if current == UInt8(ascii: "I") { return try scanWord("Infinity") }
        if current == UInt8(ascii: "N"), position == start { return try scanWord("NaN") }
        if current == UInt8(ascii: "0") { position += 1 } else { try scanDigits() }
        if current == UInt8(ascii: ".") {
            position += 1
            try scanDigits()
        }
        if current | 0x20 == UInt8(ascii: "e") {
            position += 1
            if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { position += 1 }
            try scanDigits()
        }
    }

    private mutating func scanDigits() throws(JSONError) {
        guard current.isDigit else { throw unexpected("a digit") }
        while current.isDigit { position += 1 }
    }

    private mutating func scanWord(_ word: String) throws(JSONError) {
        guard bytes.has(word.utf8, at: position) else { throw unexpected("a value") }
        position += word.utf8.count
    }

    // MARK: Bytes

    /// The byte at the position; NUL, which no token starts with, at the end.
    private var current: UInt8 { position < bytes.count ? bytes[position] : 0 }

    private mutating func skipSpace() {
        while position < bytes.count {
            switch bytes[position] {
            case .space, .lineFeed, .carriageReturn, .tab: position += 1
            default: return
            }
        }
    }

    // MARK: Entries

    private mutating func beginEntry() -> Int? {
        guard depth <= indexedDepth else { return nil }
        entries.append(
            JSONEntry(
                start: position, end: position, next: 0, rawKind: 0,
                isIndexed: depth < indexedDepth, hasOthers: false))
        return entries.count - 1
    }

    private mutating func endEntry(_ entry: Int?, _ kind: JSONKind) {
        guard let entry else { return }
        entries[entry].kind = kind
        entries[entry].end = position
        entries[entry].next = UInt32(entries.count)
        if kind != .array, kind != .object { entries[entry].isIndexed = false }
    }

    // MARK: Errors

    private func error(_ message: String) -> JSONError {
        JSONError(message, at: position, in: bytes)
    }

    private func unexpected(_ wanted: String) -> JSONError {
        if let marker = conflictMarker { return error("merge conflict marker '\(marker)'") }
        guard position < bytes.count else {
            return error("the file ends where \(wanted) is expected")
        }
        if bytes[position] >= 0x80, bytes.endOfScalar(at: position) == nil {
            return error("not UTF-8: \(bytes[position].hexadecimal)")
        }
        return error("expected \(wanted)")
    }

    /// The conflict marker that git left on the line of the position, if there is one.
    private var conflictMarker: String? {
        for sign in "<|=>".utf8 {
            let marker = [UInt8](repeating: sign, count: 7)
            guard bytes.has(marker, at: position), position == 0 || bytes[position - 1] == .lineFeed
            else { continue }
            return String(decoding: marker, as: UTF8.self)
        }
        return nil
    }
}
