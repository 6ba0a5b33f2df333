internal import Platform

/// Why a filter program did not do its work.
struct FilterFailure: Error {
    /// What it did: `ended with 3`, `could not be started: permission denied`.
    let reason: String
    /// What the system refused, where it was the system.
    let system: SystemError?
    /// Whether the program cannot be talked to any more.
    let isBroken: Bool

    init(_ reason: String, isBroken: Bool = true) {
        self.reason = reason
        system = nil
        self.isBroken = isBroken
    }

    init(_ error: SystemError) {
        // It closed its input before it had read what it was given.
        reason = error.isBrokenPipe ? "ended too early" : error.reason
        system = error
        isBroken = true
    }

    init(_ status: Subprocess.Status) {
        self.init(status.sentence, isBroken: false)
    }
}
