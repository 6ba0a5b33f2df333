import Glibc

extension Subprocess {
    /// Runs the program to its end; what it reads and what it writes is never outside of a ``Secret``.
    ///
    /// It is fed first and heard then, as suits a program that reads all of its input before it speaks.
    ///
    /// - Parameters:
    ///   - secret: What goes to its standard input, in place of ``input``.
    ///   - byteCount: How much it may write to its standard output, in place of ``output``.
    /// - Returns: How it ended, and what it wrote.
    /// - Throws: ``SystemError``, as ``run()`` does.
    public func run(
        feeding secret: Secret, hearingAtMost byteCount: Int
    ) throws(SystemError) -> (status: Status, answer: Secret) {
        var described = self
        described.input = .bytes([])
        described.output = .captured(atMost: byteCount)
        if case .captured = errors { described.errors = .discarded }
        var child = try ChildProcess(described)
        let deadline = timeLimit.map(Deadline.init(after:))
        try child.feed(secret, deadline: deadline)
        let answer = try child.hear(atMost: byteCount, deadline: deadline)
        let status = try child.wait(deadline: deadline)
        guard !Interrupt.isRequested else {
            throw SystemError(call: "waitpid", path: program, code: EINTR)
        }
        return (status, answer)
    }
}

extension ChildProcess {
    /// Writes all of `secret`, or as much as the program wants, and closes its standard input.
    fileprivate mutating func feed(
        _ secret: Secret, deadline: Deadline?
    ) throws(SystemError) {
        var written = 0
        while written < secret.byteCount {
            guard try ready(deadline: deadline).input else { continue }
            let count = try secret.withBytes { bytes throws(SystemError) in
                try write(bytes.extracting(written...))
            }
            guard let count else { break }
            written += count
        }
        pipes.input = nil
    }

    /// Reads until the program closes its standard output.
    fileprivate mutating func hear(
        atMost byteCount: Int, deadline: Deadline?
    ) throws(SystemError) -> Secret {
        let answer = try Secret(capacity: byteCount + 1) { span throws(SystemError) in
            while let number = pipes.numbers.output {
                guard try ready(deadline: deadline).output else { continue }
                guard span.freeCapacity > 0 else {
                    throw SystemError(call: "read", path: program, code: EFBIG)
                }
                if try !read(number, into: &span) { pipes.output = nil }
            }
        }
        return answer
    }

    /// Reads what is there.
    ///
    /// - Returns: Whether there may be more.
    private func read(
        _ number: Int32, into span: inout OutputSpan<UInt8>
    ) throws(SystemError) -> Bool {
        do throws(SystemError) {
            let count = try systemCall("read", program) {
                span.read(from: number)
            }
            return count > 0
        } catch let error where error.code == EAGAIN {
            return true
        }
    }
}
