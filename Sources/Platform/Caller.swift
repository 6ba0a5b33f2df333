import Glibc

/// The program that started this one and stands between it and the person, as a notebook's magic does.
///
/// It is told, on a descriptor of its own, one line for each question and each report, and writes each answer as a line
/// to our standard input. What is said in words goes where it always goes.
public struct Caller: Sendable {
    private let number: Int32

    /// Keeps a descriptor that the program was started with to itself: programs that it runs do not get it.
    ///
    /// Nil where there is no such descriptor.
    ///
    /// - Parameter number: Where the caller listens.
    ///
    /// Follows fcntl(2).
    public init?(descriptor number: Int32) {
        guard fcntl(number, F_SETFD, FD_CLOEXEC) == 0 else { return nil }
        self.number = number
    }

    /// Says something to the caller, if it still listens.
    ///
    /// - Parameter line: Without a line's end, and with none inside.
    public func tell(line: [UInt8]) {
        try? Transfer.write(line + [UInt8(ascii: "\n")], to: number, path: nil)
    }

    /// Waits for the answer to the question that was told last.
    ///
    /// - Returns: The line, without white space around it.
    /// - Throws: ``QuestionError``; `noTerminal` where the caller finds nobody to ask.
    public func answer() throws(QuestionError) -> Secret {
        let line = try Secret(capacity: Secret.longestByteCount + 2) { span throws(QuestionError) in
            let input = StandardStream.input.rawValue
            try? Transfer.fillLine(&span, from: input, path: nil)
            guard !Interrupt.isRequested else { throw .interrupted }
            guard span.count > 0 else { throw .noTerminal }
        }
        do throws(SecretError) {
            return try line.withBytes { bytes throws(SecretError) in try Secret(line: bytes) }
        } catch { throw .refused(error) }
    }
}
