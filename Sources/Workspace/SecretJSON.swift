internal import Platform

/// A JSON object whose texts are secrets: they are never outside of memory that is wiped.
///
/// That is why the JSON reader of notebooks is not used, whose texts are ordinary ones.
///
/// Follows RFC 8259.
struct SecretJSON {
    /// The values that are texts, by key.
    private(set) var strings: [String: Secret] = [:]
    /// `VersionStages`, where it is there.
    private(set) var stages: [String]?

    /// Reads one object and nothing behind it.
    static func object(_ text: Secret) throws(SecretContentError) -> SecretJSON {
        try text.withBytes { bytes throws(SecretContentError) in
            var reader = Reader()
            var object = SecretJSON()
            try reader.take("{", of: bytes)
            if reader.next(in: bytes) == UInt8(ascii: "}") {
                try reader.take("}", of: bytes)
            } else {
                while true {
                    try object.takeMember(&reader, bytes)
                    guard reader.next(in: bytes) == UInt8(ascii: ",") else { break }
                    try reader.take(",", of: bytes)
                }
                try reader.take("}", of: bytes)
            }
            guard reader.next(in: bytes) == nil else { throw reader.failure }
            return object
        }
    }

    private mutating func takeMember(
        _ reader: inout Reader, _ bytes: Span<UInt8>
    ) throws(SecretContentError) {
        let key = try reader.string(in: bytes).disclosed()
        try reader.take(":", of: bytes)
        switch reader.next(in: bytes) {
        case UInt8(ascii: "\""): strings[key] = try reader.string(in: bytes)
        case UInt8(ascii: "["):
            let values = try reader.array(in: bytes)
            if key == "VersionStages" { stages = values }
        default: try reader.skipWord(in: bytes)
        }
    }

    /// Where in the text we are.
    private struct Reader {
        private var place = 0

        var failure: SecretContentError { .notJSON(byte: place + 1) }

        /// The next byte that is no white space, nil at the end.
        mutating func next(in bytes: Span<UInt8>) -> UInt8? {
            while place < bytes.count, " \t\r\n".utf8.contains(bytes[place]) { place += 1 }
            return place < bytes.count ? bytes[place] : nil
        }

        mutating func take(
            _ sign: Unicode.Scalar, of bytes: Span<UInt8>
        ) throws(SecretContentError) {
            guard next(in: bytes) == UInt8(ascii: sign) else { throw failure }
            place += 1
        }

        /// An array of texts; such as have a token in them are in no array.
        mutating func array(in bytes: Span<UInt8>) throws(SecretContentError) -> [String] {
            var values: [String] = []
            try take("[", of: bytes)
            while next(in: bytes) == UInt8(ascii: "\"") {
                values.append(try string(in: bytes).disclosed())
                guard next(in: bytes) == UInt8(ascii: ",") else { break }
                try take(",", of: bytes)
            }
            try take("]", of: bytes)
            return values
        }

        /// A number, `true`, `false` or `null`.
        mutating func skipWord(in bytes: Span<UInt8>) throws(SecretContentError) {
            let start = place
            var word: [UInt8] = []
            while place < bytes.count, isOfWord(bytes[place]) {
                word.append(bytes[place])
                place += 1
            }
            let text = String(decoding: word, as: UTF8.self)
            guard ["true", "false", "null"].contains(text) || Double(text) != nil else {
                place = start
                throw failure
            }
        }

        private func isOfWord(_ byte: UInt8) -> Bool {
            "+-.".utf8.contains(byte) || (0x30...0x39).contains(byte)
                || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        }

        mutating func string(in bytes: Span<UInt8>) throws(SecretContentError) -> Secret {
            try take("\"", of: bytes)
            var place = place
            defer { self.place = place }
            let room = bytes.count - place
            let failure = failure
            return try Secret(capacity: room) { span throws(SecretContentError) in
                while place < bytes.count {
                    let byte = bytes[place]
                    place += 1
                    switch byte {
                    case UInt8(ascii: "\""): return
                    case UInt8(ascii: "\\"):
                        guard Self.unescape(bytes, &place, into: &span) else { throw failure }
                    case 0..<0x20: throw failure
                    default: span.append(byte)
                    }
                }
                throw failure
            }
        }

        /// Appends what stands behind a backslash, which is never longer than it is written.
        private static func unescape(
            _ bytes: Span<UInt8>, _ place: inout Int, into span: inout OutputSpan<UInt8>
        ) -> Bool {
            guard place < bytes.count else { return false }
            let byte = bytes[place]
            place += 1
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): span.append(byte)
            case UInt8(ascii: "n"): span.append(0x0A)
            case UInt8(ascii: "r"): span.append(0x0D)
            case UInt8(ascii: "t"): span.append(0x09)
            case UInt8(ascii: "b"): span.append(0x08)
            case UInt8(ascii: "f"): span.append(0x0C)
            case UInt8(ascii: "u"):
                // A token is ASCII: halves of other characters are refused later, as what is no token.
                guard let unit = hexadecimal(bytes, &place) else { return false }
                for byte in UTF8.encode(Unicode.Scalar(unit) ?? "\u{FFFD}") ?? .init() {
                    span.append(byte)
                }
            default: return false
            }
            return true
        }

        private static func hexadecimal(_ bytes: Span<UInt8>, _ place: inout Int) -> UInt16? {
            guard place + 4 <= bytes.count else { return nil }
            var unit: UInt16 = 0
            for index in place..<place + 4 {
                guard let digit = Character(Unicode.Scalar(bytes[index])).hexDigitValue else {
                    return nil
                }
                unit = unit << 4 | UInt16(digit)
            }
            place += 4
            return unit
        }
    }
}
