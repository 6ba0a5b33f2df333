internal import Platform

/// A commit and what became of it.
public struct RebasedCommit: Hashable, Sendable {
    /// As it was.
    public let old: ObjectID
    /// As it is on its new base.
    public let new: ObjectID
}

/// A rebase in progress, as git keeps it in `rebase-merge`.
///
///     head-name onto orig-head            from where to where
///     git-rebase-todo  done               what is left, what was begun
///     msgnum end                          how far it is
///     rewritten-list                      what became of commits, for the hook
///     stopped-sha message author-script   the commit that a person has to settle
///     autostash                           changes that were put aside
///
/// Follows sequencer.c of git 2.39, `write_basic_state` and `error_with_patch`.
struct RebaseState {
    static let folder: Path = "rebase-merge"

    /// The branch; nil where HEAD was on none.
    let branch: ReferenceName?
    /// What commits are put onto.
    let onto: ObjectID
    /// Where the branch was.
    let origin: ObjectID
    var todo: [RebaseStep]
    var done: [[UInt8]] = []
    var rewritten: [RebasedCommit] = []
    /// The commit whose conflicts are to be settled.
    var stopped: ObjectID?

    /// The commits that were made anew; of one that was skipped, the list has the commit before it.
    var picked: [RebasedCommit] {
        var known: Set<ObjectID> = [onto]
        return rewritten.filter { known.insert($0.new).inserted }
    }

    /// How many commands there are in all.
    var total: Int { done.count + todo.count(where: \.isCommand) }

    init(branch: ReferenceName?, onto: ObjectID, origin: ObjectID, todo: [RebaseStep]) {
        self.branch = branch
        self.onto = onto
        self.origin = origin
        self.todo = todo
    }

    /// Reads what git or nbgit left; nil where there is no rebase, or it has not begun.
    ///
    /// - Throws: ``GitError`` for a rebase that only git itself can go on with.
    init?(_ repository: Repository) throws(GitError) {
        let folder = repository.layout.gitFolder.appending(Self.folder)
        func read(_ name: Path) throws(GitError) -> [UInt8]? {
            do throws(SystemError) {
                return try File.read(folder.appending(name))
            } catch let error where error.isNotFound {
                return nil
            } catch {
                throw GitError(error)
            }
        }
        func line(_ name: Path) throws(GitError) -> [UInt8] {
            Array((try read(name) ?? []).prefix { $0 != .newline })
        }
        func commit(_ name: Path) throws(GitError) -> ObjectID? {
            ObjectID(hexadecimal: String(decoding: try line(name), as: UTF8.self))
        }
        guard let todo = try read("git-rebase-todo") else { return nil }
        guard let onto = try commit("onto"), let origin = try commit("orig-head") else {
            throw GitError("is not complete", path: folder, hint: "run 'git rebase --abort'")
        }
        self.onto = onto
        self.origin = origin
        let name = try line("head-name")
        branch = name.starts(with: "refs/".utf8) ? ReferenceName(Path(bytes: name)) : nil
        self.todo = todo.split(separator: .newline).map { line in
            RebaseStep(line: Array(line)) { repository.commit(named: $0) }
        }
        done = (try read("done") ?? []).split(separator: .newline).map(Array.init)
        rewritten = (try read("rewritten-list") ?? []).split(separator: .newline).compactMap {
            let names = $0.split(separator: UInt8(ascii: " ")).compactMap {
                ObjectID(hexadecimal: String(decoding: $0, as: UTF8.self))
            }
            return names.count == 2 ? RebasedCommit(old: names[0], new: names[1]) : nil
        }
        stopped = repository.commit(named: Path(bytes: try line("stopped-sha")))
        guard try read("amend") == nil else {
            throw Self.onlyGit("it stopped for a commit to be edited")
        }
        for step in self.todo {
            guard case .unknown(let name) = step.action else { continue }
            throw Self.onlyGit("its list has the command '\(Path(name).displayName)'")
        }
    }

