internal import Git
internal import Notebook
internal import Platform

extension PairSync {
    /// What both faces said before, where what is remembered of that does not help.
    ///
    /// A plain `git pull` or `git switch` brings both faces on, and nbgit hears nothing of it; whoever has cloned has
    /// nothing remembered at all. What git has of both, where these say the same, is then what they were before a
    /// person edited one of them: first what is staged, which is what git has written, then the last commit. And a
    /// pair of which both files are gone, and of which one of these faces still is, was this one before it was
    /// renamed.
    ///
    /// - Parameters:
    ///   - files: What both faces say.
    ///   - isKnown: Whether something is remembered of the pair.
    ///   - memory: What is remembered of all pairs.
    /// - Returns: What to compare with, in that order.
    func otherAgreements(
        than files: Files, isKnown: Bool, _ memory: PairMemory
    ) -> [PairUpdate.Agreement] {
        var found = trackedAgreements()
        if !isKnown, let moved = movedAgreement(of: files, memory) { found.append(moved) }
        return found
    }

    private func trackedAgreements() -> [PairUpdate.Agreement] {
        let checkout = try? Checkout(around: pair.notebook.parent, environment: environment)
        guard let checkout, let notebook = pair.notebook.relative(to: checkout.workTree),
            let script = pair.script.relative(to: checkout.workTree)
        else { return [] }
        let repository = checkout.repository
        do throws(GitError) {
            let index = try repository.index()
            let staged = (index.entry(at: notebook)?.id, index.entry(at: script)?.id)
            let commit = try repository.head().commit
            let changes = try repository.changes(from: commit, to: index)
            func committed(_ path: Path, _ staged: ObjectID?) -> ObjectID? {
                guard let change = changes.first(where: { $0.path == path }) else { return staged }
                return change.old?.id
            }
            let last = (committed(notebook, staged.0), committed(script, staged.1))
            let pairs = last == staged ? [staged] : [staged, last]
            return pairs.compactMap { notebook, script in
                guard let notebook, let script,
                    let bytes = try? repository.content(of: notebook),
                    let text = try? repository.content(of: script)
                else { return nil }
                return agreement(of: bytes, and: text)
            }
        } catch { return [] }
    }

    /// What both say, where that is the same.
    private func agreement(
        of notebook: [UInt8], and script: [UInt8]
    ) -> PairUpdate.Agreement? {
        let update = try? PairUpdate(
            since: nil, notebook: notebook, script: script, language: pair.language,
            options: pair.options)
        guard update?.outcome == .agreed else { return nil }
        return try? PairUpdate.Agreement(of: notebook, and: script)
    }

    private func movedAgreement(
        of files: Files, _ memory: PairMemory
    ) -> PairUpdate.Agreement? {
        let notebook = NotebookReader.bytesWithoutOutputs(of: files.notebook)
        return memory.allEntries().first { entry in
            (entry.agreement.notebook == notebook || entry.agreement.script == files.script)
                && [entry.notebook, entry.script].allSatisfy { (try? File.status(of: $0)) == nil }
        }?.agreement
    }
}

extension PairUpdate {
    /// Whether a person has to decide something, or has.
    var isOpen: Bool { outcome == .doubted || outcome == .conflicting || overruled != nil }
}
