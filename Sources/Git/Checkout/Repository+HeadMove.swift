internal import Platform

/// A line of the reflog of HEAD.
struct HeadLogLine {
    let old: ObjectID?
    let new: ObjectID
    let message: [UInt8]

    /// The line that git-switch(1) leaves.
    static func checkout(from head: Head, to branch: ReferenceName, _ commit: ObjectID) -> Self {
        let place = head.branch?.short.bytes ?? Array("\(head.commit ?? .zero)".utf8)
        let message =
            Array("checkout: moving from ".utf8) + place + Array(" to ".utf8) + branch.short.bytes
        return Self(old: head.commit, new: commit, message: message)
    }
}

extension Repository {
    /// Makes HEAD name a branch, and says so in its reflog.
    ///
    /// - Throws: ``GitError`` where HEAD is not what it was.
    func attachHead(
        to branch: ReferenceName, from head: Head, logging lines: [HeadLogLine],
        by committer: Signature
    ) throws(GitError) {
        let content = Array("ref: ".utf8) + branch.path.bytes
        try replaceHead(content, from: head, lines, committer)
    }

    /// Makes HEAD name a commit and no branch, and says so in its reflog.
    ///
    /// - Throws: ``GitError`` where HEAD is not what it was.
    func detachHead(
        at commit: ObjectID, from head: Head, logging lines: [HeadLogLine], by committer: Signature
    ) throws(GitError) {
        try replaceHead(Array("\(commit)".utf8), from: head, lines, committer)
    }

    private func replaceHead(
        _ content: [UInt8], from head: Head, _ lines: [HeadLogLine], _ committer: Signature
    ) throws(GitError) {
        var lock = try lock(layout.gitFolder.appending("HEAD"))
        guard try self.head() == head else {
            throw GitError("somebody else switched meanwhile", hint: "look with 'nbgit status'")
        }
        do throws(SystemError) {
            try lock.write(content + [.newline])
            try lock.replace(durable: flushes.references)
        } catch {
            throw GitError(error)
        }
        for line in lines {
            try logHead(from: line.old, to: line.new, line.message, by: committer)
        }
    }
}
