internal import Clibgit2
internal import Platform

extension Repository {
    /// Brings files and index from one tree to another; changes that do not touch what differs are kept.
    ///
    /// A run that is killed has left ``switchMark``: the next one takes what it wrote for no change of the person's.
    /// Whoever calls this removes the mark when HEAD, too, is where it should be.
    ///
    /// - Parameters:
    ///   - old: The tree or commit that the index is supposed to have; nil for none.
    ///   - new: The tree or commit to bring.
    ///   - conflicts: What the index is to say of files in conflict; their files are as in `new`.
    /// - Returns: The paths that were written or removed, in order; or what is in the way, and nothing was changed.
    /// - Throws: ``GitError``.
    func moveWorkTree(
        from old: ObjectID?, to new: ObjectID, conflicts: [Status.Conflict] = []
    ) throws(GitError) -> Result<[Path], FilesInTheWay> {
        try requireNoConflict()
        var draft = try IndexDraft.begun(in: self)
        let begun = try commits(in: "nbgit/switch").first
        let entries = draft.entries()
        let plan = try TreeSwitch(from: old, to: new, entries: entries, begun: begun, in: self)
        let settled = Set((plan.written + plan.removed).map(\.path))
        let dirty = try changed(conflicts.map(\.path).filter { !settled.contains($0) }, entries)
        guard plan.changed.isEmpty, plan.untracked.isEmpty, dirty.isEmpty else {
            return .failure(
                FilesInTheWay(
                    changed: Set(plan.changed + dirty).sorted(),
                    untracked: Set(plan.untracked).sorted()))
        }
        try apply(plan, conflicts, to: &draft, mark: new)
        return .success((plan.written + plan.removed).map(\.path).sorted())
    }

    /// Those of the paths whose files are not what the index says.
    private func changed(
        _ paths: [Path], _ entries: [Path: git_index_entry]
    ) throws(GitError) -> [Path] {
        guard !paths.isEmpty else { return [] }
        var comparison = try WorkTreeComparison(self, workTree: workTree ?? ".", minding: .commit)
        var changed: [Path] = []
        for path in paths {
            guard let entry = entries[path] else { continue }
            if try comparison.change(at: path, since: entry) != nil { changed.append(path) }
        }
        return changed
    }

    private func apply(
        _ plan: TreeSwitch, _ conflicts: [Status.Conflict], to draft: inout IndexDraft,
        mark: ObjectID
    ) throws(GitError) {
        for file in plan.removed { draft.remove(file.path) }
        // Names that git would not take are refused here, before a file is written.
        for file in plan.written { try draft.set(file.path, git_index_entry(file, nil)) }
        try system { () throws(SystemError) in try Interrupt.check() }
        try markSwitch(to: mark)
        var writer = try WorkTreeWriter(self, clearing: .nothing)
        for file in plan.removed { try writer.remove(file) }
        writer.removeEmptyFolders()
        for file in plan.written.attributesFirst {
            try draft.set(file.path, try writer.write(file))
        }
        for conflict in conflicts { try draft.set(conflict) }
        try draft.publish(written: Set(plan.written.map(\.path)))
    }

    /// Names what a switch is on its way to, until it is there.
    var switchMark: Path { layout.gitFolder.appending("nbgit/switch") }

    /// Says what files and index are on their way to.
    func markSwitch(to tree: ObjectID) throws(GitError) {
        try system { () throws(SystemError) in
            try Folder.create(switchMark.parent)
            try File.replace(switchMark, with: Array("\(tree)\n".utf8))
        }
    }
}
