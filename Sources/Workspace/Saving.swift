public import Git
internal import Notebook
public import Platform

/// What was staged of a day's work, and what was left; paths from the root of the work tree.
public struct SaveStaging: Sendable {
    /// What was put into the index and taken out of it.
    public let staging: Staging
    /// The files to commit, where only some are meant; nil for all that is staged.
    public let only: [Path]?
    /// Notebooks that git neither tracks nor ignores.
    public let undecidedNotebooks: [Path]
    /// Scripts of notebooks that git ignores.
    public let ignoredScripts: [Path]
    /// Other files, and folders, that git does not know.
    public let leftAlone: [Path]
}

/// What a pull of the day's work would bring in.
public enum SaveSource: Sendable, Equatable {
    /// What the branch follows.
    case followed
    /// A branch that is not followed yet.
    case branch(Path, of: Path)
    /// Nothing: the remote has no such branch yet.
    case nothing(remote: Path)
    /// Nothing: there is no remote.
    case noRemote
}

extension Checkout {
    /// Refuses before anything is done where the day's work could not be saved.
    ///
    /// - Parameters:
    ///   - paths: The files that are meant, as the person wrote them.
    ///   - leaves: Whether anything is to be pulled or pushed.
    /// - Returns: The merge or rebase that only waits to be finished; nil for none.
    /// - Throws: ``Failure`` with the line to type: for a name that means nothing, where nobody said who commits,
    ///   and where files are in conflict.
    public func readyToSave(
        _ paths: [Path], leaves: Bool
    ) throws(Failure) -> Git.Operation? {
        let words = try pathspec(paths)
        do throws(GitError) {
            _ = try repository.signature(.author)
            _ = try repository.signature(.committer)
            for item in words.items { try requireMeaning(item) }
            try requireSettled()
            if let operation = repository.operation { return operation }
            guard leaves, try repository.head().branch == nil else { return nil }
            throw GitError(
                "you are on no branch, so there is nothing to pull into and to push",
                hint: "make one here: nbgit switch -c <branch>")
        } catch { throw Failure(error) }
    }

    private func requireMeaning(_ item: Pathspec.Item) throws(GitError) {
        switch try meaning(of: item) {
        case .something: return
        case .nothing:
            throw GitError(
                item.isLiteral ? "no such file or directory" : "no file matches", path: item.text)
        case .ignored:
            // Notebooks are ignored as a rule, and their scripts are saved.
            guard item.path.fileExtension != "ipynb" else { return }
            throw GitError(
                "ignored by git, which would not keep it", path: item.text,
                hint: "'nbgit ignore check \(item.text.displayName)' names the line that says so")
        }
    }

    /// Conflict markers are for no notebook.
    private func requireSettled() throws(GitError) {
        guard let first = try repository.index().conflicts.first else { return }
        let name = shown(first).displayName
        let begun = repository.operation.map { "a \($0.rawValue) is not finished: " } ?? ""
        throw GitError(
            "\(begun)'\(name)' is in conflict",
            hint: "take a side with 'nbgit resolve --ours|--theirs \(name)', or edit it and "
                + "'nbgit add \(name)'; then run the same line again")
    }

    /// The files that git has, from the root of the work tree.
    public func trackedFiles() throws(Failure) -> Set<Path> {
        do throws(GitError) { return Set(try repository.index().entries.map(\.path)) } catch {
            throw Failure(error)
        }
    }

    // MARK: Staging

