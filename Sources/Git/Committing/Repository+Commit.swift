internal import Clibgit2
internal import Platform

extension Repository {
    /// Makes a commit, on the branch that HEAD names.
    ///
    /// - Parameters:
    ///   - request: What, and how.
    ///   - observer: Runs hooks and signs.
    /// - Returns: The commit, or that there is nothing to commit.
    /// - Throws: ``GitError``; branch and index are then as they were, but for what a hook did.
    ///
    /// Follows git-commit(1).
    public func commit(
        _ request: CommitRequest, observer: some CommitObserver
    ) throws(GitError) -> CommitOutcome {
        let plan = try CommitPlan(request, self)
        var stage = try CommitStage.prepared(request, plan, self)
        if request.verifies {
            try observer.run(.preCommit, index: stage.file, author: plan.author)
        }
        let tree = try stage.writeTree()
        guard try plan.isWorthCommitting(tree) else { return .nothingToCommit }

        let message = try self.message(request, plan, stage, observer)
        let draft = Commit(
            id: .zero, tree: tree, parents: plan.parents, author: plan.author,
            committer: plan.committer, encoding: plan.encoding, message: message)
        try stage.requireDraft()
        let signature = try observer.signature(for: draft.bytes(), by: plan.committer)
        let id = try write(draft.bytes(signature: signature), kind: GIT_OBJECT_COMMIT)
        let commit = try commit(id)

        // From here on it is done to the end. The index goes first: killed between the two, everything is
        // staged as for the commit, and the same command makes it; the other way round git would see the
        // opposite of the commit staged.
        try system { () throws(SystemError) in try Interrupt.check() }
        try move(
            ReferenceUpdate(
                name: plan.head.branch ?? .head, old: plan.head.commit, new: id,
                message: plan.logPrefix + Array(commit.subject.utf8)),
            movesHead: plan.head.branch != nil, by: plan.committer
        ) { () throws(GitError) in try stage.publish() }
        var notes: [GitError] = []
        func finish(_ body: () throws(GitError) -> Void) {
            do throws(GitError) { try body() } catch { notes.append(error.afterCommit) }
        }
        finish(finishOperation)
        var autostash = AutostashOutcome.nothing

        finish { () throws(GitError) in
            try observer.run(.postCommit, index: layout.index, author: plan.author)
        }
        if request.amends, let old = plan.head.commit {
            finish { () throws(GitError) in
                try observer.run(
                    .postRewrite(old: old, new: id), index: layout.index, author: plan.author)
            }
        }
        finish { () throws(GitError) in autostash = try bringBack(mergeAutostash) }
        var changes: DiffStatistics?
        finish { () throws(GitError) in
            changes = try statistics(from: plan.comparedTree, to: tree)
        }
        return .made(
            CommitReport(
                commit: commit, branch: plan.head.branch, isAmended: request.amends,
                changes: changes, autostash: autostash, notes: notes))
    }

    /// The text as it goes into the commit, after the hooks have seen it.
    private func message(
        _ request: CommitRequest, _ plan: CommitPlan, _ stage: borrowing CommitStage,
        _ observer: some CommitObserver
    ) throws(GitError) -> [UInt8] {
        let comment = try configuration.string("core.commentChar")?.utf8.first ?? UInt8(ascii: "#")
        let cleanup = try MessageCleanup(configuration)
        let file = layout.gitFolder.appending("COMMIT_EDITMSG")
        let given = cleanup.cleaned(plan.message, comment: comment)
        try system { () throws(SystemError) in
            try sharing.apply { () throws(SystemError) in
                // Somebody else of the group may have left one that only they can write.
                if sharing != .unshared { try File.remove(file) }
                try File.replace(file, with: given)
            }
        }
        try observer.run(
            .prepareMessage(file: file, source: plan.messageSource), index: stage.file,
            author: plan.author)
        var message = try cleaned(file, cleanup, comment)
        var hook = given.isBlank ? nil : "prepare-commit-msg"
        if request.verifies {
            if !message.isBlank { hook = "commit-msg" }
            try observer.run(.checkMessage(file: file), index: stage.file, author: plan.author)
            message = try cleaned(file, cleanup, comment)
        }
        guard !message.isBlank else { throw emptyMessage(madeBy: hook) }
        return message
    }

    private func cleaned(
        _ file: Path, _ cleanup: MessageCleanup, _ comment: UInt8
    ) throws(GitError) -> [UInt8] {
        let text = try system { () throws(SystemError) in try File.read(file) }
        return cleanup.cleaned(text, comment: comment)
    }

    /// Says which hook left nothing of the text; nil stands for a person who wrote nothing.
    private func emptyMessage(madeBy hook: String?) -> GitError {
        guard let hook else {
            return GitError("the message is empty", hint: "say what changed: -m '<message>'")
        }
        return GitError(
            "hook '\(hook)' left nothing of the message, so nothing was committed",
            hint: "look at what it does to the file that it is given")
    }

    /// Removes what a merge or another operation left for this commit.
    ///
    /// Follows remove_merge_branch_state and sequencer_post_commit_cleanup of git.
    func finishOperation() throws(GitError) {
        let names: [Path] = [
            "CHERRY_PICK_HEAD", "REVERT_HEAD", "MERGE_HEAD", "MERGE_RR", "MERGE_MSG", "MERGE_MODE",
            "AUTO_MERGE", "SQUASH_MSG",
        ]
        for name in names {
            try system { () throws(SystemError) in
                try File.remove(layout.gitFolder.appending(name))
            }
        }
    }

    /// How much two trees differ; nil stands for the empty tree.
    func statistics(
        from old: ObjectID?, to new: ObjectID
    ) throws(GitError) -> DiffStatistics {
        let oldTree = try old.map { id throws(GitError) in try tree(id) }
        defer { git_tree_free(oldTree) }
        let newTree = try tree(new)
        defer { git_tree_free(newTree) }
        let diff = try made("git_diff_tree_to_tree") {
            git_diff_tree_to_tree(&$0, pointer, oldTree, newTree, nil)
        }
        defer { git_diff_free(diff) }
        try check("git_diff_find_similar", git_diff_find_similar(diff, nil))
        let statistics = try made("git_diff_get_stats") { git_diff_get_stats(&$0, diff) }
        defer { git_diff_stats_free(statistics) }
        return DiffStatistics(
            fileCount: git_diff_stats_files_changed(statistics),
            insertionCount: git_diff_stats_insertions(statistics),
            deletionCount: git_diff_stats_deletions(statistics))
    }

    func tree(_ id: ObjectID) throws(GitError) -> OpaquePointer {
        var oid = id.oid
        return try made("git_tree_lookup") { git_tree_lookup(&$0, pointer, &oid) }
    }
}

extension [UInt8] {
    fileprivate var isBlank: Bool { allSatisfy { $0 <= 32 } }
}

extension GitError {
    /// The same error, as what is said of a commit that stands nevertheless.
    fileprivate var afterCommit: GitError {
        GitError("the commit is made, but afterwards: \(description)", path: path, hint: hint)
    }
}
