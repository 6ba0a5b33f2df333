import Glibc

/// The ends of pipes that one side holds, by the stream of the child they are for.
struct PipeEnds: ~Copyable {
    var input: Descriptor?
    var output: Descriptor?
    var errors: Descriptor?

    var numbers: PipeNumbers {
        PipeNumbers(
            input: Self.number(of: input), output: Self.number(of: output),
            errors: Self.number(of: errors))
    }

    /// Without consuming it, as `?.` would.
    ///
    /// Not inlined: Swift 6.3's optimiser fails on the borrowed descriptor in a caller that throws.
    @inline(never) private static func number(of descriptor: borrowing Descriptor?) -> Int32? {
        switch descriptor {
        case .some(let descriptor): descriptor.number
        case .none: nil
        }
    }
}

/// The descriptors of ``PipeEnds``.
struct PipeNumbers {
    let input: Int32?
    let output: Int32?
    let errors: Int32?
}

/// Making pipes.
enum Pipe {
    /// Makes a pipe; neither end is handed to child processes by itself.
    ///
    /// - Parameter program: Who is to be at the other end, for errors.
    /// - Returns: Its ends.
    /// - Throws: ``SystemError`` where there are too many descriptors.
    static func make(to program: Path) throws(SystemError) -> (reading: Int32, writing: Int32) {
        var ends: [Int32] = [-1, -1]
        // The call fills the two places that there are.
        try systemCall("pipe2", program) { unsafe pipe2(&ends, O_CLOEXEC) }
        return (aboveStandardStreams(ends[0]), aboveStandardStreams(ends[1]))
    }

    /// Makes reads and writes give up where they would wait: poll(2) says when to try.
    static func stopWaiting(_ number: Int32) {
        _ = fcntl(number, F_SETFL, O_NONBLOCK)
    }

    /// The same end under another number where it took that of a standard stream, because ours is closed.
    private static func aboveStandardStreams(_ number: Int32) -> Int32 {
        guard number <= 2 else { return number }
        defer { close(number) }
        return fcntl(number, F_DUPFD_CLOEXEC, 3)
    }
}

/// Glibc shows its GNU functions only to C; plain values need no more than a name.
@_silgen_name("pipe2")
private func pipe2(_ ends: UnsafeMutablePointer<Int32>, _ flags: Int32) -> Int32
