internal import Clibgit2
internal import Platform

/// Makes commits anew on another commit, in memory: nothing but objects is written.
///
/// Follows `do_pick_commit` of git's sequencer.c.
struct RebasePicking<Observer: CommitObserver> {
    /// What came of one commit.
    enum Outcome {
        case picked(RebasedCommit)
        /// It would change nothing any more.
        case dropped
        /// Files are in conflict.
        case stopped(MergedTree)
    }

    /// The last commit that was made, or the one to begin at.
    private(set) var head: ObjectID
    private let repository: Repository
    private let observer: Observer
    private let merging: ContentMerging?
    private let committer: Signature
    private let preparesMessages: Bool

    init(
        onto head: ObjectID, _ repository: Repository, _ observer: Observer,
        merging: ContentMerging?
    ) throws(GitError) {
        self.head = head
        self.repository = repository
        self.observer = observer
        self.merging = merging
        committer = try repository.signature(.committer)
        preparesMessages = try repository.hasHook(.prepareCommitMessage)
    }

    /// Brings one commit over.
    mutating func pick(_ id: ObjectID) throws(GitError) -> Outcome {
        try system { () throws(SystemError) in try Interrupt.check() }
        let commit = try repository.commit(id)
        guard commit.parents.count < 2 else {
            throw GitError(
                "the commit \(commit.id.abbreviated) is a merge, which cannot be put onto another",
                hint: "run 'git rebase --continue', or give it up: 'nbgit abort'")
        }
        if commit.parents == [head] {
            head = id
            return .picked(RebasedCommit(old: id, new: id))
        }
        let old = try commit.parents.first.map { id throws(GitError) in
            try repository.commit(id).tree
        }
        let name = Array("\(commit.id.abbreviated) (".utf8) + commit.subjectBytes + Array(")".utf8)
        let labels = MergeLabels(
            ours: Array("HEAD".utf8), theirs: name,
            ancestor: Array("parent of ".utf8) + name)
        let headTree = try repository.commit(head).tree
        let merged = try repository.merge(
            base: old, headTree, commit.tree, labels: labels, merging: merging)
        guard merged.conflicts.isEmpty else { return .stopped(merged) }
        // What was empty from the start is meant to be.
        guard merged.tree != headTree || commit.tree == old else { return .dropped }
        let draft = Commit(
            id: .zero, tree: merged.tree, parents: [head], author: commit.author,
            committer: committer, encoding: commit.encoding, message: try message(of: commit))
        head = try repository.write(draft, observer).id
        return .picked(RebasedCommit(old: id, new: head))
    }

    private func message(of commit: Commit) throws(GitError) -> [UInt8] {
        guard preparesMessages else { return commit.message }
        return try repository.preparedMessage(commit.message, author: commit.author, observer)
    }
}

extension Repository {
    /// The text of a commit after the hook that prepares it.
    func preparedMessage(
        _ message: [UInt8], author: Signature, _ observer: some CommitObserver
    ) throws(GitError) -> [UInt8] {
        let file = layout.gitFolder.appending("COMMIT_EDITMSG")
        try writeState([("COMMIT_EDITMSG", message)])
        try observer.run(
            .prepareMessage(file: file, source: ["message"]), index: layout.index, author: author)
        let prepared = try system { () throws(SystemError) in try File.read(file) }
        guard prepared.contains(where: { $0 > 32 }) || message.isEmpty else {
            throw GitError(
                "hook 'prepare-commit-msg' left nothing of a message",
                hint: "look at what it does to the file that it is given")
        }
        return prepared
    }
}
