internal import Clibgit2
public import Platform

/// A branch of this repository, or what is known of one on a server.
public struct Branch: Hashable, Sendable {
    /// Its full name, below `refs/heads/` or `refs/remotes/`.
    public let name: ReferenceName
    /// Its last commit.
    public let commit: ObjectID
    /// Whether it is the one that HEAD names.
    public let isCurrent: Bool
    /// The branch that it follows; nil for none.
    public let upstream: Upstream?
    /// The other work tree that has it checked out; nil for none.
    public let otherWorkTree: Path?

    /// Whether it is known from a server.
    public var isRemote: Bool { name.branch == nil }
}

extension Repository {
    /// The branches, in the order of their names; those of servers come last.
    ///
    /// - Parameter includesRemote: Whether those of servers are wanted.
    /// - Returns: The branches that have a commit.
    /// - Throws: ``GitError`` where a reference cannot be read.
    ///
    /// Follows git-branch(1), `--list`.
    public func branches(includesRemote: Bool = false) throws(GitError) -> [Branch] {
        let current = try head().branch
        let holders = try branchHolders()
        var branches: [Branch] = []
        for name in try branchNames(includesRemote ? GIT_BRANCH_ALL : GIT_BRANCH_LOCAL) {
            guard let commit = try commit(of: name) else { continue }
            let upstream =
                name.branch == nil ? nil : try upstream(of: .branch(name, commit))
            branches.append(
                Branch(
                    name: name, commit: commit, isCurrent: name == current, upstream: upstream,
                    otherWorkTree: holders[name]))
        }
        return branches.sorted {
            ($0.isRemote ? 1 : 0, $0.name.path) < ($1.isRemote ? 1 : 0, $1.name.path)
        }
    }

    /// The full names; those that only point at others, such as `origin/HEAD`, are left out.
    private func branchNames(_ kind: git_branch_t) throws(GitError) -> [ReferenceName] {
        let iterator = try made("git_branch_iterator_new") {
            git_branch_iterator_new(&$0, pointer, kind)
        }
        defer { git_branch_iterator_free(iterator) }
        var names: [ReferenceName] = []
        while true {
            var (reference, found): (OpaquePointer?, git_branch_t) = (nil, kind)
            let answer = git_branch_next(&reference, &found, iterator)
            guard answer != GIT_ITEROVER.rawValue else { return names }
            try check("git_branch_next", answer)
            defer { git_reference_free(reference) }
            guard git_reference_type(reference) == GIT_REFERENCE_DIRECT else { continue }
            names.append(ReferenceName(Path(cString: git_reference_name(reference))))
        }
    }

    // MARK: Other work trees

    /// The branches that other work trees of this repository are on or rebase, and their folders.
    ///
    /// Follows `find_shared_symref` of git's worktree.c.
    func branchHolders() throws(GitError) -> [ReferenceName: Path] {
        let common = layout.commonFolder
        let linked = Folder.walk(common.appending("worktrees")) {
            $0.kind == .folder ? .take : .skip
        }
        var gitFolders = linked.taken.map {
            common.appending("worktrees").appending($0.relativePath)
        }
        if try configuration.bool("core.bare") != true { gitFolders.append(common) }
        var holders: [ReferenceName: Path] = [:]
        for folder in gitFolders where folder != layout.gitFolder {
            for name in branches(heldBy: folder) { holders[name] = Self.workTree(of: folder) }
        }
        return holders
    }

    private func branches(heldBy gitFolder: Path) -> [ReferenceName] {
        let head = Self.line(of: gitFolder.appending("HEAD"))
        let files: [Path] = ["rebase-merge/head-name", "rebase-apply/head-name"]
        let rebased = files.compactMap { Self.line(of: gitFolder.appending($0)) }
        let current = head.flatMap { line in
            line.bytes.starts(with: "ref: ".utf8)
                ? Path(bytes: Array(line.bytes.dropFirst(5))) : nil
        }
        return (rebased + [current].compactMap(\.self)).map { ReferenceName($0) }
    }

    private static func workTree(of gitFolder: Path) -> Path {
        (line(of: gitFolder.appending("gitdir")) ?? gitFolder).parent
    }

    private static func line(of file: Path) -> Path? {
        guard let bytes = try? File.read(file) else { return nil }
        return Path(bytes: Array(bytes.prefix { $0 != .newline }))
    }
}
