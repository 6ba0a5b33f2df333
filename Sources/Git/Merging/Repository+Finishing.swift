public import Platform

/// What came of going on with something that had stopped.
public enum ContinueOutcome: Sendable {
    /// The merge is committed.
    case merged(CommitReport)
    /// The rebase went on.
    case rebased(RebaseOutcome)
    /// A hook said no; everything is as before.
    case held(GitError)
    /// Files are still in conflict; everything is as before.
    case unsettled([Path])
    /// A pull or switch that had been cut short was undone.
    case undone
    /// The merge was committed already, by a run that had been cut short.
    case concluded
}

/// What came of giving something up.
public struct AbortReport: Sendable {
    /// What was given up; nil for a run that had been cut short before git knew of it.
    public let operation: Operation?
    /// Where HEAD is.
    public let head: Head
    /// What was saved because the person had changed it meanwhile; nil for nothing.
    public let backup: Backup?
    /// What became of changes that were put aside.
    public let autostash: AutostashOutcome
}

extension Repository {
    /// Goes on with a merge or a rebase that stopped, whoever began it.
    ///
    /// - Parameters:
    ///   - skips: Whether the commit of a rebase that is in conflict is left out.
    ///   - observer: Runs hooks and signs.
    ///   - merging: Improves on git's merge of lines.
    /// - Returns: What came of it, and what was saved before it was thrown away.
    /// - Throws: ``GitError`` where there is nothing to go on with, or only git can.
    public func continueOperation(
        skips: Bool = false, observer: some CommitObserver, merging: ContentMerging? = nil
    ) throws(GitError) -> (outcome: ContinueOutcome, backup: Backup?) {
        guard let operation else {
            guard try undoInterruption() else {
                throw GitError("there is no merge and no rebase to go on with")
            }
            return (.undone, nil)
        }
        if try concludeMerge() { return (.concluded, nil) }
        guard operation == .rebase || !skips else {
            throw GitError(
                "only a rebase has commits to skip", hint: "give it up with 'nbgit abort'")
        }
        try requireOwn(operation, "--continue")
        if operation == .rebase {
            if !skips {
                let unsettled = try index().conflicts
                if !unsettled.isEmpty, try !isSwitchCutShort() {
                    return (.unsettled(unsettled), nil)
                }
            }
            let (outcome, backup) = try continueRebase(
                skips: skips, observer: observer, merging: merging)
            return (.rebased(outcome), backup)
        }
        let unsettled = try index().conflicts
        guard unsettled.isEmpty else { return (.unsettled(unsettled), nil) }
        do throws(GitError) {
            switch try commit(CommitRequest(message: nil), observer: observer) {
            case .made(let report): return (.merged(report), nil)
            case .refused(let error): return (.held(error), nil)
            case .nothingToCommit: throw GitError("there is nothing to commit")
            }
        } catch let error where error.isRefusal {
            return (.held(error), nil)
        }
    }

    private func isSwitchCutShort() throws(GitError) -> Bool {
        try !commits(in: "nbgit/switch").isEmpty
    }

    /// Gives a merge or a rebase up, whoever began it.
    ///
    /// - Returns: What was done.
    /// - Throws: ``GitError`` where there is nothing to give up, or only git can.
    public func abortOperation() throws(GitError) -> AbortReport {
        guard let operation else {
            guard try undoInterruption() else {
                throw GitError("there is no merge and no rebase to give up")
            }
            return AbortReport(
                operation: nil, head: try head(), backup: nil, autostash: .nothing)
        }
        guard try !concludeMerge() else {
            throw GitError(
                "the merge is committed already, so there is no merge and no rebase to give up",
                hint: "to take it back: nbgit reset --commit HEAD^")
        }
        try requireOwn(operation, "--abort")
        let (backup, autostash) =
            operation == .rebase ? try abortRebase() : try abortMerge()
        return AbortReport(
            operation: operation, head: try head(), backup: backup, autostash: autostash)
    }

    /// Follows git-merge(1), `--abort`.
    private func abortMerge() throws(GitError) -> (backup: Backup?, autostash: AutostashOutcome) {
        let head = try head()
        var backup: Backup?
        if let commit = head.commit {
            let trees = try commits(in: "AUTO_MERGE") + commits(in: "nbgit/switch")
            backup = try takeBack(to: commit, from: trees).backup
            try logHead(
                from: commit, to: commit, Array("reset: moving to HEAD".utf8), by: logSignature)
        }
        try finishOperation()
        try? File.remove(switchMark)
        return (backup, try bringBack(mergeAutostash))
    }

    /// Refuses what nbgit does not do itself.
    private func requireOwn(_ operation: Operation, _ option: String) throws(GitError) {
        let isMail = operation == .rebase && !isMergeRebase
        guard isMail || ![.merge, .rebase].contains(operation) else { return }
        let (name, command) = operation.words
        let verb = operation == .bisect ? "reset" : option
        throw GitError(
            isMail ? "this rebase was begun with 'git rebase --apply'" : "\(name) is in progress",
            hint: "run 'git \(command) \(verb)'")
    }

    private var isMergeRebase: Bool {
        (try? File.status(of: layout.gitFolder.appending(RebaseState.folder))) != nil
    }
}
