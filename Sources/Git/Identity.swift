public import Platform

/// The name and the address that go into commits, and who said so.
///
/// Follows git-config(1), `user.name`, and git-commit(1), "Commit information".
public struct Identity: Hashable, Sendable {
    /// Whose identity.
    public enum Role: String, Sendable {
        /// Who wrote the change.
        case author
        /// Who made the commit.
        case committer
    }

    /// Where a value is from.
    public enum Source: Hashable, Sendable {
        /// An environment variable.
        case variable(String)
        /// A setting.
        case setting(Configuration.Entry)
    }

    /// A value and where it is from.
    public struct Part: Hashable, Sendable {
        /// The value as it goes into commits, byte for byte.
        public let bytes: [UInt8]
        /// Who said so.
        public let source: Source

        /// The value as text; bytes that are not UTF-8 become U+FFFD.
        public var value: String { String(decoding: bytes, as: UTF8.self) }
    }

    /// The name; nil where none is set, or nothing of it can be used.
    public let name: Part?
    /// The address; nil where none is set.
    public let email: Part?

    /// Finds out what is in force.
    ///
    /// Unlike git, nbgit never makes a name up from the login and the host.
    public init(
        _ role: Role, configuration: Configuration, environment: Environment
    ) throws(GitError) {
        let prefix = role == .author ? "GIT_AUTHOR" : "GIT_COMMITTER"
        name = try Self.part(
            ["\(prefix)_NAME"], ["\(role.rawValue).name", "user.name"], configuration, environment)
        let email = try Self.part(
            ["\(prefix)_EMAIL"], ["\(role.rawValue).email", "user.email"], configuration,
            environment)
        let fallback = try Self.part(["EMAIL"], [], configuration, environment)
        self.email = email ?? fallback
    }

    /// What keeps a commit from being made, with the line to type; nil where all is known.
    public var problem: GitError? {
        guard name == nil || email == nil else { return nil }
        return GitError(
            "git does not know who you are: "
                + (name == nil
                    ? email == nil ? "name and email are" : "the name is"
                    : "the email is") + " not set",
            hint: "run 'nbgit identity --global --name \"Your Name\" --email you@example.com'")
    }

    private static func part(
        _ variables: [String], _ settings: [String], _ configuration: Configuration,
        _ environment: Environment
    ) throws(GitError) -> Part? {
        for name in variables {
            guard let value = environment.path(name).map({ cleaned($0.bytes) }), !value.isEmpty
            else { continue }
            return Part(bytes: value, source: .variable(name))
        }
        for name in settings {
            guard let entry = try configuration.entry(name) else { continue }
            let value = cleaned(entry.bytes)
            if !value.isEmpty { return Part(bytes: value, source: .setting(entry)) }
        }
        return nil
    }

    /// Whether anything is left of a name or an address when git has taken out what it does not like.
    public static func isUsable(_ text: String) -> Bool { !cleaned(Array(text.utf8)).isEmpty }

    /// The text without what would break the line of a commit.
    ///
    /// Follows strbuf_addstr_without_crud of git's ident.c.
    static func cleaned(_ text: [UInt8]) -> [UInt8] {
        func isCrud(_ byte: UInt8) -> Bool { byte <= 32 || ".,:;<>\"\\'".utf8.contains(byte) }
        var bytes = text[...]
        while let first = bytes.first, isCrud(first) { bytes.removeFirst() }
        while let last = bytes.last, isCrud(last) { bytes.removeLast() }
        return bytes.filter { !"<>\n".utf8.contains($0) }
    }
}

extension Repository {
    /// Who acts, and when: what a commit that is made now says.
    ///
    /// - Parameter role: Author or committer.
    /// - Returns: The signature; its time is that of `GIT_AUTHOR_DATE` or `GIT_COMMITTER_DATE` where set.
    /// - Throws: ``GitError`` with the line to type where the name or the address is missing.
    public func signature(_ role: Identity.Role) throws(GitError) -> Signature {
        let identity = try Identity(role, configuration: configuration, environment: environment)
        if let problem = identity.problem { throw problem }
        guard let name = identity.name, let email = identity.email else {
            preconditionFailure("a part that is missing is a problem, which was thrown")
        }
        return Signature(
            name: name.bytes, email: email.bytes, moment: try moment(role))
    }

    private func moment(_ role: Identity.Role) throws(GitError) -> Moment {
        let name = role == .author ? "GIT_AUTHOR_DATE" : "GIT_COMMITTER_DATE"
        guard let text = environment[name], !text.isEmpty else { return .now() }
        guard let moment = Moment(text) else {
            throw GitError(
                "\(name): '\(text)' is not a date nbgit knows",
                hint: "write it as 2024-02-29T12:34:56+01:00")
        }
        return moment
    }
}
