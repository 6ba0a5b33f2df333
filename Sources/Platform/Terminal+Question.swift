import Glibc
import Synchronization

/// Why a question at the terminal has no answer.
public enum QuestionError: Error, Hashable, Sendable {
    /// There is no terminal, or nobody is at it.
    case noTerminal
    /// The person ended the input instead of answering, with Ctrl-D.
    case ended
    /// The person, or the system, asked the program to stop.
    case interrupted
    /// The answer is none that could be meant.
    case refused(SecretError)
}

extension Terminal {
    /// Asks the person at the terminal, wherever the three streams lead.
    ///
    ///     ask ──> answered
    ///      ^ └──> signal that stops (Ctrl-Z) ──> stopped, echo on ──> continued ─┐
    ///      │ └──> signal that ends (Ctrl-C, …) ──> echo on ──> what it does otherwise
    ///      └────────────────────────────────────────────────────────────────────┘
    ///
    /// Whatever ends it, the terminal is as it was before anything else happens; only SIGKILL leaves no time for that.
    /// A signal is then raised again, for whoever was to hear it. What was typed ahead is not taken for an
    /// answer, and what was pasted behind the answer does not reach the shell.
    ///
    /// - Parameters:
    ///   - question: Shown as it is: without control characters, and with the space that is to stand behind it.
    ///   - isHidden: Whether what is typed does not show.
    /// - Returns: The line, without white space around it and the marks of a bracketed paste.
    /// - Throws: ``QuestionError``.
    ///
    /// Follows termios(3) and getpass(3).
    public static func ask(
        _ question: String, isHidden: Bool
    ) throws(QuestionError) -> Secret {
        let terminal: Descriptor
        do throws(SystemError) {
            terminal = try Descriptor(opening: "/dev/tty", O_RDWR | O_NOCTTY)
        } catch {
            throw .noTerminal
        }
        var stopCount = 0
        while true {
            // In the background a program has no right to the terminal: it is stopped until it is brought to the front.
            // One that cannot be stopped, as nobody would wake it, has no terminal.
            guard tcgetpgrp(terminal.number) == getpgrp() else {
                stopCount += 1
                guard stopCount <= 3 else { throw .noTerminal }
                raise(SIGTTIN)
                continue
            }
            let attempt = try Attempt(terminal.number, question, isHidden: isHidden)
            guard let signal = attempt.signal else {
                do throws(SecretError) { return try attempt.line() } catch { throw .refused(error) }
            }
            if signal != SIGCONT { raise(signal) }
            guard [SIGCONT, SIGTSTP, SIGTTIN, SIGTTOU].contains(signal) else { throw .interrupted }
        }
    }

    /// The signals that must find the terminal as it was.
    fileprivate static let signals = [
        SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGALRM, SIGTSTP, SIGTTIN, SIGTTOU, SIGCONT,
    ]

    /// The last signal that came while a question was open; 0 before any has.
    fileprivate static let cameSignal = Atomic<Int32>(0)
}

private let lineEnd = UInt8(ascii: "\n")

/// One time that a question was shown.
private struct Attempt {
    /// The signal that cut it short, nil where there is an answer.
    private(set) var signal: Int32?
    private let typed: Secret

    /// The kernel keeps no more of a line, and drops the rest without a word.
    private static let longestLine = 4_095

    /// Shows the question and waits for the answer or for a signal.
    init(_ terminal: Int32, _ question: String, isHidden: Bool) throws(QuestionError) {
        var before = termios()
        // Filled by the call, which it outlives.
        guard unsafe tcgetattr(terminal, &before) == 0 else { throw .noTerminal }
        let handlers = SignalHandlers()
        defer { handlers.restore() }
        var during = before
        during.c_lflag |= tcflag_t(ICANON | ISIG)
        during.c_iflag |= tcflag_t(ICRNL)
        if isHidden { during.c_lflag &= ~tcflag_t(ECHO | ECHOE | ECHOK | ECHONL) }
        // Both are whole and copied by the calls.
        guard unsafe tcsetattr(terminal, TCSAFLUSH, &during) == 0 else { throw .noTerminal }
        defer { unsafe tcsetattr(terminal, TCSAFLUSH, &before) }
        func show(_ text: String) { try? Transfer.write(Array(text.utf8), to: terminal, path: nil) }
        show(question)
        var signal: Int32?
        do throws(QuestionError) {
            typed = try Secret(capacity: Self.longestLine + 1) { span throws(QuestionError) in
                while span.count == 0 || span[span.count - 1] != lineEnd {
                    if let came = handlers.wait(terminal) {
                        signal = came
                        return
                    }
                    guard try Self.read(terminal, into: &span) else { throw .ended }
                    guard span.freeCapacity > 0 else { return }
                }
            }
        } catch {
            show("\n")
            throw error
        }
        if isHidden || signal != nil { show("\n") }
        self.signal = signal
    }

