public import Platform

/// Who a person is to a server: a name and what proves it.
public struct Credential: Sendable {
    /// What a credential comes from decides whether others may keep it.
    public enum Provenance: Sendable {
        /// Handed over for this command alone: never kept, never forgotten.
        case command
        /// Held in memory by `nbgit auth login`, and nowhere else.
        case login
        /// From one of git's helpers, which is told what became of it.
        case helper
        /// Typed, so that git's helpers may keep it, as they do for git.
        case prompt
    }

    /// The user's name; never empty, without control characters.
    public let username: String
    /// The password, or the token in its place.
    public let secret: Secret
    /// Where it comes from.
    public let provenance: Provenance
    /// Where it comes from, in words that follow "the token from".
    public let sourceName: String
    /// When it is forgotten by itself, in seconds since the start of 1970; nil where that is not known.
    public internal(set) var end: Int?
    /// Whether no other is to be tried when the server refuses this one, because the person chose it.
    public let isFinal: Bool

    /// Puts a name and a proof together.
    public init(
        username: String, secret: Secret, provenance: Provenance, sourceName: String,
        isFinal: Bool = false
    ) {
        self.username = username
        self.secret = secret
        self.provenance = provenance
        self.sourceName = sourceName
        self.isFinal = isFinal
    }
}
