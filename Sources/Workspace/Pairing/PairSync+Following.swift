internal import Notebook
internal import Platform

extension PairSync {
    /// Brings the notebook up to date from a script that git has written.
    ///
    /// The script stays as git wrote it, whatever was changed in the notebook: who pulled or switched finds no
    /// changes that are not theirs. What the notebook has of its own is remembered as such, and goes to the
    /// script with the next sync.
    ///
    /// - Parameters:
    ///   - older: What the script said before; stands in where nothing is remembered of the pair.
    ///   - isTracked: Whether git has written the notebook, too, which is then left as it is.
    /// - Returns: What was done; ``SyncResult/Outcome/merged`` where the notebook keeps edits of its own.
    func follow(since older: [UInt8]?, isTracked: Bool) -> SyncResult {
        do throws(Failure) { return try followed(older, isTracked) } catch {
            return result(.failed(error))
        }
    }

    private func followed(_ older: [UInt8]?, _ isTracked: Bool) throws(Failure) -> SyncResult {
        let found = try read()
        guard let script = found.script.bytes else { return result(.missing(.script)) }
        guard let notebook = found.notebook.bytes else { return result(.missing(.notebook)) }
        let memory = try memory()
        let known = memory.entry(for: pair.notebook).flatMap {
            $0.script == pair.script ? $0.agreement : nil
        }
        let update: PairUpdate
        let theirs: PairUpdate.Agreement?
        do throws(NotebookUpdate.Failure) {
            var base = known
            if base == nil, let older { base = try agreement(notebook, following: older) }
            update = try PairUpdate(
                since: base, notebook: notebook, script: script, language: pair.language,
                options: pair.options)
            theirs = try base.map { base throws(NotebookUpdate.Failure) in
                try agreement(base.notebook, following: script)
            }
        } catch { throw failure(error) }
        switch update.outcome {
        case .agreed:
            try remember(Files(notebook: notebook, script: script), was: known, memory)
            return result(.unchanged)
        case .followed(.notebook): return result(.unchanged)
        case _ where isTracked: return result(.differing)
        case .followed(.script):
            try write(Files(notebook: update.notebook, script: script), over: found)
            try remember(Files(notebook: update.notebook, script: script), was: known, memory)
        case .merged:
            try write(Files(notebook: update.notebook, script: script), over: found)
            // What the older script has and the notebook has not may never have been in the notebook: to
            // remember it would take its absence for a person's wish.
            if known != nil, let theirs { try remember(theirs, was: known, memory) }
        case .doubted, .conflicting: break
        }
        var result = result(outcome(of: update))
        result.conflictingCells = update.conflictingCells
        result.hasConflictingHeaders = update.hasConflictingHeaders
        result.staleCells = update.staleCells
        return result
    }

    /// What both would say if nothing but the script had ever been changed.
    private func agreement(
        _ notebook: [UInt8], following script: [UInt8]
    ) throws(NotebookUpdate.Failure) -> PairUpdate.Agreement {
        let update = try NotebookUpdate(
            of: notebook, from: script, language: pair.language, options: pair.options,
            isDeclared: true)
        do throws(NotebookError) {
            return try PairUpdate.Agreement(of: update.bytes, and: script)
        } catch { throw .notebook(error) }
    }
}
