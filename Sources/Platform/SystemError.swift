import Glibc

/// What the operating system refused, and where.
public struct SystemError: Error, Hashable, Sendable {
    /// The system call that failed, such as `open`.
    public let call: String
    /// The path it was about, or `nil` where there is none (a stream).
    public let path: Path?
    /// The error number, such as `ENOENT`.
    public let code: Int32

    init(call: String, path: Path?, code: Int32) {
        self.call = call
        self.path = path
        self.code = code
    }

    /// What is thrown where the person asked to stop.
    public static let interruption = SystemError(call: "", path: nil, code: EINTR)

    /// Says that another program has changed the file that was to be replaced since it was read.
    public static func overtaken(_ path: Path) -> SystemError {
        SystemError(call: "rename", path: path, code: overtakenCode)
    }

    /// No error number of the system.
    private static let overtakenCode: Int32 = -1

    /// Why, in plain English, as in `no such file or directory`.
    ///
    /// Lower case, without a period.
    public var reason: String { Self.reason(of: code) }

    /// What an error number means, in plain English.
    ///
    /// Lower case, without a period.
    public static func reason(of code: Int32) -> String {
        guard code != EINTR else { return "interrupted" }
        guard code != overtakenCode else { return "was changed while nbgit was reading it" }
        var buffer = [CChar](repeating: 0, count: 128)
        // The buffer is as long as stated and strerror_r closes its text with a zero.
        _ = unsafe strerror_r(code, &buffer, buffer.count)
        let text = String(
            decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        let startsWithWord = text.dropFirst().first?.isLowercase ?? false
        return startsWithWord ? text.prefix(1).lowercased() + text.dropFirst() : text
    }

    /// Whether there is nothing at that path.
    public var isNotFound: Bool {
        code == ENOENT || code == ENOTDIR
    }

    /// Whether the reader of a pipe went away, as `head` does.
    public var isBrokenPipe: Bool {
        code == EPIPE
    }

    /// Whether the call was cut short because the person asked to stop.
    public var isInterruption: Bool {
        code == EINTR
    }

    /// Whether another program was faster; everything is as that left it.
    public var isOvertaken: Bool {
        code == Self.overtakenCode
    }

    /// Whether something took longer than it may.
    public var isTimeout: Bool {
        code == ETIMEDOUT
    }

    /// Whether a folder that was to be empty is not.
    public var isNotEmpty: Bool {
        code == ENOTEMPTY
    }

    /// Whether the device or the quota is full.
    public var isDiskFull: Bool {
        code == ENOSPC || code == EDQUOT
    }
}

extension SystemError: CustomStringConvertible {
    /// The path and the reason, `notes.ipynb: is a directory`, or the call where there is no path.
    public var description: String {
        "\(path?.displayName ?? call): \(reason)"
    }
}
