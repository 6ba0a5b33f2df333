public import Git

extension Checkout {
    /// The remote that a person named, or the one that the current branch is fetched from.
    ///
    /// - Parameter name: The name of a remote or an address; nil for the branch's own.
    /// - Returns: Where it is.
    /// - Throws: ``Failure`` where there is none.
    public func remotePlace(_ name: String?) throws(Failure) -> RemotePlace {
        do throws(GitError) {
            if let name { return try repository.remotePlace(name) }
            let branch = try repository.head().branch?.branch
            return try repository.remotePlace(repository.defaultRemote(of: branch))
        } catch {
            throw Failure(error)
        }
    }

    /// Fetches; see ``Repository/fetch(_:_:)``.
    public func fetch(
        _ request: FetchRequest, _ access: NetworkAccess
    ) throws(Failure) -> FetchReport {
        do throws(GitError) { return try repository.fetch(request, access) } catch {
            throw Failure(error)
        }
    }

    /// How many commits `newer` has that `older` lacks; nil where one of them is none.
    public func commitCount(from older: ObjectID, to newer: ObjectID) -> Int? {
        (try? repository.distance(from: newer, to: older))??.ahead
    }

    /// The branch that the current one follows, and how far they went apart; nil where it follows none.
    public func currentUpstream() throws(Failure) -> Upstream? {
        do throws(GitError) { return try repository.currentUpstream() } catch {
            throw Failure(error)
        }
    }
}
