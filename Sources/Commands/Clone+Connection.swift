internal import Git
internal import Platform
internal import Workspace

/// Where a clone comes from: an address, or what a connection says.
struct CloneSource {
    let address: RemoteURL
    var use: ConnectionUse?

    var connection: Connection? { use?.connection }

    /// The connection's name, or that in the address.
    var folderName: Path? { connection.map { Path($0.name) } ?? address.folderName }
}

extension CloneRequest {
    /// Takes what a connection says of clones, where nothing else was said.
    mutating func follow(_ connection: Connection) {
        if branch == nil, revision == nil { revision = connection.branch.map { Path($0) } }
        depth = depth ?? connection.depth
        includesSubmodules = includesSubmodules || connection.includesSubmodules
        fetchesOnlyRevision = fetchesOnlyRevision || connection.fetchesOnlyRevision
    }
}

extension Clone {
    /// What the first operand means: the name of a connection goes before that of a folder, as `./name` is a folder's.
    func source(in context: Context) throws(Failure) -> CloneSource {
        guard var use = try context.connection(meantBy: url) else {
            guard otherURL == nil else {
                throw try Connection.isName(url)
                    ? context.connections().unknown(url)
                    : Failure("'--url' goes with the name of a connection, and there is an address")
            }
            try context.requireAddress(url)
            return CloneSource(address: RemoteURL(url))
        }
        let address = try otherURL.map { url throws(Failure) in
            RemoteURL(try ConnectionAddress(url).text)
        }
        if allowsHost, let origin = address.flatMap(Origin.init) { use.otherOrigins.insert(origin) }
        return CloneSource(address: address ?? use.connection.address, use: use)
    }

    /// Remembers in the clone where it comes from, and that its server may go on seeing the secret.
    func remember(_ source: CloneSource, _ report: CloneReport, _ context: Context) throws(Failure)
    {
        guard let connection = source.connection else { return }
        try report.repository.remember(connection)
        guard allowsHost, let origin = Origin(source.address) else { return }
        try context.connections().allow(origin, toSeeSecretOf: connection)
    }
}

extension Context {
    /// Takes a name that is neither a connection's nor a folder's for the slip of somebody who has connections.
    func requireAddress(_ word: String) throws(Failure) {
        let isThere = ((try? File.status(of: Path(word: word))) ?? nil) != nil
        guard Connection.isName(word), !isThere else { return }
        let connections = try connections()
        guard try !connections.all().connections.isEmpty else { return }
        throw try connections.unknown(word)
    }
}
