import Glibc

/// A program to run: what it is told, what it sees, and where its streams lead.
///
///     var hook = Subprocess(".git/hooks/pre-commit", environment: environment)
///     hook.folder = workTree
///     hook.output = .toStandardError
///     let status = try hook.run().status
///
/// It gets no descriptor of ours but its three streams, no blocked signals, and SIGPIPE as it should be. It stays in
/// our process group, so that a Ctrl-C on the terminal reaches it as it reaches us: ``run()`` then waits until
/// it has cleaned up. Signals that come to one process alone are handed on, to what it has started too.
public struct Subprocess: Sendable {
    /// Where standard input comes from.
    public enum Input: Sendable {
        /// Where ours comes from.
        case inherited
        /// Nowhere: `/dev/null`.
        case empty
        /// These bytes and no more. That the program reads them all is not asked for.
        case bytes([UInt8])
    }

    /// Where a stream of output goes.
    public enum Output: Sendable {
        /// Where ours goes.
        case inherited
        /// Where its standard error goes; only for standard output.
        case toStandardError
        /// Nowhere: `/dev/null`.
        case discarded
        /// Into ``Finished``; a program that writes more bytes than this is ended.
        case captured(atMost: Int)
    }

    /// How a program ended.
    public enum Status: Hashable, Sendable {
        /// By itself, with this exit status, 0 to 255.
        case exited(Int32)
        /// By a signal.
        case killed(signal: Int32)

        /// Whether it ended by itself with 0.
        public var isSuccess: Bool { self == .exited(0) }
    }

    /// What a program left behind.
    public struct Finished: Sendable {
        /// How it ended; anything but success is for the caller to judge.
        public let status: Status
        /// What was captured of its standard output.
        public let output: [UInt8]
        /// What was captured of its standard error.
        public let errors: [UInt8]
    }

    /// The program: a path, or a name without a slash that is looked up in the `PATH` of ``environment``.
    public var program: Path
    /// What it is told, without its own name.
    public var arguments: [[UInt8]]
    /// All variables it sees.
    public var environment: Environment
    /// Its working folder; ours when there is none.
    ///
    /// A relative path of the program starts there too.
    public var folder: Path?
    /// Where its standard input comes from.
    public var input = Input.inherited
    /// Where its standard output goes.
    public var output = Output.inherited
    /// Where its standard error goes.
    public var errors = Output.inherited
    /// After this it is told to end, and two seconds later it is made to.
    public var timeLimit: Duration?

    /// Describes a program whose streams are ours.
    public init(_ program: Path, _ arguments: [[UInt8]] = [], environment: Environment) {
        self.program = program
        self.arguments = arguments
        self.environment = environment
    }

    /// Describes a command line for the shell, which people write into configuration files.
    ///
    /// - Parameters:
    ///   - commandLine: From a source that may run programs; never made of names or of content.
    ///   - environment: All variables it sees.
    public init(shell commandLine: [UInt8], environment: Environment) {
        self.init("/bin/sh", [Array("-c".utf8), commandLine], environment: environment)
    }

    /// Runs the program to its end.
    ///
    /// - Returns: What it left behind, whatever its status.
    /// - Throws: ``SystemError`` with the program for its path: where it could not be started, where it wrote too much
    ///   ("file too large") or took too long ("connection timed out"), and where the person asked us to stop.
    ///   The program has ended then, too.
    public func run() throws(SystemError) -> Finished {
        var child = try ChildProcess(self)
        var bytes: [UInt8] = []
        if case .bytes(let given) = input { bytes = given }
        let deadline = timeLimit.map(Deadline.init(after:))
        let (output, errors) = try child.exchange(bytes, limits: limits, deadline: deadline)
        let status = try child.wait(deadline: deadline)
        guard !Interrupt.isRequested else {
            throw SystemError(call: "waitpid", path: program, code: EINTR)
        }
        return Finished(status: status, output: output, errors: errors)
    }

    /// How many bytes may be captured of standard output and of standard error.
    private var limits: (output: Int, errors: Int) {
        func limit(_ stream: Output) -> Int {
            if case .captured(let limit) = stream { limit } else { 0 }
        }
        return (limit(output), limit(errors))
    }
}

/// A moment that comes, whatever is done to the clock on the wall.
struct Deadline {
    private let end: Duration

    init(after wait: Duration) {
        end = Self.now + wait
    }

    var isOver: Bool { Self.now >= end }

    /// The milliseconds to wait for something else, such as an interrupt: a tenth of a second at most.
    static let slice: Int32 = 100

    private static var now: Duration {
        var time = timespec()
        // Fills `time`, which outlives the call.
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }
}
