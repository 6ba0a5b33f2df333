internal import CScan

/// The ASCII characters that the readers and writers speak of.
extension UInt8 {
    static let tab = UInt8(ascii: "\t")
    static let lineFeed = UInt8(ascii: "\n")
    static let carriageReturn = UInt8(ascii: "\r")
    static let formFeed: UInt8 = 0x0C
    static let space = UInt8(ascii: " ")
    static let quote = UInt8(ascii: "\"")
    static let apostrophe = UInt8(ascii: "'")
    static let backslash = UInt8(ascii: "\\")
    static let percent = UInt8(ascii: "%")
    static let comma = UInt8(ascii: ",")
    static let colon = UInt8(ascii: ":")
    static let equals = UInt8(ascii: "=")
    static let openBrace = UInt8(ascii: "{")
    static let closeBrace = UInt8(ascii: "}")
    static let openBracket = UInt8(ascii: "[")
    static let closeBracket = UInt8(ascii: "]")

    var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }
    var isLetter: Bool {
        let lower = self | 0x20
        return lower >= UInt8(ascii: "a") && lower <= UInt8(ascii: "z")
    }
    var isUppercaseLetter: Bool { self >= UInt8(ascii: "A") && self <= UInt8(ascii: "Z") }
    /// The value of a hexadecimal digit, or nil.
    var hexValue: UInt32? {
        if isDigit { return UInt32(self) - 0x30 }
        let lower = self | 0x20
        return lower >= UInt8(ascii: "a") && lower <= UInt8(ascii: "f") ? UInt32(lower) - 0x57 : nil
    }
}

extension Span<UInt8> {
    func starts(with prefix: some Collection<UInt8>) -> Bool { has(prefix, at: 0) }

    func ends(with suffix: some Collection<UInt8>) -> Bool {
        count >= suffix.count && has(suffix, at: count - suffix.count)
    }

    /// Whether the bytes of `word` stand at `offset`.
    func has(_ word: some Collection<UInt8>, at offset: Int) -> Bool {
        guard offset >= 0, count - offset >= word.count else { return false }
        var index = offset
        for byte in word {
            guard self[index] == byte else { return false }
            index += 1
        }
        return true
    }

    /// Whether both begin with the same byte.
    func starts(like other: Span<UInt8>) -> Bool {
        !isEmpty && !other.isEmpty && self[0] == other[0]
    }

    /// Whether the bytes are those of `other`.
    func equals(_ other: Span<UInt8>) -> Bool {
        guard count == other.count else { return false }
        for index in indices where self[index] != other[index] { return false }
        return true
    }

    /// The first place of `byte` at or after `start`, or nil.
    func firstIndex(of byte: UInt8, from start: Int = 0) -> Int? {
        guard start < count else { return nil }
        // The search stays in the span: it is handed its own pointer and count.
        let place = unsafe extracting(start...).withUnsafeBufferPointer { rest in
            unsafe rest.baseAddress.map { unsafe cscan_find_byte($0, rest.count, byte) }
                ?? rest.count
        }
        return start + place < count ? start + place : nil
    }

    /// The number of bytes from `start` on that stand in a JSON string as they are: ASCII without control
    /// characters, quotes and backslashes.
    func countOfPlain(from start: Int) -> Int {
        guard start < count else { return 0 }
        return unsafe extracting(start...).withUnsafeBufferPointer { rest in
            unsafe rest.baseAddress.map { unsafe cscan_plain_prefix($0, rest.count) } ?? 0
        }
    }

    /// The first place of the bytes of `word` at or after `start`, or nil.
    func firstIndex(of word: [UInt8], from start: Int = 0) -> Int? {
        guard start + word.count <= count else { return nil }
        // Both searches stay in what they are handed with its own count.
        let place = unsafe extracting(start...).withUnsafeBufferPointer { rest in
            unsafe word.withUnsafeBufferPointer { word in
                guard let bytes = rest.baseAddress, let sought = word.baseAddress else { return 0 }
                return unsafe cscan_find_word(bytes, rest.count, sought, word.count)
            }
        }
        return start + place < count ? start + place : nil
    }

