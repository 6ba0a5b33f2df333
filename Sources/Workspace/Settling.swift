public import Git
public import Platform

/// What `nbgit continue` did.
public struct ContinueReport: Sendable {
    /// What came of it.
    public let outcome: ContinueOutcome
    /// What was saved before it was thrown away; nil for nothing.
    public let backup: Backup?
    /// What was gone on with.
    public let operation: Git.Operation?
    /// What became of notebooks, when it came to its end.
    public internal(set) var notebooks = FollowReport.nothing
}

extension Checkout {
    /// Ends conflicts.
    ///
    /// - Parameters:
    ///   - paths: Names, folders and patterns as the person wrote them.
    ///   - side: Whose content to take; nil for the files as they were edited.
    ///   - note: Is told what filters left out, however it ends.
    /// - Returns: What was done; paths from the root of the work tree.
    /// - Throws: ``Failure`` where a file is not in conflict, or something in it is left to settle.
    public func resolve(
        _ paths: [Path], taking side: ConflictSide?, note: (Failure) -> Void
    ) throws(Failure) -> ResolveReport {
        let pathspec = try pathspec(paths)
        defer { for error in repository.takeFilterFailures() { note(Failure(error)) } }
        do throws(GitError) {
            return try repository.resolve(pathspec, taking: side)
        } catch {
            throw Failure(error)
        }
    }

    /// Goes on with a merge or a rebase that stopped.
    ///
    /// - Parameters:
    ///   - skips: Whether the commit of a rebase that is in conflict is left out.
    ///   - note: Is told what the person should know of hooks and filters, however it ends.
    /// - Returns: What came of it.
    /// - Throws: ``Failure``.
    public func continueOperation(
        skips: Bool, note: (Failure) -> Void
    ) throws(Failure) -> ContinueReport {
        let programs = CommitPrograms(repository)
        defer {
            for error in repository.takeFilterFailures() + programs.notes { note(Failure(error)) }
        }
        do throws(GitError) {
            let operation = repository.operation
            let old = try repository.commitBeforeRebase()
            let (outcome, backup) = try repository.continueOperation(
                skips: skips, observer: programs, merging: mergesNotebooks)
            var report = ContinueReport(outcome: outcome, backup: backup, operation: operation)
            let new = try repository.head().commit
            switch outcome {
            case .merged, .rebased(.finished): report.notebooks = followScripts(from: old, to: new)
            case .concluded:
                let parent = try new.flatMap { id throws(GitError) in
                    try repository.commit(id).parents.first
                }
                report.notebooks = followScripts(from: parent, to: new)
            case .rebased, .held, .unsettled, .undone: break
            }
            return report
        } catch {
            throw Failure(error)
        }
    }

    /// Gives a merge or a rebase up.
    ///
    /// - Parameter note: Is told what filters left out, however it ends.
    /// - Returns: What was done, and what became of notebooks.
    /// - Throws: ``Failure``.
    public func abortOperation(
        note: (Failure) -> Void
    ) throws(Failure) -> (report: AbortReport, notebooks: FollowReport) {
        defer { for error in repository.takeFilterFailures() { note(Failure(error)) } }
        do throws(GitError) {
            let before = Set(try repository.index().entries)
            let report = try repository.abortOperation()
            let after = Set(try repository.index().entries)
            // Notebooks wait for the end, unless somebody has brought them into step meanwhile.
            let written = Set(before.symmetricDifference(after).map(\.path))
            return (report, followScripts(written.sorted()))
        } catch {
            throw Failure(error)
        }
    }
}
