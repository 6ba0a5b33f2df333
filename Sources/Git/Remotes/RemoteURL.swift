/// Where a remote repository is; prints itself without a password.
///
/// Follows git-fetch(1), "Git URLs".
public struct RemoteURL: Hashable, Sendable, CustomStringConvertible {
    /// The address as it was written, which may hold a password: never to be shown.
    let text: String
    private let password: Range<String.Index>?

    /// Takes an address as it stands.
    public init(_ text: String) {
        self.text = text
        password = Self.password(in: text)
    }

    /// Whether a password, or a token, stands in it.
    public var hasPassword: Bool { password != nil }

    /// The address without its password.
    public var withoutPassword: String {
        guard let password else { return text }
        let rest = text[password.upperBound...]
        let isAlone = text[..<password.lowerBound].hasSuffix("/")
        return String(text[..<password.lowerBound] + (isAlone ? rest.dropFirst() : rest))
    }

    /// Whether an http or https address names a user; there may be a password, too.
    ///
    /// An ssh address needs its user, who is no secret.
    public var hasWebUser: Bool { Self.userPart(of: text) != nil }

    /// An http or https address without the user and the password in it; any other one as it is.
    public var withoutWebUser: String {
        guard let user = Self.userPart(of: text) else { return text }
        return String(text[..<user.lowerBound] + text[user.upperBound...])
    }

    /// Whether both lead to the same place by their letters: users' names, closing slashes and `.git` do not matter.
    public func isSamePlace(as other: RemoteURL) -> Bool { bareText == other.bareText }

    private var bareText: String {
        var rest = withoutWebUser[...]
        while rest.hasSuffix("/") { rest.removeLast() }
        if rest.hasSuffix(".git") { rest.removeLast(4) }
        while rest.hasSuffix("/") { rest.removeLast() }
        return String(rest)
    }

    /// The address, its password replaced by `***`.
    public var description: String {
        guard let password else { return text }
        let start = text[..<password.lowerBound]
        return start + (start.hasSuffix("/") ? "***" : ":***") + text[password.upperBound...]
    }

    /// What stands between the slashes and the `@` of an http or https address, the `@` included.
    private static func userPart(of text: String) -> Range<String.Index>? {
        guard let login = login(in: text), login.isWeb else { return nil }
        return login.range.lowerBound..<text.utf8.index(after: login.range.upperBound)
    }

    /// Where the secret stands in `scheme://user:password@host/…`, or in `https://token@host/…`, behind which
    /// some servers want a word in the place of the password.
    private static func password(in text: String) -> Range<String.Index>? {
        guard let (isWeb, login) = login(in: text) else { return nil }
        let bytes = text.utf8[login]
        let mark = bytes.firstIndex(of: UInt8(ascii: ":"))
        // Nobody's name is that long, and ssh knows no tokens.
        let isToken = isWeb && bytes[..<(mark ?? bytes.endIndex)].count >= 20
        return isToken ? login : mark.map { $0..<login.upperBound }
    }

    /// What stands between the slashes and the `@`, and whether the scheme is http or https.
    private static func login(in text: String) -> (isWeb: Bool, range: Range<String.Index>)? {
        let bytes = text.utf8
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")),
            bytes[colon...].starts(with: "://".utf8)
        else { return nil }
        let start = bytes.index(colon, offsetBy: 3)
        let end = bytes[start...].firstIndex { "/?#".utf8.contains($0) } ?? bytes.endIndex
        guard let at = bytes[start..<end].lastIndex(of: UInt8(ascii: "@")) else { return nil }
        return (["http", "https"].contains(text[..<colon].lowercased()), start..<at)
    }
}
