public import Platform

/// The full name of a reference, such as `HEAD` or `refs/heads/main`.
///
/// Any bytes that git-check-ref-format(1) lets through, UTF-8 or not.
public struct ReferenceName: Hashable, Sendable {
    /// The name as the file below the git folder that it may lie in.
    public let path: Path

    /// Takes a full name as it stands.
    public init(_ path: Path) {
        self.path = path
    }

    /// The branch of that name: `refs/heads/<name>`.
    public init(branch: Path) {
        path = Path(bytes: Array("refs/heads/".utf8) + branch.bytes)
    }

    /// What HEAD is called.
    public static let head = ReferenceName("HEAD")

    /// The name of the branch without `refs/heads/`, or nil when it is none.
    public var branch: Path? { rest(after: "refs/heads/") }

    /// The name as people write it: without `refs/heads/`, `refs/tags/` or `refs/remotes/`.
    public var short: Path {
        branch ?? rest(after: "refs/tags/") ?? rest(after: "refs/remotes/") ?? path
    }

    private func rest(after prefix: String) -> Path? {
        guard path.bytes.starts(with: prefix.utf8) else { return nil }
        return Path(bytes: Array(path.bytes.dropFirst(prefix.utf8.count)))
    }
}
