internal import Clibgit2
internal import Platform

/// What was saved before it was thrown away.
public struct Backup: Hashable, Sendable {
    /// Keeps it: below `refs/nbgit/backup/`.
    public let name: ReferenceName
    /// The commit: the old HEAD, or one of the work tree, whose parents are HEAD and one of the index, as
    /// git-stash(1) makes them.
    public let commit: ObjectID
    /// Whether there is more in it than commits.
    public let hasChanges: Bool
}

extension Repository {
    /// Saves HEAD, and what is not committed, under a name of its own.
    ///
    /// - Parameters:
    ///   - head: Where HEAD is.
    ///   - target: The commit that it is to be moved to.
    ///   - overwritten: Files that git does not know and that would be overwritten.
    /// - Returns: What was saved; nil where nothing would be lost.
    /// - Throws: ``GitError`` where something cannot be saved.
    func backUp(
        _ head: Head, movingTo target: ObjectID, overwriting overwritten: [Path]
    ) throws(GitError) -> Backup? {
        let index = try self.index()
        let tree = try head.commit.map { id throws(GitError) in try commit(id).tree }
        let staged = index.conflicts.isEmpty ? try index.writeTree() : nil
        let changed = try workTreeTree(overwritten)
        let hasChanges = changed != tree || staged != tree
        let committer = logSignature
        let saved: ObjectID
        if hasChanges {
            saved = try commitChanges(changed, index: staged ?? changed, head, committer)
        } else if let commit = head.commit, try !isAncestor(commit, of: target) {
            saved = commit
        } else {
            return nil
        }
        let name = try unusedBackupName(head, committer.moment)
        try move(
            ReferenceUpdate(name: name, old: nil, new: saved, message: Array("reset".utf8)),
            movesHead: false, by: committer)
        return Backup(name: name, commit: saved, hasChanges: hasChanges)
    }

    /// Writes the tree of all tracked files as they are now, and of some that git does not know.
    func workTreeTree(_ untracked: [Path]) throws(GitError) -> ObjectID {
        var edits = try prepareStaging(.all, untracked: false).edits
        var comparison = try WorkTreeComparison(self, workTree: workTree ?? ".", minding: .commit)
        for path in untracked {
            guard let (side, status) = try comparison.side(at: path, staged: nil) else { continue }
            let file = FileChange.Side(
                path: path, mode: side.mode, id: try writeBlob(of: side, status))
            edits.append(IndexEdit(path: path, entry: git_index_entry(file, nil)))
        }
        let index = try self.index()
        for edit in edits { try index.apply(edit) }
        return try index.writeTree()
    }

    private func commitChanges(
        _ tree: ObjectID, index: ObjectID, _ head: Head, _ committer: Signature
    ) throws(GitError) -> ObjectID {
        func write(_ tree: ObjectID, _ parents: [ObjectID], _ what: String) throws(GitError)
            -> ObjectID
        {
            let place = head.branch.map { "on \($0.short.displayName)" } ?? "on no branch"
            let commit = Commit(
                id: .zero, tree: tree, parents: parents, author: committer, committer: committer,
                encoding: nil, message: Array("\(what) \(place), before a reset\n".utf8))
            return try self.write(commit.bytes(), kind: GIT_OBJECT_COMMIT)
        }
        let parents = [head.commit].compactMap(\.self)
        let indexCommit = try write(index, parents, "index")
        return try write(tree, parents + [indexCommit], "changes")
    }

    private func unusedBackupName(_ head: Head, _ moment: Moment) throws(GitError) -> ReferenceName
    {
        let place = head.branch?.short ?? "HEAD"
        let time = Moment(seconds: moment.seconds, offsetMinutes: 0).iso8601.prefix(19)
            .filter { $0 != "-" && $0 != ":" }
        var number = 1
        while true {
            let suffix = number == 1 ? "" : "-\(number)"
            let name = ReferenceName(
                Path("refs/nbgit/backup").appending(place).appending(Path("\(time)Z\(suffix)")))
            if try commit(of: name) == nil { return name }
            number += 1
        }
    }
}
