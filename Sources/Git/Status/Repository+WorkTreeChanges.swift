internal import Clibgit2
internal import Platform

extension Repository {
    /// The files of the index that are different in the work tree, in the order of their paths.
    ///
    /// Files whose times and sizes are those in the index are not read. The index is not refreshed. Files in
    /// conflict, and those that git was told not to look at (`git update-index --skip-worktree` and
    /// `--assume-unchanged`), are left out.
    ///
    /// - Parameter index: The index as it is on the disk.
    /// - Returns: One change for each file.
    /// - Throws: ``GitError`` where a file cannot be read.
    public func workTreeFileChanges(
        since index: borrowing Index
    ) throws(GitError) -> [FileChange] {
        var changes: [FileChange] = []
        for finding in try workTreeFindings(since: index, minding: .everything) {
            switch finding {
            case .same: continue
            case .changed(let change): changes.append(change)
            case .unread(let change):
                if try !hasSameContent(change) { changes.append(change) }
            }
        }
        return changes
    }

    /// The same without files that git would store as they are in the index already, as git-diff(1) shows.
    public func contentChanges(since index: borrowing Index) throws(GitError) -> [FileChange] {
        var changes: [FileChange] = []
        for change in try possibleContentChanges(since: index) {
            let isSame = try hasSameContent(change)
            if !isSame { changes.append(change) }
        }
        return changes
    }

    /// The same without reading any file, for one who compares the contents anyway: of those that are
    /// modified, the content may be the same.
    public func possibleContentChanges(
        since index: borrowing Index
    ) throws(GitError) -> [FileChange] {
        try workTreeFindings(since: index, minding: .trackedFiles).compactMap { finding in
            switch finding {
            case .same: nil
            case .changed(let change), .unread(let change): change
            }
        }
    }

    private func workTreeFindings(
        since index: borrowing Index, minding: WorkTreeComparison.SubmoduleCare
    ) throws(GitError) -> [WorkTreeComparison.Finding] {
        guard let workTree else { return [] }
        var comparison = try WorkTreeComparison(self, workTree: workTree, minding: minding)
        var findings: [WorkTreeComparison.Finding] = []
        for number in 0..<index.count {
            guard let entry = git_index_get_byindex(index.pointer, number)?.pointee else {
                continue
            }
            do throws(GitError) {
                let finding = try comparison.finding(for: entry)
                if case .same = finding { continue }
                findings.append(finding)
            } catch {
                // git says so and goes on, too.
                try passOver(error)
            }
        }
        return findings
    }

    /// Whether git would store what it has stored already; not where that cannot be found out.
    private func hasSameContent(_ change: FileChange) throws(GitError) -> Bool {
        guard let old = change.old, let new = change.new, old.mode == new.mode,
            new.mode != .submodule
        else { return false }
        do throws(GitError) {
            return try id(ofFileAt: new.path, mode: new.mode) == old.id
        } catch {
            try passOver(error)
            return false
        }
    }

    /// The tracked files that are different in the work tree and in a commit.
    public func workTreeChanges(sinceCommit commit: ObjectID) throws(GitError) -> [FileChange] {
        let index = try index()
        let staged = try changes(from: commit, to: index)
        let unstaged = try contentChanges(since: index)
        let stagedPaths = Dictionary(staged.map { ($0.path, $0) }) { first, _ in first }
        let unstagedPaths = Dictionary(unstaged.map { ($0.path, $0) }) { first, _ in first }
        return Set(stagedPaths.keys).union(unstagedPaths.keys).sorted().compactMap { path in
            let (first, second) = (stagedPaths[path], unstagedPaths[path])
            let old = first == nil ? second?.old : first?.old
            let new = second == nil ? first?.new : second?.new
            guard old != nil || new != nil else { return nil }
            // What was staged may have been taken back.
            if let old, let new, new.id == nil, old.mode == new.mode,
                (try? id(ofFileAt: path, mode: new.mode)) == old.id
            {
                return nil
            }
            return FileChange(old: old, new: new)
        }
    }
}

extension Repository {
    /// Whether a folder below the work tree is a repository of its own.
    ///
    /// Where `.git` leads nowhere it is a folder like others. Follows `is_nonbare_repository_dir` of git's dir.c.
    static func isRepository(at folder: Path) -> Bool {
        let git = folder.appending(".git")
        switch (try? File.status(of: git))?.kind {
        case .folder: return isGitFolder(git)
        case .regular:
            // One that cannot be read is left alone.
            guard let bytes = try? File.read(git) else { return true }
            let mark = Array("gitdir: ".utf8)
            guard bytes.starts(with: mark) else { return false }
            let name = bytes.dropFirst(mark.count).prefix { $0 != .newline && $0 != 0x0D }
            return isGitFolder(folder.appending(Path(bytes: Array(name))))
        default: return false
        }
    }
}
