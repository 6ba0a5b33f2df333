public import Platform

extension Repository {
    /// Makes a repository here of one elsewhere.
    ///
    /// Until all of it is there, the folder is gone again with all in it when anything goes wrong, a signal included.
    ///
    /// - Parameters:
    ///   - request: What, and where to.
    ///   - access: Who we are, and who is told what happens.
    ///   - environment: For the configuration of the person; what points into another repository is left out.
    /// - Returns: What was cloned; an empty repository is one, too.
    /// - Throws: ``GitError``; nothing is left behind then.
    ///
    /// Follows git-clone(1).
    public static func clone(
        _ request: CloneRequest, _ access: NetworkAccess, environment: Environment
    ) throws(GitError) -> CloneReport {
        let here = try system { () throws(SystemError) in try WorkingFolder.path() }
        let url = try request.url.forCloning(seenFrom: here)
        let folder = try FolderInTheMaking.begun(request.folder)
        let environment = environment.withoutRepository
        let repository = try initialize(folder.path, branch: nil, environment: environment)
            .repository
        let (head, lacksHead) = try repository.fetchAll(from: url, request, access)
        let files = try head.commit.map(repository.files(of:)) ?? []
        try repository.checkOut(files)
        let zero = Array("\(ObjectID.zero)".utf8)
        let hook = try head.commit.map { commit throws(GitError) in
            try repository.run(
                .postCheckout, [zero, Array("\(commit)".utf8), Array("1".utf8)])
        }
        var report = CloneReport(
            repository: repository, head: head, fileCount: files.count, hook: hook ?? .absent,
            ignoresDepth: request.depth != nil && !FetchRequest.canLimitDepth,
            lacksHead: lacksHead)
        if request.includesSubmodules {
            (report.submodules, report.failures) = try repository.cloneSubmodules(
                files, around: url, access)
        }
        folder.finish()
        return report
    }

    /// Fetches what a server has into a new repository, and puts HEAD where it is to be; no file is written.
    ///
    /// - Returns: HEAD, and whether the server is on none of the branches that it has.
    func fetchAll(
        from url: RemoteURL, _ request: CloneRequest, _ access: NetworkAccess
    ) throws(GitError) -> (head: Head, lacksHead: Bool) {
        let remote = try configuration.string("clone.defaultRemoteName") ?? "origin"
        _ = try set([
            (name: "remote.\(remote).url", value: url.text),
            (name: "remote.\(remote).fetch", value: "+refs/heads/*:refs/remotes/\(remote)/*"),
        ])
        let usual = try head().branch?.branch ?? "main"
        let message = "clone: from \(url)"
        var fetch = FetchRequest(from: try remotePlace(remote))
        fetch.reflogAction = message
        fetch.depth = request.depth
        var target = CloneTarget.nothing
        var advertised: [AdvertisedReference] = []
        _ = try self.fetch(fetch, access) { found throws(GitError) in
            advertised = found
            target = try CloneTarget(request, found, usual: usual)
            guard request.fetchesOnlyRevision else { return nil }
            return try self.narrow(remote, to: target.references(among: found))
        }
        if target == .serverHead {
            fetch.refspecs = ["HEAD"]
            _ = try self.fetch(fetch, access)
        }
        try forgetFetch(from: Path(remote))
        if let head = advertised.first(where: { $0.name == .head })?.target?.branch {
            try nameHead(of: Path(remote), head, message)
        }
        let head = try settle(target, advertised, Path(remote), message)
        // The first branch here will be one there.
        if head.commit == nil { try follow(usual, of: Path(remote)) }
        return (head, head.commit == nil && !advertised.isEmpty)
    }

    /// Makes a remote one of these references alone, as `git clone --single-branch` does.
    ///
    /// - Returns: What is fetched of it now; nil for all where there is nothing to go by.
    private func narrow(
        _ remote: String, to names: [ReferenceName]
    ) throws(GitError) -> [String]? {
        let specs = names.compactMap { name -> String? in
            guard let branch = name.branch else { return "+\(name.path.text):\(name.path.text)" }
            return "+\(name.path.text):refs/remotes/\(remote)/\(branch.text)"
        }
        guard let first = specs.first else { return nil }
        _ = try set([(name: "remote.\(remote).fetch", value: first)])
        return specs
    }

    /// git's own clone leaves no `FETCH_HEAD`, and no reflogs of the server's branches.
    private func forgetFetch(from remote: Path) throws(GitError) {
        try system { () throws(SystemError) in
            try File.remove(layout.gitFolder.appending("FETCH_HEAD"))
            let logs = layout.commonFolder.appending("logs/refs/remotes").appending(remote)
            if try File.status(of: logs) != nil { try Folder.removeAll(logs) }
        }
    }

