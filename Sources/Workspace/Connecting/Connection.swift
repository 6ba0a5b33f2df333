public import Git
public import Platform

/// A repository elsewhere that was given a name, with what it takes to get at it.
public struct Connection: Hashable, Sendable {
    /// Who named it.
    public enum Scope: String, Sendable {
        /// One person, in git's own configuration.
        case personal
        /// Everybody who has the repository with this `nbgit.toml`.
        case team
    }

    /// 1 to 63 letters, digits and hyphens.
    public let name: String
    /// Where it is, without a user's name.
    public var url: String
    /// The branch, tag or commit that a clone is on; nil for what the server is on.
    public var branch: String?
    /// What it is for, in the words of whoever named it.
    public var description: String?
    /// Where the token for its server is; nil where nobody said.
    public var secret: SecretReference?
    /// Whether nbgit refuses to commit, to push and to restore files in clones of it.
    public var isReadOnly = false
    /// How many commits of each branch a clone gets; nil for all.
    public var depth: Int?
    /// Whether a clone gets the repositories in it, too.
    public var includesSubmodules = false
    /// Whether a clone gets nothing but ``branch``.
    public var fetchesOnlyRevision = false
    /// Who named it.
    public var scope = Scope.personal
    /// The `nbgit.toml` that says so; nil for a personal one.
    public var file: Path?

    /// Names a repository.
    ///
    /// - Parameters:
    ///   - name: 1 to 63 letters, digits and hyphens.
    ///   - url: Checked already; see ``ConnectionAddress``.
    /// - Throws: ``Failure`` for another name.
    public init(name: String, url: String) throws(Failure) {
        try Self.check(name: name)
        self.name = name
        self.url = url
    }

    /// Whether both say the same at the same place.
    public func isSame(as other: Connection) -> Bool {
        var other = other
        other.file = file
        return self == other
    }

    /// Its address as the network code takes it.
    public var address: RemoteURL { RemoteURL(url) }

    /// The server that its secret is for; nil where it is not on the web.
    public var origin: Origin? { Origin(address) }

    /// No name has more letters.
    static let longestName = 63

    /// Whether it may be the name of a connection.
    public static func isName(_ text: String) -> Bool {
        (1...longestName).contains(text.utf8.count) && text.utf8.allSatisfy(isOfName)
            && text.utf8.first != UInt8(ascii: "-")
    }

    private static func isOfName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
            true
        default: false
        }
    }

    /// Refuses what is no name, with one that is.
    public static func check(name: String) throws(Failure) {
        guard !isName(name) else { return }
        let shown = Path(word: name).displayName
        let problem: String
        if name.isEmpty {
            problem = "a connection needs a name"
        } else if name.utf8.count > longestName, name.utf8.allSatisfy(isOfName) {
            problem = "the name has \(name.utf8.count) characters; \(longestName) is the most"
        } else {
            // A name that could steer a terminal is in quotes already.
            let quoted = shown.hasPrefix("\"") ? shown : "'\(shown)'"
            problem = "\(quoted) is no name for a connection"
        }
        let usable = usableName(of: name)
        throw Failure(
            problem,
            hint: "a name has 1 to \(longestName) letters, digits and hyphens"
                + (usable.map { ", as in '\($0)'" } ?? ""))
    }

    /// The nearest name that may be one, nil where nothing of it can be used.
    public static func usableName(of text: String) -> String? {
        let parts = text.utf8.split { !isOfName($0) || $0 == UInt8(ascii: "-") }
        let name = parts.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "-")
        let short = String(name.prefix(longestName))
        return isName(short) ? short : nil
    }
}
