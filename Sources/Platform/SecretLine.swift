import Glibc

/// What is wrong with a secret that was handed over.
public enum SecretError: Error, Hashable, Sendable {
    /// There is nothing, or only white space.
    case empty
    /// It is longer than ``Secret/longestByteCount``.
    case tooLong
    /// A byte in it is no printable ASCII, as when something else was pasted.
    case unprintable
    /// There is more than one line.
    case manyLines
    /// It would have to be typed where everybody sees it.
    case visible
    /// It could not be read.
    case system(SystemError)
}

extension SecretError: CustomStringConvertible {
    /// What is wrong, as it follows "the token".
    public var description: String {
        switch self {
        case .empty: "is empty"
        case .tooLong: "is longer than \(Secret.longestByteCount) bytes"
        case .unprintable: "has characters in it that no token has"
        case .manyLines: "has more than one line"
        case .visible: "would be seen: standard input is a terminal"
        case .system(let error): "cannot be read: \(error.reason)"
        }
    }
}

extension Secret {
    /// Takes one line as people hand it over: white space around it is left out.
    ///
    /// - Throws: ``SecretError`` for one that is empty, or not printable ASCII on one line.
    public convenience init(line: Span<UInt8>) throws(SecretError) {
        var (start, end) = (0, line.count)
        while start < end, Self.isBlank(line[start]) { start += 1 }
        while start < end, Self.isBlank(line[end - 1]) { end -= 1 }
        guard start < end else { throw .empty }
        guard end - start <= Self.longestByteCount else { throw .tooLong }
        try self.init(capacity: end - start) { span throws(SecretError) in
            for index in start..<end {
                guard line[index] != UInt8(ascii: "\n") else { throw .manyLines }
                guard (0x20...0x7E).contains(line[index]) else { throw .unprintable }
                span.append(line[index])
            }
        }
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || (0x09...0x0D).contains(byte)
    }
}

extension StandardStream {
    /// Reads a secret that another program writes, up to the end of the stream.
    ///
    /// - Throws: ``SecretError``; a terminal, where it would be seen, is not waited for.
    public func readSecret() throws(SecretError) -> Secret {
        guard !Terminal.isConnected(to: self) else { throw .visible }
        // Room for line ends and for one byte too many.
        let all = try Secret(capacity: Secret.longestByteCount + 3) { span throws(SecretError) in
            do throws(SystemError) {
                try Transfer.fill(&span, from: rawValue, path: nil)
            } catch {
                throw .system(error)
            }
        }
        return try all.withBytes { bytes throws(SecretError) in try Secret(line: bytes) }
    }
}

extension Environment {
    /// Takes a secret out of the variables the program was started with: nobody finds it there afterwards.
    ///
    /// Neither a program that is run later nor `/proc/<pid>/environ` shows it. To be called before there is a second
    /// thread, as environ(7) is everybody's.
    ///
    /// - Parameter name: The variable.
    /// - Returns: Its bytes; nil where it is not set or empty.
    public static func takeSecret(_ name: String) -> Secret? {
        // getenv answers with text closed by a zero, which lies in memory that the program may write.
        guard let text = unsafe getenv(name) else { return nil }
        let byteCount = unsafe strlen(text)
        // The text outlives the copying.
        let start = unsafe UnsafeRawPointer(text).assumingMemoryBound(to: UInt8.self)
        let secret =
            byteCount > 0 ? unsafe Secret(Span(_unsafeStart: start, count: byteCount)) : nil
        unsafe explicit_bzero(text, byteCount)
        unsafe unsetenv(name)
        return secret
    }
}
