internal import Platform

/// Pieces of a conversation between git and a program: four hexadecimal digits of length, then content.
///
/// Follows gitprotocol-common(5).
enum PacketLine {
    /// What separates the parts of a message: a piece of no length.
    static let flush = Array("0000".utf8)
    /// The most that one piece may hold.
    static let largestByteCount = 65516

    /// One piece; at most ``largestByteCount`` bytes.
    static func piece(_ content: some Collection<UInt8>) -> [UInt8] {
        let digits = String(content.count + 4, radix: 16)
        return Array((String(repeating: "0", count: 4 - digits.count) + digits).utf8) + content
    }

    /// Lines, one piece each, with the flush behind them.
    static func list(_ lines: [[UInt8]]) -> [UInt8] {
        lines.flatMap { piece($0 + [UInt8(ascii: "\n")]) } + flush
    }

    /// Content of any length, with the flush behind it.
    static func content(_ bytes: [UInt8]) -> [UInt8] {
        var message: [UInt8] = []
        message.reserveCapacity(bytes.count + bytes.count / 4096 + 8)
        var rest = bytes[...]
        while !rest.isEmpty {
            message += piece(rest.prefix(largestByteCount))
            rest = rest.dropFirst(largestByteCount)
        }
        return message + flush
    }
}

extension Conversation {
    /// The next piece, or `nil` for a flush.
    ///
    /// - Throws: ``FilterFailure`` where the program says no more or something else.
    func receivePiece() throws(FilterFailure) -> [UInt8]? {
        let digits = try heard(4)
        guard let length = Int(String(decoding: digits, as: UTF8.self), radix: 16),
            length == 0 || length >= 4
        else { throw FilterFailure("said what is not of the protocol") }
        return length == 0 ? nil : try heard(length - 4)
    }

    /// The lines up to the next flush, without their ends.
    func receiveList() throws(FilterFailure) -> [String] {
        var lines: [String] = []
        while var piece = try receivePiece() {
            if piece.last == UInt8(ascii: "\n") { piece.removeLast() }
            lines.append(String(decoding: piece, as: UTF8.self))
        }
        return lines
    }

    /// All content up to the next flush.
    func receiveContent() throws(FilterFailure) -> [UInt8] {
        var content: [UInt8] = []
        while let piece = try receivePiece() { content += piece }
        return content
    }

    private func heard(_ count: Int) throws(FilterFailure) -> [UInt8] {
        let bytes: [UInt8]
        do throws(SystemError) { bytes = try receive(count) } catch { throw FilterFailure(error) }
        guard bytes.count == count else { throw FilterFailure("ended too early") }
        return bytes
    }
}
