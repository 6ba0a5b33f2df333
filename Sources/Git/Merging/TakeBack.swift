internal import Clibgit2
internal import Platform

/// What has to be done to bring files and index back to a commit after a merge or a rebase went over them.
///
///     the index has              the file is                then
///     a conflict                 any                        as in the commit: what was settled is given up
///     what the commit has        any                        as it is: the person's own, unless a killed run wrote it
///     something else             as the index has it        as in the commit
///     something else             changed since              as in the commit, and saved before
///
/// Follows `git reset --merge`, but that nothing is refused.
private struct TakeBack {
    private(set) var written: [FileChange.Side] = []
    private(set) var removed: [FileChange.Side] = []
    /// Files with changes that were made afterwards.
    private(set) var edited: [Path] = []
    private let repository: Repository
    private let wanted: [Path: FileChange.Side]
    /// Paths that are given up, whatever is in their files.
    private let givenUp: Set<Path>
    /// What runs that were killed may have written.
    private let begun: [Path: Set<FileChange.Side>]
    private var comparison: WorkTreeComparison

    init(
        to target: ObjectID, _ draft: borrowing IndexDraft, begun trees: [ObjectID],
        givingUp givenUp: Set<Path>, in repository: Repository
    ) throws(GitError) {
        self.repository = repository
        self.givenUp = givenUp
        comparison = try WorkTreeComparison(
            repository, workTree: repository.workTree ?? ".", minding: .commit)
        wanted = Dictionary(
            try repository.files(of: target).map { ($0.path, $0) }, uniquingKeysWith: { $1 })
        var begun: [Path: Set<FileChange.Side>] = [:]
        for tree in trees {
            for change in try repository.changes(from: target, to: tree) {
                for side in [change.old, change.new].compactMap(\.self) {
                    begun[change.path, default: []].insert(side)
                }
            }
        }
        self.begun = begun
        let entries = draft.entries()
        let conflicts = draft.conflicts()
        for path in Set(entries.keys).union(wanted.keys).union(conflicts).union(begun.keys).sorted()
        {
            try decide(path, entries[path], isInConflict: conflicts.contains(path))
        }
    }

    private mutating func decide(
        _ path: Path, _ entry: git_index_entry?, isInConflict: Bool
    ) throws(GitError) {
        let file = wanted[path]
        guard path.isSafeBelowWorkTree else { return }
        if isInConflict { return take(path, file, entry) }
        if givenUp.contains(path), try !isSettled(path, file) { return take(path, file, entry) }
        let isSame = entry?.mode == file?.mode.rawValue && entry.map { ObjectID($0.id) } == file?.id
        if isSame {
            guard begun[path] != nil else { return }
            // What is gone may have been taken away on the way.
            if try isPresent(path), try !wasBegun(path, besides: file) { return }
            return take(path, file, entry)
        }
        if file?.mode == .submodule { return take(path, file, entry) }
        let isUnchanged =
            try entry.map { entry throws(GitError) in
                try comparison.change(at: path, since: entry) == nil
            } ?? false
        if !isUnchanged, try isPresent(path), try !wasBegun(path, besides: nil) {
            edited.append(path)
        }
        take(path, file, entry)
    }

    /// Whether the file is as it is to be.
    private func isSettled(_ path: Path, _ file: FileChange.Side?) throws(GitError) -> Bool {
        guard let file else { return try !isPresent(path) }
        return try wasBegun(path, besides: nil, among: [file])
    }

    private mutating func take(_ path: Path, _ file: FileChange.Side?, _ entry: git_index_entry?) {
        if let file { return written.append(file) }
        let mode = entry.map { FileMode(rawValue: $0.mode) } ?? .regular
        removed.append(.init(path: path, mode: mode, id: nil))
    }

    /// Whether the file is what a run of ours wrote, or the commit to go back to has.
    private func wasBegun(
        _ path: Path, besides file: FileChange.Side?, among sides: Set<FileChange.Side>? = nil
    ) throws(GitError) -> Bool {
        let known =
            sides ?? begun[path, default: []].union([wanted[path]].compactMap(\.self))
        for side in known where side != file && side.mode != .submodule {
            let full = (repository.workTree ?? ".").appending(path)
            let status = try system { () throws(SystemError) in
                try File.status(of: full, followingLinks: false)
            }
            guard let status,
                status.kind == (side.mode == .symbolicLink ? .symbolicLink : .regular)
            else { continue }
            if try repository.id(ofFileAt: path, mode: side.mode) == side.id { return true }
        }
        return false
    }