    private static func onlyGit(_ reason: String) -> GitError {
        GitError(
            "only git itself can go on with this rebase: \(reason)",
            hint: "run 'git rebase --continue', or give it up: 'nbgit abort'")
    }
}

extension Repository {
    /// Writes down that a rebase has begun.
    func begin(_ state: RebaseState) throws(GitError) {
        let folder = RebaseState.folder
        try system { () throws(SystemError) in
            try sharing.apply { () throws(SystemError) in
                try Folder.create(layout.gitFolder.appending(folder))
            }
        }
        let name = state.branch?.path.bytes ?? Array("detached HEAD".utf8)
        var files: [(Path, [UInt8])] = [
            ("interactive", []), ("drop_redundant_commits", []),
            ("no-reschedule-failed-exec", []), ("head-name", name + [.newline]),
            ("onto", Array("\(state.onto)\n".utf8)), ("orig-head", Array("\(state.origin)\n".utf8)),
        ]
        if try configuration.bool("commit.gpgSign") ?? false {
            files.append(("gpg_sign_opt", Array("-S\n".utf8)))
        }
        try writeState(files.map { (folder.appending($0.0), $0.1) })
    }

    /// Writes down how far a rebase is; the list, which makes it one, comes last.
    func write(_ state: RebaseState) throws(GitError) {
        let folder = RebaseState.folder
        let done = state.done.flatMap { $0 + [.newline] }
        let rewritten = state.rewritten.map { "\($0.old) \($0.new)\n" }.joined()
        let todo = state.todo.flatMap { $0.line + [.newline] }
        var files: [(Path, [UInt8])] = [
            ("done", done),
            ("msgnum", Array("\(state.done.count)\n".utf8)),
            ("end", Array("\(state.total)\n".utf8)),
        ]
        if !rewritten.isEmpty { files.append(("rewritten-list", Array(rewritten.utf8))) }
        if state.done.isEmpty {
            let (first, last) = (state.onto.abbreviated, state.origin.abbreviated)
            let note = "\n# Rebase \(first)..\(last) onto \(first) (\(state.total) commands)\n"
            files.append(("git-rebase-todo.backup", todo + Array(note.utf8)))
        }
        files.append(("git-rebase-todo", todo))
        try writeState(files.map { (folder.appending($0.0), $0.1) })
    }

    /// Writes down which commit a person has to settle.
    func writeStop(
        at commit: Commit, _ merged: MergedTree
    ) throws(GitError) {
        let folder = RebaseState.folder
        let patch = try patch(of: commit)
        try writeState([
            ("MERGE_MSG", try withConflicts(commit.message, merged.conflicts)),
            ("AUTO_MERGE", Array("\(merged.tree)\n".utf8)),
            (folder.appending("message"), commit.message + [.newline]),
            (folder.appending("author-script"), AuthorScript.bytes(commit.author)),
            (folder.appending("patch"), patch),
            ("REBASE_HEAD", Array("\(commit.id)\n".utf8)),
            (folder.appending("stopped-sha"), Array("\(commit.id)\n".utf8)),
        ])
    }

    /// Takes back what ``writeStop(at:_:)`` wrote.
    func removeStop() throws(GitError) {
        let folder = RebaseState.folder
        let inFolder: [Path] = ["stopped-sha", "author-script", "message", "patch"]
        let names: [Path] = ["REBASE_HEAD", "MERGE_MSG", "AUTO_MERGE", "CHERRY_PICK_HEAD"]
        for name in inFolder.map({ folder.appending($0) }) + names {
            try system { () throws(SystemError) in
                try File.remove(layout.gitFolder.appending(name))
            }
        }
    }

    /// Removes all that git keeps of a rebase.
    func endRebase() throws(GitError) {
        try removeStop()
        let folder = layout.gitFolder.appending(RebaseState.folder)
        try system { () throws(SystemError) in
            // Without these there is nothing that could be gone on with or given up, whoever is killed here.
            try File.remove(folder.appending("git-rebase-todo"))
            try File.remove(folder.appending("orig-head"))
            try Folder.removeAll(folder)
        }
    }
}
