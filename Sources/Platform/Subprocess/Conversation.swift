import Glibc

/// A running program that is asked one thing after the other through two pipes.
///
/// Its standard error is what ``Subprocess/errors`` says, capturing apart. It ends when its input does: at the
/// latest when this is let go of.
public final class Conversation {
    private var child: ChildProcess
    /// What it has said that nobody asked for yet, from `consumedCount` on.
    private var heard: [UInt8] = []
    private var consumedCount = 0

    /// More than this unasked is no conversation.
    private static let heardLimit = 1 << 30

    /// Starts a program; its standard input and output are pipes to us.
    ///
    /// - Throws: ``SystemError`` where it could not be started.
    public init(with subprocess: Subprocess) throws(SystemError) {
        var subprocess = subprocess
        subprocess.input = .bytes([])
        subprocess.output = .captured(atMost: Self.heardLimit)
        if case .captured = subprocess.errors { subprocess.errors = .inherited }
        child = try ChildProcess(subprocess)
    }

    /// Says all of `bytes`; what the program says meanwhile is kept.
    ///
    /// - Throws: ``SystemError``, "broken pipe" where the program does not listen any more.
    public func send(_ bytes: [UInt8]) throws(SystemError) {
        var sentCount = 0
        while sentCount < bytes.count {
            let ready = try readyUnlessInterrupted(feeding: true)
            if ready.output { try listen() }
            guard ready.input else { continue }
            guard let count = try child.write(bytes[sentCount...]) else {
                throw SystemError(call: "write", path: child.program, code: EPIPE)
            }
            sentCount += count
        }
    }

    /// Hears the next `count` bytes.
    ///
    /// - Returns: Fewer when the program says no more.
    /// - Throws: ``SystemError``.
    public func receive(_ count: Int) throws(SystemError) -> [UInt8] {
        while heard.count - consumedCount < count, child.pipes.numbers.output != nil {
            if try readyUnlessInterrupted(feeding: false).output { try listen() }
        }
        let end = min(heard.count, consumedCount + count)
        defer { forget(upTo: end) }
        return Array(heard[consumedCount..<end])
    }

    /// Closes the pipes and waits until the program has ended.
    ///
    /// - Returns: How it ended.
    @discardableResult
    public func end() throws(SystemError) -> Subprocess.Status {
        child.pipes.input = nil
        child.pipes.output = nil
        return try child.wait(deadline: nil)
    }

    deinit {
        // A program that cleans up when its input ends gets its time; one that does not is not waited for.
        guard child.isRunning else { return }
        child.pipes.input = nil
        child.pipes.output = nil
        _ = try? child.wait(deadline: Deadline(after: .seconds(5)))
    }

    private func listen() throws(SystemError) {
        let mayHaveMore = try child.read(
            child.pipes.numbers.output, into: &heard, limit: Self.heardLimit)
        if !mayHaveMore { child.pipes.output = nil }
    }

    /// Moves what is left to the front when that is worth it.
    private func forget(upTo end: Int) {
        consumedCount = end
        guard consumedCount == heard.count || consumedCount > 1 << 20 else { return }
        heard.removeFirst(consumedCount)
        consumedCount = 0
    }

    private func readyUnlessInterrupted(
        feeding: Bool
    ) throws(SystemError) -> (input: Bool, output: Bool, errors: Bool) {
        guard !Interrupt.isRequested else {
            throw SystemError(call: "poll", path: child.program, code: EINTR)
        }
        return try child.ready(feeding: feeding)
    }
}
