internal import Clibgit2
internal import Platform

extension Repository {
    /// Writes down that a merge is to be committed, as git does.
    ///
    /// `MERGE_HEAD` comes last: it says that the rest is there.
    ///
    /// Follows `write_merge_state` of git's builtin/merge.c.
    func writeMergeState(
        _ incoming: Incoming, message: [UInt8], mode: FastForward, tree: ObjectID?
    ) throws(GitError) {
        var files: [(Path, [UInt8])] = [
            ("MERGE_MSG", message),
            ("MERGE_MODE", mode == .never ? Array("no-ff".utf8) : []),
        ]
        if let tree { files.append(("AUTO_MERGE", Array("\(tree)\n".utf8))) }
        files.append(("MERGE_HEAD", Array("\(incoming.commit)\n".utf8)))
        try writeState(files)
    }

    /// The text for the commit of a merge.
    ///
    /// Follows `fmt_merge_msg_title` of git's fmt-merge-msg.c.
    func mergeMessage(for incoming: Incoming, into branch: ReferenceName?) throws(GitError)
        -> [UInt8]
    {
        var message = Array("Merge ".utf8) + incoming.description
        let name = branch?.short.bytes ?? Array("HEAD".utf8)
        let settings = try configuration.values(of: "merge.suppressDest").map(\.bytes)
        // An empty value takes back those before it.
        let patterns = settings.split { $0.isEmpty }.last.map(Array.init) ?? []
        let standard = ["main", "master"].map { Array($0.utf8) }
        let isSuppressed = (settings.isEmpty ? standard : patterns).contains { pattern in
            Wildmatch.matches(pattern, name)
        }
        if !isSuppressed { message += Array(" into ".utf8) + name }
        return message + [.newline]
    }

    /// The same text with the files that are in conflict, in comments.
    ///
    /// Follows `append_conflicts_hint` of git's sequencer.c.
    func withConflicts(_ message: [UInt8], _ conflicts: [Status.Conflict]) throws(GitError)
        -> [UInt8]
    {
        let comment = try configuration.string("core.commentChar")?.utf8.first ?? UInt8(ascii: "#")
        var lines = [comment] + Array(" Conflicts:".utf8) + [.newline]
        for conflict in conflicts {
            lines += [comment, UInt8(ascii: "\t")] + conflict.path.bytes + [.newline]
        }
        return message + [.newline] + lines
    }
}
