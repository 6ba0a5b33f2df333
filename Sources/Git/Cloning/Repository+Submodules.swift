internal import Clibgit2
internal import Platform

extension Repository {
    /// Clones the repositories that a work tree just written is to have in it, and those in them.
    ///
    /// A token goes to no other server than that of the repository around. What cannot be cloned leaves an empty folder.
    ///
    /// - Parameters:
    ///   - files: What the commit has.
    ///   - url: Where this repository is fetched from.
    ///   - access: Who we are, and who is told what happens.
    ///   - depth: How many repositories are around this one.
    /// - Returns: What was cloned, by paths from this work tree, and what could not be.
    /// - Throws: ``GitError`` where the person interrupted it.
    ///
    /// Follows git-clone(1), `--recurse-submodules`, and git-submodule(1), `update --init`.
    func cloneSubmodules(
        _ files: [FileChange.Side], around url: RemoteURL, _ access: NetworkAccess, depth: Int = 0
    ) throws(GitError) -> (cloned: [Path], failures: [GitError]) {
        guard let workTree else { return ([], []) }
        var (cloned, failures): ([Path], [GitError]) = ([], [])
        // All of them, which those within them need not say again.
        if depth == 0 { _ = try set([(name: "submodule.active", value: ".")]) }
        let modules: [Submodule]
        do throws(GitError) {
            modules = try Submodule.all(files, in: workTree)
            guard modules.isEmpty || depth < Self.deepestSubmodule else {
                throw GitError("repositories lie in each other more than \(depth) levels deep")
            }
        } catch {
            return ([], [error])
        }
        for module in modules {
            do throws(GitError) {
                let inner = try clone(module, around: url, access, depth: depth)
                cloned.append(module.path)
                cloned += inner.cloned.map(module.path.appending)
                failures += inner.failures
            } catch {
                guard error.system?.isInterruption != true else { throw error }
                failures.append(error.about(module.path))
            }
        }
        return (cloned, failures)
    }

    /// Nobody nests deeper but to harm.
    private static let deepestSubmodule = 16

    private func clone(
        _ module: Submodule, around url: RemoteURL, _ access: NetworkAccess, depth: Int
    ) throws(GitError) -> (cloned: [Path], failures: [GitError]) {
        guard let workTree, let name = module.name.string else {
            throw GitError("a submodule's name must be UTF-8")
        }
        let address = try module.address(
            seenFrom: url, workTree, allowsFolders: try allowsFolders())
        try requireOwnGitFolder(module.name)
        let gitFolder = try FolderInTheMaking.begun(
            layout.commonFolder.appending("modules").appending(module.name))
        let root = try FolderInTheMaking.begun(workTree.appending(module.path))
        let repository = try Self.initialize(
            root.path, branch: nil, gitFolder: gitFolder.path, environment: environment
        ).repository
        try repository.spellLinks(root.path)
        let request = CloneRequest(address, into: root.path)
        let head = try repository.fetchAll(from: address, request, access).head
        guard try repository.isCommit(module.commit) else {
            throw GitError("\(address) has no commit \(module.commit), which is wanted here")
        }
        try repository.detachHead(at: module.commit, from: head)
        let files = try repository.files(of: module.commit)
        try repository.checkOut(files)
        let activation = (name: "submodule.\(name).active", value: "true")
        _ = try set(
            (depth > 0 ? [activation] : []) + [
                (name: "submodule.\(name).url", value: address.text)
            ])
        let inner = try repository.cloneSubmodules(
            files, around: address, access, depth: depth + 1)
        root.finish()
        gitFolder.finish()
        return inner
    }

    /// Spells the file `.git` and `core.worktree`, which lead to each other, as git does: libgit2 closes them with a slash.
    private func spellLinks(_ root: Path) throws(GitError) {
        let file = root.appending(".git")
        let line = try system { () throws(SystemError) in try File.read(file) }
        let spelled = Array(line.prefix { $0 != .newline })
        let bytes = spelled.last == .slash ? spelled.dropLast() : spelled
        try system { () throws(SystemError) in
            _ = try File.replace(file, with: bytes + [.newline], durable: false)
        }
        if let value = try configuration.string("core.worktree"), value.hasSuffix("/") {
            _ = try set([(name: "core.worktree", value: String(value.dropLast()))])
        }
    }

    /// Refuses a git folder in that of another submodule: what is put there could be a hook of the other.
    ///
    /// Follows validate_submodule_git_dir in submodule.c of git.
    private func requireOwnGitFolder(_ name: Path) throws(GitError) {
        var outer = name.parent
        while outer != "." {
            let head = layout.commonFolder.appending("modules").appending(outer).appending("HEAD")
            guard try system({ () throws(SystemError) in try File.status(of: head) }) == nil else {
                throw GitError(
                    "its name '\(name.displayName)' leads into the git folder of '\(outer.displayName)'"
                )
            }
            outer = outer.parent
        }
    }

    /// Whether a repository may name folders of this machine, which only the person can say.
    private func allowsFolders() throws(GitError) -> Bool {
        let entries =
            try configuration.values(of: "protocol.file.allow")
            + configuration.values(of: "protocol.allow")
        return entries.contains { $0.value == "always" && $0.level != .local }
    }

    /// Puts HEAD on a commit and no branch.
    private func detachHead(at commit: ObjectID, from head: Head) throws(GitError) {
        var lock = try lock(layout.gitFolder.appending("HEAD"))
        try system { () throws(SystemError) in
            try lock.write(Array("\(commit)\n".utf8))
            try lock.replace(durable: flushes.references)
        }
        let place = head.branch?.short.bytes ?? Array("\(head.commit ?? .zero)".utf8)
        try logHead(
            from: head.commit, to: commit,
            Array("checkout: moving from ".utf8) + place + Array(" to \(commit)".utf8),
            by: logSignature)
    }
}
