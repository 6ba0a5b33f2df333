import Glibc

/// A process that was started: its number, and our ends of its pipes.
///
///     init ──> exchange ──> wait        (ended, its status read)
///       └─────────┴──> deinit           (told to end, then made to; its status read)
///
/// Every way leads past waitpid(2), so that none is left as a zombie.
struct ChildProcess: ~Copyable {
    let program: Path
    private let identifier: pid_t
    /// Whether its status has not been read yet.
    private(set) var isRunning = true
    private var wasHandedSignal = false
    /// Until then a program may end by itself that has been interrupted together with us.
    private var timeToEnd: Deadline?
    /// Our ends of its pipes, each while it is open.
    var pipes: PipeEnds

    /// Starts `subprocess`; a script without an interpreter line is given to the shell, as execvp(3) does.
    init(_ subprocess: Subprocess) throws(SystemError) {
        program = subprocess.program
        var ours = PipeEnds()
        var theirs = PipeEnds()
        if case .bytes = subprocess.input {
            let pipe = try Pipe.make(to: program)
            theirs.input = Descriptor(adopting: pipe.reading, path: program)
            ours.input = Descriptor(adopting: pipe.writing, path: program)
            Pipe.stopWaiting(pipe.writing)
        }
        if case .captured = subprocess.output {
            let pipe = try Pipe.make(to: program)
            theirs.output = Descriptor(adopting: pipe.writing, path: program)
            ours.output = Descriptor(adopting: pipe.reading, path: program)
            Pipe.stopWaiting(pipe.reading)
        }
        if case .captured = subprocess.errors {
            let pipe = try Pipe.make(to: program)
            theirs.errors = Descriptor(adopting: pipe.writing, path: program)
            ours.errors = Descriptor(adopting: pipe.reading, path: program)
            Pipe.stopWaiting(pipe.reading)
        }
        identifier = try Self.start(subprocess, theirs.numbers)
        pipes = ours
        // Their ends are closed here, or the end of what the child says would never show.
    }

    private static func start(
        _ subprocess: Subprocess, _ pipes: PipeNumbers
    ) throws(SystemError) -> pid_t {
        let launch = try Launch(subprocess, pipes: pipes)
        do throws(SystemError) {
            return try launch.start()
        } catch let error where error.code == ENOEXEC {
            return try launch.start(throughShell: true)
        }
    }

    deinit {
        guard isRunning else { return }
        Self.end(identifier)
    }

    /// Waits until the process has ended.
    ///
    /// - Throws: ``SystemError`` where the deadline was over first; the process has ended then too.
    mutating func wait(deadline: Deadline?) throws(SystemError) -> Subprocess.Status {
        isRunning = false
        if let status = Self.status(identifier, WNOHANG) { return status }
        // waitpid(2) knows no time limit and can miss a signal that comes just before it: another thread waits,
        // without taking the status, so that the number stays the child's until we do.
        let hasEnded = Semaphore()
        let identifier = self.identifier
        let watcher = Thread {
            // The call fills `report`, which nobody reads.
            var report = unsafe siginfo_t()
            while unsafe waitid(P_PID, id_t(identifier), &report, WEXITED | WNOWAIT) != 0 {
                guard errno == EINTR else { break }
            }
            hasEnded.raise()
        }
        var isLate = false
        if let watcher {
            while !hasEnded.waitShortly() {
                handOnSignal()
                guard let deadline, deadline.isOver, !isLate else { continue }
                isLate = true
                Self.tellToEnd(identifier)
            }
            watcher.join()
        }
        guard let status = Self.status(identifier, 0) else {
            throw SystemError(call: "waitpid", path: program, code: ECHILD)
        }
        guard !isLate else { throw SystemError(call: "waitpid", path: program, code: ETIMEDOUT) }
        return status
    }

    /// Gives the process and all that it has started, once, a signal that came to us alone.
    ///
    /// SIGINT is often sent to all at once, as by Jupyter, and a second one would stop a program that cleans up:
    /// it comes to those who are still there after a moment.
    mutating func handOnSignal() {
        guard !wasHandedSignal, let signal = Interrupt.signalForOthers else { return }
        if signal == SIGINT {
            let timeToEnd = self.timeToEnd ?? Deadline(after: .milliseconds(500))
            self.timeToEnd = timeToEnd
            guard timeToEnd.isOver else { return }
        }
        wasHandedSignal = true
        // A shell waits for what it runs before it listens.
        for process in Self.descendants(of: identifier) + [identifier] { kill(process, signal) }
    }

    /// The processes that one has started, as far as the system tells.
    private static func descendants(of identifier: pid_t) -> [pid_t] {
        let list = try? File.read(Path("/proc/\(identifier)/task/\(identifier)/children"))
        let children = (list ?? []).split(separator: 0x20).compactMap {
            pid_t(String(decoding: $0, as: UTF8.self))
        }
        return children.flatMap { descendants(of: $0) + [$0] }
    }

    /// Ends the process, whatever it does.
    private static func end(_ identifier: pid_t) {
        tellToEnd(identifier)
        _ = status(identifier, 0)
    }

    /// Asks with SIGTERM, and with SIGKILL after two seconds of no answer; reads no status.
    private static func tellToEnd(_ identifier: pid_t) {
        kill(identifier, SIGTERM)
        let deadline = Deadline(after: .seconds(2))
        while !hasEnded(identifier) {
            guard !deadline.isOver else {
                kill(identifier, SIGKILL)
                return
            }
            usleep(5_000)
        }
    }

    private static func hasEnded(_ identifier: pid_t) -> Bool {
        // The call fills `report`; its number stays 0 while the process runs.
        var report = unsafe siginfo_t()
        let answer = unsafe waitid(
            P_PID, id_t(identifier), &report, WEXITED | WNOWAIT | WNOHANG)
        return unsafe answer != 0 || report.si_signo != 0
    }

    /// The status of an ended process, or `nil` while it runs and `options` say not to wait.
    private static func status(_ identifier: pid_t, _ options: Int32) -> Subprocess.Status? {
        var status: Int32 = 0
        while true {
            // The call fills `status`, which outlives it.
            let answer = unsafe waitpid(identifier, &status, options)
            if answer == identifier { break }
            guard answer < 0, errno == EINTR else { return nil }
        }
        // The layout that WIFSIGNALED and WEXITSTATUS read; C macros do not reach Swift.
        let signal = status & 0x7F
        return signal == 0 ? .exited((status >> 8) & 0xFF) : .killed(signal: signal)
    }
}
