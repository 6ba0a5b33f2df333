import Glibc
import Synchronization

/// Whether the person, or the system, asked the program to stop.
///
/// A signal only leaves its number. Whoever works looks at ``isRequested`` between two pieces of work,
/// leaves things whole, and lets `main` end with ``exitCode``. System calls that wait (reading a pipe
/// or a terminal) give up at once, with an error whose `isInterruption` is true.
public enum Interrupt {
    /// The number of the last signal that asked; 0 before any has.
    private static let requested = Atomic<Int32>(0)
    /// Whether that signal came from the kernel: somebody typed Ctrl-C, or closed the terminal.
    private static let isTyped = Atomic<Bool>(false)

    /// What the shell expects of a program that was interrupted.
    public static let exitCode: Int32 = 130

    /// Whether SIGINT, SIGTERM or SIGHUP has come since ``install()``.
    public static var isRequested: Bool {
        requested.load(ordering: .relaxed) != 0
    }

    /// Stops here when the person asked to stop.
    ///
    /// - Throws: ``SystemError`` whose `isInterruption` is true.
    public static func check() throws(SystemError) {
        guard isRequested else { return }
        throw SystemError.interruption
    }

    /// The signal that asked, to be handed on to a program that may have been sent none, or `nil`.
    ///
    /// A terminal sends SIGINT to all programs that were started together; what a program sends, may come to one
    /// alone.
    static var signalForOthers: Int32? {
        let signal = requested.load(ordering: .relaxed)
        guard signal == SIGINT else { return signal == 0 ? nil : signal }
        return isTyped.load(ordering: .relaxed) ? nil : signal
    }

    /// Catches the three signals from now on; the second of a kind ends the program at once.
    ///
    /// A signal that the parent chose to ignore (`nohup`, a background job) stays ignored. System
    /// calls are not restarted, or a waiting one would outlast the wish to stop.
    public static func install() {
        // Also makes the atomic before the first signal: making it in the handler would not be safe.
        requested.store(0, ordering: .relaxed)
        isTyped.store(false, ordering: .relaxed)
        for signal in [SIGINT, SIGTERM, SIGHUP] where !isIgnored(signal) {
            var action = sigaction()
            // The handler stores into lock-free atomics, which signal-safety(7) allows; the kernel gives it a valid
            // pointer. Codes above 0 are the kernel's own.
            action.__sigaction_handler = unsafe .init(sa_sigaction: { signal, information, _ in
                let code = unsafe information?.pointee.si_code ?? 0
                Interrupt.isTyped.store(code > 0, ordering: .relaxed)
                Interrupt.requested.store(signal, ordering: .relaxed)
            })
            action.sa_flags = Int32(bitPattern: UInt32(SA_RESETHAND)) | SA_SIGINFO
            // `action` is complete and copied by the call.
            _ = unsafe sigaction(signal, &action, nil)
        }
        var action = sigaction()
        action.__sigaction_handler = .init(sa_handler: { _ in })
        // The same.
        _ = unsafe sigaction(cutShortSignal, &action, nil)
    }

    /// Sent to a thread only to end its wait.
    ///
    /// A program that does not know it ignores it, as our children do. Go uses the same one for the same.
    static let cutShortSignal = SIGURG

    private static func isIgnored(_ signal: Int32) -> Bool {
        var current = sigaction()
        // The call fills `current`; with no new action it changes nothing.
        guard unsafe sigaction(signal, nil, &current) == 0 else { return false }
        // SIG_IGN is not a function but the address 1; only addresses are compared.
        let handler = unsafe unsafeBitCast(current.__sigaction_handler.sa_handler, to: Int.self)
        return unsafe handler == unsafeBitCast(SIG_IGN, to: Int.self)
    }
}
