/// The first part of an answer: its status and its fields.
///
/// Follows RFC 9112.
struct HTTPHead {
    /// Such as 200.
    let status: Int
    /// Whether it is of HTTP/1.1 or later.
    private let isPersistentByNature: Bool
    /// Names in small letters, in the order in which they came.
    private let fields: [(name: String, value: String)]

    /// Takes the lines apart, without the empty one; nil for anything that is no answer.
    init?(_ lines: [[UInt8]]) {
        guard let first = lines.first else { return nil }
        let words = first.split(separator: UInt8(ascii: " "), maxSplits: 2)
        guard words.count >= 2, words[0].starts(with: "HTTP/1.".utf8), words[1].count == 3,
            let status = Int(String(decoding: words[1], as: UTF8.self)), status >= 100
        else { return nil }
        self.status = status
        isPersistentByNature = !words[0].elementsEqual("HTTP/1.0".utf8)
        fields = lines.dropFirst().compactMap { line in
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return nil }
            let name = String(decoding: line[..<colon], as: UTF8.self).lowercased()
            let blanks: [UInt8] = [UInt8(ascii: " "), UInt8(ascii: "\t")]
            var value = line[(colon + 1)...].drop { blanks.contains($0) }
            while let last = value.last, blanks.contains(last) { value.removeLast() }
            return (name, String(decoding: value, as: UTF8.self))
        }
    }

    /// The value of a field, its name in small letters; the first one where it came twice.
    func value(_ name: String) -> String? { fields.first { $0.name == name }?.value }

    /// All values of a field.
    func values(_ name: String) -> [String] { fields.filter { $0.name == name }.map(\.value) }

    /// The kind of content, in small letters and without parameters.
    var contentType: String {
        let value = value("content-type") ?? ""
        return String(value.prefix { $0 != ";" && $0 != " " }).lowercased()
    }

    /// Whether the connection can be used again when the body was read.
    var isPersistent: Bool {
        let words = values("connection").flatMap {
            $0.lowercased().split { $0 == "," || $0 == " " }
        }
        return words.contains("close")
            ? false : isPersistentByNature || words.contains("keep-alive")
    }

    /// How the end of the body is found; nil where the fields contradict each other.
    func bodyEnd() -> HTTPBodyEnd? {
        if status < 200 || status == 204 || status == 304 { return .counted(0) }
        let codings = values("transfer-encoding").map { $0.lowercased() }
        let lengths = Set(values("content-length"))
        guard codings.isEmpty else {
            return codings == ["chunked"] && lengths.isEmpty ? .chunked(left: 0) : nil
        }
        guard let text = lengths.first else { return .closed }
        guard lengths.count == 1, let length = Int(text), length >= 0 else { return nil }
        return .counted(length)
    }
}

/// How the end of a body is found.
enum HTTPBodyEnd: Equatable {
    /// So many bytes are to come.
    case counted(Int)
    /// In chunks, of the current one so many bytes are to come; nil behind the last.
    case chunked(left: Int?)
    /// When the connection ends.
    case closed

    /// Whether nothing is to come.
    var isReached: Bool { self == .counted(0) || self == .chunked(left: nil) }
}
