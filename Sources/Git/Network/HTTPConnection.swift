internal import Platform

/// A connection on which questions and answers of HTTP/1.1 follow each other.
final class HTTPConnection {
    private let connection: ServerConnection
    private let peer: String
    /// What has come and was not asked for yet, from `position` on.
    private var heard: [UInt8] = []
    private var position = 0
    private var end = HTTPBodyEnd.counted(0)
    /// Whether it can be asked again when the answer is read.
    private var isPersistent = true
    /// Whether an answer was read on it, so that a server may have closed it since.
    private(set) var isUsed = false

    /// More than this is no head and no end of a chunk.
    private static let longestHead = 1 << 16
    private static let readByteCount = 1 << 16

    /// Takes a connection over.
    init(_ connection: ServerConnection, peer: String) {
        self.connection = connection
        self.peer = peer
    }

    /// Whether nothing of an answer is left and the server has not closed it.
    var isReady: Bool {
        isPersistent && end.isReached && position == heard.count && !connection.isStale
    }

    /// Sends a question, or the beginning of a long one.
    ///
    /// - Parameters:
    ///   - lines: The first line, and the fields.
    ///   - authorization: Who asks; no copy of it is made.
    ///   - body: What stands behind the head.
    /// - Throws: ``GitError``.
    func ask(
        _ lines: [String], _ authorization: HTTPAuthorization?, body: [UInt8] = []
    ) throws(GitError) {
        let start = Array(lines.map { $0 + "\r\n" }.joined().utf8)
        let end = Array("\r\n".utf8) + body
        guard let authorization else { return try send(start + end) }
        try send(start)
        try authorization.send(on: self)
        try send(end)
    }

    /// Sends a part of a question.
    func send(_ bytes: [UInt8]) throws(GitError) { try connection.write(bytes) }

    /// Sends a part of a question.
    func send(_ bytes: UnsafeRawBufferPointer) throws(GitError) { try connection.write(bytes) }

    /// Goes on in TLS, when a proxy has said that the server listens.
    func secure(as host: String, _ trust: Trust) throws(GitError) {
        guard position == heard.count else { throw malformed("a proxy that says too much") }
        try connection.secure(as: host, trust)
    }

    // MARK: The head

    /// Reads the head of the next answer; what only announces it is passed over.
    ///
    /// - Parameter isTunnel: Whether a body is none of ours: behind it comes what the server says.
    /// - Returns: The head; its body is to be read or skipped next.
    /// - Throws: ``GitError`` where something else comes, or nothing.
    func head(isTunnel: Bool = false) throws(GitError) -> HTTPHead {
        while true {
            var lines: [[UInt8]] = []
            var byteCount = 0
            while true {
                let line = try line()
                byteCount += line.count
                guard byteCount < Self.longestHead else { throw malformed("a head without an end") }
                if line.isEmpty { break }
                lines.append(line)
            }
            guard let head = HTTPHead(lines), let end = head.bodyEnd() else {
                throw malformed("no answer of HTTP")
            }
            guard head.status >= 200 else { continue }
            self.end = isTunnel && head.status == 200 ? .counted(0) : end
            isPersistent = head.isPersistent && end != .closed
            isUsed = true
            return head
        }
    }

    /// A line without its end, `\r\n` or `\n`.
    private func line() throws(GitError) -> [UInt8] {
        var searched = position
        while true {
            if let newline = heard[searched...].firstIndex(of: .newline) {
                var line = heard[position..<newline]
                if line.last == UInt8(ascii: "\r") { line.removeLast() }
                position = newline + 1
                return Array(line)
            }
            searched = heard.count
            guard heard.count - position < Self.longestHead else {
                throw malformed("a line without an end")
            }
            let before = heard.count - position
            guard try listen() else { throw cut }
            searched = position + before
        }
    }

