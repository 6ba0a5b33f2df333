public import Git
public import Platform

extension Checkout {
    /// The name of the connection that this repository was cloned from, as its own configuration remembers it.
    public func connectionName() throws(Failure) -> String? {
        try localValue("nbgit.connection").flatMap { Connection.isName($0) ? $0 : nil }
    }

    /// Whether it was cloned from a connection that is for reading only.
    ///
    /// What the connection says now goes before what it said then.
    public func isReadOnly(_ connections: Connections) throws(Failure) -> Bool {
        if let name = try connectionName(), let connection = try connections.connection(named: name)
        {
            return connection.isReadOnly
        }
        return try localValue("nbgit.readOnly").map { ["true", "yes", "on", "1"].contains($0) }
            ?? false
    }

    /// Refuses where the repository is for reading only.
    ///
    /// - Parameters:
    ///   - environment: For the connections.
    ///   - deed: What is not done, as in `nothing is pushed`.
    /// - Throws: ``Failure`` with the line that allows it.
    public func requireWritable(
        environment: Environment, _ deed: String
    ) throws(Failure) {
        guard try isReadOnly(Connections(environment: environment)) else { return }
        guard let name = try connectionName() else {
            throw Failure(
                "this repository is for reading only, so \(deed)",
                hint: "if it need not be: git config --unset nbgit.readOnly")
        }
        throw Failure(
            "this is a clone of '\(name)', which is for reading only, so \(deed)",
            hint: "if it need not be: nbgit connection set \(name) --no-read-only")
    }

    private func localValue(_ name: String) throws(Failure) -> String? {
        do throws(GitError) {
            return try repository.configuration.values(of: name).last { $0.level == .local }?.value
        } catch { throw Failure(error) }
    }
}

extension Repository {
    /// Remembers which connection it was cloned from.
    ///
    /// - Throws: ``Failure`` where its configuration cannot be written.
    public func remember(_ connection: Connection) throws(Failure) {
        var values = [(name: "nbgit.connection", value: connection.name)]
        if connection.isReadOnly { values.append(("nbgit.readOnly", "true")) }
        do throws(GitError) { _ = try set(values) } catch { throw Failure(error) }
    }
}
