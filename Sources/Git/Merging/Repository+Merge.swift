internal import Clibgit2
internal import Platform

/// How a merge is to be done.
public struct MergeRequest: Sendable {
    /// What is brought in.
    public var incoming: Incoming
    /// Whether the branch may be moved without a merge.
    public var fastForward = FastForward.allowed
    /// What reflogs begin with, such as `pull`.
    public var action: [UInt8]
    /// Whether changes that are not committed are put aside meanwhile.
    public var putsAside = false
    /// Whether hooks that can refuse the commit are run.
    public var verifies = true

    /// Takes the default for every choice.
    public init(_ incoming: Incoming, action: [UInt8]) {
        self.incoming = incoming
        self.action = action
    }
}

extension Repository {
    /// Brings another history into the branch that is checked out.
    ///
    /// Files first, then the index, then what git keeps of a merge in progress, then the commit: a run that is
    /// killed is undone by ``undoInterruption()``, or has left a merge that can be finished.
    ///
    /// - Parameters:
    ///   - request: What, and how.
    ///   - observer: Runs hooks and signs.
    ///   - merging: Improves on git's merge of lines.
    /// - Returns: What it came to, and what became of changes that were put aside.
    /// - Throws: ``GitError``, also for histories that have nothing in common.
    ///
    /// Follows git-merge(1).
    public func merge(
        _ request: MergeRequest, observer: some CommitObserver, merging: ContentMerging? = nil
    ) throws(GitError) -> (outcome: MergeOutcome, autostash: AutostashOutcome) {
        try requireNoConflict()
        let head = try head()
        guard let commit = head.commit else {
            return (try begin(with: request, head), .nothing)
        }
        let incoming = request.incoming
        let bases = try mergeBases(commit, [incoming.commit])
        guard !bases.contains(incoming.commit) else { return (.upToDate, .nothing) }
        guard !bases.isEmpty else { throw unrelated(incoming) }
        let canMoveForward = bases == [commit]
        if request.fastForward == .only, !canMoveForward { return (.diverged, .nothing) }
        let movesForward = canMoveForward && request.fastForward != .never
        // Who is not known cannot commit; that is to be said before a file is touched.
        if !movesForward { _ = try (signature(.author), signature(.committer)) }
        let isPutAside = request.putsAside ? try putAside(mergeAutostash) : false
        let outcome: MergeOutcome
        do throws(GitError) {
            outcome =
                try movesForward
                ? moveForward(to: incoming.commit, from: head, request, observer)
                : merge(request, into: head, commit, observer, merging)
        } catch {
            if operation != .merge { _ = try? bringBack(mergeAutostash) }
            throw error
        }
        switch outcome {
        case .stopped, .held: return (outcome, isPutAside ? .kept : .nothing)
        default: return (outcome, try bringBack(mergeAutostash))
        }
    }

    func unrelated(_ incoming: Incoming) -> GitError {
        let name = Path(bytes: incoming.description).displayName
        return GitError(
            "\(name) and this branch have no commit in common, so they are not merged",
            hint: "if they belong together all the same, run "
                + "'git merge --allow-unrelated-histories \(incoming.commit.abbreviated)'")
    }

    // MARK: Without a merge

    /// Gives a branch that has no commit yet its first one.
    ///
    /// Follows `pull_into_void` of git's builtin/pull.c.
    private func begin(
        with request: MergeRequest, _ head: Head
    ) throws(GitError) -> MergeOutcome {
        let target = request.incoming.commit
        switch try moveWorkTree(from: nil, to: target) {
        case .failure(let obstacles): return .refused(obstacles)
        case .success(let files):
            try move(
                ReferenceUpdate(
                    name: head.branch ?? .head, old: nil, new: target,
                    message: Array("initial pull".utf8)),
                movesHead: head.branch != nil, by: logSignature)
            try? File.remove(switchMark)
            return .fastForwarded(files)
        }
    }

    private func moveForward(
        to target: ObjectID, from head: Head, _ request: MergeRequest,
        _ observer: some CommitObserver
    ) throws(GitError) -> MergeOutcome {
        switch try moveWorkTree(from: head.commit, to: target) {
        case .failure(let obstacles): return .refused(obstacles)
        case .success(let files):
            if let old = head.commit { try writeOriginalHead(old) }
            try move(
                ReferenceUpdate(
                    name: head.branch ?? .head, old: head.commit, new: target,
                    message: request.action + Array(": Fast-forward".utf8)),
                movesHead: head.branch != nil, by: logSignature)
            try? File.remove(switchMark)
            try tellOfMerge(observer)
            return .fastForwarded(files)
        }
    }

