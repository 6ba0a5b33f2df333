public import Git
public import Platform

/// Who a person is to git, with or without a repository.
public struct Identification {
    /// Who is named as the author of a commit made now.
    public let author: Identity
    /// Who is named as the one that made it.
    public let committer: Identity
    /// The configuration that says so.
    public let configuration: Configuration
    private let repository: Repository?

    /// Asks the repository around the working folder, or the person's own settings where there is none.
    public init(environment: Environment) throws(Failure) {
        do throws(GitError) {
            let repository = try Repository.around(".", environment: environment)
            self.repository = repository
            if let repository {
                configuration = repository.configuration
            } else {
                configuration = try Configuration(environment: environment)
            }
            author = try Identity(
                .author, configuration: configuration, environment: environment)
            committer = try Identity(
                .committer, configuration: configuration, environment: environment)
        } catch {
            throw Failure(error)
        }
    }

    /// Writes a name, an address or both.
    ///
    /// - Parameters:
    ///   - name: The new name; nil to leave it.
    ///   - email: The new address; nil to leave it.
    ///   - isGlobal: Whether for all repositories of the person, or for this one.
    /// - Returns: The file that was changed.
    /// - Throws: ``Failure``; nothing was written then.
    public func set(name: String?, email: String?, isGlobal: Bool) throws(Failure) -> Path {
        var values: [(name: String, value: String)] = []
        if let name { values.append(("user.name", name)) }
        if let email { values.append(("user.email", email)) }
        do throws(GitError) {
            guard !isGlobal else { return try configuration.setPersonal(values) }
            guard let repository else {
                throw GitError(
                    "not in a git repository", hint: "add '--global' to set it for all of yours")
            }
            return try repository.set(values)
        } catch {
            throw Failure(error)
        }
    }
}
