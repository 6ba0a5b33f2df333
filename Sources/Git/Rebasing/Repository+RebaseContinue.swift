internal import Clibgit2
internal import Platform

extension Repository {
    /// Goes on with a rebase that git or nbgit began, when what was in conflict is settled and staged.
    ///
    /// - Parameters:
    ///   - skips: Whether the commit that is in conflict is left out.
    ///   - observer: Runs hooks and signs.
    ///   - merging: Improves on git's merge of lines.
    /// - Returns: What it came to, and what was saved before changes were thrown away.
    /// - Throws: ``GitError`` where something is still in conflict or not staged, and where only git can go on.
    ///
    /// Follows git-rebase(1), `--continue` and `--skip`.
    func continueRebase(
        skips: Bool, observer: some CommitObserver, merging: ContentMerging?
    ) throws(GitError) -> (outcome: RebaseOutcome, backup: Backup?) {
        guard try !forgetUnbegunRebase(), var state = try RebaseState(self) else {
            throw GitError(
                "the rebase was cut short, and there is nothing to go on with",
                hint: "'nbgit status' shows where you are; 'nbgit pull' begins again")
        }
        let action = Array((environment["GIT_REFLOG_ACTION"] ?? "rebase").utf8)
        var isCutShort = false
        _ = try undoInterruptedSwitch { () throws(GitError) in
            // Its files were on their way: the commit is brought over once more.
            guard !skips else { return }
            try pickAgain(&state)
            try write(state)
            try removeStop()
            isCutShort = true
        }
        var walk = RebaseWalk(self, observer, merging: merging, action: action)
        let head = try head()
        guard head.branch == nil, let commit = head.commit else {
            guard head.commit == state.origin else {
                return (.finished(try walk.conclude(state)), nil)
            }
            // HEAD has not left its branch yet.
            state.rewritten = []
            return (try walk.run(&state, from: head, at: state.onto), nil)
        }
        forgetDone(&state, at: commit)
        var backup: Backup?
        if skips {
            backup = try skip(at: commit)
            if let stopped = state.stopped {
                state.rewritten.append(RebasedCommit(old: stopped, new: commit))
            }
        } else if !isCutShort {
            try commitSettled(&state, head, observer, action)
        }
        let now = try self.head()
        try write(state)
        try removeStop()
        return (try walk.run(&state, from: now, at: now.commit ?? commit), backup)
    }

    /// Forgets a rebase that was cut short before it began or when it had ended; says whether there is one.
    func forgetUnbegunRebase() throws(GitError) -> Bool {
        let folder = layout.gitFolder.appending(RebaseState.folder)
        func has(_ file: Path) -> Bool { (try? File.status(of: file)) != nil }
        guard has(folder), !has(folder.appending("git-rebase-todo")) else { return false }
        _ = try bringBackRebaseAutostash()
        try endRebase()
        return true
    }

    /// Takes commits off the list that a run which was killed has made already.
    private func forgetDone(_ state: inout RebaseState, at commit: ObjectID) {
        guard let last = state.rewritten.last(where: { $0.new == commit }) else { return }
        guard let place = state.todo.lastIndex(where: { $0.action == .pick(last.old) }) else {
            return
        }
        state.done += state.todo[...place].filter(\.isCommand).map(\.line)
        state.todo.removeSubrange(...place)
    }

    /// Puts the commit that a rebase stopped at back on the list.
    private func pickAgain(_ state: inout RebaseState) throws(GitError) {
        defer { state.stopped = nil }
        guard let stopped = state.stopped,
            !state.todo.contains(where: { $0.action == .pick(stopped) })
        else { return }
        state.todo.insert(RebaseStep(picking: try commit(stopped), isEmpty: false), at: 0)
        if !state.done.isEmpty { state.done.removeLast() }
    }

    private func skip(at commit: ObjectID) throws(GitError) -> Backup? {
        let left = try commits(in: "AUTO_MERGE")
        return try takeBack(to: commit, from: left, givingUp: pathsToSettle()).backup
    }

    /// What the commit touches that the rebase stopped at: its files may be half settled.
    private func pathsToSettle() throws(GitError) -> Set<Path> {
        guard let id = try commits(in: "REBASE_HEAD").first else { return [] }
        let stopped = try commit(id)
        return Set(try changes(from: stopped.parents.first, to: id).map(\.path))
    }

