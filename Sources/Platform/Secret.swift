import Glibc

/// A token or a password: bytes that only a closure is shown.
///
/// They lie in pages of their own that are neither swapped, nor dumped, nor seen by a child process, and that are
/// wiped before they are given back. Nothing prints them: neither `print`, nor interpolation, nor `dump`. As soon as
/// there is one, the program leaves no core image.
///
/// Follows mlock(2), madvise(2) and explicit_bzero(3).
@safe public final class Secret: Sendable {
    // Written before the initialiser returns, only read then, and unmapped with this object.
    private nonisolated(unsafe) let memory: UnsafeMutableRawPointer
    private let roomByteCount: Int
    /// How many bytes there are.
    public let byteCount: Int

    /// No token is longer, and no password.
    public static let longestByteCount = 8_192

    /// Makes a secret in place, so that there is no second copy of it.
    ///
    /// - Parameters:
    ///   - capacity: The most bytes that it may have.
    ///   - fill: Appends the bytes; what it appends and throws away again is wiped, too.
    /// - Throws: What `fill` throws.
    public init<E: Error>(
        capacity: Int, filling fill: (inout OutputSpan<UInt8>) throws(E) -> Void
    ) throws(E) {
        ProcessMemory.keepToItself()
        let pageByteCount = Int(sysconf(Int32(_SC_PAGESIZE)))
        // At least one zero stands behind the last byte, as C wants it.
        let roomByteCount = (capacity + pageByteCount) / pageByteCount * pageByteCount
        let memory = unsafe Self.pages(roomByteCount)
        let room = unsafe UnsafeMutableBufferPointer(
            start: memory.bindMemory(to: UInt8.self, capacity: capacity), count: capacity)
        // The span covers `room`, which nobody else knows yet, and is gone before `room` is used again.
        var span = unsafe OutputSpan(buffer: room, initializedCount: 0)
        do throws(E) { try fill(&span) } catch {
            unsafe Self.giveBack(memory, roomByteCount)
            throw error
        }
        byteCount = unsafe span.finalize(for: room)
        self.roomByteCount = roomByteCount
        unsafe self.memory = memory
        // What was appended and removed again.
        unsafe explicit_bzero(memory + byteCount, roomByteCount - byteCount)
    }

    /// Copies bytes that others have seen already.
    public convenience init(_ bytes: Span<UInt8>) {
        self.init(capacity: bytes.count) { span in
            for index in bytes.indices { span.append(bytes[index]) }
        }
    }

    /// Copies bytes that others have seen already.
    public convenience init(_ bytes: [UInt8]) {
        self.init(bytes.span)
    }

    deinit {
        unsafe Self.giveBack(memory, roomByteCount)
    }

    /// Shows the bytes to `body`, which must not keep a copy.
    public func withBytes<Answer, E: Error>(
        _ body: (Span<UInt8>) throws(E) -> Answer
    ) throws(E) -> Answer {
        // The bytes were initialised by the initialiser, and this object outlives the call.
        let start = unsafe UnsafePointer(memory.assumingMemoryBound(to: UInt8.self))
        return try body(unsafe Span(_unsafeStart: start, count: byteCount))
    }

    /// The bytes as text, for a part that turned out to be no secret, such as a user's name.
    public func disclosed() -> String {
        withBytes { bytes in String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self) }
    }

    /// Where the first byte is that satisfies `isWanted`.
    public func firstIndex(where isWanted: (UInt8) -> Bool) -> Int? {
        withBytes { bytes in
            for index in bytes.indices where isWanted(bytes[index]) { return index }
            return nil
        }
    }

    /// A part of the bytes as a secret of its own.
    public func part(_ range: Range<Int>) -> Secret {
        withBytes { bytes in Secret(bytes.extracting(range)) }
    }

    /// Copies the bytes into another secret that is being filled.
    public func append(to span: inout OutputSpan<UInt8>) {
        // Initialised by the initialiser; this object outlives the call.
        let start = unsafe UnsafePointer(memory.assumingMemoryBound(to: UInt8.self))
        for index in 0..<byteCount { unsafe span.append(start[index]) }
    }

    /// Shows the bytes as a C string to `body`, which must not keep the pointer.
    ///
    /// A zero among the bytes would end it early: ``Secret`` that come from people have none.
    @unsafe public func withCString<Answer, E: Error>(
        _ body: (UnsafePointer<CChar>) throws(E) -> Answer
    ) throws(E) -> Answer {
        try unsafe body(UnsafePointer(memory.assumingMemoryBound(to: CChar.self)))
    }

    private static func pages(_ byteCount: Int) -> UnsafeMutableRawPointer {
        let memory = unsafe mmap(
            nil, byteCount, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
        guard let memory = unsafe memory, unsafe memory != MAP_FAILED else {
            preconditionFailure("a machine that runs a program has a page for a token")
        }
        // Each may be refused (a limit on locked memory, an old kernel): the others still help.
        unsafe mlock(memory, byteCount)
        unsafe madvise(memory, byteCount, MADV_DONTDUMP)
        unsafe madvise(memory, byteCount, MADV_WIPEONFORK)
        return unsafe memory
    }

    private static func giveBack(_ memory: UnsafeMutableRawPointer, _ byteCount: Int) {
        unsafe explicit_bzero(memory, byteCount)
        unsafe munmap(memory, byteCount)
    }
}

extension Secret: CustomStringConvertible, CustomReflectable {
    /// Three stars, however long it is.
    public var description: String { "***" }

    /// Nothing.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// What others may see of this program's memory.
enum ProcessMemory {
    /// Allows no core image and no debugger of the same user from now on.
    static func keepToItself() { _ = isKept }

    private static let isKept: Bool = {
        var none = rlimit(rlim_cur: 0, rlim_max: 0)
        // Both calls read plain values; `none` outlives the first.
        unsafe setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
        return prctl(setDumpable, 0, 0, 0, 0) == 0
    }()
}

/// Variadic in C, which Swift cannot call; integers are passed the same way with and without.
@_silgen_name("prctl")
private func prctl(
    _ option: Int32, _ first: UInt, _ second: UInt, _ third: UInt, _ fourth: UInt
) -> Int32

/// PR_SET_DUMPABLE of linux/prctl.h, which Glibc does not show to Swift.
private let setDumpable: Int32 = 4
