import Dispatch
import Foundation

/// A process that was started and is to be waited for.
///
/// Not Foundation's `Process`: that one leaks its environment (Swift 6.3.1), which hides our own leaks
/// from the address sanitizer, and hands on the signals that the threads of swift-testing block.
struct Child {
    private let identifier: pid_t

    /// No process could be started.
    struct NotStarted: Error {
        let code: Int32
    }

    /// Starts a program.
    ///
    /// - Parameters:
    ///   - arguments: The program, looked up in the `PATH` of `environment`, and its arguments.
    ///   - folder: The working folder.
    ///   - environment: All variables.
    ///   - input: The file behind standard input.
    ///   - output: The file behind standard output, which exists.
    ///   - errors: The file behind standard error, or `nil` for that of standard output.
    /// - Throws: ``NotStarted`` with the error number.
    init(
        _ arguments: [String], in folder: String, environment: [String: String], input: String,
        output: String, errors: String?
    ) throws {
        let arguments = ["env", "-C", folder, "--"] + arguments
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, input, O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_APPEND, 0)
        if let errors {
            posix_spawn_file_actions_addopen(&actions, 2, errors, O_WRONLY | O_APPEND, 0)
        } else {
            posix_spawn_file_actions_adddup2(&actions, 1, 2)
        }

        // A process group of its own can be killed whole; signals are as a shell would leave them.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var (none, all) = (sigset_t(), sigset_t())
        sigemptyset(&none)
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
        posix_spawnattr_setflags(&attributes, Int16(flags))

        let words = arguments.map { strdup($0) } + [nil]
        let variables = environment.map { strdup("\($0)=\($1)") } + [nil]
        defer { for text in words + variables { free(text) } }
        var identifier: pid_t = 0
        let code = posix_spawn(
            &identifier, "/usr/bin/env", &actions, &attributes, words, variables)
        guard code == 0 else { throw NotStarted(code: code) }
        self.identifier = identifier
    }

    /// The status as a shell counts, or `nil` when the process still runs after `timeLimit`.
    ///
    /// Comes the moment it ends: a thread waits, because of processes the system tells no other way.
    func status(waitingFor timeLimit: Duration) -> Int32? {
        let identifier = identifier
        let ended = DispatchSemaphore(value: 0)
        let waiter = Thread {
            var end = siginfo_t()
            // It stays a zombie, so that its number is nobody else's.
            while waitid(P_PID, id_t(identifier), &end, WEXITED | WNOWAIT) != 0, errno == EINTR {}
            ended.signal()
        }
        waiter.stackSize = 64 << 10
        waiter.start()
        let milliseconds = Int(timeLimit / .milliseconds(1))
        guard ended.wait(timeout: .now() + .milliseconds(milliseconds)) == .success else {
            return nil
        }
        return status(options: 0)
    }

    /// Ends the process and those it started, and gives its status.
    func killed() -> Int32 {
        kill(-identifier, SIGKILL)
        return status(options: 0) ?? 128 + SIGKILL
    }

    private func status(options: Int32) -> Int32? {
        var status: Int32 = 0
        guard waitpid(identifier, &status, options) == identifier else { return nil }
        // The layout that WIFSIGNALED and WEXITSTATUS read; C macros do not reach Swift.
        let signal = status & 0x7F
        return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
    }
}
