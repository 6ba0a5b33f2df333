public import Git
public import Platform

extension Checkout {
    /// Opens the repository of a workspace, whose folder is the working folder.
    ///
    /// - Parameters:
    ///   - place: Where it lies.
    ///   - environment: What points into another repository is left out.
    /// - Throws: ``Failure`` where the folder has no repository of its own.
    public init(of place: Path, environment: Environment) throws(Failure) {
        let around = Repository.workTree(around: place, environment: environment)
        guard around == place else {
            throw Failure(
                "is no repository, or a damaged one", path: place,
                hint: "move it away, and clone it again: nbgit workspace init <dir>")
        }
        try self.init(environment: environment.withoutRepository)
    }

    /// Refuses a repository that was cloned from elsewhere than a workspace says.
    public func requireOrigin(_ member: WorkspaceMember) throws(Failure) {
        do throws(GitError) {
            let settings = try repository.configuration.entries {
                $0.hasPrefix("remote.") && $0.hasSuffix(".url")
            }
            let urls = try settings.map { RemoteURL($0.value) } + repository.remotes().map(\.url)
            if urls.contains(where: { $0.isSamePlace(as: member.url) }) { return }
            let known = urls.first.map { " from \($0)" } ?? " that was cloned from nowhere"
            throw GitError(
                "there is another repository\(known)", path: workTree,
                hint: "move it away, or name the new one otherwise: "
                    + "nbgit workspace add <name|url> --name <name>")
        } catch { throw Failure(error) }
    }

    /// Refuses where the folder is but a work tree of a repository elsewhere.
    public func requireOwnGitFolder() throws(Failure) {
        guard repository.layout.commonFolder.relative(to: workTree) == nil else { return }
        throw Failure(
            "is a work tree of the repository '\(repository.layout.commonFolder.displayName)'",
            path: workTree, hint: "remove it there: git worktree remove")
    }

    /// What would be lost with this repository's folder.
    ///
    /// Beside what git knows of, these are notebooks that git is told to ignore, where their scripts do not say the
    /// same or are not in git.
    ///
    /// - Throws: ``Failure`` where that cannot be found out.
    public func unsavedWork(environment: Environment) throws(Failure) -> UnsavedWork {
        var work: UnsavedWork
        let tracked: Set<Path>
        do throws(GitError) {
            work = try repository.unsavedWork()
            tracked = Set(try repository.index().entries.map(\.path))
        } catch { throw Failure(error) }
        var syncing = Syncing(["."], environment: environment.withoutRepository)
        syncing.isDry = true
        syncing.takesUnpaired = true
        var notebooks: [Path] = []
        try syncing.run(workers: 1) { result in
            guard let notebook = try? relative(result.notebook), !tracked.contains(notebook),
                let script = try? relative(result.script),
                result.outcome != .unchanged || !tracked.contains(script)
            else { return }
            notebooks.append(notebook)
        }
        work.notebooks = notebooks.filter { notebook in
            !work.untracked.contains { notebook == $0 || notebook.relative(to: $0) != nil }
                && notebook.fileExtension == "ipynb"
        }.sorted()
        return work
    }
}
