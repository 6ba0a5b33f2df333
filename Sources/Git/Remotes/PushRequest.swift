/// What is to be pushed.
public struct PushRequest: Hashable, Sendable {
    /// Where to.
    public var place: RemotePlace
    /// What, as git-push(1) writes it; nothing for what `remote.<name>.push` and `push.default` say.
    public var refspecs: [String] = []
    /// Whether the branches that are pushed follow those of the server from now on.
    public var setsUpstream = false
    /// Whether references may go back or sideways, where the server's are what was last fetched.
    public var forcesWithLease = false
    /// Whether the hook `pre-push` may refuse.
    public var runsHook = true
    /// Whether all is done but the push itself.
    public var isDryRun = false

    /// Pushes what the configuration says.
    public init(to place: RemotePlace) {
        self.place = place
    }
}

/// What became of a push.
///
/// A reference that the server refused is part of it, not an error.
public struct PushReport: Sendable {
    /// Where to.
    public let place: RemotePlace
    /// What became of each reference, in the order in which they were asked for.
    public internal(set) var results: [PushResult] = []
    /// The branches that follow those of the server now.
    public internal(set) var followers: [ReferenceName] = []
    /// What went wrong while the server worked, so that it had to be asked what it did.
    public internal(set) var interruption: GitError?

    /// Whether the server has, or had before, all that was asked for.
    public var isComplete: Bool { results.allSatisfy { $0.outcome.isDone } }
    /// Whether it is not known of some, or known that it never came there.
    public var isUncertain: Bool {
        results.contains { $0.outcome == .unknown || $0.outcome == .notReceived }
    }
}

/// What became of one reference.
public struct PushResult: Hashable, Sendable {
    /// How the server's reference moved.
    public enum Outcome: Hashable, Sendable {
        /// It is new.
        case created
        /// It has more commits.
        case fastForwarded
        /// It went back or sideways.
        case forced
        /// It is gone.
        case deleted
        /// It was there already.
        case upToDate
        /// It stays as it was, for this reason.
        case rejected(PushRejection)
        /// The connection was cut, and the server does not have it.
        case notReceived
        /// The connection was cut, and the server does not say what it has.
        case unknown

        /// Whether the server has what it should.
        public var isDone: Bool {
            switch self {
            case .created, .fastForwarded, .forced, .deleted, .upToDate: true
            case .rejected, .notReceived, .unknown: false
            }
        }
    }

    /// What it is called here; nil for one that is to be removed there.
    public let source: ReferenceName?
    /// What it is called there.
    public let destination: ReferenceName
    /// Where it was there; nil where it was not.
    public let old: ObjectID?
    /// Where it is to be; nil where it is to be gone.
    public let new: ObjectID?
    /// How it moved.
    public internal(set) var outcome: Outcome
}

/// Why a reference of a server stays as it was.
public enum PushRejection: Hashable, Sendable {
    /// The server has commits that were never fetched.
    case unknownCommits
    /// The server has commits that the branch here lacks.
    case diverged
    /// The server's is not what was last fetched.
    case movedSinceFetch
    /// There is a tag of that name, and it is another one.
    case tagExists
    /// There is nothing to remove.
    case absent
    /// The server's own words, cleaned.
    case server(String)
}
