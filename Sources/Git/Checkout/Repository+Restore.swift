internal import Clibgit2
public import Platform

/// What ``Repository/restore(_:isStaged:)`` did.
public struct RestoreReport: Sendable {
    /// The files whose changes are gone, in order; with `isStaged`, the paths that are as in HEAD again.
    public let discarded: [Path]
    /// The files that were missing and are back.
    public let restored: [Path]
    /// How the hook `post-checkout` ended.
    public let hook: HookOutcome
}

extension Repository {
    /// Makes files what the index says they are, or the index what HEAD says.
    ///
    /// Files that git does not know are left alone, but for one that stands where a folder should be.
    ///
    /// - Parameters:
    ///   - pathspec: Which files; each word must mean one that git knows.
    ///   - isStaged: Whether the index is to be restored and not the files.
    /// - Returns: What was thrown away.
    /// - Throws: ``GitError``; files that were done until then are whole.
    ///
    /// Follows git-restore(1).
    public func restore(_ pathspec: Pathspec, isStaged: Bool) throws(GitError) -> RestoreReport {
        let head = try head()
        let (discarded, restored) =
            isStaged ? (try restoreIndex(pathspec, head), []) : try restoreFiles(pathspec)
        let id = Array("\(head.commit ?? .zero)".utf8)
        let hook = try run(.postCheckout, [id, id, Array("0".utf8)])
        return RestoreReport(discarded: discarded, restored: restored, hook: hook)
    }

    private func restoreFiles(
        _ pathspec: Pathspec
    ) throws(GitError) -> (discarded: [Path], restored: [Path]) {
        var draft = try IndexDraft.begun(in: self)
        let entries = draft.entries().filter { pathspec.matches($0.key) }
        let conflicts = draft.conflicts().filter { pathspec.matches($0) }
        try requireKnown(pathspec, Array(entries.keys) + conflicts)
        if let first = conflicts.min() {
            throw GitError(
                "is in conflict, so there is no one state to restore", path: first,
                hint: "take a side first: git checkout --ours '\(first.displayName)', or --theirs")
        }
        var comparison = try WorkTreeComparison(self, workTree: workTree ?? ".", minding: .commit)
        var (changed, missing): ([FileChange.Side], [FileChange.Side]) = ([], [])
        for (path, entry) in entries.sorted(by: { $0.key < $1.key }) {
            guard let change = try comparison.change(at: path, since: entry), !entry.isOnlyAnnounced
            else { continue }
            let mode = FileMode(rawValue: entry.mode)
            // The files of a submodule are its own.
            if mode == .submodule, change.new != nil { continue }
            let file = FileChange.Side(path: path, mode: mode, id: ObjectID(entry.id))
            if change.new == nil, try isAbsent(path) {
                missing.append(file)
            } else {
                changed.append(file)
            }
        }
        var writer = try WorkTreeWriter(self, clearing: .files, attributeOrder: .workTreeFirst)
        for file in (changed + missing).attributesFirst {
            try system { () throws(SystemError) in try Interrupt.check() }
            try draft.set(file.path, try writer.write(file))
        }
        let written = Set((changed + missing).map(\.path))
        if !written.isEmpty { try draft.publish(written: written) }
        return (changed.map(\.path), missing.map(\.path))
    }

    private func restoreIndex(_ pathspec: Pathspec, _ head: Head) throws(GitError) -> [Path] {
        var files: [Path: FileChange.Side] = [:]
        if let commit = head.commit {
            for file in try self.files(of: commit) where pathspec.matches(file.path) {
                files[file.path] = file
            }
        }
        var draft = try IndexDraft.begun(in: self)
        let entries = draft.entries()
        let staged = draft.paths().filter { pathspec.matches($0) }
        try requireKnown(pathspec, Array(files.keys) + staged)
        var restored = staged.filter { files[$0] == nil }
        for path in restored { draft.remove(path) }
        for (path, file) in files {
            let entry = entries[path]
            guard entry?.mode != file.mode.rawValue || entry.map({ ObjectID($0.id) }) != file.id
            else { continue }
            try draft.set(path, git_index_entry(file, nil))
            restored.insert(path)
        }
        if !restored.isEmpty { try draft.publish(written: []) }
        return restored.sorted()
    }

    /// All files of a commit, in order.
    func files(of commit: ObjectID) throws(GitError) -> [FileChange.Side] {
        try changes(from: nil, to: commit).compactMap(\.new)
    }

    private func requireKnown(_ pathspec: Pathspec, _ known: [Path]) throws(GitError) {
        for item in pathspec.items where !known.contains(where: { item.matches($0) }) {
            throw GitError(
                item.isLiteral ? "git does not know this file" : "git knows no file that matches",
                path: item.text, hint: "'nbgit status' shows what changed")
        }
    }

    private func isAbsent(_ path: Path) throws(GitError) -> Bool {
        let full = (workTree ?? ".").appending(path)
        return try system { () throws(SystemError) in
            try File.status(of: full, followingLinks: false) == nil
        }
    }
}