    /// What is told of the text in one go.
    var traits: TextTraits {
        // The search stays in the span: it is handed its own pointer and count.
        let traits = unsafe withUnsafeBufferPointer { bytes in
            unsafe bytes.baseAddress.map { unsafe cscan_traits_of($0, bytes.count) } ?? .init()
        }
        return TextTraits(
            hasTripleQuotes: traits.has_triple_quotes, hasMarkerSigns: traits.has_marker_signs,
            hasMagicSigns: traits.has_magic_signs, hasNonASCII: traits.has_non_ascii,
            hasSurrogates: traits.has_surrogates, lineFeedCount: traits.line_feeds)
    }

    /// The first place of `%`, `!` or `?`, one of which is in nearly all commands to a kernel; or nil.
    var firstMagicSign: Int? {
        // The search stays in the span: it is handed its own pointer and count.
        let place = unsafe withUnsafeBufferPointer { bytes in
            unsafe bytes.baseAddress.map { unsafe cscan_find_magic_sign($0, bytes.count) } ?? count
        }
        return place < count ? place : nil
    }

    /// The start of the first line that may be a command to a Python kernel, from the line at `start` on; or nil.
    func firstMagicLine(from start: Int) -> Int? {
        guard start < count else { return nil }
        // The search stays in the span: it is handed its own pointer and count.
        let place = unsafe withUnsafeBufferPointer { bytes in
            unsafe bytes.baseAddress.map { unsafe cscan_find_magic_line($0, bytes.count, start) }
                ?? count
        }
        return place < count ? place : nil
    }

    func contains(_ byte: UInt8) -> Bool { firstIndex(of: byte) != nil }

    /// The number of bytes of JSON's white space at the start.
    var countOfJSONSpace: Int {
        indices.first { ![.space, .tab, .lineFeed, .carriageReturn].contains(self[$0]) } ?? count
    }

    /// The last place of `byte` before `end`, or nil.
    func lastIndex(of byte: UInt8, before end: Int) -> Int? {
        // The search stays in the span: it is handed its own pointer and count.
        let place = unsafe extracting(..<end).withUnsafeBufferPointer { bytes in
            unsafe bytes.baseAddress.map { unsafe cscan_find_last_byte($0, bytes.count, byte) }
                ?? end
        }
        return place < end ? place : nil
    }
}

/// What a text has, to tell which rules need not be asked; all but the number may be said too often.
struct TextTraits {
    /// Three quotes in a row.
    let hasTripleQuotes: Bool
    /// Something that may be part of a cell marker.
    let hasMarkerSigns: Bool
    /// One of `%`, `!` and `?`, as in nearly all commands to a kernel.
    let hasMagicSigns: Bool
    let hasNonASCII: Bool
    /// Bytes of lone surrogates, which no UTF-8 file can hold.
    let hasSurrogates: Bool
    let lineFeedCount: Int
}

extension Span<UInt8> {
    /// A copy of the bytes.
    var bytes: [UInt8] { unsafe withUnsafeBufferPointer { unsafe Array($0) } }
}

extension StaticString {
    /// The bytes of the literal.
    var span: Span<UInt8> {
        @_lifetime(immortal)
        get {
            // A literal stays where it is as long as the program runs.
            let span = unsafe Span(_unsafeStart: utf8Start, count: utf8CodeUnitCount)
            return unsafe _overrideLifetime(span, copying: ())
        }
    }
}

extension [UInt8] {
    /// Copies the bytes at `range` to `start`, whatever they lie over.
    mutating func moveBytes(at range: Range<Int>, to start: Int) {
        precondition(
            range.upperBound <= count && start >= 0 && start + range.count <= count,
            "bytes are moved within the array")
        unsafe withUnsafeMutableBytes { bytes in
            guard let first = bytes.baseAddress else { return }
            // Both places lie in the array, and may overlap.
            unsafe (first + start).copyMemory(
                from: first + range.lowerBound, byteCount: range.count)
        }
    }

    mutating func fill(_ range: Range<Int>, with byte: UInt8) {
        for index in range { self[index] = byte }
    }

    /// Appends the bytes of `span`.
    mutating func append(_ span: Span<UInt8>) {
        unsafe span.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
    }

    mutating func append(_ text: StaticString) {
        unsafe append(
            contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }
}
