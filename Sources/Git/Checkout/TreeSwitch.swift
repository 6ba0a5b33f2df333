internal import Clibgit2
internal import Platform

/// What has to be done to the index and the work tree to come from one commit to another, and what is in
/// the way.
///
///     old and new differ; the index has          the file is     then
///     what new has                               any             as it is
///     what old has                               unchanged       replaced or removed
///     what old has, or something else            changed         in the way
///     nothing, and neither has old               not there       written
///     nothing, and neither has old               untracked       in the way, be it ignored or not
///     nothing, though old has it                 any             in the way, unless new has none
///
/// Follows git-read-tree(1), "Two Tree Merge", but that ignored files are nobody's to overwrite.
struct TreeSwitch {
    /// What is to be written, in order of the paths.
    private(set) var written: [FileChange.Side] = []
    /// What is to be removed from the work tree and the index.
    private(set) var removed: [FileChange.Side] = []
    /// Paths whose changes would be lost.
    private(set) var changed: [Path] = []
    /// Files and folders that git does not know and that would be overwritten.
    private(set) var untracked: [Path] = []

    private let repository: Repository
    private let workTree: Path
    private let entries: [Path: git_index_entry]
    private var comparison: WorkTreeComparison
    /// What a run that was killed may have written: this is no change of the person's.
    private let begun: [Path: FileChange.Side]
    private var leaving: Set<Path> = []

    /// Compares two trees or commits; nil stands for the empty tree.
    init(
        from old: ObjectID?, to new: ObjectID, entries: [Path: git_index_entry],
        begun: ObjectID?, in repository: Repository
    ) throws(GitError) {
        self.repository = repository
        self.entries = entries
        workTree = repository.workTree ?? "."
        comparison = try WorkTreeComparison(repository, workTree: workTree, minding: .commit)
        let changes = try repository.changes(from: old, to: new)
        let halfDone = try begun.map { id throws(GitError) in
            try repository.changes(from: old, to: id)
        }
        self.begun = Dictionary((halfDone ?? []).compactMap(\.new).map { ($0.path, $0) }) { $1 }
        leaving = Set(
            changes.filter { $0.new == nil && isAs($0.old, entries[$0.path]) }.map(\.path))
        for change in changes { try decide(change) }
        try requireRoom()
    }

    private mutating func decide(_ change: FileChange) throws(GitError) {
        let (path, old, new) = (change.path, change.old, change.new)
        guard path.isSafeBelowWorkTree else {
            throw GitError("'\(path.displayName)' is no name that a file in git may have")
        }
        guard let entry = entries[path] else {
            switch (old, new) {
            case (nil, let new?):
                if try requireAbsent(new) { written.append(new) }
            case (_?, nil):
                if let place = try standsInTheWay(above: path) {
                    untracked.append(place)
                } else if try isPresent(path), try !wasBegun(path) {
                    untracked.append(path)
                }
            default: changed.append(path)
            }
            return
        }
        if let new, isAs(new, entry) { return }
        guard let old, isAs(old, entry), try isUnchanged(path, entry) else {
            return changed.append(path)
        }
        if let new { written.append(new) } else { removed.append(old) }
    }

    private func isAs(_ side: FileChange.Side?, _ entry: git_index_entry?) -> Bool {
        guard let side, let entry else { return false }
        return side.mode.rawValue == entry.mode && side.id == ObjectID(entry.id)
    }

    // MARK: Files that git knows

    /// Whether the file is as the index has it, or is gone.
    private mutating func isUnchanged(
        _ path: Path, _ entry: git_index_entry
    ) throws(GitError) -> Bool {
        // A submodule's work tree is left to the submodule.
        if entry.mode == FileMode.submodule.rawValue { return true }
        let change = try comparison.change(at: path, since: entry)
        guard change != nil else { return true }
        if try !isPresent(path) { return try standsInTheWay(above: path) == nil }
        return try wasBegun(path)
    }

    /// Whether the file is what a run that was killed has written.
    private func wasBegun(_ path: Path) throws(GitError) -> Bool {
        guard let file = begun[path], let status = try status(path) else { return false }
        guard file.mode != .submodule else { return status.kind == .folder }
        guard status.kind == (file.mode == .symbolicLink ? .symbolicLink : .regular) else {
            return false
        }
        return try repository.id(ofFileAt: path, mode: file.mode) == file.id
    }

    // MARK: Files that git does not know

    /// Whether nothing would be lost where a file is to be; says what is in the way if so.
    private mutating func requireAbsent(_ file: FileChange.Side) throws(GitError) -> Bool {
        if let place = try standsInTheWay(above: file.path) {
            untracked.append(place)
            return false
        }
        switch try status(file.path)?.kind {
        case nil: return true
        case .folder:
            if file.mode == .submodule { return true }
            // Files of the index that are to go are in it, or folders, but nothing else.
            let found = Folder.walk(workTree.appending(file.path)) { entry in
                let path = file.path.appending(entry.relativePath)
                if entry.kind == .folder { return .descend }
                return leaving.contains(path) ? .skip : .take
            }
            guard found.taken.isEmpty, found.failures.isEmpty else {
                untracked.append(file.path)
                return false
            }
            return true
        default:
            if try wasBegun(file.path) { return true }
            untracked.append(file.path)
            return false
        }
    }

    /// The file or link that stands where a folder above `path` should be, unless it is to go.
    private func standsInTheWay(above path: Path) throws(GitError) -> Path? {
        var folder = path.parent
        var place: Path?
        while folder != "." {
            let status = try status(folder)
            if let status, status.kind != .folder, !leaving.contains(folder) { place = folder }
            folder = folder.parent
        }
        return place
    }

    /// Refuses where something new would push a staged file out of the index: a folder for a file.
    private mutating func requireRoom() throws(GitError) {
        guard !written.isEmpty else { return }
        let going = Set(removed.map(\.path))
        let new = Set(written.map(\.path))
        for path in entries.keys where !going.contains(path) {
            var folder = path.parent
            while folder != "." {
                if new.contains(folder) { changed.append(path) }
                folder = folder.parent
            }
        }
        for path in new {
            var folder = path.parent
            while folder != "." {
                if entries[folder] != nil, !going.contains(folder) { changed.append(folder) }
                folder = folder.parent
            }
        }
    }

    private func isPresent(_ path: Path) throws(GitError) -> Bool { try status(path) != nil }

    private func status(_ path: Path) throws(GitError) -> FileStatus? {
        let full = workTree.appending(path)
        return try system { () throws(SystemError) in
            try File.status(of: full, followingLinks: false)
        }
    }
}
