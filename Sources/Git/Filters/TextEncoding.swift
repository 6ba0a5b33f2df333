internal import Platform

/// A form of Unicode text in the work tree.
///
/// Follows validate_encoding and reencode_string_len in utf8.c. The other encodings that git finds in the C
/// library are not known here: a static program has none of the library's tables.
enum TextEncoding: Equatable {
    /// Numbers of two or four bytes.
    case units(byteCount: Int, order: Order, mark: Mark)
    /// One byte for each of the first 256 characters.
    case latin1
    /// One byte for each of the first 128 characters.
    case ascii

    enum Order { case big, little }

    /// What is done about a byte order mark.
    enum Mark {
        /// It must be there, says the order, and is written.
        case required
        /// It must not be there.
        case prohibited
    }

    /// Finds an encoding by its name, in any case; nil where nbgit does not know it.
    init?(_ name: String) {
        var name = name.uppercased()
        if name.hasPrefix("UTF"), !name.hasPrefix("UTF-") { name = "UTF-" + name.dropFirst(3) }
        switch name {
        case "UTF-16": self = .units(byteCount: 2, order: .little, mark: .required)
        case "UTF-16LE-BOM": self = .units(byteCount: 2, order: .little, mark: .required)
        case "UTF-16BE-BOM": self = .units(byteCount: 2, order: .big, mark: .required)
        case "UTF-16LE": self = .units(byteCount: 2, order: .little, mark: .prohibited)
        case "UTF-16BE": self = .units(byteCount: 2, order: .big, mark: .prohibited)
        case "UTF-32": self = .units(byteCount: 4, order: .little, mark: .required)
        case "UTF-32LE": self = .units(byteCount: 4, order: .little, mark: .prohibited)
        case "UTF-32BE": self = .units(byteCount: 4, order: .big, mark: .prohibited)
        case "ISO-8859-1", "ISO8859-1", "LATIN1", "LATIN-1": self = .latin1
        case "ASCII", "US-ASCII": self = .ascii
        default: return nil
        }
    }

    /// Whether the name is one of those of UTF-8, which need no work.
    static func isUTF8(_ name: String) -> Bool {
        ["UTF-8", "UTF8"].contains(name.uppercased())
    }

    /// The text as UTF-8.
    ///
    /// - Throws: ``EncodingFailure`` where the bytes are not of this encoding.
    func decoded(_ bytes: [UInt8]) throws(EncodingFailure) -> [UInt8] {
        switch self {
        case .latin1: return bytes.flatMap { Array(String(Unicode.Scalar($0)).utf8) }
        case .ascii:
            guard bytes.allSatisfy({ $0 < 0x80 }) else { throw .malformed }
            return bytes
        case .units(let byteCount, let order, let mark):
            let marked = Self.markedOrder(bytes, byteCount)
            if mark == .required, marked == nil { throw .markMissing }
            if mark == .prohibited, marked != nil { throw .markProhibited }
            let text = bytes.dropFirst(marked == nil ? 0 : byteCount)
            guard text.count % byteCount == 0 else { throw .malformed }
            let units = stride(from: text.startIndex, to: text.endIndex, by: byteCount).map {
                Self.number(text[$0..<$0 + byteCount], marked ?? order)
            }
            guard let decoded = byteCount == 2 ? Self.utf8(units16: units) : Self.utf8(units)
            else { throw .malformed }
            return decoded
        }
    }

    /// The bytes of a text in UTF-8.
    ///
    /// - Throws: ``EncodingFailure`` where it is no UTF-8, or has a character that this encoding has not.
    func encoded(_ text: [UInt8]) throws(EncodingFailure) -> [UInt8] {
        guard let string = String(utf8: text.span) else { throw .malformed }
        switch self {
        case .latin1, .ascii:
            let limit: UInt32 = self == .ascii ? 0x80 : 0x100
            guard string.unicodeScalars.allSatisfy({ $0.value < limit }) else { throw .malformed }
            return string.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
        case .units(let byteCount, let order, let mark):
            let units =
                byteCount == 2
                ? string.utf16.map(UInt32.init) : string.unicodeScalars.map(\.value)
            let marked = mark == .required ? [0xFEFF] + units : units
            return marked.flatMap { Self.bytes($0, byteCount, order) }
        }
    }

    private static func markedOrder(_ bytes: [UInt8], _ byteCount: Int) -> Order? {
        let start = bytes.prefix(byteCount)
        if start.elementsEqual(Self.bytes(0xFEFF, byteCount, .big)) { return .big }
        return start.elementsEqual(Self.bytes(0xFEFF, byteCount, .little)) ? .little : nil
    }

    private static func number(_ bytes: ArraySlice<UInt8>, _ order: Order) -> UInt32 {
        let ordered = order == .big ? Array(bytes) : bytes.reversed()
        return ordered.reduce(0) { $0 << 8 | UInt32($1) }
    }

    private static func bytes(_ number: UInt32, _ byteCount: Int, _ order: Order) -> [UInt8] {
        let big = (0..<byteCount).reversed().map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
        return order == .big ? big : big.reversed()
    }

    private static func utf8(units16 units: [UInt32]) -> [UInt8]? {
        let text = String(validating: units.map(UInt16.init(truncatingIfNeeded:)), as: UTF16.self)
        return text.map { Array($0.utf8) }
    }

    private static func utf8(_ units: [UInt32]) -> [UInt8]? {
        String(validating: units, as: UTF32.self).map { Array($0.utf8) }
    }
}

/// Why a text could not be brought into another encoding.
enum EncodingFailure: Error {
    /// The bytes are not of the encoding, or it has no such character.
    case malformed
    /// `UTF-16` and `UTF-32` begin with a byte order mark.
    case markMissing
    /// `UTF-16LE` and its like do not.
    case markProhibited
}
