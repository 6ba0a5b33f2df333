internal import Platform

/// The sources of a credential in their order, and what became of what they gave.
///
///     ask ──> offered ──> approved          (the server took it: given again whenever it is asked for)
///      ^         └──────> refused           (forgotten where it is kept)
///      └───────────────────┘                (the next source, once; then there is no more)
///
/// Only the server that the command was pointed at is ever told anything, and only where nobody listens between.
public final class CredentialChain {
    private let origin: Origin
    private let sources: [any CredentialSource]
    private let allowsPlainLoopback: Bool
    private let hint: String?
    private var offer: Offer?
    private var refusalCount = 0

    /// Servers lock out those who try many.
    private static let mostRefusals = 2

    /// The last credential given.
    private struct Offer {
        enum State { case offered, approved, refused }

        let credential: Credential
        let request: CredentialRequest
        let sourceIndex: Int
        var state = State.offered
        /// What the server said when it refused it, and what to do about that.
        var answer: String?
        var advice: String?
    }

    /// Puts sources in a row.
    ///
    /// - Parameters:
    ///   - origin: The server that the command was pointed at.
    ///   - sources: Whom to ask, in this order.
    ///   - allowsPlainLoopback: Whether a server on this machine may be told without TLS.
    ///   - hint: What a person may do where no source has anything.
    public init(
        for origin: Origin, _ sources: [any CredentialSource], allowsPlainLoopback: Bool = false,
        hint: String? = nil
    ) {
        self.origin = origin
        self.sources = sources
        self.allowsPlainLoopback = allowsPlainLoopback
        self.hint = hint
    }

    /// What to tell a server that asks who we are.
    ///
    /// - Parameter request: What is asked, with the origin of the server that asks, not of the one first spoken to.
    /// - Returns: The credential that it took before, or the next one that it has not refused.
    /// - Throws: ``GitError`` that ``GitError/isNotAuthenticated`` where there is none, with what to do.
    public func credential(for request: CredentialRequest) throws(GitError) -> Credential {
        try requireTrust(in: request.origin)
        var next = 0
        var refused: Offer?
        if let offer, offer.request == request {
            guard offer.state == .refused else { return offer.credential }
            guard !offer.credential.isFinal, refusalCount < Self.mostRefusals else {
                throw Self.refusal(of: offer, by: request.origin)
            }
            next = offer.sourceIndex + 1
            refused = offer
        } else {
            refusalCount = 0
        }
        for index in sources.indices.dropFirst(next) {
            guard let found = try sources[index].credential(for: request) else { continue }
            offer = Offer(credential: found, request: request, sourceIndex: index)
            return found
        }
        if let refused { throw Self.refusal(of: refused, by: request.origin) }
        throw GitError.notAuthenticated(
            "\(request.origin) wants to know who you are, and there is no token to be had",
            hint: hint)
    }

    /// Says that the server took the credential given last.
    public func approve() {
        guard let offer, offer.state == .offered else { return }
        self.offer?.state = .approved
        guard offer.credential.provenance != .command else { return }
        for source in sources { source.approve(offer.credential, for: offer.request) }
    }

    /// Says that the server refused the credential given last: ask for the next.
    ///
    /// - Parameters:
    ///   - answer: What it said, without control characters.
    ///   - advice: What to do about that.
    public func reject(saying answer: String? = nil, _ advice: String? = nil) {
        guard let offer, offer.state != .refused else { return }
        self.offer?.state = .refused
        self.offer?.answer = answer
        self.offer?.advice = advice
        refusalCount += 1
        guard offer.credential.provenance != .command else { return }
        for source in sources { source.reject(offer.credential, for: offer.request) }
    }

    private func requireTrust(in asking: Origin) throws(GitError) {
        guard asking == origin else {
            throw GitError.notAuthenticated(
                "\(asking) wants to know who you are, but only \(origin) was asked for; it was told nothing",
                hint: "if you trust it, use its address instead of the one that led there")
        }
        guard asking.scheme == .https || allowsPlainLoopback && asking.isLoopback else {
            throw GitError.notAuthenticated(
                "\(asking) wants a token, which everybody between would see without TLS",
                hint: asking.isLoopback
                    ? "allow it on this machine: git config --global nbgit.allowPlainLoopback true"
                    : "use its https address")
        }
    }

    private static func refusal(of offer: Offer, by origin: Origin) -> GitError {
        let credential = offer.credential
        let said = offer.answer.map { ": \($0)" } ?? ""
        let isNamed = credential.username != GivenCredential.anyName
        return GitError.notAuthenticated(
            "\(origin) refused the token from \(credential.sourceName) for the user "
                + "'\(credential.username)'\(said)",
            hint: offer.advice
                ?? (isNamed
                    ? "see whether it has expired, may be used for this repository, and belongs to that user"
                    : "no user was named: put your name into NBGIT_USERNAME, or into the address before the "
                        + "server's name, as in https://ada@\(origin.hostAndPort)/"))
    }
}

extension GitError {
    /// Says that the person asked to stop.
    public static var interruption: GitError { GitError(SystemError.interruption) }

    /// Says that a server did not learn who the person is, or did not like it.
    public static func notAuthenticated(_ message: String, hint: String? = nil) -> GitError {
        GitError(message, hint: hint, code: authenticationCode)
    }
}
