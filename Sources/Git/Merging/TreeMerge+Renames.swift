internal import Platform

/// Which files of three trees belong together.
///
/// Follows `process_renames` in merge-ort.c of git.
extension TreeMerge {
    /// Notes for each path that a side changed what the three sides have there; a renamed file has its sides at the new
    /// path.
    mutating func collect(
        _ base: ObjectID?, _ ours: ObjectID, _ theirs: ObjectID
    ) throws(GitError) {
        let sides = [
            try repository.changes(from: base, to: ours),
            try repository.changes(from: base, to: theirs),
        ]
        for change in sides[0] {
            places[change.path] = Place(sides: [change.old, change.new, change.old])
        }
        for change in sides[1] {
            places[change.path, default: Place(sides: [change.old, change.old, nil])].sides[2] =
                change.new
        }
        var renames: [[Path: Path]] = []
        for changes in sides {
            let found = try repository.withRenames(changes, setting: "merge", limit: 7_000)
            let pairs = found.compactMap { change in
                change.kind == .renamed ? change.old.map { ($0.path, change.path) } : nil
            }
            renames.append(Dictionary(pairs) { first, _ in first })
        }
        for old in Set(renames[0].keys).union(renames[1].keys).sorted() {
            switch (renames[0][old], renames[1][old]) {
            case (let ours?, let theirs?): try rename(old, to: ours, and: theirs)
            case (let ours?, nil): try rename(old, to: ours, by: 1)
            case (nil, let theirs?): try rename(old, to: theirs, by: 2)
            case (nil, nil): continue
            }
        }
    }

    /// Both sides renamed the file.
    private mutating func rename(_ old: Path, to ours: Path, and theirs: Path) throws(GitError) {
        let base = places[old]?.sides[0]
        guard ours != theirs else {
            places[ours]?.sides[0] = base
            moveAway(old)
            return
        }
        guard let ourFile = places[ours]?.sides[1], let theirFile = places[theirs]?.sides[2] else {
            return
        }
        let merged = try content.merged(old, base: base, ours: ourFile, theirs: theirFile).file
        for (path, side) in [(ours, 1), (theirs, 2)] {
            places[path]?.sides[side] = .init(path: path, mode: merged.mode, id: merged.id)
            places[path]?.isDisputed = true
        }
        places[old]?.isDisputed = true
    }

    /// One side renamed the file, and the other changed, kept or deleted it.
    private mutating func rename(_ old: Path, to new: Path, by side: Int) throws(GitError) {
        let other = 3 - side
        guard let source = places[old], let target = places[new], let file = target.sides[side],
            let base = source.sides[0]
        else { return }
        let hasCollision = target.sides[other] != nil
        guard let otherFile = source.sides[other] else {
            // Deleted there.
            places[new]?.isDisputed = true
            if !hasCollision { places[new]?.sides[0] = base }
            moveAway(old)
            return
        }
        let isSameType = otherFile.mode.isFile == file.mode.isFile
        switch (hasCollision, isSameType) {
        case (true, true):
            let sides = side == 1 ? (file, otherFile) : (otherFile, file)
            let merged = try content.merged(new, base: base, ours: sides.0, theirs: sides.1).file
            places[new]?.sides[side] = .init(path: new, mode: merged.mode, id: merged.id)
            moveAway(old)
        case (true, false): return
        case (false, false):
            places[new]?.sides[0] = base
            places[old]?.sides[0] = nil
        case (false, true):
            places[new]?.sides[0] = base
            places[new]?.sides[other] = otherFile
            moveAway(old)
        }
    }

    /// The path has no file any more: what it had is looked at under its new name.
    private mutating func moveAway(_ path: Path) {
        places[path] = nil
        decisions[path] = Decision()
    }
}
