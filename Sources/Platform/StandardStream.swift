import Glibc

/// One of the three streams a program is born with.
public enum StandardStream: Int32, Sendable {
    /// Where data comes from.
    case input = 0
    /// Where data goes.
    case output = 1
    /// Where talk goes.
    case error = 2

    /// Reads everything up to the end.
    ///
    /// - Throws: ``SystemError`` without a path.
    public func read() throws(SystemError) -> [UInt8] {
        try Transfer.readToEnd(of: rawValue, path: nil)
    }

    /// Writes all of `bytes`, in one call where the system takes them.
    ///
    /// - Throws: ``SystemError`` without a path; ``SystemError/isBrokenPipe`` when the reader left and
    ///   ``reportBrokenPipes()`` was called.
    public func write(_ bytes: [UInt8]) throws(SystemError) {
        try Transfer.write(bytes, to: rawValue, path: nil)
    }

    /// What the stream is connected to; compare its identity to see whether two are the same.
    public func status() throws(SystemError) -> FileStatus {
        let descriptor = rawValue
        var status = stat()
        // `status` outlives the call, which fills it.
        try systemCall("fstat", nil) { unsafe fstat(descriptor, &status) }
        return FileStatus(status)
    }

    /// Makes writing to a closed pipe an error, where it would end the program by SIGPIPE.
    ///
    /// Child processes inherit this: give them the default back.
    public static func reportBrokenPipes() {
        _ = signal(SIGPIPE, SIG_IGN)
    }
}
