internal import CTransport
internal import Platform

/// A connection to a server, in TLS or plain, straight or through a proxy; closed when it is let go of.
///
/// Every wait has an end, and ends when the person asks to stop.
final class ServerConnection {
    private let pointer: OpaquePointer
    private let limits: NetworkLimits
    /// Whom errors are about.
    private let peer: String

    /// Connects to a host.
    ///
    /// - Parameters:
    ///   - host: Its name or address; one of version 6 in brackets.
    ///   - port: Its port.
    ///   - peer: What people call it.
    ///   - limits: How long to wait.
    /// - Throws: ``GitError`` with one sentence for each thing that can go wrong.
    init(
        _ host: String, _ port: UInt16, peer: String, limits: NetworkLimits
    ) throws(GitError) {
        var (pointer, failure) = (OpaquePointer?.none, nbgit_failure())
        var cLimits = nbgit_limits(
            connect_milliseconds: limits.connecting.milliseconds,
            idle_milliseconds: limits.idle.milliseconds,
            is_interrupted: { Interrupt.isRequested })
        guard
            nbgit_connection_open(&pointer, host.withoutBrackets, port, &cLimits, &failure) == 0,
            let pointer
        else { throw GitError(failure, peer, limits) }
        self.pointer = pointer
        self.limits = limits
        self.peer = peer
    }

    deinit { nbgit_connection_close(pointer) }

    /// Goes on in TLS.
    ///
    /// - Parameters:
    ///   - host: The server that must show a certificate for that name or address.
    ///   - trust: Whose certificates are believed.
    /// - Throws: ``GitError``, where the certificate is not good among others.
    func secure(as host: String, _ trust: Trust) throws(GitError) {
        var failure = nbgit_failure()
        let answer = nbgit_connection_secure(
            pointer, host.withoutBrackets, trust.pointer, &failure)
        guard answer == 0 else { throw GitError(failure, host.withoutBrackets, limits) }
    }

    /// Reads what is there, at least one byte.
    ///
    /// - Returns: How many bytes; 0 at the end.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws(GitError) -> Int {
        var failure = nbgit_failure()
        let count = nbgit_connection_read(pointer, buffer.baseAddress, buffer.count, &failure)
        guard count >= 0 else { throw GitError(failure, peer, limits) }
        return count
    }

    /// Writes all bytes.
    func write(_ bytes: UnsafeRawBufferPointer) throws(GitError) {
        var failure = nbgit_failure()
        guard nbgit_connection_write(pointer, bytes.baseAddress, bytes.count, &failure) == 0 else {
            throw GitError(failure, peer, limits)
        }
    }

    /// Writes all bytes.
    func write(_ bytes: [UInt8]) throws(GitError) {
        let result = bytes.withUnsafeBytes { buffer in
            Result { () throws(GitError) in try write(buffer) }
        }
        try result.get()
    }

    /// Whether the other side has closed it, as far as is known without waiting.
    var isStale: Bool { nbgit_connection_is_stale(pointer) }
}

extension String {
    /// The address of version 6 as the system wants it; anything else as it is.
    fileprivate var withoutBrackets: String {
        hasPrefix("[") && hasSuffix("]") ? String(dropFirst().dropLast()) : self
    }
}
