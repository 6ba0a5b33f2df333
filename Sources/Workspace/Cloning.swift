public import Git
public import Platform

/// A repository that is to be made here of one elsewhere.
public struct Cloning {
    private let environment: Environment
    /// What the person and the machine tell git.
    public let configuration: Configuration

    /// Reads the settings.
    public init(environment: Environment) throws(Failure) {
        self.environment = environment
        do throws(GitError) { configuration = try Configuration(environment: environment) } catch {
            throw Failure(error)
        }
    }

    /// Clones; see ``Repository/clone(_:_:environment:)``.
    public func clone(
        _ request: CloneRequest, _ access: NetworkAccess
    ) throws(Failure) -> CloneReport {
        do throws(GitError) {
            return try Repository.clone(request, access, environment: environment)
        } catch {
            throw Failure(error)
        }
    }
}
