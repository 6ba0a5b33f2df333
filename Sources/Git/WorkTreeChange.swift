internal import Clibgit2
public import Platform

/// How a file of the work tree differs from the index.
public struct WorkTreeChange: Hashable, Sendable {
    /// What happened to it.
    public enum Kind: Sendable {
        /// It is not in the index.
        case added
        /// Its content or its mode is different, or what it is.
        case modified
        /// It is gone.
        case deleted
        /// It is in conflict.
        case conflicted
        /// It cannot be read.
        case unreadable
    }

    /// From the root of the work tree, without a closing slash.
    public let path: Path
    /// What happened.
    public let kind: Kind
    /// Whether it is a repository of its own.
    public let isRepository: Bool
}

extension Repository {
    /// The files that differ from the index, in the order of their paths; ignored ones are left out.
    ///
    /// - Parameters:
    ///   - index: To compare with.
    ///   - pathspec: Limits what is looked at.
    ///   - includesUntracked: Whether files are wanted that the index does not have.
    /// - Returns: One change for each path.
    /// - Throws: ``GitError`` where something could not be compared.
    public func workTreeChanges(
        from index: borrowing Index, _ pathspec: Pathspec, includesUntracked: Bool = true
    ) throws(GitError) -> [WorkTreeChange] {
        let roots = pathspec.roots
        let diff = try diffIndexToWorkTree(
            index, roots: roots, includesUntracked: includesUntracked)
        defer { git_diff_free(diff) }
        var changes: [WorkTreeChange] = []
        for number in 0..<git_diff_num_deltas(diff) {
            guard let delta = git_diff_get_delta(diff, number)?.pointee,
                let change = WorkTreeChange(delta) ?? bareRepository(delta),
                pathspec.matches(change.path),
                // git leaves such entries alone: `git update-index --skip-worktree`.
                !index.skipsWorkTree(change.path)
            else { continue }
            changes.append(change)
        }
        return changes
    }

    /// A repository whose work tree is empty, which libgit2 takes for an empty folder.
    private func bareRepository(_ delta: git_diff_delta) -> WorkTreeChange? {
        guard delta.status == GIT_DELTA_IGNORED, let name = delta.new_file.path else { return nil }
        let folder = Path(cString: name)
        guard folder.bytes.last == .slash, let workTree = layout.workTree,
            Self.isGitFolder(workTree.appending(folder).appending(".git"))
        else { return nil }
        let path = Path(bytes: folder.bytes.dropLast())
        guard (try? ignores(path, isFolder: true)) == false else { return nil }
        return WorkTreeChange(path: path, kind: .added, isRepository: true)
    }

    private func diffIndexToWorkTree(
        _ index: borrowing Index, roots: [Path], includesUntracked: Bool
    ) throws(GitError) -> OpaquePointer {
        var options = git_diff_options()
        try check(
            "git_diff_options_init",
            git_diff_options_init(&options, UInt32(GIT_DIFF_OPTIONS_VERSION)))
        options.flags =
            GIT_DIFF_INCLUDE_TYPECHANGE.rawValue | GIT_DIFF_INCLUDE_UNREADABLE.rawValue
            | GIT_DIFF_DISABLE_PATHSPEC_MATCH.rawValue | GIT_DIFF_SKIP_BINARY_CHECK.rawValue
        if includesUntracked {
            options.flags |=
                GIT_DIFF_INCLUDE_UNTRACKED.rawValue | GIT_DIFF_RECURSE_UNTRACKED_DIRS.rawValue
                | GIT_DIFF_INCLUDE_IGNORED.rawValue
        }
        let indexPointer = index.pointer
        var diff: OpaquePointer?
        let answer = withCStrings(roots.map(\.bytes)) { names in
            var names = names.map { UnsafeMutablePointer(mutating: $0) }
            return names.withUnsafeMutableBufferPointer { names in
                options.pathspec = git_strarray(strings: names.baseAddress, count: names.count)
                return git_diff_index_to_workdir(&diff, pointer, indexPointer, &options)
            }
        }
        do throws(GitError) { try check("git_diff_index_to_workdir", answer) } catch {
            throw explained(error)
        }
        guard let diff else { throw GitError("there is nothing to compare with") }
        return diff
    }
}

extension Index {
    fileprivate borrowing func skipsWorkTree(_ path: Path) -> Bool {
        guard let entry = raw(at: path) else { return false }
        return entry.flags_extended & UInt16(GIT_INDEX_ENTRY_SKIP_WORKTREE.rawValue) != 0
    }
}

extension WorkTreeChange {
    fileprivate init?(_ delta: git_diff_delta) {
        let file = delta.status == GIT_DELTA_DELETED ? delta.old_file : delta.new_file
        guard let name = file.path ?? delta.old_file.path else { return nil }
        switch delta.status {
        case GIT_DELTA_UNTRACKED, GIT_DELTA_ADDED: kind = .added
        case GIT_DELTA_MODIFIED, GIT_DELTA_TYPECHANGE: kind = .modified
        case GIT_DELTA_DELETED: kind = .deleted
        case GIT_DELTA_CONFLICTED: kind = .conflicted
        case GIT_DELTA_UNREADABLE: kind = .unreadable
        default: return nil
        }
        let full = Path(cString: name)
        let hasSlash = full.bytes.last == .slash
        path = hasSlash ? Path(bytes: full.bytes.dropLast()) : full
        isRepository = hasSlash || file.mode == UInt16(FileMode.submodule.rawValue)
    }
}
