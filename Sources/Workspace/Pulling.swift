public import Git
internal import Platform

/// What came of a pull.
public enum PullResult: Sendable {
    /// Everything was fetched; what came of it then.
    case pulled(PullReport)
    /// Nothing was fetched, as these files are not committed.
    case refused(FilesInTheWay, PullStrategy)
}

extension Checkout {
    /// Brings notebooks up to date whose scripts have come with a pull; while it waits for a person, none.
    public func followScripts(of result: PullResult) -> FollowReport {
        guard case .pulled(let report) = result else { return .nothing }
        switch report.outcome {
        case .fastForwarded, .merged, .rebased:
            return followScripts(from: report.old.commit, to: report.new.commit)
        case .upToDate, .mergeStopped, .rebaseStopped, .held, .diverged, .refused:
            return .nothing
        }
    }

    /// Fetches, and brings what is new together with the branch that is checked out.
    ///
    /// - Parameters:
    ///   - request: What, and how.
    ///   - saves: Whether the strategy is written to the configuration of the repository.
    ///   - access: Says who we are to a server; not asked where there is nothing to fetch.
    ///   - tell: Is told what was fetched, before anything is brought together.
    ///   - note: Is told what the person should know of hooks and filters, however it ends.
    /// - Returns: What came of it; conflicts are no error.
    /// - Throws: ``Failure`` where something could not be fetched, or it is not clear what to pull.
    public func pull(
        _ request: PullRequest, saves: Bool,
        access: (RemotePlace) throws(Failure) -> NetworkAccess, tell: (FetchReport) -> Void,
        note: (Failure) -> Void
    ) throws(Failure) -> PullResult {
        let programs = CommitPrograms(repository)
        defer {
            for error in repository.takeFilterFailures() + programs.notes { note(Failure(error)) }
        }
        let plan: PullPlan
        do throws(GitError) {
            switch try repository.preparePull(request) {
            case .refused(let obstacles): return .refused(obstacles, .rebase)
            case .ready(let ready): plan = ready
            }
            if saves, let strategy = request.strategy { try repository.save(strategy) }
        } catch {
            throw Failure(error)
        }
        let incoming = try self.incoming(plan, access, tell)
        do throws(GitError) {
            return .pulled(
                try repository.pull(incoming, plan, observer: programs, merging: mergesNotebooks))
        } catch {
            throw Failure(error)
        }
    }

    private func incoming(
        _ plan: PullPlan, _ access: (RemotePlace) throws(Failure) -> NetworkAccess,
        _ tell: (FetchReport) -> Void
    ) throws(Failure) -> Incoming {
        do throws(GitError) {
            if let local = try repository.localIncoming(plan) { return local }
        } catch {
            throw Failure(error)
        }
        let place = try remotePlace(plan.remote.string)
        var request = FetchRequest(from: place)
        request.refspecs = plan.refspecs
        request.reflogAction = plan.action
        let report = try fetch(request, access(place))
        tell(report)
        do throws(GitError) { return try plan.incoming(of: report) } catch { throw Failure(error) }
    }
}
