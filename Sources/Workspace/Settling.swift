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
            let (outcome, backup) = try repository.continueOperation(
                skips: skips, observer: programs, merging: mergesNotebooks)
            return ContinueReport(outcome: outcome, backup: backup, operation: operation)
        } catch {
            throw Failure(error)
        }
    }

    /// Gives a merge or a rebase up.
    ///
    /// - Parameter note: Is told what filters left out, however it ends.
    /// - Returns: What was done.
    /// - Throws: ``Failure``.
    public func abortOperation(note: (Failure) -> Void) throws(Failure) -> AbortReport {
        defer { for error in repository.takeFilterFailures() { note(Failure(error)) } }
        do throws(GitError) {
            return try repository.abortOperation()
        } catch {
            throw Failure(error)
        }
    }
}
