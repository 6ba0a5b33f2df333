import Glibc

/// A running program that is asked one thing after the other through two pipes.
///
/// Its standard error is what ``Subprocess/errors`` says. It ends when its input does: at the latest when this is
/// let go of.
public final class Conversation {
    private var child: ChildProcess
    /// What it has said that nobody asked for yet, from `consumedCount` on.
    private var heard: [UInt8] = []
    private var consumedCount = 0
    /// What it has written to a standard error that is captured.
    private var complaints: [UInt8] = []
    /// How long may pass in which it neither says nor takes anything; nil for as long as it likes.
    public var idleLimit: Duration?

    /// More than this unasked is no conversation.
    private static let heardLimit = 1 << 30

    /// Starts a program; its standard input and output are pipes to us.
    ///
    /// - Throws: ``SystemError`` where it could not be started.
    public init(with subprocess: Subprocess) throws(SystemError) {
        var subprocess = subprocess
        subprocess.input = .bytes([])
        subprocess.output = .captured(atMost: Self.heardLimit)
        if case .captured = subprocess.errors {
            subprocess.errors = .captured(atMost: Self.heardLimit)
        }
        child = try ChildProcess(subprocess)
    }

    /// Says all of `bytes`; what the program says meanwhile is kept.
    ///
    /// - Throws: ``SystemError``, "broken pipe" where the program does not listen any more.
    public func send(_ bytes: [UInt8]) throws(SystemError) {
        var sentCount = 0
        var idleTime = Stopwatch()
        while sentCount < bytes.count {
            let ready = try readyUnlessInterrupted(feeding: true, &idleTime)
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
        try hear(count)
        let end = min(heard.count, consumedCount + count)
        defer { forget(upTo: end) }
        return Array(heard[consumedCount..<end])
    }

    /// Hears what there is, at least one byte and at most `count`.
    ///
    /// - Returns: Nothing when the program says no more.
    /// - Throws: ``SystemError``, "connection timed out" after ``idleLimit``.
    public func receive(atMost count: Int) throws(SystemError) -> [UInt8] {
        try hear(1)
        let end = min(heard.count, consumedCount + count)
        defer { forget(upTo: end) }
        return Array(heard[consumedCount..<end])
    }

    /// What the program has written to its standard error since this was last asked, where that is captured.
    public func takeComplaints() -> [UInt8] {
        defer { complaints = [] }
        return complaints
    }

    private func hear(_ count: Int) throws(SystemError) {
        var idleTime = Stopwatch()
        while heard.count - consumedCount < count, child.pipes.numbers.output != nil {
            let ready = try readyUnlessInterrupted(feeding: false, &idleTime)
            if ready.output { try listen() }
        }
    }

    /// Closes the pipes and waits until the program has ended.
    ///
    /// - Returns: How it ended.
    @discardableResult
    public func end() throws(SystemError) -> Subprocess.Status {
        child.pipes.input = nil
        child.pipes.output = nil
        while child.pipes.numbers.errors != nil {
            try complain(child.ready(feeding: false).errors)
        }
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

    private func complain(_ isReady: Bool) throws(SystemError) {
        guard isReady else { return }
        let mayHaveMore = try child.read(
            child.pipes.numbers.errors, into: &complaints, limit: Self.heardLimit)
        if !mayHaveMore { child.pipes.errors = nil }
    }

    private func readyUnlessInterrupted(
        feeding: Bool, _ idleTime: inout Stopwatch
    ) throws(SystemError) -> (input: Bool, output: Bool, errors: Bool) {
        guard !Interrupt.isRequested else {
            throw SystemError(call: "poll", path: child.program, code: EINTR)
        }
        let ready = try child.ready(feeding: feeding)
        try complain(ready.errors)
        if ready.input || ready.output || ready.errors { idleTime = Stopwatch() }
        if let idleLimit, idleTime.elapsed > idleLimit {
            throw SystemError(call: "poll", path: child.program, code: ETIMEDOUT)
        }
        return ready
    }
}
