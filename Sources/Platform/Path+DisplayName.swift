extension Path: CustomStringConvertible {
    /// The name as a terminal may show it: on one line, with nothing hidden and no byte acting.
    ///
    /// A plain name is returned as it is. A name with control characters, escape sequences, line
    /// breaks, bidirectional controls, invisible characters or invalid UTF-8 is put in double quotes
    /// and those bytes are written as C escapes: `"a\nb"`, `"\033[31m"`, `"caf\351"`. A name with a
    /// quote or a backslash is quoted too, so that what is shown can only mean one name.
    ///
    /// Follows `quote_c_style` of git with `core.quotePath` off, and goes further than git in the
    /// characters above 0x7F that it does not let through.
    public var displayName: String {
        if isPlainASCII { return String(decoding: bytes, as: UTF8.self) }
        var shown = ""
        var isPlain = !bytes.isEmpty
        var parser = Unicode.UTF8.ForwardParser()
        var source = bytes.makeIterator()
        var byteOffset = 0
        while true {
            switch parser.parseScalar(from: &source) {
            case .emptyInput:
                return isPlain ? shown : "\"\(shown)\""
            case .error(let length):
                isPlain = false
                shown += Self.escaped(bytes[byteOffset..<byteOffset + length])
                byteOffset += length
            case .valid(let encoded):
                let scalar = UTF8.decode(encoded)
                let needsEscape = scalar == "\"" || scalar == "\\" || !scalar.isVisible
                isPlain = isPlain && !needsEscape
                shown += needsEscape ? Self.escaped(encoded) : String(scalar)
                byteOffset += encoded.count
            }
        }
    }

    /// Whether there are only letters of ASCII and others that are shown as they are.
    private var isPlainASCII: Bool {
        !bytes.isEmpty
            && bytes.allSatisfy {
                (0x20..<0x7F).contains($0) && $0 != UInt8(ascii: "\"")
                    && $0 != UInt8(ascii: "\\")
            }
    }

    /// The same as ``displayName``.
    public var description: String {
        displayName
    }

    private static func escaped(_ bytes: some Sequence<UInt8>) -> String {
        bytes.map { byte in
            switch byte {
            case 0x07: "\\a"
            case 0x08: "\\b"
            case 0x09: "\\t"
            case 0x0A: "\\n"
            case 0x0B: "\\v"
            case 0x0C: "\\f"
            case 0x0D: "\\r"
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): "\\" + String(Unicode.Scalar(byte))
            default: "\\" + octal(byte)
            }
        }.joined()
    }

    private static func octal(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 8)
        return String(repeating: "0", count: 3 - digits.count) + digits
    }
}

extension Unicode.Scalar {
    /// Whether this character can be sent to a terminal and leaves its mark there.
    ///
    /// Control characters (C0, DEL, C1), line and paragraph separators, bidirectional controls, tags
    /// and other format characters are not. The two joiners are let through: emoji and Persian words
    /// are spelled with them.
    public var isVisible: Bool {
        switch properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: false
        case .format: self == "\u{200C}" || self == "\u{200D}"
        default: true
        }
    }
}
