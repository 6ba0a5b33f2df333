internal import Clibgit2
internal import Platform

/// Brings three trees together, file by file.
///
///     renames on either side ──> sides of each path ──> decision ──> tree, and what is in conflict
///
///     the base, ours, theirs are        then
///     the same on one side as before    the other side holds
///     changed on both                   the contents are merged
///     changed here, deleted there       in conflict; the changed file stays
///     of two types                      in conflict; a file goes beside the other under a name of its own
///     a file here, a folder there       in conflict; the file goes beside the folder
///
/// Follows merge-ort.c of git, `process_renames` and `process_entry`. Renamed folders are not looked for: a file
/// that is new in a folder which the other side renamed stays where it was put.
struct TreeMerge {
    /// One path, as the three sides have it; a renamed file has its sides at the new path.
    struct Place {
        /// Base, ours, theirs; each with the path it has on that side.
        var sides: [FileChange.Side?] = [nil, nil, nil]
        /// Whether the sides do not agree on where the file is to be.
        var isDisputed = false
    }

    /// What is to become of one path.
    struct Decision {
        /// The file; nil where there is to be none.
        var file: FileChange.Side?
        /// What the index is to say of a conflict; nil for none.
        var conflict: [FileChange.Side?]?
        var isUnmarked = false
    }

    let repository: Repository
    let content: ContentMerge
    private let ourTree: ObjectID
    var places: [Path: Place] = [:]
    var decisions: [Path: Decision] = [:]

    /// Merges trees or commits in memory; blobs and trees are written to the repository, and nothing else.
    ///
    /// - Parameters:
    ///   - base: What both began from; nil for the empty tree.
    ///   - ours: The side that is checked out.
    ///   - theirs: The other side.
    ///   - content: Merges files.
    ///   - repository: Whose they are.
    /// - Returns: The tree, and what is in conflict.
    /// - Throws: ``GitError`` where an object is missing, and where the person asked to stop.
    static func merged(
        base: ObjectID?, ours: ObjectID, theirs: ObjectID, content: ContentMerge,
        in repository: Repository
    ) throws(GitError) -> MergedTree {
        var merge = TreeMerge(repository, content, ours)
        try merge.collect(base, ours, theirs)
        for path in merge.places.keys.sorted() {
            try system { () throws(SystemError) in try Interrupt.check() }
            try merge.decide(path)
        }
        if content.depth == 0 { try merge.makeRoomForFolders() }
        return try merge.result()
    }

    private init(_ repository: Repository, _ content: ContentMerge, _ ourTree: ObjectID) {
        self.repository = repository
        self.content = content
        self.ourTree = ourTree
    }

    // MARK: Decisions

    private mutating func decide(_ path: Path) throws(GitError) {
        guard let place = places[path] else { return }
        let (base, ours, theirs) = (place.sides[0], place.sides[1], place.sides[2])
        if !place.isDisputed {
            if isSame(ours, theirs) || isSame(base, theirs) {
                return decisions[path] = Decision(file: ours)
            }
            if isSame(base, ours) { return decisions[path] = Decision(file: theirs) }
        }
        switch (ours, theirs) {
        case (nil, nil):
            decisions[path] = Decision(conflict: place.sides)
        case (let ours?, let theirs?):
            guard ours.mode.isSameType(as: theirs.mode) else {
                return try separate(path, base, ours, theirs)
            }
            let merged = try content.merged(path, base: base, ours: ours, theirs: theirs)
            let isClean = merged.isClean && !place.isDisputed
            decisions[path] = Decision(
                file: merged.file, conflict: isClean ? nil : place.sides,
                isUnmarked: merged.isUnmarked)
        default:
            let side = ours == nil ? 2 : 1
            if base == nil, !place.isDisputed {
                return decisions[path] = Decision(file: place.sides[side])
            }
            // Changed here, deleted there. A common ancestor that is made keeps what was before.
            let kept = content.depth > 0 && base != nil ? base : place.sides[side]
            decisions[path] = Decision(
                file: kept, conflict: place.sides, isUnmarked: true)
        }
    }

    private func isSame(_ one: FileChange.Side?, _ other: FileChange.Side?) -> Bool {
        one?.id == other?.id && one?.mode == other?.mode
    }