    private func isPresent(_ path: Path) throws(GitError) -> Bool {
        let full = (repository.workTree ?? ".").appending(path)
        return try system { () throws(SystemError) in
            try File.status(of: full, followingLinks: false) != nil
        }
    }
}

extension Repository {
    /// Brings files and index back to a commit.
    ///
    /// - Parameters:
    ///   - target: The commit.
    ///   - trees: What a merge or a rebase may have made of the files.
    ///   - givenUp: Paths that were to be settled.
    /// - Returns: The paths that were written or removed, and what was saved before because the person had changed it
    ///   meanwhile; nil for nothing.
    /// - Throws: ``GitError``.
    func takeBack(
        to target: ObjectID, from trees: [ObjectID], givingUp givenUp: Set<Path> = []
    ) throws(GitError) -> (files: [Path], backup: Backup?) {
        let edited = try planTakeBack(target, trees, givenUp)
        var backup: Backup?
        if !edited.isEmpty {
            let tracked = Set(try index().entries.map(\.path))
            backup = try backUp(
                head(), movingTo: target, overwriting: edited.filter { !tracked.contains($0) })
        }
        var draft = try IndexDraft.begun(in: self)
        let plan = try TakeBack(
            to: target, draft, begun: trees, givingUp: givenUp, in: self)
        try system { () throws(SystemError) in try Interrupt.check() }
        for file in plan.removed { draft.remove(file.path) }
        for file in plan.written { try draft.set(file.path, git_index_entry(file, nil)) }
        var writer = try WorkTreeWriter(self, clearing: .files)
        for file in plan.removed { try writer.remove(file) }
        writer.removeEmptyFolders()
        for file in plan.written.attributesFirst {
            try draft.set(file.path, try writer.write(file))
        }
        try draft.publish(written: Set(plan.written.map(\.path)))
        return ((plan.written + plan.removed).map(\.path).sorted(), backup)
    }

    /// The files that would lose what a person did to them.
    private func planTakeBack(
        _ target: ObjectID, _ trees: [ObjectID], _ givenUp: Set<Path>
    ) throws(GitError) -> [Path] {
        let draft = try IndexDraft.begun(in: self)
        return try TakeBack(
            to: target, draft, begun: trees, givingUp: givenUp, in: self
        ).edited
    }

    /// Brings files and index back to HEAD where a run was killed on its way to somewhere else.
    ///
    /// - Returns: Whether there was anything to undo.
    /// - Throws: ``GitError``.
    public func undoInterruption() throws(GitError) -> Bool {
        if try concludeMerge() { return true }
        if try forgetUnbegunRebase() { return true }
        // What a rebase left half-done is for whoever goes on with it.
        guard operation == nil || operation == .merge else { return false }
        let isHalfDone = try undoInterruptedSwitch()
        // A merge that was killed after changes had been put aside.
        guard operation == nil else { return isHalfDone }
        let autostash = try bringBack(mergeAutostash)
        return isHalfDone || autostash != .nothing
    }

    /// Ends a merge whose commit was made by a run that was killed right behind; says whether there is one.
    func concludeMerge() throws(GitError) -> Bool {
        guard operation == .merge, let head = try head().commit else { return false }
        let merged = try commits(in: "MERGE_HEAD")
        let parents = try commit(head).parents
        let index = try index()
        guard !merged.isEmpty, merged.allSatisfy(parents.contains), index.conflicts.isEmpty,
            try changes(from: head, to: index).isEmpty
        else { return false }
        try finishOperation()
        _ = try bringBack(mergeAutostash)
        return true
    }

    /// Brings files and index back to HEAD where a run was killed on their way.
    ///
    /// - Parameter prepare: Is done when they are there, and before it is forgotten that they were not.
    /// - Returns: Whether they were on their way.
    /// - Throws: ``GitError``; the next run does it again then.
    func undoInterruptedSwitch(
        before prepare: () throws(GitError) -> Void = {}
    ) throws(GitError) -> Bool {
        guard let begun = try commits(in: "nbgit/switch").first else { return false }
        var isUndone = false
        // A merge that git knows of was done with its files.
        if operation != .merge, let head = try head().commit {
            let changed = try changes(from: head, to: begun)
            let conflicts = try index().conflicts
            if !changed.isEmpty || !conflicts.isEmpty {
                _ = try takeBack(to: head, from: [begun])
                isUndone = true
            }
            try prepare()
        }
        try? File.remove(switchMark)
        return isUndone
    }
}
