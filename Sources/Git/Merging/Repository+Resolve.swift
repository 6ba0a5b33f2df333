internal import Clibgit2
public import Platform

/// One side of a conflict, as the person sees it: the same in a merge and in a rebase.
public enum ConflictSide: String, Hashable, Sendable {
    /// What was done on the branch that is checked out, or that is being rebased.
    case ours
    /// What came from elsewhere.
    case theirs
}

/// A file that was in conflict.
public struct ResolvedFile: Hashable, Sendable {
    /// Where it is.
    public let path: Path
    /// Whether it is gone now.
    public let isDeleted: Bool
}

/// What ``Repository/resolve(_:taking:)`` did.
public struct ResolveReport: Sendable {
    /// The files, in the order of their paths.
    public let files: [ResolvedFile]
    /// The commit whose side was taken; nil where files were taken as they are.
    public let commit: Commit?
    /// The files that are still in conflict.
    public let remaining: [Path]
}

extension Repository {
    /// Ends conflicts: takes one side of files, or takes them as they were edited.
    ///
    /// - Parameters:
    ///   - pathspec: Which files; each word must mean one in conflict.
    ///   - side: Whose; nil for the files as they are.
    /// - Returns: What was done.
    /// - Throws: ``GitError`` where a file has conflict markers, or was not edited at all; nothing was changed.
    public func resolve(
        _ pathspec: Pathspec, taking side: ConflictSide?
    ) throws(GitError) -> ResolveReport {
        let conflicts = try conflicts()
        for item in pathspec.items where !conflicts.contains(where: { item.matches($0.path) }) {
            throw GitError(
                "is not in conflict", path: item.text,
                hint: conflicts.isEmpty
                    ? operation == nil ? nil : "nothing is: go on with 'nbgit continue'"
                    : "'nbgit status' shows what is")
        }
        let chosen = conflicts.filter { pathspec.matches($0.path) }
        let files: [ResolvedFile]
        if let side {
            files = try take(side, of: chosen)
        } else {
            files = try takeAsTheyAre(chosen)
        }
        let taken = Set(chosen.map(\.path))
        return ResolveReport(
            files: files,
            commit: try side.map { side throws(GitError) in try commit(of: side) }
                ?? nil,
            remaining: conflicts.map(\.path).filter { !taken.contains($0) })
    }

    /// The files in conflict, with their sides.
    func conflicts() throws(GitError) -> [Status.Conflict] {
        Status.conflicts(in: try index().entries)
    }

    /// Whose work a side is; nil where nobody knows.
    public func commit(of side: ConflictSide) throws(GitError) -> Commit? {
        let isRebase = operation == .rebase
        let id: ObjectID?
        switch (side, isRebase) {
        case (.ours, false), (.theirs, true): id = try head().commit
        case (.ours, true): id = try commits(in: "REBASE_HEAD").first
        case (.theirs, false):
            var found = try commits(in: "MERGE_HEAD").first
            if found == nil { found = try commits(in: "CHERRY_PICK_HEAD").first }
            id = found
        }
        return try id.map { id throws(GitError) in try commit(id) }
    }

    private func take(
        _ side: ConflictSide, of conflicts: [Status.Conflict]
    ) throws(GitError) -> [ResolvedFile] {
        // In a rebase, git calls the branch that commits are put onto "ours".
        let isSecond = (side == .ours) == (operation != .rebase)
        var draft = try IndexDraft.begun(in: self)
        var writer = try WorkTreeWriter(self, clearing: .nothing)
        var resolved: [ResolvedFile] = []
        var written: Set<Path> = []
        for conflict in conflicts {
            let file = isSecond ? conflict.ours : conflict.theirs
            if let file {
                try draft.set(file.path, try writer.write(file))
                written.insert(file.path)
            } else {
                draft.remove(conflict.path)
                let mode = (conflict.ours ?? conflict.theirs ?? conflict.base)?.mode ?? .regular
                try writer.remove(.init(path: conflict.path, mode: mode, id: nil))
            }
            resolved.append(ResolvedFile(path: conflict.path, isDeleted: file == nil))
        }
        writer.removeEmptyFolders()
        try draft.publish(written: written)
        return resolved
    }

    private func takeAsTheyAre(_ conflicts: [Status.Conflict]) throws(GitError) -> [ResolvedFile] {
        let left = try contentsLeft()
        for conflict in conflicts { try requireSettled(conflict, left[conflict.path]) }
        let paths = conflicts.map(\.path)
        let pathspec = Pathspec(files: paths)
        let staged = try prepareStaging(pathspec, untracked: false)
        try updateIndex(staged.edits)
        let deleted = Set(staged.staging.removed)
        return paths.map { ResolvedFile(path: $0, isDeleted: deleted.contains($0)) }
    }

    /// What the files were when the merge stopped, where that is known.
    private func contentsLeft() throws(GitError) -> [Path: ObjectID] {
        guard let tree = try commits(in: "AUTO_MERGE").first else { return [:] }
        let files = try changes(from: nil, to: tree).compactMap(\.new)
        return Dictionary(
            files.compactMap { file in file.id.map { (file.path, $0) } }, uniquingKeysWith: { $1 })
    }

    /// Refuses a file in which something is left to do.
    private func requireSettled(
        _ conflict: Status.Conflict, _ left: ObjectID?
    ) throws(GitError) {
        let path = conflict.path
        let full = (workTree ?? ".").appending(path)
        let status = try system { () throws(SystemError) in
            try File.status(of: full, followingLinks: false)
        }
        guard status?.kind == .regular else { return }
        let bytes = try system { () throws(SystemError) in try File.read(full) }
        let name = path.displayName
        if let line = ConflictMarkers.firstLine(in: bytes) {
            throw GitError(
                "still has conflict markers, the first in line \(line)", path: path,
                hint: "settle them, or take one side: nbgit resolve --ours '\(name)', or --theirs")
        }
        guard let left, try id(ofFileAt: path, mode: .regular) == left else { return }
        throw GitError(
            "was not edited since it came into conflict", path: path,
            hint: "take one side: nbgit resolve --ours '\(name)', or --theirs; "
                + "or keep it as it is: nbgit add '\(name)'")
    }
}
