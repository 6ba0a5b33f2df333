import Glibc

/// A folder that something is to be put into, and that is gone again with all in it unless it is finished.
///
///     init ──> finish       (it stays)
///       └────> deinit       (what is in it is removed, and the folder too if it was made)
///
/// Nothing was in it before, so nothing is removed but what came since.
public struct FolderInTheMaking: ~Copyable {
    /// Where it is.
    public let path: Path
    /// The folders that were made for it, the outermost first.
    private let made: [Path]
    private var isFinished = false

    /// Makes the folder and those above it, or takes an empty one that is there.
    ///
    /// - Throws: ``SystemError``; "directory not empty" where something is in it.
    public init(at path: Path) throws(SystemError) {
        made = try Self.make(path)
        self.path = path
    }

    private static func make(_ path: Path) throws(SystemError) -> [Path] {
        var missing: [Path] = []
        var place = path
        while try File.status(of: place) == nil, place.parent != place {
            missing.insert(place, at: 0)
            place = place.parent
        }
        guard missing.isEmpty else {
            try Folder.create(path)
            return missing
        }
        guard try File.status(of: path)?.kind == .folder else {
            throw SystemError(call: "mkdir", path: path, code: ENOTDIR)
        }
        let found = Folder.walk(path) { _ in .take }
        if let failure = found.failures.first { throw failure }
        guard found.taken.isEmpty else {
            throw SystemError(call: "mkdir", path: path, code: ENOTEMPTY)
        }
        return []
    }

    /// Lets it stay.
    public consuming func finish() {
        isFinished = true
    }

    deinit {
        guard !isFinished else { return }
        let (path, made) = (path, made)
        Interrupt.deferred {
            for entry in Folder.walk(path, decide: { _ in .take }).taken {
                let place = path.appending(entry.relativePath)
                if entry.kind == .folder {
                    try? Folder.removeAll(place)
                } else {
                    try? File.remove(place)
                }
            }
            for folder in made.reversed() { try? Folder.removeIfEmpty(folder) }
        }
    }
}