    /// Reads more; false at the end of the connection.
    private func listen() throws(GitError) -> Bool {
        if position > 0 {
            heard.removeFirst(position)
            position = 0
        }
        let known = heard.count
        heard.append(contentsOf: repeatElement(0, count: Self.readByteCount))
        var count = 0
        defer { heard.removeLast(Self.readByteCount - count) }
        let result = heard.withUnsafeMutableBytes { buffer in
            let room = UnsafeMutableRawBufferPointer(rebasing: buffer[known...])
            return Result { () throws(GitError) in try connection.read(into: room) }
        }
        count = try result.get()
        return count > 0
    }

    // MARK: The body

    /// Reads what is there of the body, at least one byte.
    ///
    /// - Returns: How many bytes; 0 at the end.
    /// - Throws: ``GitError``, also where the connection ends before the body does.
    func readBody(into buffer: UnsafeMutableRawBufferPointer) throws(GitError) -> Int {
        guard !buffer.isEmpty else { return 0 }
        if case .chunked(left: 0) = end { try readChunkStart() }
        let most: Int
        switch end {
        case .counted(let left): most = min(left, buffer.count)
        case .chunked(let left): most = min(left ?? 0, buffer.count)
        case .closed: most = buffer.count
        }
        guard most > 0 else { return 0 }
        let room = UnsafeMutableRawBufferPointer(rebasing: buffer[..<most])
        let count = try readPlain(into: room)
        switch end {
        case .counted(let left): end = .counted(left - count)
        case .chunked(let left):
            end = .chunked(left: (left ?? 0) - count)
            if end == .chunked(left: 0) { try readChunkEnd() }
        case .closed:
            if count == 0 { end = .counted(0) }
            return count
        }
        guard count > 0 else { throw cut }
        return count
    }

    private func readPlain(into buffer: UnsafeMutableRawBufferPointer) throws(GitError) -> Int {
        guard position < heard.count else { return try connection.read(into: buffer) }
        let count = min(buffer.count, heard.count - position)
        buffer.copyBytes(from: heard[position..<position + count])
        position += count
        return count
    }

    private func readChunkStart() throws(GitError) {
        let digits = try line().prefix { $0 != UInt8(ascii: ";") && $0 != UInt8(ascii: " ") }
        guard !digits.isEmpty, digits.first != UInt8(ascii: "-"), digits.first != UInt8(ascii: "+"),
            let length = Int(String(decoding: digits, as: UTF8.self), radix: 16)
        else { throw malformed("a chunk without a length") }
        end = .chunked(left: length)
        guard length == 0 else { return }
        end = .chunked(left: nil)
        // What follows the last chunk is of no use here.
        while try !line().isEmpty {}
    }

    private func readChunkEnd() throws(GitError) {
        guard try line().isEmpty else { throw malformed("a chunk that is too long") }
    }

    /// Reads the rest of a body and forgets it, if it is not worth a new connection.
    func skipBody() {
        var scratch = [UInt8](repeating: 0, count: 4096)
        for _ in 0..<16 where !end.isReached {
            let result = scratch.withUnsafeMutableBytes { buffer in
                Result { () throws(GitError) in try readBody(into: buffer) }
            }
            guard let count = try? result.get(), count > 0 else { return }
        }
    }

    /// The beginning of a body, for people: at most 4,096 bytes of it.
    func bodyStart() -> [UInt8] {
        var bytes: [UInt8] = []
        var scratch = [UInt8](repeating: 0, count: 4096)
        while bytes.count < 4096, !end.isReached {
            let result = scratch.withUnsafeMutableBytes { buffer in
                Result { () throws(GitError) in try readBody(into: buffer) }
            }
            guard let count = try? result.get(), count > 0 else { break }
            bytes += scratch[..<count]
        }
        return bytes
    }

    // MARK: What is wrong

    private var cut: GitError {
        GitError("the connection to '\(peer)' was cut", hint: "try again", network: .cut)
    }

    private func malformed(_ what: String) -> GitError {
        GitError(
            "what '\(peer)' answers is not HTTP: \(what)",
            hint: "look for a slip in the address, the port first", network: .cut)
    }
}
