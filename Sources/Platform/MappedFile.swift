import Glibc

/// A file in memory, page by page as it is read.
@safe public final class MappedFile: Sendable {
    /// Smaller files are read: that takes less time, and many at once do not get in each other's way.
    static let leastByteCount = 1 << 18

    // Only read, and unmapped with this object.
    private nonisolated(unsafe) let start: UnsafeMutableRawPointer
    private let byteCount: Int

    /// Maps an open file; nil where that cannot be done, or is not worth it.
    init?(_ descriptor: borrowing Descriptor, _ status: FileStatus) {
        guard status.kind == .regular, status.byteCount >= Self.leastByteCount else { return nil }
        let memory = unsafe mmap(
            nil, status.byteCount, PROT_READ, MAP_PRIVATE, descriptor.number, 0)
        guard let memory = unsafe memory, unsafe memory != MAP_FAILED else { return nil }
        Self.reportShrinking()
        unsafe start = memory
        byteCount = status.byteCount
    }

    deinit {
        unsafe munmap(start, byteCount)
    }

    /// The bytes, as long as this object lives.
    @unsafe public var bytes: UnsafeBufferPointer<UInt8> {
        unsafe UnsafeBufferPointer(
            start: UnsafePointer(start.assumingMemoryBound(to: UInt8.self)), count: byteCount)
    }

    /// Lets the pages before `end` leave memory; those that are read again come back.
    public func release(upTo end: Int) {
        let pages = end & ~(Int(sysconf(Int32(_SC_PAGESIZE))) - 1)
        // The pages lie in the mapping, are never written, and are read anew from the file.
        unsafe madvise(start, min(pages, byteCount), MADV_DONTNEED)
    }

    /// Ends the program with a sentence, and not with a crash, when somebody cuts a mapped file short.
    ///
    /// Its last pages are then gone. Nothing is written before all of an input was read.
    private static func reportShrinking() {
        var action = sigaction()
        // write(2) and _exit(2) are allowed in a handler; see signal-safety(7).
        action.__sigaction_handler = .init(sa_handler: { _ in
            let message: StaticString =
                "nbgit: error: a file became shorter while it was read\n"
            _ = unsafe write(STDERR_FILENO, message.utf8Start, message.utf8CodeUnitCount)
            _exit(2)
        })
        // `action` is complete and copied by the call.
        _ = unsafe sigaction(SIGBUS, &action, nil)
    }
}
