import Glibc

extension ChildProcess {
    /// Feeds the process and takes in what it writes, both at once, so that neither waits for the other for ever.
    ///
    /// - Parameters:
    ///   - bytes: What goes to its standard input, which is closed then.
    ///   - limits: How much may be captured of each stream.
    ///   - deadline: When to stop waiting.
    /// - Returns: What was captured, once the process and those that it started have closed their ends.
    /// - Throws: ``SystemError``, also where the deadline is over or a limit is passed.
    mutating func exchange(
        _ bytes: [UInt8], limits: (output: Int, errors: Int), deadline: Deadline?
    ) throws(SystemError) -> (output: [UInt8], errors: [UInt8]) {
        var (written, captured, complaints) = (0, [UInt8](), [UInt8]())
        if bytes.isEmpty { pipes.input = nil }
        while isConnected {
            let ready = try ready(deadline: deadline)
            if ready.input { try feed(bytes, &written) }
            if ready.output,
                try !read(pipes.numbers.output, into: &captured, limit: limits.output)
            {
                pipes.output = nil
            }
            if ready.errors,
                try !read(pipes.numbers.errors, into: &complaints, limit: limits.errors)
            {
                pipes.errors = nil
            }
        }
        return (captured, complaints)
    }

    /// Whether any of its pipes is open.
    private var isConnected: Bool {
        let numbers = pipes.numbers
        return numbers.input != nil || numbers.output != nil || numbers.errors != nil
    }

    /// Which of the open pipes can be used; none after a tenth of a second in which nothing happened.
    mutating func ready(
        feeding: Bool = true, deadline: Deadline? = nil
    ) throws(SystemError) -> (input: Bool, output: Bool, errors: Bool) {
        handOnSignal()
        if let deadline, deadline.isOver {
            throw SystemError(call: "poll", path: program, code: ETIMEDOUT)
        }
        // poll passes over negative numbers.
        let numbers = pipes.numbers
        let watched = [feeding ? numbers.input : nil, numbers.output, numbers.errors]
        let events = [POLLOUT, POLLIN, POLLIN]
        var requests = zip(watched, events).map { number, event in
            pollfd(fd: number ?? -1, events: Int16(event), revents: 0)
        }
        // Three requests, as stated; they outlive the call. Its failure is EINTR: look again.
        guard unsafe poll(&requests, 3, Deadline.slice) > 0 else { return (false, false, false) }
        return (requests[0].revents != 0, requests[1].revents != 0, requests[2].revents != 0)
    }

    /// Writes as much as the pipe takes, and closes it behind the last byte.
    ///
    /// A program that does not want all of its input closes the pipe: that is its right, as in `head`.
    private mutating func feed(_ bytes: [UInt8], _ written: inout Int) throws(SystemError) {
        guard let count = try write(bytes[written...]) else {
            pipes.input = nil
            return
        }
        written += count
        if written == bytes.count { pipes.input = nil }
    }

    /// Writes as much as the pipe takes.
    ///
    /// - Returns: How many bytes it took, or `nil` when nobody reads any more.
    mutating func write(_ bytes: ArraySlice<UInt8>) throws(SystemError) -> Int? {
        try write(bytes.span)
    }

    /// Writes as much as the pipe takes.
    ///
    /// - Returns: How many bytes it took, or `nil` when nobody reads any more.
    mutating func write(_ bytes: Span<UInt8>) throws(SystemError) -> Int? {
        guard let number = pipes.numbers.input else { return nil }
        do throws(SystemError) {
            return try withoutBrokenPipeSignal { () throws(SystemError) in
                try systemCall("write", program) {
                    // The pointer and the count are the span's own.
                    unsafe bytes.withUnsafeBytes {
                        unsafe Glibc.write(number, $0.baseAddress, $0.count)
                    }
                }
            }
        } catch let error where error.code == EAGAIN {
            return 0
        } catch let error where error.isBrokenPipe {
            return nil
        }
    }

    /// Reads what is there.
    ///
    /// - Returns: Whether there may be more.
    func read(
        _ number: Int32?, into bytes: inout [UInt8], limit: Int
    ) throws(SystemError) -> Bool {
        guard let number else { return false }
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        do throws(SystemError) {
            // The kernel writes at most as many bytes as the array has.
            let count = try systemCall("read", program) {
                unsafe Glibc.read(number, &chunk, chunk.count)
            }
            guard bytes.count + count <= limit else {
                throw SystemError(call: "read", path: program, code: EFBIG)
            }
            bytes += chunk.prefix(count)
            return count > 0
        } catch let error where error.code == EAGAIN {
            return true
        }
    }
}

/// Makes a write to a closed pipe fail with `EPIPE`, whatever this program does about SIGPIPE.
///
/// The signal of a write goes to the thread that writes: it is blocked there, and taken away where it came.
private func withoutBrokenPipeSignal<Answer>(
    _ body: () throws(SystemError) -> Answer
) throws(SystemError) -> Answer {
    var (brokenPipe, before) = (sigset_t(), sigset_t())
    // The sets outlive the calls that fill, read and copy them.
    unsafe sigemptyset(&brokenPipe)
    unsafe sigaddset(&brokenPipe, SIGPIPE)
    unsafe pthread_sigmask(SIG_BLOCK, &brokenPipe, &before)
    defer {
        var noTime = timespec()
        while unsafe sigtimedwait(&brokenPipe, nil, &noTime) == SIGPIPE {}
        unsafe pthread_sigmask(SIG_SETMASK, &before, nil)
    }
    return try body()
}
