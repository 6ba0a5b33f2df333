public import Git

extension Checkout {
    /// The remote that a person named, or the one that the current branch is pushed to.
    ///
    /// - Parameter name: The name of a remote or an address; nil for the branch's own.
    /// - Returns: Where it is.
    /// - Throws: ``Failure`` where there is none.
    public func pushPlace(_ name: String?) throws(Failure) -> RemotePlace {
        do throws(GitError) {
            if let name { return try repository.remotePlace(name) }
            return try repository.remotePlace(repository.defaultPushRemote())
        } catch {
            throw Failure(error)
        }
    }

    /// Pushes; see ``Repository/push(_:_:)``.
    public func push(
        _ request: PushRequest, _ access: NetworkAccess
    ) throws(Failure) -> PushReport {
        do throws(GitError) { return try repository.push(request, access) } catch {
            throw Failure(error)
        }
    }
}
