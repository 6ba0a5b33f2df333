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
    /// Repositories inside this one that have no commit yet, which were left out.
    public internal(set) var emptyRepositories: [Path] = []

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
        let changes = try workTreeChanges(from: index, pathspec, includesUntracked: untracked)
        var staging = Staging()
        var edits: [IndexEdit] = []
        for change in changes {
            try system { () throws(SystemError) in try Interrupt.check() }
            switch try edit(for: change, in: index) {
            case nil: staging.emptyRepositories.append(change.path)
            case let edit? where edit.entry == nil:
                staging.removed.append(change.path)
                edits.append(edit)
            case let edit?:
                staging.added.append(change.path)
                if change.isRepository, change.kind == .added {
                    staging.repositories.append(change.path)
                }
                edits.append(edit)
            }
        }
        // What is gone makes room before something new takes its name: a folder where a file was.
        return (staging, edits.filter { $0.entry == nil } + edits.filter { $0.entry != nil })
    }

    /// What becomes of one path; nil for a repository without a commit.
    private func edit(
        for change: WorkTreeChange, in index: borrowing Index
    ) throws(GitError) -> IndexEdit? {
        if change.kind == .unreadable {
            let path = layout.workTree?.appending(change.path) ?? change.path
            // Opening it says why.
            _ = try system { () throws(SystemError) in try File.read(path) }
            throw GitError("cannot be read", path: path)
        }
        let isGone = change.kind == .deleted || (change.kind == .conflicted && isMissing(change))
        guard !isGone else { return IndexEdit(path: change.path, entry: nil) }
        do throws(GitError) {
            try check(
                "git_index_add_bypath", git_index_add_bypath(index.pointer, change.path.cName))
        } catch let error where change.isRepository && error.isUnborn {
            return nil
        } catch {
            throw explained(error).about(change.path)
        }
        var entry = index.raw(at: change.path)
        // libgit2 believes the mode of a new file even where core.fileMode says not to.
        if change.kind == .added, try configuration.bool("core.fileMode") == false,
            entry?.mode == FileMode.executable.rawValue
        {
            entry?.mode = FileMode.regular.rawValue
        }
        return IndexEdit(path: change.path, entry: entry)
    }

    private func isMissing(_ change: WorkTreeChange) -> Bool {
        guard let path = layout.workTree?.appending(change.path) else { return true }
        return (try? File.status(of: path, followingLinks: false)) == nil
    }
}

extension GitError {
    /// The same error, with the file it is about where it does not say that itself.
    func about(_ path: Path) -> GitError {
        self.path != nil ? self : GitError(description, path: path, hint: hint, code: code)
    }
}
