internal import Clibgit2
public import Platform

/// What ``Repository/stage(_:untracked:)`` did.
public struct Staging: Sendable {
    /// The paths that were put into the index, new or changed.
    public internal(set) var added: [Path] = []
    /// The paths that were taken out of it.
    public internal(set) var removed: [Path] = []
    /// Repositories inside this one that were added as the commit they are at.
    public internal(set) var repositories: [Path] = []
    /// Repositories inside this one that have no commit, or none that can be read, which were left out.
    public internal(set) var emptyRepositories: [Path] = []
    /// The paths that are no longer in conflict, with the line of the first conflict marker left in them.
    public internal(set) var settled: [(path: Path, markerLine: Int?)] = []

    /// Nothing was put in and nothing taken out.
    public init() {}

    /// Whether the index is as it was.
    public var isEmpty: Bool { added.isEmpty && removed.isEmpty }
}

extension Repository {
    /// Puts the files of the work tree that `pathspec` means into the index, as they are now; those that
    /// are gone are taken out.
    ///
    /// Ignored files that are not tracked are passed over. Contents go through the filters of
    /// gitattributes(5).
    ///
    /// - Parameters:
    ///   - pathspec: Which files.
    ///   - untracked: Whether files that the index does not have are added.
    /// - Returns: What was done.
    /// - Throws: ``GitError``; the index is then as it was, though blobs may have been written.
    ///
    /// Follows git-add(1).
    public func stage(
        _ pathspec: Pathspec, untracked: Bool = true
    ) throws(GitError) -> Staging {
        let prepared = try prepareStaging(pathspec, untracked: untracked)
        try updateIndex(prepared.edits)
        return prepared.staging
    }

    /// Writes the blobs, and says what the index should become.
    func prepareStaging(
        _ pathspec: Pathspec, untracked: Bool
    ) throws(GitError) -> (staging: Staging, edits: [IndexEdit]) {
        let index = try index()
        var stager = try Stager(self, index)
        for change in try stagingChanges(from: index, pathspec, includesUntracked: untracked) {
            try system { () throws(SystemError) in try Interrupt.check() }
            try stager.stage(change, in: index)
        }
        // What is gone makes room before something new takes its name: a folder where a file was.
        let edits = stager.edits
        return (stager.staging, edits.filter { $0.entry == nil } + edits.filter { $0.entry != nil })
    }
}

/// Makes entries of the index from files of the work tree.
private struct Stager {
    private let repository: Repository
    private let conflicts: Set<Path>
    private var comparison: WorkTreeComparison
    private(set) var staging = Staging()
    private(set) var edits: [IndexEdit] = []

    init(_ repository: Repository, _ index: borrowing Index) throws(GitError) {
        self.repository = repository
        conflicts = Set(index.conflicts)
        comparison = try WorkTreeComparison(
            repository, workTree: repository.workTree ?? ".", minding: .commit)
    }

    mutating func stage(_ change: FileChange, in index: borrowing Index) throws(GitError) {
        let path = change.path
        let staged = index.raw(at: path)
        // It may have gone since it was found.
        guard change.new != nil,
            let (side, status) = try comparison.side(at: path, staged: change.old?.mode)
        else {
            staging.removed.append(path)
            if conflicts.contains(path) { staging.settled.append((path, nil)) }
            edits.append(IndexEdit(path: path, entry: nil))
            return
        }
        if conflicts.contains(path) { staging.settled.append((path, try markerLine(in: side))) }
        guard let id = try id(of: side, status) else {
            return staging.emptyRepositories.append(path)
        }
        let isSame = staged.map { entry in
            ObjectID(entry.id) == id && entry.mode == side.mode.rawValue && !entry.isOnlyAnnounced
        }
        if isSame == true {
            // Its time and size are new all the same; those of a submodule mean nothing.
            guard side.mode != .submodule else { return }
        } else {
            staging.added.append(path)
            if side.mode == .submodule, staged == nil { staging.repositories.append(path) }
        }
        let entry = git_index_entry(.init(path: path, mode: side.mode, id: id), status)
        edits.append(IndexEdit(path: path, entry: entry))
    }

    private func markerLine(in side: FileChange.Side) throws(GitError) -> Int? {
        guard side.mode.isFile, let workTree = repository.workTree else { return nil }
        return try system { () throws(SystemError) in
            ConflictMarkers.firstLine(in: try File.read(workTree.appending(side.path)))
        }
    }

    /// Writes the blob of a file; nil for a repository without a commit.
    private func id(
        of side: FileChange.Side, _ status: FileStatus
    ) throws(GitError) -> ObjectID? {
        guard side.mode != .submodule else {
            return try repository.commit(ofSubmoduleAt: side.path)
        }
        return try repository.writeBlob(of: side, status)
    }
}

extension GitError {
    /// The same error, with the file it is about where it does not say that itself.
    func about(_ path: Path) -> GitError {
        self.path != nil ? self : GitError(description, path: path, hint: hint, code: code)
    }
}
