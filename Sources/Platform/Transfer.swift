import Glibc

/// Moves all bytes through a descriptor, whatever it is open on.
///
/// Short reads and writes are continued, signals are sat out (unless the person asked to stop), and a
/// descriptor that someone else made non-blocking, as node does with a shared terminal, is waited for.
enum Transfer {
    /// Where a file's size says nothing (pipes, `/proc`), the first read makes this much room.
    private static let leastRoom = 1 << 16

    /// Reads until the end.
    ///
    /// - Parameters:
    ///   - descriptor: The open file, pipe or device.
    ///   - path: Its name, for errors.
    ///   - expectedByteCount: How much is probably there; a wrong guess costs only time.
    ///   - isFile: Whether it is a regular file: one that gives what is expected and no more, though there
    ///     is room, is at its end and need not say so.
    /// - Returns: All of it.
    /// - Throws: ``SystemError``; more than fits into memory is "too large".
    static func readToEnd(
        of descriptor: Int32, path: Path?, expectedByteCount: Int = 0, isFile: Bool = false
    ) throws(SystemError) -> [UInt8] {
        var bytes: [UInt8] = []
        // One byte more than expected, so that the end is seen without growing.
        // No file is believed to be larger than memory: some in `/proc` claim 2^47 bytes and more.
        var room = max(Memory.atMost(expectedByteCount) + 1, leastRoom)
        while true {
            guard bytes.count + room <= Memory.atMost(bytes.count + room) else {
                throw SystemError(call: "read", path: path, code: EFBIG)
            }
            let countBefore = bytes.count
            try bytes.append(addingCapacity: room) { span throws(SystemError) in
                try fill(
                    &span, from: descriptor, path: path,
                    enough: isFile && countBefore == 0 ? expectedByteCount : nil)
            }
            guard bytes.count - countBefore == room else { return bytes }
            room = max(leastRoom, bytes.count)
        }
    }

    /// Writes all of `bytes`.
    static func write(
        _ bytes: [UInt8], to descriptor: Int32, path: Path?
    ) throws(SystemError) {
        var written = 0
        while written < bytes.count {
            let start = written
            written += try waiting(for: Int16(POLLOUT), descriptor, path, "write") {
                // `start` is below the count, so the pointer and the length stay in the array.
                unsafe bytes.withUnsafeBytes { buffer in
                    unsafe Glibc.write(
                        descriptor, buffer.baseAddress?.advanced(by: start), buffer.count - start)
                }
            }
            // A signal that comes after the first byte shows as a short write, not as EINTR.
            guard written == bytes.count || !Interrupt.isRequested else {
                throw SystemError(call: "write", path: path, code: EINTR)
            }
        }
    }

    /// Reads until the span is full, the end is reached, or a read ends after `enough` bytes.
    static func fill(
        _ span: inout OutputSpan<UInt8>, from descriptor: Int32, path: Path?, enough: Int? = nil
    ) throws(SystemError) {
        while span.freeCapacity > 0 {
            let count = try read(into: &span, from: descriptor, path: path)
            guard count > 0, span.count != enough else { return }
        }
    }

    /// Reads until the span is full, the end is reached, or a read ends with a line's end.
    static func fillLine(
        _ span: inout OutputSpan<UInt8>, from descriptor: Int32, path: Path?
    ) throws(SystemError) {
        while span.freeCapacity > 0 {
            let count = try read(into: &span, from: descriptor, path: path)
            guard count > 0, span[span.count - 1] != UInt8(ascii: "\n") else { return }
        }
    }

    /// Reads once.
    private static func read(
        into span: inout OutputSpan<UInt8>, from descriptor: Int32, path: Path?
    ) throws(SystemError) -> Int {
        try waiting(for: Int16(POLLIN), descriptor, path, "read") {
            span.read(from: descriptor)
        }
    }

    /// Makes a call, and again when the descriptor was not ready.
    private static func waiting(
        for event: Int16, _ descriptor: Int32, _ path: Path?, _ name: String, _ call: () -> Int
    ) throws(SystemError) -> Int {
        while true {
            do throws(SystemError) {
                return try systemCall(name, path, call)
            } catch let error where error.code == EAGAIN {
                var request = pollfd(fd: descriptor, events: event, revents: 0)
                // One request, as stated; it outlives the call.
                try systemCall("poll", path) { unsafe poll(&request, 1, -1) }
            }
        }
    }
}

/// How much there is to work with.
enum Memory {
    /// The bytes of memory this machine has.
    ///
    /// A file larger than that, such as a sparse one of a terabyte, is refused with "file too large"
    /// where making room for it would end the program.
    private static let byteCount = sysconf(Int32(_SC_PHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE))

    /// Every machine has that much: the system is asked only for more.
    private static let leastByteCount = 1 << 26

    /// So many bytes, or as many as there are.
    static func atMost(_ count: Int) -> Int {
        count <= leastByteCount ? count : min(count, byteCount)
    }
}