    /// Gives the two sides of one path two names, as a file and a link cannot be merged.
    private mutating func separate(
        _ path: Path, _ base: FileChange.Side?, _ ours: FileChange.Side, _ theirs: FileChange.Side
    ) throws(GitError) {
        guard content.depth == 0 else {
            return decisions[path] = Decision(file: base, conflict: [base, ours, theirs])
        }
        let movesOurs = ours.mode.isFile || !theirs.mode.isFile
        let movesTheirs = !ours.mode.isFile
        for (side, file, isMoved) in [(1, ours, movesOurs), (2, theirs, movesTheirs)] {
            let name = try isMoved ? unusedName(path, side) : path
            var sides: [FileChange.Side?] = [nil, nil, nil]
            sides[side] = file
            if let base, base.mode.isSameType(as: file.mode) { sides[0] = base }
            decisions[name] = Decision(file: file, conflict: sides, isUnmarked: true)
        }
        if movesOurs, movesTheirs { decisions[path] = Decision() }
    }

    // MARK: Files and folders of one name

    private mutating func makeRoomForFolders() throws(GitError) {
        var folders: Set<Path> = []
        for (path, decision) in decisions where decision.file != nil {
            var folder = path.parent
            while folder != ".", folders.insert(folder).inserted { folder = folder.parent }
        }
        for path in decisions.keys.sorted() where folders.contains(path) {
            guard var decision = decisions[path], let file = decision.file else { continue }
            // The file is from the side that has no folder there.
            let side = try isFolderInOurTree(path) ? 2 : 1
            if decision.conflict == nil {
                var sides: [FileChange.Side?] = [nil, nil, nil]
                sides[side] = file
                decision.conflict = sides
                decision.isUnmarked = true
            }
            decisions[path] = Decision()
            decisions[try unusedName(path, side)] = decision
        }
    }

    /// Follows `unique_path` of git's merge-ort.c.
    private func unusedName(_ path: Path, _ side: Int) throws(GitError) -> Path {
        let label = side == 1 ? content.labels.ours : content.labels.theirs
        let slash = UInt8(ascii: "/")
        let stem =
            path.bytes + Array("~".utf8) + label.map { $0 == slash ? UInt8(ascii: "_") : $0 }
        var name = Path(bytes: stem)
        var number = 0
        while try isTaken(name) {
            name = Path(bytes: stem + Array("_\(number)".utf8))
            number += 1
        }
        return name
    }

    private func isTaken(_ path: Path) throws(GitError) -> Bool {
        guard places[path] == nil, decisions[path] == nil else { return true }
        return try modeInOurTree(path) != nil
    }

    private func isFolderInOurTree(_ path: Path) throws(GitError) -> Bool {
        try modeInOurTree(path) == .folder
    }

    private func modeInOurTree(_ path: Path) throws(GitError) -> FileMode? {
        let tree = try Tree(of: ourTree, in: repository)
        return try optional { () throws(GitError) in
            var entry: OpaquePointer?
            try check(
                "git_tree_entry_bypath",
                git_tree_entry_bypath(&entry, tree.pointer, path.cName))
            defer { git_tree_entry_free(entry) }
            return FileMode(rawValue: UInt32(git_tree_entry_filemode(entry).rawValue))
        }
    }

    // MARK: Result

    private func result() throws(GitError) -> MergedTree {
        let index = try Index(of: repository)
        let tree = try Tree(of: ourTree, in: repository)
        try check("git_index_read_tree", git_index_read_tree(index.pointer, tree.pointer))
        // What is gone makes room first.
        for (path, decision) in decisions where decision.file == nil {
            try index.apply(IndexEdit(path: path, entry: nil))
        }
        for (path, decision) in decisions {
            guard let file = decision.file else { continue }
            do throws(GitError) {
                try index.apply(IndexEdit(path: path, entry: git_index_entry(file, nil)))
            } catch {
                throw error.about(path)
            }
        }
        let conflicts = decisions.compactMap { path, decision in
            decision.conflict.map { sides in
                Status.Conflict(
                    path: path, base: sides[0].at(path), ours: sides[1].at(path),
                    theirs: sides[2].at(path))
            }
        }
        return MergedTree(
            tree: try index.writeTree(), conflicts: conflicts.sorted { $0.path < $1.path },
            unmarked: Set(decisions.filter { $1.isUnmarked && $1.conflict != nil }.keys))
    }
}

extension FileChange.Side? {
    /// The same file under another name.
    fileprivate func at(_ path: Path) -> FileChange.Side? {
        map { .init(path: path, mode: $0.mode, id: $0.id) }
    }
}