    private func tellOfMerge(_ observer: some CommitObserver) throws(GitError) {
        try observer.run(.postMerge, index: layout.index, author: logSignature)
    }

    // MARK: With a merge

    private func merge(
        _ request: MergeRequest, into head: Head, _ commit: ObjectID,
        _ observer: some CommitObserver, _ merging: ContentMerging?
    ) throws(GitError) -> MergeOutcome {
        let staged = try changes(from: commit, to: index()).map(\.path)
        guard staged.isEmpty else {
            return .refused(FilesInTheWay(changed: [], untracked: [], staged: staged))
        }
        let incoming = request.incoming
        let labels = MergeLabels(
            ours: Array("HEAD".utf8), theirs: Array("\(incoming.commit)".utf8), ancestor: nil)
        let merged = try merge(commit, incoming.commit, labels: labels, merging: merging)
        let files: [Path]
        switch try moveWorkTree(from: commit, to: merged.tree, conflicts: merged.conflicts) {
        case .failure(let obstacles): return .refused(obstacles)
        case .success(let moved): files = moved
        }
        try writeOriginalHead(commit)
        var message = try mergeMessage(for: incoming, into: head.branch)
        if !merged.conflicts.isEmpty { message = try withConflicts(message, merged.conflicts) }
        try writeMergeState(
            incoming, message: message, mode: request.fastForward,
            tree: merged.conflicts.isEmpty ? nil : merged.tree)
        try? File.remove(switchMark)
        guard merged.conflicts.isEmpty else {
            return .stopped(Conflicts(files: merged.conflicts, unmarked: merged.unmarked))
        }
        do throws(GitError) {
            return .merged(try commitMerge(request, head, commit, observer), files)
        } catch let error where error.isRefusal {
            return .held(error)
        }
    }

    /// Makes the commit of a merge that left nothing to settle.
    ///
    /// Follows `prepare_to_commit` and `merge_trivial` of git's builtin/merge.c.
    private func commitMerge(
        _ request: MergeRequest, _ head: Head, _ ours: ObjectID, _ observer: some CommitObserver
    ) throws(GitError) -> Commit {
        let author = try signature(.author)
        if request.verifies {
            try observer.run(.preMergeCommit, index: layout.index, author: author)
        }
        let file = layout.gitFolder.appending("MERGE_MSG")
        try observer.run(
            .prepareMessage(file: file, source: ["merge"]), index: layout.index, author: author)
        if request.verifies {
            try observer.run(.checkMessage(file: file), index: layout.index, author: author)
        }
        let text = try system { () throws(SystemError) in try File.read(file) }
        let message = MessageCleanup.whitespace.cleaned(text, comment: UInt8(ascii: "#"))
        guard !message.isEmpty else {
            throw GitError(
                "a hook left nothing of the message, so nothing was committed",
                hint: "finish the merge with 'nbgit commit -m <message>'")
        }
        let committer = try signature(.committer)
        let setting = try configuration.string("i18n.commitEncoding")
        let isUTF8 = ["utf-8", "utf8"].contains(setting?.lowercased() ?? "utf-8")
        let draft = Commit(
            id: .zero, tree: try index().writeTree(), parents: [ours, request.incoming.commit],
            author: author, committer: committer, encoding: isUTF8 ? nil : setting,
            message: message)
        let commit = try write(draft, observer)
        try move(
            ReferenceUpdate(
                name: head.branch ?? .head, old: ours, new: commit.id,
                message: request.action + Array(": Merge made by the 'ort' strategy.".utf8)),
            movesHead: head.branch != nil, by: committer)
        try finishOperation()
        try tellOfMerge(observer)
        return commit
    }

    /// Stores a commit, signed where that is asked for.
    func write(_ draft: Commit, _ observer: some CommitObserver) throws(GitError) -> Commit {
        let signature = try observer.signature(for: draft.bytes(), by: draft.committer)
        return try commit(write(draft.bytes(signature: signature), kind: GIT_OBJECT_COMMIT))
    }
}
