internal import Clibgit2
internal import Platform

/// The index that a commit is made of.
///
///     what is staged      the index itself; hooks may change it, nobody is kept from it
///     --all               a draft with changed and deleted files, under the lock; published afterwards
///     paths               HEAD's files and these, to commit; a second draft with these to publish
struct CommitStage: ~Copyable {
    /// The index file that the commit is made of, and that hooks see.
    let file: Path
    private let repository: Repository
    /// nil where the commit is made of the index itself.
    private var lock: LockFile?

    private init(of file: Path, _ repository: Repository, lock: consuming LockFile?) {
        self.file = file
        self.repository = repository
        self.lock = lock
    }

    /// Stages what the request names, in a draft.
    static func prepared(
        _ request: CommitRequest, _ plan: CommitPlan, _ repository: Repository
    ) throws(GitError) -> CommitStage {
        guard request.stagesTracked || request.only != nil else {
            try requireNoConflict(in: repository.layout.index, repository)
            return CommitStage(of: repository.layout.index, repository, lock: nil)
        }
        let pathspec = request.only ?? .all
        if request.only != nil { try requireKnown(pathspec, plan, repository) }
        let staged = try repository.prepareStaging(pathspec, untracked: false)
        if let (path, line) = staged.staging.settled.first(where: { $0.markerLine != nil }) {
            throw GitError(
                "still has conflict markers, from line \(line ?? 1) on", path: path,
                hint: "settle it in the file; if they belong there, stage it by itself first: "
                    + "nbgit add '\(path.displayName)'")
        }
        let lock = try repository.lock(repository.layout.index)
        let draft = lock.draft
        try repository.draftIndex(draft, staged.edits)
        try requireNoConflict(in: draft, repository)
        guard request.only != nil else {
            return CommitStage(of: draft, repository, lock: lock)
        }
        let file = Path(bytes: draft.bytes + Array(".only".utf8))
        let stage = CommitStage(of: file, repository, lock: lock)
        try repository.draftIndex(file, of: pathspec, from: draft, onto: plan.head.commit)
        return stage
    }

    deinit {
        guard lock != nil, file != lock?.draft else { return }
        try? File.remove(file)
    }

    /// Writes the trees, of the index as the hooks left it.
    borrowing func writeTree() throws(GitError) -> ObjectID {
        try repository.openIndex(file).writeTree()
    }

    /// Refuses a draft that a hook has removed: it was to become the index.
    mutating func requireDraft() throws(GitError) {
        guard let draft = lock?.draft else { return }
        for file in [draft, file] {
            let status = try system { () throws(SystemError) in try File.status(of: file) }
            guard status == nil else { continue }
            throw GitError(
                "a hook removed the index that it was given, so nothing was committed",
                hint: "look in .git/hooks for what removes '$GIT_INDEX_FILE'")
        }
    }

    /// Makes the draft the index.
    mutating func publish() throws(GitError) {
        guard let draft = lock?.draft else { return }
        let bytes = try system { () throws(SystemError) in try File.read(draft) }
        let durable = repository.flushes.index
        try system { () throws(SystemError) in
            try lock?.write(bytes)
            try lock?.replace(durable: durable)
        }
    }

    private static func requireNoConflict(
        in file: Path, _ repository: Repository
    ) throws(GitError) {
        let conflicts = try repository.openIndex(file).conflicts
        guard let first = conflicts.first else { return }
        let others = conflicts.count > 1 ? " and \(conflicts.count - 1) more are" : " is"
        throw GitError(
            "'\(first.displayName)'\(others) still in conflict",
            hint: "settle it in the file, then run 'nbgit add \(first.displayName)'")
    }

    /// Refuses a path that neither the index nor HEAD has: `git commit <path>` adds nothing new.
    private static func requireKnown(
        _ pathspec: Pathspec, _ plan: CommitPlan, _ repository: Repository
    ) throws(GitError) {
        var known = try repository.index().entries.map(\.path)
        if let commit = plan.head.commit { known += try repository.paths(in: commit) }
        for item in pathspec.items where !known.contains(where: { item.matches($0) }) {
            throw GitError(
                "git does not know this file", path: item.text,
                hint: "stage it first: nbgit add '\(item.text.displayName)'")
        }
    }
}

extension Repository {
    /// Makes an index of a commit's files, but for those that `pathspec` means: these are as in `source`.
    fileprivate func draftIndex(
        _ draft: Path, of pathspec: Pathspec, from source: Path, onto commit: ObjectID?
    ) throws(GitError) {
        let wanted = try openIndex(source)
        let index = try openIndex(draft)
        if let commit {
            let tree = try tree(self.commit(commit).tree)
            defer { git_tree_free(tree) }
            try check("git_index_read_tree", git_index_read_tree(index.pointer, tree))
        }
        for entry in index.entries where pathspec.matches(entry.path) {
            guard wanted.entry(at: entry.path) == nil else { continue }
            try index.apply(IndexEdit(path: entry.path, entry: nil))
        }
        for entry in wanted.entries where pathspec.matches(entry.path) && entry.stage == 0 {
            try index.apply(IndexEdit(path: entry.path, entry: wanted.raw(at: entry.path)))
        }
        try check("git_index_write", git_index_write(index.pointer))
    }

    /// All files of a commit.
    fileprivate func paths(in commit: ObjectID) throws(GitError) -> [Path] {
        let index = try Index(of: self)
        let tree = try tree(self.commit(commit).tree)
        defer { git_tree_free(tree) }
        try check("git_index_read_tree", git_index_read_tree(index.pointer, tree))
        return index.entries.map(\.path)
    }
}