    /// Makes the commit whose conflicts were settled, from what is staged.
    ///
    /// Follows `commit_staged_changes` of git's sequencer.c.
    private func commitSettled(
        _ state: inout RebaseState, _ head: Head, _ observer: some CommitObserver,
        _ action: [UInt8]
    ) throws(GitError) {
        guard let commit = head.commit else { return }
        try requireStaged()
        let tree = try index().writeTree()
        if try tree != self.commit(commit).tree {
            let folder = layout.gitFolder.appending(RebaseState.folder)
            let script = (try? File.read(folder.appending("author-script"))) ?? []
            let text = try? File.read(folder.appending("message"))
            guard let text else {
                throw GitError(
                    "there are staged changes, and no commit that they belong to",
                    hint: "commit them: nbgit commit -m <message>")
            }
            let known = AuthorScript.author(script)
            let author = if let known { known } else { try signature(.author) }
            var message = MessageCleanup.whitespace.cleaned(text, comment: UInt8(ascii: "#"))
            if try hasHook(.prepareCommitMessage) {
                message = try preparedMessage(message, author: author, observer)
            }
            let committer = try signature(.committer)
            let old = try state.stopped.map { id throws(GitError) in try self.commit(id) }
            let draft = Commit(
                id: .zero, tree: tree, parents: [commit], author: author, committer: committer,
                encoding: old?.encoding, message: message)
            let made = try write(draft, observer)
            let line = HeadLogLine(
                old: commit, new: made.id,
                message: action + Array(" (continue): ".utf8) + made.subjectBytes)
            try detachHead(at: made.id, from: head, logging: [line], by: committer)
            try observer.run(.postCommit, index: layout.index, author: author)
        }
        if let stopped = state.stopped, let new = try self.head().commit {
            state.rewritten.append(RebasedCommit(old: stopped, new: new))
        }
    }

    /// Refuses while the work tree has something that the index does not.
    private func requireStaged() throws(GitError) {
        try requireNoConflict()
        let index = try index()
        var comparison = try WorkTreeComparison(self, workTree: workTree ?? ".", minding: .commit)
        for change in try stagingChanges(from: index, .all, includesUntracked: false) {
            guard let entry = index.raw(at: change.path),
                try comparison.change(at: change.path, since: entry) != nil
            else { continue }
            let name = change.path.displayName
            throw GitError(
                "was changed and is not staged", path: change.path,
                hint: "stage it with 'nbgit add \(name)', or throw the change away: "
                    + "nbgit restore \(name)")
        }
    }

    /// Gives a rebase up: branch, index and files are as before it.
    ///
    /// - Returns: What was saved because the person had changed it meanwhile, and what became of changes that were
    ///   put aside.
    /// - Throws: ``GitError``.
    ///
    /// Follows git-rebase(1), `--abort`.
    func abortRebase() throws(GitError) -> (backup: Backup?, autostash: AutostashOutcome) {
        if try forgetUnbegunRebase() { return (nil, .nothing) }
        let folder = layout.gitFolder.appending(RebaseState.folder)
        func line(_ name: Path) -> [UInt8] {
            Array(((try? File.read(folder.appending(name))) ?? []).prefix { $0 != .newline })
        }
        let origin = ObjectID(hexadecimal: String(decoding: line("orig-head"), as: UTF8.self))
        var backup: Backup?
        if let origin {
            let head = try head()
            var trees = try commits(in: "AUTO_MERGE") + commits(in: "nbgit/switch")
            if let commit = head.commit { trees.append(commit) }
            backup = try takeBack(to: origin, from: trees, givingUp: pathsToSettle()).backup
            try returnHead(to: line("head-name"), origin, from: head)
        }
        try? File.remove(switchMark)
        let autostash = try bringBackRebaseAutostash()
        try endRebase()
        return (backup, autostash)
    }

    private func returnHead(
        to name: [UInt8], _ origin: ObjectID, from head: Head
    ) throws(GitError) {
        let committer = logSignature
        let prefix = Array("rebase (abort): returning to ".utf8)
        guard name.starts(with: "refs/".utf8) else {
            guard head != .detached(origin) else { return }
            let line = HeadLogLine(
                old: head.commit, new: origin, message: prefix + Array("\(origin)".utf8))
            return try detachHead(at: origin, from: head, logging: [line], by: committer)
        }
        let branch = ReferenceName(Path(bytes: name))
        guard head != .branch(branch, origin) else { return }
        let line = HeadLogLine(old: head.commit, new: origin, message: prefix + name)
        let old = try commit(of: branch)
        if old != origin {
            try move(
                ReferenceUpdate(
                    name: branch, old: old, new: origin, message: prefix + name),
                movesHead: head.branch == branch, by: committer)
        }
        guard head.branch != branch else { return }
        try attachHead(to: branch, from: head, logging: [line], by: committer)
    }
}
