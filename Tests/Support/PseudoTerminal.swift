import Foundation

/// A terminal with nobody at it but the test: what programs on it see is as real as it gets.
///
/// A shell with job control runs in it, as the leader of a session of its own.
public final class PseudoTerminal {
    private let master: Int32
    private let identifier: pid_t
    /// All that was shown so far.
    public private(set) var shown = ""

    /// What did not happen in time, and all that was shown until then.
    public struct Timeout: Error {
        /// What was waited for.
        public let text: String
        /// What was shown instead.
        public let shown: String
    }

    /// Runs lines of sh, with `set -m`.
    ///
    /// - Parameters:
    ///   - script: What to run.
    ///   - folder: The working folder.
    ///   - environment: All variables.
    /// - Throws: Where there is no terminal to be had.
    public init(_ script: String, in folder: String, environment: [String: String]) throws {
        var (master, slave): (Int32, Int32) = (-1, -1)
        var name = [CChar](repeating: 0, count: 64)
        guard openpty(&master, &slave, &name, nil, nil) == 0 else {
            throw Timeout(text: "openpty", shown: "")
        }
        close(slave)
        _ = fcntl(master, F_SETFD, FD_CLOEXEC)
        self.master = master

        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        // The first terminal that the leader of a session opens is its own.
        posix_spawn_file_actions_addopen(&actions, 0, name, O_RDWR, 0)
        posix_spawn_file_actions_adddup2(&actions, 0, 1)
        posix_spawn_file_actions_adddup2(&actions, 0, 2)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var (none, all) = (sigset_t(), sigset_t())
        sigemptyset(&none)
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        // POSIX_SPAWN_SETSID, which is not imported.
        let flags = 0x80 | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
        posix_spawnattr_setflags(&attributes, Int16(flags))
        let arguments = ["env", "-C", folder, "sh", "-c", "set -m\n\(script)"]
        let words = arguments.map { strdup($0) } + [nil]
        let variables = environment.map { strdup("\($0)=\($1)") } + [nil]
        defer { for text in words + variables { free(text) } }
        var identifier: pid_t = 0
        let code = posix_spawn(
            &identifier, "/usr/bin/env", &actions, &attributes, words, variables)
        self.identifier = identifier
        guard code == 0 else { throw Timeout(text: "posix_spawn", shown: "") }
    }

    deinit {
        close(master)
        kill(-identifier, SIGKILL)
        kill(identifier, SIGKILL)
        waitpid(identifier, nil, 0)
    }

    /// Whether what is typed now would show.
    public var echoes: Bool {
        var state = termios()
        tcgetattr(master, &state)
        return state.c_lflag & tcflag_t(ECHO) != 0
    }

    /// Types, `\r` for the return key.
    public func type(_ text: String) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(master, $0.baseAddress, min($0.count, 512)) }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }

    /// Waits until `text` has been shown behind what was waited for before.
    ///
    /// - Returns: What was shown up to its end, since the last time.
    @discardableResult
    public func wait(
        for text: String, timeLimit: Duration = .seconds(20)
    ) throws -> String {
        try wait(forAnyOf: [text], timeLimit: timeLimit).shown
    }

    /// Waits until one of `texts` has been shown behind what was waited for before.
    ///
    /// - Returns: The first of them, and what was shown up to its end, since the last time.
    public func wait(
        forAnyOf texts: [String], timeLimit: Duration = .seconds(20)
    ) throws -> (text: String, shown: String) {
        let deadline = ContinuousClock.now + timeLimit
        while true {
            let found = texts.compactMap { text in
                shown.range(of: text, range: seen..<shown.endIndex).map { (text, $0) }
            }
            if let (text, range) = found.min(by: { $0.1.lowerBound < $1.1.lowerBound }) {
                defer { seen = range.upperBound }
                return (text, String(shown[seen..<range.upperBound]))
            }
            guard ContinuousClock.now < deadline, read() else {
                throw Timeout(text: texts.joined(separator: " or "), shown: shown)
            }
        }
    }

    private lazy var seen = shown.startIndex

    /// Takes in what is shown; false where the terminal is closed.
    private func read() -> Bool {
        var request = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
        guard poll(&request, 1, 50) > 0 else { return true }
        var chunk = [UInt8](repeating: 0, count: 4_096)
        let count = Foundation.read(master, &chunk, chunk.count)
        guard count > 0 else { return false }
        let offset = shown.utf8.distance(from: shown.startIndex, to: seen)
        shown += String(decoding: chunk.prefix(count), as: UTF8.self)
        seen = shown.utf8.index(shown.startIndex, offsetBy: offset)
        return true
    }
}
