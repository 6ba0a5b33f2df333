/// Who did something, and when: the author or the committer of a commit.
public struct Signature: Hashable, Sendable {
    /// The name, in the encoding of the commit; may be empty.
    public let name: [UInt8]
    /// The address, in the encoding of the commit; may be empty and need not be one.
    public let email: [UInt8]
    /// When.
    public let moment: Moment

    /// Takes the parts as they stand.
    public init(name: [UInt8], email: [UInt8], moment: Moment) {
        self.name = name
        self.email = email
        self.moment = moment
    }

    /// Reads `Ada Author <ada@example.com> 1709210096 +0000`; what cannot be read is empty or zero.
    ///
    /// Follows split_ident_line of git's ident.c.
    init(line: some Collection<UInt8>) {
        let line = Array(line)
        guard let open = line.firstIndex(of: UInt8(ascii: "<")),
            let close = line.lastIndex(of: UInt8(ascii: ">")), open < close
        else {
            self.init(name: line, email: [], moment: Moment(seconds: 0, offsetMinutes: 0))
            return
        }
        var name = line[..<open]
        while name.last == UInt8(ascii: " ") { name.removeLast() }
        let words = line[(close + 1)...].split(separator: UInt8(ascii: " "))
            .map { String(decoding: $0, as: UTF8.self) }
        let seconds = words.first.flatMap { Int($0) } ?? 0
        let zone = words.dropFirst().first.flatMap { Int($0) } ?? 0
        // '+0130' is an hour and a half; the sign is that of both.
        let offset = zone / 100 * 60 + zone % 100
        self.init(
            name: Array(name), email: Array(line[(open + 1)..<close]),
            moment: Moment(seconds: seconds, offsetMinutes: offset))
    }

    /// The line of a commit, without what it is for.
    var line: [UInt8] {
        name + Array(" <".utf8) + email
            + Array("> \(moment.seconds) \(moment.zone)".utf8)
    }

    /// The name and the address as people write them: `Ada Author <ada@example.com>`.
    public var text: String {
        "\(String(decoding: name, as: UTF8.self)) <\(String(decoding: email, as: UTF8.self))>"
    }
}
