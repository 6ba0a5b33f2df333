internal import CGitShims

/// What is to be fetched.
public struct FetchRequest: Hashable, Sendable {
    /// Which tags come along.
    public enum Tags: Hashable, Sendable {
        /// Those about commits that are fetched.
        case following
        /// All.
        case all
        /// None that is not asked for.
        case none
    }

    /// From where.
    public var place: RemotePlace
    /// What, as git-fetch(1) writes it; nothing for what the remote is configured for.
    public var refspecs: [String] = []
    /// Whether references go that are gone there; nil for what `remote.<name>.prune` and `fetch.prune` say.
    public var prunes: Bool?
    /// Nil for what `remote.<name>.tagOpt` says.
    public var tags: Tags?
    /// How many commits of each branch, where ``canLimitDepth``; nil for all.
    public var depth: Int?
    /// How the reflogs begin, such as `fetch origin`.
    public var reflogAction = "fetch"

    /// Whether libgit2 can fetch less than all commits: 1.7 and newer can.
    public static let canLimitDepth = nbgit_can_limit_depth() != 0

    /// Fetches what the remote is configured for.
    public init(from place: RemotePlace) {
        self.place = place
    }
}

/// What was fetched.
public struct FetchReport: Sendable {
    /// From where.
    public let place: RemotePlace
    /// What became of references here, in the order of the server's; those that stayed are left out.
    public internal(set) var changes: [ReferenceChange] = []
    /// What `FETCH_HEAD` says now: what is to be merged comes first.
    public internal(set) var heads: [FetchedHead] = []

    /// Whether a reference could not be moved as asked.
    public var hasRejections: Bool { changes.contains { $0.outcome.isRejection } }
    /// What a pull merges.
    public var headsToMerge: [FetchedHead] { heads.filter(\.isForMerge) }
}

/// What became of a reference of this repository.
public struct ReferenceChange: Hashable, Sendable {
    /// How it moved.
    public enum Outcome: Hashable, Sendable {
        /// It is new.
        case created
        /// The new commit has the old one among its ancestors.
        case fastForwarded
        /// It went back or sideways, as `+` allows.
        case forced
        /// It is a tag, or about something that is no commit.
        case replaced
        /// It is gone, because it is gone there.
        case pruned
        /// It stays where it was, for this reason.
        case rejected(String)

        /// Whether it stays where it was.
        public var isRejection: Bool { if case .rejected = self { true } else { false } }
    }

    /// What it is called there; nil where it is gone there.
    public let source: ReferenceName?
    /// What it is called here.
    public let name: ReferenceName
    /// Where it was; nil where it was not.
    public let old: ObjectID?
    /// Where it is to be; nil where it is gone.
    public let new: ObjectID?
    /// How it moved.
    public let outcome: Outcome
}

/// A line of `FETCH_HEAD`.
public struct FetchedHead: Hashable, Sendable {
    /// What was fetched.
    public let id: ObjectID
    /// What it is called there.
    public let source: ReferenceName
    /// Whether a pull merges it.
    public var isForMerge: Bool
    /// What it is, as a merge commit says it: `branch 'main' of https://example.com/sales`.
    public let description: String
}
