internal import Clibgit2
public import Platform

/// What would be lost with a folder, as nobody else has it.
///
/// Paths begin at the root of the work tree.
public struct UnsavedWork: Sendable {
    /// A branch, or HEAD where it is on none, and how many of its commits no server is known to have.
    public struct Branch: Sendable {
        /// Its name as people write it; `HEAD` for none.
        public let name: Path
        /// How many.
        public let commitCount: Int
    }

    /// Files that git knows, with changes that are not committed.
    public internal(set) var changed: [Path] = []
    /// Files that git neither knows nor ignores; a repository of its own ends with a slash.
    public internal(set) var untracked: [Path] = []
    /// What was begun and waits to be finished.
    public internal(set) var operation: Operation?
    /// The entries of `git stash`.
    public internal(set) var stashCount = 0
    /// Branches with commits of their own.
    public internal(set) var branches: [Branch] = []
    /// Other work trees, which are nothing without this repository.
    public internal(set) var workTrees: [Path] = []
    /// Ignored notebooks that say what nothing in git says; see `Workspace`.
    public var notebooks: [Path] = []
    /// The repositories in it, submodules too, that have such things themselves.
    public internal(set) var inner: [(path: Path, work: UnsavedWork)] = []

    /// Whether nothing would be lost.
    public var isEmpty: Bool {
        changed.isEmpty && untracked.isEmpty && operation == nil && stashCount == 0
            && branches.isEmpty && workTrees.isEmpty && notebooks.isEmpty && inner.isEmpty
    }
}

extension Repository {
    /// Finds what would be lost with the folder of this repository; asks no server.
    ///
    /// - Throws: ``GitError`` where something cannot be read: then it is not known.
    public func unsavedWork() throws(GitError) -> UnsavedWork {
        let index = try index()
        let entries = index.entries
        let head = try head()
        var work = UnsavedWork()
        let changes =
            try changes(from: head.commit, to: index).map(\.path)
            + contentChanges(since: index).map(\.path)
        let conflicts = entries.filter { $0.stage > 0 }.map(\.path)
        work.changed = Set(changes + conflicts).sorted()
        work.untracked = try untrackedFiles(besides: entries, .all)
        work.operation = operation
        work.stashCount = try stashCount()
        work.branches = try unpushedBranches(head)
        work.workTrees = linkedWorkTrees()
        for path in try innerRepositories() {
            let inner = try innerWork(at: path)
            if !inner.isEmpty { work.inner.append((path, inner)) }
        }
        // What could not be looked at may hold anything.
        if let error = takePassedOver().first { throw error }
        return work
    }

    private func innerWork(at path: Path) throws(GitError) -> UnsavedWork {
        try Repository(opening: (workTree ?? ".").appending(path), environment: environment)
            .unsavedWork()
    }

    /// The branches here, and HEAD on none, with commits that no branch of a server is known to have.
    func unpushedBranches(_ head: Head) throws(GitError) -> [UnsavedWork.Branch] {
        let known = try commitsKnownToServers()
        var tips = try branches().map { ($0.name.short, $0.commit) }
        if case .detached(let commit) = head { tips.append(("HEAD", commit)) }
        var unpushed: [UnsavedWork.Branch] = []
        for (name, tip) in tips where !known.contains(tip) {
            var commits = try commits(of: tip, without: known)
            var count = 0
            while try commits.next() != nil { count += 1 }
            if count > 0 { unpushed.append(UnsavedWork.Branch(name: name, commitCount: count)) }
        }
        return unpushed
    }

    /// Whether a branch of a server is known to have HEAD; so it is where nothing was committed yet.
    public func isHeadKnownToServer() throws(GitError) -> Bool {
        guard let commit = try head().commit else { return true }
        var commits = try commits(of: commit, without: commitsKnownToServers())
        return try commits.next() == nil
    }

    /// The last commits of servers' branches, and the one that a clone began at, which may be a tag's.
    private func commitsKnownToServers() throws(GitError) -> [ObjectID] {
        let branches = try branches(includesRemote: true).filter(\.isRemote).map(\.commit)
        // `<old> <new> <who> <when> TAB clone: from <url>`
        let log = (try? File.read(layout.gitFolder.appending("logs/HEAD"))) ?? []
        let line = String(decoding: log.prefix { $0 != .newline }, as: UTF8.self)
        guard line.contains("\tclone: "), let word = line.split(separator: " ").dropFirst().first,
            let start = ObjectID(hexadecimal: String(word)), try isThere(start)
        else { return branches }
        return branches + [start]
    }

    private func isThere(_ commit: ObjectID) throws(GitError) -> Bool {
        try optional { () throws(GitError) in try self.commit(commit) } != nil
    }

    /// The entries of a stash are the lines of its reflog.
    private func stashCount() throws(GitError) -> Int {
        guard try commit(of: ReferenceName("refs/stash")) != nil else { return 0 }
        let log = layout.commonFolder.appending("logs/refs/stash")
        let lines = (try? File.read(log))?.count { $0 == .newline } ?? 0
        return max(lines, 1)
    }

    /// The work trees that `git worktree` made of this repository elsewhere and that are still there.
    private func linkedWorkTrees() -> [Path] {
        let folder = layout.commonFolder.appending("worktrees")
        return Folder.walk(folder) { $0.kind == .folder ? .take : .skip }.taken.compactMap {
            guard let bytes = try? File.read(folder.appending($0.name).appending("gitdir")) else {
                return nil
            }
            let link = Path(bytes: Array(bytes.prefix { $0 != .newline }))
            let place = folder.appending($0.name).appending(link)
            let isThere = ((try? File.status(of: place)) ?? nil) != nil
            return isThere && link.parent != workTree ? link.parent : nil
        }
    }

    /// The repositories in the work tree: submodules, and others whether ignored or not.
    private func innerRepositories() throws(GitError) -> [Path] {
        guard let workTree else { return [] }
        let walk = Folder.walk(workTree) { entry in
            guard entry.kind == .folder, entry.name != ".git" else { return .skip }
            let place = workTree.appending(entry.relativePath)
            return Repository.isRepository(at: place) ? .take : .descend
        }
        if let failure = walk.failures.first { throw GitError(failure) }
        return walk.taken.map(\.relativePath)
    }
}
