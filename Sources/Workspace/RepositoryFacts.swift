public import Git
public import Platform

/// What scripts ask of a repository before they work in it.
public struct RepositoryFacts: Sendable {
    /// What people call it: the last part of its address, or the name of its folder.
    public let name: Path
    /// The root of its work tree.
    public let path: Path
    /// Where it was cloned from; nil where it has no remote.
    public let url: RemoteURL?
    /// Whose kind of server that is; nil where that is not known.
    public let provider: Provider?
    /// The connection that it was cloned from; nil where it was none.
    public let connection: String?
    /// Whether nbgit refuses to commit, to push and to restore files.
    public let isReadOnly: Bool
}

extension Checkout {
    /// What there is to know of the repository, without asking a server.
    ///
    /// - Parameter environment: For the connections.
    /// - Returns: The facts; of several remotes `origin` counts, or the first.
    /// - Throws: ``Failure`` where settings cannot be read.
    public func facts(environment: Environment) throws(Failure) -> RepositoryFacts {
        let remotes = try remotes()
        let remote = remotes.first { $0.name == "origin" } ?? remotes.first
        let origin = remote.flatMap { Origin($0.url) }
        return RepositoryFacts(
            name: remote?.url.folderName ?? workTree.name, path: workTree, url: remote?.url,
            provider: origin.flatMap { Logins.provider(at: $0, repository.configuration) },
            connection: try connectionName(),
            isReadOnly: try isReadOnly(Connections(environment: environment)))
    }
}
