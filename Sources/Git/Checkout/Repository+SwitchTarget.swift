internal import Clibgit2
public import Platform

extension Repository {
    /// Finds the branch that a person wants to be on.
    ///
    /// A name that only one remote has a branch of stands for a new branch that follows it; `-` stands for
    /// the branch before this one.
    ///
    /// - Parameters:
    ///   - name: As the person wrote it.
    ///   - isNew: Whether a new branch is wanted.
    ///   - start: Where it is to begin; nil for HEAD.
    /// - Returns: The branch, which may be the current one.
    /// - Throws: ``GitError`` where there is no such branch, or there is one already.
    ///
    /// Follows git-switch(1), `--create` and `--guess`.
    public func switchTarget(
        _ name: Path, isNew: Bool, start: Path? = nil
    ) throws(GitError) -> SwitchTarget {
        if isNew { return try newTarget(name, start: start) }
        let name = name == "-" ? try previousBranch() : name
        let branch = ReferenceName(branch: name)
        if (try? ReferenceName(validBranch: name)) != nil, try commit(of: branch) != nil {
            return existing(branch)
        }
        let head = try head()
        if case .unborn(branch) = head { return existing(branch) }
        let remotes = try remotes().map(\.name)
        let found = remotes.filter {
            (try? commit(of: .init(remote: $0, branch: name))) ?? nil != nil
        }
        switch try found.count == 1 ? found[0] : preferredRemote(found) {
        case let remote?:
            let tracked = ReferenceName(remote: remote, branch: name)
            return SwitchTarget(
                branch: branch, start: try commit(of: tracked), isNew: true,
                startName: tracked.path, tracked: (tracked, remote))
        case nil where found.count > 1:
            let names = found.map { "'\($0.displayName)'" }.joined(separator: " and ")
            throw GitError(
                "'\(name.displayName)' is a branch of \(names)",
                hint: "say which: nbgit switch -c '\(name.displayName)' "
                    + "'\(found[0].displayName)/\(name.displayName)'")
        case nil: throw noBranch(name, remotes)
        }
    }

    private func existing(_ branch: ReferenceName) -> SwitchTarget {
        SwitchTarget(branch: branch, start: nil, isNew: false, startName: "", tracked: nil)
    }

    private func newTarget(_ name: Path, start: Path?) throws(GitError) -> SwitchTarget {
        let branch = try ReferenceName(validBranch: name)
        let head = try head()
        guard try commit(of: branch) == nil else {
            throw GitError(
                "there is a branch '\(name.displayName)' already",
                hint: "go to it with 'nbgit switch \(name.displayName)'")
        }
        guard let start else {
            return SwitchTarget(
                branch: branch, start: head.commit, isNew: true, startName: "HEAD", tracked: nil)
        }
        guard let commit = commit(named: start) else {
            throw GitError(
                "'\(start.displayName)' names no commit",
                hint: "'nbgit log' and 'nbgit branch list --all' show what there is")
        }
        let tracking = ReferenceName(Path("refs/remotes").appending(start))
        let isTracking = try self.commit(of: tracking) == commit
        let remote = try remotes().map(\.name).first { start.relative(to: $0) != nil }
        let follows = try configuration.string("branch.autoSetupMerge") != "false"
        return SwitchTarget(
            branch: branch, start: commit, isNew: true, startName: start,
            tracked: isTracking && follows ? remote.map { (tracking, $0) } : nil)
    }

    /// The commit that a revision of gitrevisions(7) names, or nil for none.
    public func commit(named name: Path) -> ObjectID? {
        var object: OpaquePointer?
        guard git_revparse_single(&object, pointer, name.cName) == 0 else {
            git_error_clear()
            return nil
        }
        defer { git_object_free(object) }
        var commit: OpaquePointer?
        guard git_object_peel(&commit, object, GIT_OBJECT_COMMIT) == 0 else {
            git_error_clear()
            return nil
        }
        defer { git_object_free(commit) }
        return git_object_id(commit).map { ObjectID($0.pointee) }
    }

    private func preferredRemote(_ found: [Path]) throws(GitError) -> Path? {
        guard let name = try configuration.string("checkout.defaultRemote") else { return nil }
        return found.first { $0 == Path(name) }
    }

    /// Follows `@{-1}` of gitrevisions(7): what HEAD's reflog says was left last.
    private func previousBranch() throws(GitError) -> Path {
        let file = layout.gitFolder.appending("logs/HEAD")
        let bytes = (try? File.read(file)) ?? []
        let start = Array("checkout: moving from ".utf8)
        for line in bytes.split(separator: .newline).reversed() {
            let message = line.drop { $0 != UInt8(ascii: "\t") }.dropFirst()
            guard message.starts(with: start) else { continue }
            return Path(bytes: Array(message.dropFirst(start.count).prefix { $0 != 32 }))
        }
        throw GitError(
            "there is no branch before this one", hint: "'nbgit branch list' shows those there are")
    }

    private func noBranch(_ name: Path, _ remotes: [Path]) -> GitError {
        let shown = name.displayName
        if let remote = remotes.first(where: { name.relative(to: $0) != nil }),
            let rest = name.relative(to: remote), commit(named: name) != nil
        {
            return GitError(
                "'\(shown)' is a branch on the server",
                hint: "make one of your own that follows it: nbgit switch '\(rest.displayName)'")
        }
        if commit(named: name) != nil {
            return GitError(
                "'\(shown)' is a commit and not a branch",
                hint: "make a branch there: nbgit switch -c <new-branch> '\(shown)'")
        }
        return GitError(
            "there is no branch '\(shown)'", hint: "make it here: nbgit switch -c '\(shown)'")
    }
}

extension ReferenceName {
    /// What is known of a branch of a remote: `refs/remotes/<remote>/<branch>`.
    public init(remote: Path, branch: Path) {
        self.init(Path("refs/remotes").appending(remote).appending(branch))
    }
}
