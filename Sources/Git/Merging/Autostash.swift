internal import Clibgit2
internal import Platform

/// What became of changes that were put aside before histories were brought together.
public enum AutostashOutcome: Hashable, Sendable {
    /// There were none.
    case nothing
    /// They are back in the files.
    case restored
    /// They do not fit any more: they are the newest entry of `git stash`.
    case kept
}

/// Changes that wait in a commit for the end of a merge or a rebase.
///
/// Follows git-merge(1) and git-rebase(1), `--autostash`, and git-stash(1), "DISCUSSION".
extension Repository {
    /// Where the name of that commit lies during a merge.
    var mergeAutostash: Path { layout.gitFolder.appending("MERGE_AUTOSTASH") }

    /// Whether files that git knows are not as they were committed.
    func hasUncommittedChanges() throws(GitError) -> Bool {
        let index = try index()
        if try !changes(from: head().commit, to: index).isEmpty { return true }
        var comparison = try WorkTreeComparison(self, workTree: workTree ?? ".", minding: .commit)
        for change in try stagingChanges(from: index, .all, includesUntracked: false) {
            guard let entry = index.raw(at: change.path) else { return true }
            if try comparison.change(at: change.path, since: entry) != nil { return true }
        }
        return false
    }

    /// Puts changes to files that git knows aside, and makes the files what HEAD says.
    ///
    /// - Parameter file: Where the name of the commit is written before a file is touched.
    /// - Returns: Whether there were any.
    /// - Throws: ``GitError``; the files are then as they were.
    func putAside(_ file: Path) throws(GitError) -> Bool {
        guard try hasUncommittedChanges(), case .branch(_, let commit) = try stashableHead() else {
            return false
        }
        let files = try files(of: commit)
        if let first = try untrackedFiles(inTheWayOf: files).first {
            throw GitError(
                "a file that git does not know is where one that it knows was", path: first,
                hint: "move it away first, or commit what you changed")
        }
        let stash = try makeStash(of: commit)
        try writeState([(file, Array("\(stash)\n".utf8))])
        _ = try resetFiles(files)
        return true
    }

    /// HEAD as a branch, for the sake of its commit and what messages call it.
    private func stashableHead() throws(GitError) -> Head {
        switch try head() {
        case .detached(let commit): .branch(ReferenceName("(no branch)"), commit)
        case let head: head
        }
    }

    /// Makes the commits of a stash, which nothing names yet.
    private func makeStash(of commit: ObjectID) throws(GitError) -> ObjectID {
        let committer = logSignature
        let head = try self.commit(commit)
        let branch = try stashableHead().branch?.short.bytes ?? []
        func write(
            _ tree: ObjectID, _ parents: [ObjectID], _ message: [UInt8]
        ) throws(GitError) -> ObjectID {
            let made = Commit(
                id: .zero, tree: tree, parents: parents, author: committer, committer: committer,
                encoding: nil, message: message)
            return try self.write(made.bytes(), kind: GIT_OBJECT_COMMIT)
        }
        let staged = try index().writeTree()
        let subject = Array(" \(commit.abbreviated) \(head.subject)\n".utf8)
        let index = try write(
            staged, [commit], Array("index on ".utf8) + branch + Array(":".utf8) + subject)
        return try write(
            try workTreeTree([]), [commit, index],
            Array("On ".utf8) + branch + Array(": autostash\n".utf8))
    }

    /// Brings changes that were put aside back, or leaves them with `git stash` where they do not fit any more.
    ///
    /// - Parameter file: Names the commit; it is removed when the changes are safe.
    /// - Returns: What became of them.
    /// - Throws: ``GitError``; the file still names them then.
    func bringBack(_ file: Path) throws(GitError) -> AutostashOutcome {
        guard let stash = try stash(in: file) else { return .nothing }
        let isApplied = try apply(stash)
        if !isApplied { try store(stash) }
        try system { () throws(SystemError) in try File.remove(file) }
        return isApplied ? .restored : .kept
    }

    /// Leaves changes that were put aside during a merge with `git stash`.
    func keepAutostash() throws(GitError) {
        guard let stash = try stash(in: mergeAutostash) else { return }
        try store(stash)
        try system { () throws(SystemError) in try File.remove(mergeAutostash) }
    }

    private func stash(in file: Path) throws(GitError) -> ObjectID? {
        let name = file.relative(to: layout.gitFolder) ?? file
        return try commits(in: name).first
    }

    /// Brings a stash into files that are as HEAD says; where that makes a conflict, nothing is changed.
    ///
    /// As with git-stash(1), changes come back unstaged, and new files staged.
    private func apply(_ stash: ObjectID) throws(GitError) -> Bool {
        guard let head = try head().commit, try index().conflicts.isEmpty else { return false }
        let base = try commit(stash).parents.first
        let labels = MergeLabels(
            ours: Array("Updated upstream".utf8), theirs: Array("Stashed changes".utf8),
            ancestor: Array("Stash base".utf8))
        let merged = try merge(base: base, head, stash, labels: labels, merging: nil)
        guard merged.conflicts.isEmpty else { return false }
        var draft = try IndexDraft.begun(in: self)
        let entries = draft.entries()
        let plan = try TreeSwitch(
            from: head, to: merged.tree, entries: entries, begun: merged.tree, in: self)
        guard plan.changed.isEmpty, plan.untracked.isEmpty else { return false }
        var writer = try WorkTreeWriter(self, clearing: .nothing)
        for file in plan.removed { try writer.remove(file) }
        writer.removeEmptyFolders()
        var added: Set<Path> = []
        for file in plan.written.attributesFirst {
            let entry = try writer.write(file)
            guard entries[file.path] == nil else { continue }
            try draft.set(file.path, entry)
            added.insert(file.path)
        }
        if !added.isEmpty { try draft.publish(written: added) }
        return true
    }

    /// Makes a stash the newest entry of `git stash`.
    private func store(_ stash: ObjectID) throws(GitError) {
        let name = ReferenceName("refs/stash")
        let old = try commit(of: name)
        guard old != stash else { return }
        let log = layout.commonFolder.appending("logs/refs/stash")
        // The entries of a stash are its reflog, which is kept whatever the settings say.
        try system { () throws(SystemError) in
            try sharing.apply { () throws(SystemError) in
                try Folder.create(log.parent)
                try File.append([], to: log)
            }
        }
        try move(
            ReferenceUpdate(name: name, old: old, new: stash, message: Array("autostash".utf8)),
            movesHead: false, by: logSignature)
    }

    /// Writes small files of the git folder, each whole, in order.
    func writeState(_ files: [(Path, [UInt8])]) throws(GitError) {
        for (file, bytes) in files {
            try system { () throws(SystemError) in
                try sharing.apply { () throws(SystemError) in
                    _ = try File.replace(layout.gitFolder.appending(file), with: bytes)
                }
            }
        }
    }
}
