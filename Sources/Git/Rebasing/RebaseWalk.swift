internal import Clibgit2
internal import Platform

/// Goes through the list of a rebase.
struct RebaseWalk<Observer: CommitObserver> {
    private let repository: Repository
    private let observer: Observer
    private let merging: ContentMerging?
    /// What reflogs begin with.
    private let action: [UInt8]
    var dropped: [Commit] = []
    private var lines: [HeadLogLine] = []

    init(
        _ repository: Repository, _ observer: Observer, merging: ContentMerging?, action: [UInt8]
    ) {
        self.repository = repository
        self.observer = observer
        self.merging = merging
        self.action = action
    }

    /// Brings over what is left, moves files, index and HEAD there, and finishes or stops.
    ///
    /// - Parameters:
    ///   - state: What is left; kept up to date.
    ///   - head: Where HEAD is.
    ///   - start: The commit that the next one is put onto.
    /// - Returns: What it came to.
    /// - Throws: ``GitError``.
    mutating func run(
        _ state: inout RebaseState, from head: Head, at start: ObjectID
    ) throws(GitError) -> RebaseOutcome {
        var picking = try RebasePicking(onto: start, repository, observer, merging: merging)
        // The first move of a rebase: HEAD leaves its branch.
        if head.branch != nil || head.commit != start {
            log(from: head.commit ?? .zero, to: start, "start", Array("checkout \(start)".utf8))
        }
        var stop: (commit: Commit, merged: MergedTree)?
        var picked: [RebasedCommit] = []
        while stop == nil, !state.todo.isEmpty {
            let step = state.todo.removeFirst()
            if step.isCommand { state.done.append(step.line) }
            guard case .pick(let id) = step.action else { continue }
            let commit = try repository.commit(id)
            let before = picking.head
            switch try picking.pick(id) {
            case .picked(let made):
                picked.append(made)
                state.rewritten.append(made)
                log(from: before, to: made.new, "pick", commit.subjectBytes)
            case .dropped: dropped.append(commit)
            case .stopped(let merged): stop = (commit, merged)
            }
        }
        let target = stop?.merged.tree ?? picking.head
        switch try repository.moveWorkTree(
            from: head.commit, to: target, conflicts: stop?.merged.conflicts ?? [])
        {
        case .failure(let obstacles): return .refused(obstacles)
        case .success: break
        }
        try land(state, from: head, at: picking.head)
        if let stop {
            state.stopped = stop.commit.id
            // The list goes last: a commit that is not on it must be known as the one to settle.
            try repository.writeStop(at: stop.commit, stop.merged)
            try repository.write(state)
            try? File.remove(repository.switchMark)
            return .stopped(
                RebaseStop(
                    commit: stop.commit, number: state.done.count, total: state.total,
                    conflicts: Conflicts(
                        files: stop.merged.conflicts, unmarked: stop.merged.unmarked)))
        }
        return .finished(try finish(state, at: picking.head))
    }

    private mutating func log(
        from old: ObjectID, to new: ObjectID, _ what: String, _ text: [UInt8]
    ) {
        let message = action + Array(" (\(what)): ".utf8) + text
        lines.append(HeadLogLine(old: old, new: new, message: message))
    }

    /// Moves HEAD.
    ///
    /// What became of commits is written before: whoever finds HEAD there knows what is done.
    private func land(
        _ state: RebaseState, from head: Head, at commit: ObjectID
    ) throws(GitError) {
        if !state.rewritten.isEmpty {
            let list = state.rewritten.map { "\($0.old) \($0.new)\n" }.joined()
            let file = RebaseState.folder.appending("rewritten-list")
            try repository.writeState([(file, Array(list.utf8))])
        }
        guard !lines.isEmpty else { return }
        try repository.detachHead(
            at: commit, from: head, logging: lines, by: repository.logSignature)
        if case .branch(_, let old) = head {
            try observer.run(
                .postCheckout(old: old, new: state.onto), index: repository.layout.index,
                author: repository.logSignature)
        }
        if try repository.hasHook(.postCommit) {
            for made in state.rewritten where lines.contains(where: { $0.new == made.new }) {
                let author = try repository.commit(made.new).author
                try observer.run(
                    .postCommit, index: repository.layout.index, author: author)
            }
        }
    }

    /// Moves the branch, and HEAD back onto it.
    ///
    /// Follows the end of `pick_commits` of git's sequencer.c.
    private func finish(
        _ state: RebaseState, at commit: ObjectID
    ) throws(GitError) -> RebaseReport {
        let committer = repository.logSignature
        if let branch = state.branch {
            let message =
                action + Array(" (finish): ".utf8) + branch.path.bytes
                + Array(" onto \(state.onto)".utf8)
            let old = try repository.commit(of: branch)
            try repository.move(
                ReferenceUpdate(name: branch, old: old, new: commit, message: message),
                movesHead: false, by: committer)
            let back = action + Array(" (finish): returning to ".utf8) + branch.path.bytes
            try repository.attachHead(
                to: branch, from: .detached(commit),
                logging: [HeadLogLine(old: commit, new: commit, message: back)], by: committer)
        }
        return try conclude(state)
    }

    /// Tells the hook, brings back what was put aside, and ends the rebase; branch and HEAD are where they should be.
    func conclude(_ state: RebaseState) throws(GitError) -> RebaseReport {
        try? File.remove(repository.switchMark)
        if !state.rewritten.isEmpty {
            try observer.run(
                .postRebase(state.rewritten), index: repository.layout.index,
                author: repository.logSignature)
        }
        let autostash = try repository.bringBackRebaseAutostash()
        try repository.endRebase()
        let head = try repository.head().commit ?? state.origin
        return RebaseReport(
            commit: try repository.commit(head), branch: state.branch, picked: state.picked,
            dropped: dropped, autostash: autostash)
    }
}