    /// Stages what is tracked and changed, and the scripts of notebooks; notebooks where the repository tracks
    /// notebooks.
    ///
    /// - Parameters:
    ///   - pairs: The notebooks and their scripts, as they may be typed.
    ///   - paths: The files that are meant, as the person wrote them, new ones too; all when empty.
    /// - Returns: What was done, and what was left.
    /// - Throws: ``Failure`` where something cannot be staged.
    public func stageForSaving(
        _ pairs: [SyncResult], _ paths: [Path]
    ) throws(Failure) -> SaveStaging {
        let meant = try pathspec(paths)
        do throws(GitError) {
            let index = try repository.index()
            let tracked = Set(index.entries.map(\.path))
            let tracksNotebooks = tracked.contains { $0.fileExtension == "ipynb" }
            let rules = try repository.ignoreRules()
            func isIgnored(_ path: Path) -> Bool {
                !tracked.contains(path) && rules.ignores(path, isFolder: false)
            }
            let scripts = pairs.compactMap { try? relative($0.script) }
            let notebooks = pairs.compactMap { try? relative($0.notebook) }
            let undecided = notebooks.filter { !tracked.contains($0) && !isIgnored($0) }
            let faces = Set(
                scripts.filter { !isIgnored($0) }
                    + notebooks.filter(tracked.contains) + (tracksNotebooks ? undecided : []))
            var wanted = try repository.contentChanges(since: index).map(\.path)
            if !paths.isEmpty {
                wanted = wanted.filter { meant.matches($0) || faces.contains($0) }
                wanted += try named(meant, beside: index, tracksNotebooks)
            }
            wanted += faces.filter { !tracked.contains($0) }
            let staging =
                wanted.isEmpty ? Staging() : try repository.stage(Pathspec(files: wanted))
            var only: [Path]?
            if !paths.isEmpty {
                let own = faces.union(wanted)
                let commit = try repository.head().commit
                let staged = try repository.changes(from: commit, to: repository.index())
                only = staged.map(\.path).filter { meant.matches($0) || own.contains($0) }
            }
            let others = paths.isEmpty ? try repository.status().untracked : []
            return SaveStaging(
                staging: staging, only: only,
                undecidedNotebooks: tracksNotebooks ? [] : undecided,
                ignoredScripts: scripts.filter(isIgnored),
                leftAlone: others.filter { $0.fileExtension != "ipynb" })
        } catch { throw Failure(error) }
    }

    /// New files that were named, each by itself or by a pattern; a folder stands for what git knows in it.
    private func named(
        _ meant: Pathspec, beside index: borrowing Index, _ tracksNotebooks: Bool
    ) throws(GitError) -> [Path] {
        var files: [Path] = []
        for item in meant.items {
            let status = try? File.status(of: workTree.appending(item.path), followingLinks: false)
            guard item.path != ".", !item.isLiteral || status?.kind != .folder else { continue }
            files += try repository.untrackedFiles(besides: index.entries, Pathspec(item))
        }
        return files.filter { tracksNotebooks || $0.fileExtension != "ipynb" }
    }

    // MARK: Where from

    /// What is to be pulled, as far as that is known without asking the server.
    ///
    /// - Returns: nil where the server has to be asked.
    public func knownSaveSource() throws(Failure) -> SaveSource? {
        do throws(GitError) {
            guard let upstream = try repository.currentUpstream() else {
                return try repository.remotes().isEmpty ? .noRemote : nil
            }
            // Without a commit of one's own there is no distance.
            return upstream.distance != nil ? .followed : nil
        } catch { throw Failure(error) }
    }

    /// What is to be pulled, when the server has just been asked.
    ///
    /// - Parameter remote: The remote that was asked.
    /// - Returns: What its branch of the same name is to be pulled as.
    /// - Throws: ``Failure`` where a reference cannot be read.
    public func saveSource(after remote: Path) throws(Failure) -> SaveSource {
        do throws(GitError) {
            guard let branch = try repository.head().branch?.branch else {
                return .nothing(remote: remote)
            }
            let upstream = try repository.currentUpstream()
            let name =
                upstream.map { ReferenceName(Path("refs/remotes/\($0.name)")) }
                ?? ReferenceName(remote: remote, branch: branch)
            guard try repository.commit(of: name) != nil else { return .nothing(remote: remote) }
            return upstream != nil ? .followed : .branch(branch, of: remote)
        } catch { throw Failure(error) }
    }
}
