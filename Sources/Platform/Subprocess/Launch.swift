import Glibc

/// All that posix_spawn(3) wants to know of a program.
struct Launch {
    private let subprocess: Subprocess
    private let program: Path
    /// The descriptors that the program gets for pipes.
    private let pipes: PipeNumbers

    /// Looks the program up.
    init(_ subprocess: Subprocess, pipes: PipeNumbers) throws(SystemError) {
        guard !Interrupt.isRequested else {
            throw SystemError(call: "posix_spawn", path: subprocess.program, code: EINTR)
        }
        self.subprocess = subprocess
        self.pipes = pipes
        program = try Self.found(subprocess)
    }

    /// Starts the program.
    ///
    /// - Parameter throughShell: Whether the shell is started instead, to read the program as a script.
    /// - Returns: The number of its process.
    /// - Throws: ``SystemError`` with the program for its path.
    func start(throughShell: Bool = false) throws(SystemError) -> pid_t {
        // Both are made here, used by the calls below only, and destroyed at the end.
        var actions = unsafe posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        unsafe posix_spawn_file_actions_init(&actions)
        unsafe posix_spawnattr_init(&attributes)
        defer {
            unsafe posix_spawn_file_actions_destroy(&actions)
            unsafe posix_spawnattr_destroy(&attributes)
        }
        unsafe addStreams(to: &actions)
        if let folder = subprocess.folder {
            _ = unsafe posix_spawn_file_actions_addchdir_np(&actions, folder.cName)
        }
        Self.restoreSignals(&attributes)

        let executable: Path = throughShell ? "/bin/sh" : program
        let words =
            (throughShell ? [executable.bytes] : []) + [program.bytes] + subprocess.arguments
        var identifier: pid_t = 0
        let name = executable.cName
        let code = unsafe withTexts(words) { words in
            unsafe withTexts(subprocess.environment.entries) { variables in
                // All texts are closed by a zero and the lists by nil; they outlive the call.
                unsafe posix_spawn(&identifier, name, &actions, &attributes, words, variables)
            }
        }
        guard code == 0 else {
            throw SystemError(call: "posix_spawn", path: subprocess.program, code: code)
        }
        return identifier
    }

    /// Standard error goes before standard output, which may follow it.
    private func addStreams(to actions: inout posix_spawn_file_actions_t) {
        switch subprocess.input {
        case .inherited: break
        case .empty: unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        case .bytes: unsafe add(pipes.input ?? 0, as: 0, to: &actions)
        }
        unsafe addOutput(subprocess.errors, pipes.errors, as: 2, to: &actions)
        unsafe addOutput(subprocess.output, pipes.output, as: 1, to: &actions)
    }

    private func addOutput(
        _ output: Subprocess.Output, _ pipe: Int32?, as number: Int32,
        to actions: inout posix_spawn_file_actions_t
    ) {
        switch output {
        case .inherited: break
        case .toStandardError: unsafe add(2, as: number, to: &actions)
        case .discarded:
            unsafe posix_spawn_file_actions_addopen(&actions, number, "/dev/null", O_WRONLY, 0)
        case .captured: unsafe add(pipe ?? number, as: number, to: &actions)
        }
    }

    private func add(
        _ descriptor: Int32, as number: Int32, to actions: inout posix_spawn_file_actions_t
    ) {
        unsafe posix_spawn_file_actions_adddup2(&actions, descriptor, number)
    }

    /// No signal blocked, and SIGPIPE, which we ignore, as it is for everyone.
    private static func restoreSignals(_ attributes: inout posix_spawnattr_t) {
        var (none, defaults) = (sigset_t(), sigset_t())
        // The sets are filled here and copied by the calls.
        unsafe sigemptyset(&none)
        unsafe sigemptyset(&defaults)
        unsafe sigaddset(&defaults, SIGPIPE)
        unsafe posix_spawnattr_setsigmask(&attributes, &none)
        unsafe posix_spawnattr_setsigdefault(&attributes, &defaults)
        let flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
        unsafe posix_spawnattr_setflags(&attributes, Int16(flags))
    }

    /// Where the program is.
    private static func found(_ subprocess: Subprocess) throws(SystemError) -> Path {
        let program = subprocess.program
        let texts = [program.bytes, subprocess.folder?.bytes ?? []] + subprocess.arguments
        guard !texts.contains(where: { $0.contains(0) }), !program.bytes.isEmpty else {
            throw SystemError(call: "posix_spawn", path: program, code: EINVAL)
        }
        guard !program.bytes.contains(.slash) else { return program }
        guard let found = subprocess.environment.program(program) else {
            throw SystemError(call: "posix_spawn", path: program, code: ENOENT)
        }
        return found
    }
}

/// Hands `body` the texts as C wants a list of them: each closed by a zero, the list by nil.
private func withTexts<Answer>(
    _ texts: [[UInt8]], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Answer
) -> Answer {
    let starts = texts.indices.reduce(into: [0]) { starts, index in
        starts.append(starts[index] + texts[index].count + 1)
    }
    var characters: [CChar] = texts.flatMap { Path(bytes: $0).cName }
    return unsafe characters.withUnsafeMutableBufferPointer { buffer in
        // Each start is within the buffer: it is the sum of the texts before it.
        var list: [UnsafeMutablePointer<CChar>?] = unsafe []
        for start in starts.dropLast() {
            unsafe list.append(buffer.baseAddress?.advanced(by: start))
        }
        unsafe list.append(nil)
        return unsafe list.withUnsafeBufferPointer { list in
            guard let base = list.baseAddress else {
                preconditionFailure("a list that ends with nil is never empty")
            }
            return unsafe body(base)
        }
    }
}

/// Glibc shows its GNU functions only to C; plain pointers in, one out, need no more than a name.
@_silgen_name("posix_spawn_file_actions_addchdir_np")
private func posix_spawn_file_actions_addchdir_np(
    _ actions: UnsafeMutablePointer<posix_spawn_file_actions_t>, _ path: UnsafePointer<CChar>
) -> Int32
