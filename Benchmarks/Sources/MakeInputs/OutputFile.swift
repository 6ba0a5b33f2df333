#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A file that is written from front to back.
///
/// A failure ends the program: there is nothing to save.
struct OutputFile: ~Copyable {
    private let descriptor: Int32
    private let path: String

    init(_ path: String) {
        self.path = path
        descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
        if descriptor < 0 { Self.stop("cannot write '\(path)'") }
    }

    deinit { close(descriptor) }

    func append(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count <= 0 { Self.stop("cannot write '\(path)'") }
            rest = rest.dropFirst(count)
        }
    }

    static func makeFolder(_ path: String) {
        if mkdir(path, 0o755) != 0, errno != EEXIST { stop("cannot make '\(path)'") }
    }

    static func stop(_ message: String) -> Never {
        let reason = errno == 0 ? "" : ": \(String(cString: strerror(errno)))"
        let line = Array("make-inputs: error: \(message)\(reason)\n".utf8)
        _ = write(STDERR_FILENO, line, line.count)
        exit(2)
    }
}
