internal import Clibgit2
public import Platform

/// What ``Repository/reset(to:named:)`` did.
public struct ResetReport: Sendable {
    /// Where HEAD was.
    public let old: Head
    /// The commit that it is at.
    public let commit: Commit
    /// The paths that were written or removed, in order.
    public let files: [Path]
    /// What was saved; nil where nothing was thrown away.
    public let backup: Backup?
}

extension Repository {
    /// Makes the branch, the index and the tracked files what a commit says, and saves before what is thrown away.
    ///
    /// A merge or the like that was begun is given up. Files that git does not know stay, unless one is in
    /// the way: that is saved too.
    ///
    /// - Parameters:
    ///   - target: The commit.
    ///   - text: What the reflog calls it.
    /// - Returns: What was done.
    /// - Throws: ``GitError``; nothing is thrown away before it is saved.
    ///
    /// Follows git-reset(1), `--hard`.
    public func reset(to target: ObjectID, named text: Path) throws(GitError) -> ResetReport {
        let head = try head()
        let files = try files(of: target)
        try requireSafeNames(files)
        let overwritten = try untrackedFiles(inTheWayOf: files)
        let backup = try backUp(head, movingTo: target, overwriting: overwritten)
        let changed = try resetFiles(files)
        let committer = logSignature
        if let old = head.commit { try writeOriginalHead(old) }
        let message = Array("reset: moving to ".utf8) + text.bytes
        try move(
            ReferenceUpdate(
                name: head.branch ?? .head, old: head.commit, new: target, message: message),
            movesHead: head.branch != nil, by: committer)
        try finishOperation()
        try keepAutostash()
        try? File.remove(switchMark)
        return ResetReport(
            old: head, commit: try commit(target), files: changed.sorted(), backup: backup)
    }

    /// Refuses names that lead out of the work tree or into a git folder.
    func requireSafeNames(_ files: [FileChange.Side]) throws(GitError) {
        for file in files where !file.path.isSafeBelowWorkTree {
            throw GitError("'\(file.path.displayName)' is no name that a file in git may have")
        }
    }

    /// Makes the index and the tracked files what is listed; gives the paths that were written or removed.
    func resetFiles(_ files: [FileChange.Side]) throws(GitError) -> [Path] {
        var draft = try IndexDraft.begun(in: self)
        let entries = draft.entries()
        let wanted = Set(files.map(\.path))
        let removed = draft.paths().filter { !wanted.contains($0) }
        var comparison = try WorkTreeComparison(self, workTree: workTree ?? ".", minding: .commit)
        var written: [FileChange.Side] = []
        for file in files {
            if let entry = entries[file.path], entry.mode == file.mode.rawValue,
                ObjectID(entry.id) == file.id
            {
                let change = try comparison.change(at: file.path, since: entry)
                // The files of a submodule are its own.
                if change == nil || file.mode == .submodule && change?.new != nil { continue }
            }
            written.append(file)
        }
        try system { () throws(SystemError) in try Interrupt.check() }
        var writer = try WorkTreeWriter(self, clearing: .everything)
        for path in removed {
            let mode = entries[path].map { FileMode(rawValue: $0.mode) } ?? .regular
            draft.remove(path)
            try writer.remove(FileChange.Side(path: path, mode: mode, id: nil))
        }
        writer.removeEmptyFolders()
        for file in written { try draft.set(file.path, git_index_entry(file, nil)) }
        for file in written.attributesFirst { try draft.set(file.path, try writer.write(file)) }
        try draft.publish(written: Set(written.map(\.path)))
        return removed + written.map(\.path)
    }

    /// The files that git does not know and that stand where files of a commit are to be.
    func untrackedFiles(inTheWayOf files: [FileChange.Side]) throws(GitError) -> [Path] {
        guard let workTree else { return [] }
        let tracked = Set(try index().entries.map(\.path))
        var found: Set<Path> = []
        for file in files where !tracked.contains(file.path) || file.mode != .submodule {
            var place = file.path
            var isAbove = false
            while place != "." {
                let status = try? File.status(
                    of: workTree.appending(place), followingLinks: false)
                if let status, status.kind != .folder, !tracked.contains(place) {
                    found.insert(place)
                } else if status?.kind == .folder, !isAbove {
                    let inside = Folder.walk(workTree.appending(place)) {
                        $0.kind == .folder ? .descend : .take
                    }
                    found.formUnion(
                        inside.taken.map { place.appending($0.relativePath) }
                            .filter { !tracked.contains($0) })
                }
                isAbove = true
                place = place.parent
            }
        }
        return found.sorted()
    }

    /// Keeps the commit that HEAD was at as `ORIG_HEAD`.
    ///
    /// Follows `update_refs` of git's builtin/reset.c.
    func writeOriginalHead(_ commit: ObjectID) throws(GitError) {
        var lock = try lock(layout.gitFolder.appending("ORIG_HEAD"))
        do throws(SystemError) {
            try lock.write(Array("\(commit)\n".utf8))
            try lock.replace(durable: flushes.references)
        } catch {
            throw GitError(error)
        }
    }
}
