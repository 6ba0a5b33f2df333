internal import Clibgit2

/// The name of an object: the SHA-1 of its kind, length and content.
public struct ObjectID: Hashable, Sendable {
    /// The 20 bytes.
    public let bytes: [UInt8]

    /// The name that no object has: 20 zeros.
    public static let zero = ObjectID(unchecked: Array(repeating: 0, count: 20))

    private init(unchecked bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Takes 20 bytes, or is nil for another number of them.
    public init?(bytes: [UInt8]) {
        guard bytes.count == 20 else { return nil }
        self.bytes = bytes
    }

    /// Reads 40 hexadecimal digits, or is nil for anything else.
    public init?(hexadecimal text: String) {
        let digits = text.utf8.compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
        guard digits.count == 40, text.utf8.count == 40 else { return nil }
        bytes = stride(from: 0, to: 40, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }

    /// Whether it is ``zero``.
    public var isZero: Bool { bytes.allSatisfy { $0 == 0 } }

    /// The first seven digits, as people write them; a command that must be sure asks the repository.
    public var abbreviated: String { String(description.prefix(7)) }

    init(_ oid: git_oid) {
        bytes = withUnsafeBytes(of: oid.id) { Array($0) }
    }

    /// The name as libgit2 has it.
    var oid: git_oid {
        var oid = git_oid()
        withUnsafeMutableBytes(of: &oid.id) { $0.copyBytes(from: bytes) }
        return oid
    }
}

extension ObjectID: CustomStringConvertible {
    /// All 40 digits.
    public var description: String {
        let digits = Array("0123456789abcdef".utf8)
        return String(
            decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] },
            as: UTF8.self)
    }
}