    /// The answer without what the terminal put around it.
    func line() throws(SecretError) -> Secret {
        try typed.withBytes { bytes throws(SecretError) in
            guard bytes.count < Self.longestLine else { throw .tooLong }
            var line = bytes
            while line.count > 0, [lineEnd, 0x0D].contains(line[line.count - 1]) {
                line = line.extracting(..<(line.count - 1))
            }
            if Self.starts(line, "\u{1B}[200~") { line = line.extracting(6...) }
            let end = max(line.count - 6, 0)
            if Self.starts(line.extracting(end...), "\u{1B}[201~") {
                line = line.extracting(..<end)
            }
            return try Secret(line: line)
        }
    }

    private static func starts(_ bytes: Span<UInt8>, _ mark: String) -> Bool {
        bytes.count >= mark.utf8.count && mark.utf8.enumerated().allSatisfy { bytes[$0] == $1 }
    }

    /// Reads what was typed so far; false where the person ended the input.
    private static func read(
        _ terminal: Int32, into span: inout OutputSpan<UInt8>
    ) throws(QuestionError) -> Bool {
        // No waiting is left that a signal could cut short; what remains is a terminal that was taken away.
        span.read(from: terminal) > 0
    }
}

/// Our hold on the signals: they come only while somebody waits, so that none falls between a look and a wait.
private struct SignalHandlers {
    private var maskBefore = sigset_t()
    private var before: [(signal: Int32, action: sigaction)] = []

    init() {
        Terminal.cameSignal.store(0, ordering: .relaxed)
        var held = sigset_t()
        // Sets and actions are filled here and copied by the calls.
        unsafe sigemptyset(&held)
        for signal in Terminal.signals { unsafe sigaddset(&held, signal) }
        unsafe pthread_sigmask(SIG_BLOCK, &held, &maskBefore)
        for signal in Terminal.signals {
            var (ours, old) = (sigaction(), sigaction())
            // The handler stores into a lock-free atomic, which signal-safety(7) allows.
            ours.__sigaction_handler = .init(sa_handler: { signal in
                Terminal.cameSignal.store(signal, ordering: .relaxed)
            })
            unsafe sigaction(signal, nil, &old)
            // What the parent chose to ignore stays ignored. SIG_IGN is the address 1; only addresses are compared.
            let handler = unsafe unsafeBitCast(old.__sigaction_handler.sa_handler, to: Int.self)
            guard unsafe handler != unsafeBitCast(SIG_IGN, to: Int.self) else { continue }
            unsafe sigaction(signal, &ours, nil)
            before.append((signal, old))
        }
    }

    /// Waits until there is something to read.
    ///
    /// - Returns: The signal that came instead, or nil.
    func wait(_ terminal: Int32) -> Int32? {
        var request = pollfd(fd: terminal, events: Int16(POLLIN), revents: 0)
        var mask = maskBefore
        while true {
            // A fifth of a second, in case another thread takes the signal.
            var time = timespec(tv_sec: 0, tv_nsec: 200_000_000)
            // One request, as stated; all three outlive the call.
            let answer = unsafe ppoll(&request, 1, &time, &mask)
            let signal = Terminal.cameSignal.load(ordering: .relaxed)
            guard signal == 0 else { return signal }
            guard answer <= 0 else { return nil }
        }
    }

    /// Gives the signals back to those who had them; one that is pending comes to them now.
    func restore() {
        for (signal, action) in before {
            var action = action
            unsafe sigaction(signal, &action, nil)
        }
        var mask = maskBefore
        unsafe pthread_sigmask(SIG_SETMASK, &mask, nil)
    }
}

/// Glibc shows its GNU functions only to C; plain pointers need no more than a name.
@_silgen_name("ppoll")
private func ppoll(
    _ requests: UnsafeMutablePointer<pollfd>, _ count: UInt,
    _ time: UnsafeMutablePointer<timespec>, _ mask: UnsafeMutablePointer<sigset_t>
) -> Int32
