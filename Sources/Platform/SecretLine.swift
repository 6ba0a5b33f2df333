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
        case .tooLong: "is too long to be one"
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

extension Secret {
    /// Takes all that there is to read.
    fileprivate convenience init(
        reading descriptor: Int32, atMost byteCount: Int
    ) throws(SecretError) {
        // Room for line ends and for one byte too many.
        try self.init(capacity: byteCount + 3) { span throws(SecretError) in
            do throws(SystemError) { try Transfer.fill(&span, from: descriptor, path: nil) } catch {
                throw .system(error)
            }
        }
        guard self.byteCount <= byteCount + 2 else { throw .tooLong }
    }
}

extension StandardStream {
    /// Reads a secret that another program writes, up to the end of the stream.
    ///
    /// - Parameter byteCount: The most bytes that make sense; line ends come on top.
    /// - Returns: All that was written.
    /// - Throws: ``SecretError``; a terminal, where it would be seen, is not waited for.
    public func readSecret(
        atMost byteCount: Int = Secret.longestByteCount
    ) throws(SecretError) -> Secret {
        guard !Terminal.isConnected(to: self) else { throw .visible }
        return try Secret(reading: rawValue, atMost: byteCount)
    }

    /// Reads a secret of one line.
    ///
    /// - Returns: The line, without white space around it.
    /// - Throws: ``SecretError``, as ``readSecret(atMost:)`` and ``Secret/init(line:)`` do.
    public func readSecretLine() throws(SecretError) -> Secret {
        try readSecret().withBytes { bytes throws(SecretError) in try Secret(line: bytes) }
    }
}

extension File {
    /// Reads a file that holds a secret.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - byteCount: The most bytes that make sense.
    /// - Returns: All of it.
    /// - Throws: ``SecretError``.
    public static func readSecret(
        _ path: Path, atMost byteCount: Int
    ) throws(SecretError) -> Secret {
        let file: Descriptor
        do throws(SystemError) { file = try Descriptor(opening: path, O_RDONLY) } catch {
            throw .system(error)
        }
        return try Secret(reading: file.number, atMost: byteCount)
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
