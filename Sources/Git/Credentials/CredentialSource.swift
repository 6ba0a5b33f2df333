public import Platform

/// Where a credential may come from.
///
/// A source that asks a person lives in `Commands`, so that git cannot prompt.
public protocol CredentialSource: AnyObject {
    /// What it has for a request, nil where it has nothing.
    ///
    /// - Throws: ``GitError`` where no other source shall be asked: ``GitError/isNotAuthenticated`` where the person
    ///   cannot be asked, an interruption where the person stopped it.
    func credential(for request: CredentialRequest) throws(GitError) -> Credential?

    /// The server took it; a source that keeps credentials may keep this one.
    func approve(_ credential: Credential, for request: CredentialRequest)

    /// The server refused it; a source that keeps credentials forgets this one.
    func reject(_ credential: Credential, for request: CredentialRequest)
}

extension CredentialSource {
    /// Keeps nothing.
    public func approve(_ credential: Credential, for request: CredentialRequest) {}

    /// Has nothing to forget.
    public func reject(_ credential: Credential, for request: CredentialRequest) {}
}

/// A token that was handed over for this command: on standard input, by a connection, in the environment.
public final class GivenCredential: CredentialSource {
    private let username: String?
    private let secret: Secret
    private let name: String
    private let isFinal: Bool

    /// Takes what was given.
    ///
    /// - Parameters:
    ///   - secret: The token.
    ///   - username: The name that was given with it.
    ///   - name: Where it comes from, in words that follow "the token from".
    ///   - isFinal: Whether no other source shall be asked when the server refuses it.
    public init(_ secret: Secret, username: String?, name: String, isFinal: Bool) {
        self.secret = secret
        self.username = username
        self.name = name
        self.isFinal = isFinal
    }

    /// The token, with the name given, that of the request, or one that the server takes with any token.
    public func credential(for request: CredentialRequest) -> Credential? {
        let known = username ?? request.username ?? Provider(request.origin)?.tokenUsername
        return Credential(
            username: known ?? Self.anyName, secret: secret, provenance: .command,
            sourceName: name, isFinal: isFinal)
    }

    /// Most servers look at the token alone, but not without a name.
    static let anyName = "git"
}
