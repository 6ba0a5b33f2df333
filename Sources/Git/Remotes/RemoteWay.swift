public import Platform

/// How one gets to a repository elsewhere.
public enum RemoteWay: Hashable, Sendable {
    /// Through a server of the web.
    case web(Origin)
    /// Through the person's own ssh.
    case ssh
    /// It is a folder of this machine.
    case folder(Path)

    /// Reads an address.
    ///
    /// - Throws: ``GitError`` for one that leads nowhere nbgit can go.
    public init(to url: RemoteURL) throws(GitError) {
        try url.requireFilledIn()
        switch try RemoteAddress(url) {
        case .web(let address): self = .web(address.origin)
        case .ssh: self = .ssh
        case .folder(let folder): self = .folder(folder)
        }
    }
}
