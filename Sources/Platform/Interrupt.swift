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
    /// When the first one came, in milliseconds of a clock that nobody sets; 0 before.
    private static let firstTime = Atomic<Int>(0)

    /// What comes within this time after the first is the same wish: timeout(1) sends each signal twice.
    private static let graceMilliseconds = 500

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

    /// Catches the three signals from now on; one that comes half a second after the first ends the program at once.
    ///
    /// A signal that the parent chose to ignore (`nohup`, a background job) stays ignored. System
    /// calls are not restarted, or a waiting one would outlast the wish to stop.
    public static func install() {
        // Also makes the atomics before the first signal: making them in the handler would not be safe.
        requested.store(0, ordering: .relaxed)
        firstTime.store(0, ordering: .relaxed)
        isTyped.store(false, ordering: .relaxed)
        for signal in [SIGINT, SIGTERM, SIGHUP] where !isIgnored(signal) {
            var action = sigaction()
            // The kernel gives the handler a valid pointer; codes above 0 are the kernel's own.
            action.__sigaction_handler = unsafe .init(sa_sigaction: { signal, information, _ in
                let code = unsafe information?.pointee.si_code ?? 0
                Interrupt.hear(signal, isTyped: code > 0)
            })
            action.sa_flags = Int32(SA_SIGINFO)
            // `action` is complete and copied by the call.
            _ = unsafe sigaction(signal, &action, nil)
        }
        var action = sigaction()
        action.__sigaction_handler = .init(sa_handler: { _ in })
        // The same.
        _ = unsafe sigaction(cutShortSignal, &action, nil)
    }

    /// The handler: it uses lock-free atomics and calls that signal-safety(7) allows.
    private static func hear(_ number: Int32, isTyped typed: Bool) {
        var time = timespec()
        // Fills `time`, which outlives the call.
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        let now = time.tv_sec * 1_000 + time.tv_nsec / 1_000_000
        let first = firstTime.load(ordering: .relaxed)
        guard first != 0 else {
            firstTime.store(now, ordering: .relaxed)
            isTyped.store(typed, ordering: .relaxed)
            requested.store(number, ordering: .relaxed)
            return
        }
        guard now - first > graceMilliseconds else { return }
        // Comes when the handler is left, and then does what it does to everybody.
        signal(number, SIG_DFL)
        raise(number)
    }

    /// Does something that no signal shall stop half way, such as putting things back; one that comes waits for its end.
    static func deferred(_ body: () -> Void) {
        var (held, before) = (sigset_t(), sigset_t())
        // The sets outlive the calls that fill, read and copy them.
        unsafe sigemptyset(&held)
        for signal in [SIGINT, SIGTERM, SIGHUP] { unsafe sigaddset(&held, signal) }
        unsafe pthread_sigmask(SIG_BLOCK, &held, &before)
        body()
        unsafe pthread_sigmask(SIG_SETMASK, &before, nil)
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