    // MARK: HEAD

    /// Makes `<remote>/HEAD` name the branch that the server is on.
    private func nameHead(
        of remote: Path, _ branch: Path, _ message: String
    ) throws(GitError) {
        let folder = ReferenceName(Path("refs/remotes").appending(remote))
        let tracked = ReferenceName(folder.path.appending(branch))
        guard let commit = try commit(of: tracked) else { return }
        let name = ReferenceName(folder.path.appending("HEAD"))
        var lock = try lock(layout.commonFolder.appending(name.path))
        try system { () throws(SystemError) in
            try lock.write(Array("ref: ".utf8) + tracked.path.bytes + [.newline])
            try lock.replace(durable: flushes.references)
        }
        try logReference(name, from: nil, to: commit, Array(message.utf8), by: logSignature)
    }

    /// Puts HEAD where it is to be.
    private func settle(
        _ target: CloneTarget, _ advertised: [AdvertisedReference], _ remote: Path,
        _ message: String
    ) throws(GitError) -> Head {
        switch target {
        case .nothing:
            return try head()
        case .branch(let branch):
            return try settle(on: branch, of: remote, message)
        case .tag(let name):
            guard let id = try commit(of: name) else { throw Self.missing(name.short) }
            return try detach(at: try peeledCommit(id, name.short), message)
        case .serverHead:
            guard let id = advertised.first(where: { $0.name == .head })?.id else {
                throw Self.missing("HEAD")
            }
            return try detach(at: id, message)
        case .commit(let text):
            guard let id = commit(named: text) else { throw Self.missing(text) }
            return try detach(at: id, message)
        }
    }

    private func settle(
        on branch: Path, of remote: Path, _ message: String
    ) throws(GitError) -> Head {
        let tracked = ReferenceName(Path("refs/remotes").appending(remote).appending(branch))
        guard let commit = try commit(of: tracked) else { throw Self.missing(branch) }
        let name = ReferenceName(branch: branch)
        var lock = try lock(layout.gitFolder.appending("HEAD"))
        try system { () throws(SystemError) in
            try lock.write(Array("ref: ".utf8) + name.path.bytes + [.newline])
            try lock.replace(durable: flushes.references)
        }
        try move(
            ReferenceUpdate(name: name, old: nil, new: commit, message: Array(message.utf8)),
            movesHead: true, by: logSignature)
        try follow(branch, of: remote)
        return .branch(name, commit)
    }

    private func follow(_ branch: Path, of remote: Path) throws(GitError) {
        guard let name = branch.string, let remote = remote.string else { return }
        var settings = [
            (name: "branch.\(name).remote", value: remote),
            (name: "branch.\(name).merge", value: "refs/heads/\(name)"),
        ]
        let rebases = try configuration.string("branch.autoSetupRebase") ?? "never"
        if ["always", "remote"].contains(rebases) {
            settings.append((name: "branch.\(name).rebase", value: "true"))
        }
        _ = try set(settings)
    }

    private func detach(at commit: ObjectID, _ message: String) throws(GitError) -> Head {
        try move(
            ReferenceUpdate(name: .head, old: nil, new: commit, message: Array(message.utf8)),
            movesHead: false, by: logSignature)
        return .detached(commit)
    }

    private func peeledCommit(_ id: ObjectID, _ name: Path) throws(GitError) -> ObjectID {
        guard let commit = commit(named: Path("\(id)^{commit}")) else {
            throw GitError(
                "the tag '\(name.displayName)' is about no commit",
                hint: "clone without it, and look at it with git: git show '\(name.displayName)'")
        }
        return commit
    }

    private static func missing(_ name: Path) -> GitError {
        GitError(
            "the server has no commit '\(name.displayName)', or none that a branch or tag leads to",
            hint: "look for a slip in it; a commit takes at least four digits, and all 40 are best")
    }

    // MARK: Files

    /// Writes the files of a commit into an empty work tree.
    func checkOut(_ files: [FileChange.Side]) throws(GitError) {
        try requireSafeNames(files)
        _ = try resetFiles(files)
    }
}

extension FolderInTheMaking {
    /// Makes the folder of a new work tree, or takes an empty one.
    static func begun(_ path: Path) throws(GitError) -> FolderInTheMaking {
        do throws(SystemError) {
            return try FolderInTheMaking(at: path)
        } catch {
            guard error.isNotEmpty else { throw GitError(error) }
            throw GitError(
                "there is something in this folder already", path: path,
                hint: "name another one behind the address, or move it away")
        }
    }
}

extension Environment {
    /// The same without what points into one repository: for work on others.
    public var withoutRepository: Environment {
        ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR"]
            .reduce(self) { $0.setting($1, to: nil) }
    }
}
