public import Git
public import Platform

/// What was staged of a day's work, and what was left; paths from the root of the work tree.
public struct SaveStaging: Sendable {
    /// What was put into the index and taken out of it.
    public let staging: Staging
    /// Notebooks that git neither tracks nor ignores.
    public let undecidedNotebooks: [Path]
    /// Other files, and folders, that git does not know.
    public let leftAlone: [Path]
}

extension Checkout {
    /// Refuses before anything is done where a commit could not be made.
    ///
    /// - Throws: ``Failure`` with the line to type: where nobody said who commits, and where a merge or a rebase
    ///   is not finished.
    public func requireReadyToSave() throws(Failure) {
        do throws(GitError) {
            _ = try repository.signature(.author)
            _ = try repository.signature(.committer)
        } catch { throw Failure(error) }
        guard let operation = repository.operation else { return }
        throw Failure(
            "a \(operation.rawValue) is not finished",
            hint: "settle it, then 'nbgit continue', or give it up with 'nbgit abort'")
    }

    /// Stages what is tracked and changed, and the scripts of notebooks; notebooks where the repository tracks
    /// notebooks.
    ///
    /// - Parameters:
    ///   - pairs: The notebooks and their scripts, as they may be typed.
    ///   - paths: The files that are meant, as the person wrote them; all when empty.
    /// - Returns: What was done, and what was left.
    /// - Throws: ``Failure`` where something cannot be staged.
    public func stageForSaving(
        _ pairs: [SyncResult], _ paths: [Path]
    ) throws(Failure) -> SaveStaging {
        let meant = paths.isEmpty ? Pathspec.all : try pathspec(paths)
        do throws(GitError) {
            let index = try repository.index()
            let tracked = Set(index.entries.map(\.path))
            let tracksNotebooks = tracked.contains { $0.fileExtension == "ipynb" }
            let rules = try repository.ignoreRules()
            let scripts = pairs.compactMap { try? relative($0.script) }
            let notebooks = pairs.compactMap { try? relative($0.notebook) }
                .filter { !tracked.contains($0) && !rules.ignores($0, isFolder: false) }
            let changed = try repository.contentChanges(since: index).map(\.path)
            let wanted = (changed + scripts + (tracksNotebooks ? notebooks : []))
                .filter { meant.matches($0) }
            let staging =
                wanted.isEmpty ? Staging() : try repository.stage(Pathspec(files: wanted))
            let untracked = try repository.status().untracked
            return SaveStaging(
                staging: staging, undecidedNotebooks: tracksNotebooks ? [] : notebooks,
                leftAlone: untracked.filter { $0.fileExtension != "ipynb" })
        } catch { throw Failure(error) }
    }
}
