internal import Git
internal import Platform

/// The memories of all repositories that some files lie in, each opened once.
struct PairMemories {
    private let environment: Environment
    private var byFolder: [Path: PairMemory] = [:]
    /// By the work tree; nil is for what lies in none.
    private var byWorkTree: [Path?: PairMemory] = [:]
    private var statuses: [Path: FileStatus] = [:]

    init(environment: Environment) {
        self.environment = environment
    }

    /// The memory for files in `folder`, an absolute one without links.
    ///
    /// - Throws: ``Failure`` outside a repository when there is no home folder to remember in.
    mutating func memory(for folder: Path) throws(Failure) -> PairMemory {
        if let known = byFolder[folder] { return known }
        if folder.parent != folder, isLike(folder, folder.parent) {
            let above = try memory(for: folder.parent)
            byFolder[folder] = above
            return above
        }
        let workTree = Repository.workTree(around: folder, environment: environment)
        let found =
            if let known = byWorkTree[workTree] { known } else {
                try PairMemory(for: folder, environment: environment)
            }
        byFolder[folder] = found
        byWorkTree[workTree] = found
        return found
    }

    /// Whether a folder lies in the same repository as the one above it, or in none either; one that is still to
    /// be made does.
    private mutating func isLike(_ folder: Path, _ above: Path) -> Bool {
        guard let status = status(of: folder) else { return true }
        let ceilings = environment.path("GIT_CEILING_DIRECTORIES")?.bytes ?? []
        let isCeiling = ceilings.split(separator: UInt8(ascii: ":")).contains {
            $0.elementsEqual(above.bytes)
        }
        guard !isCeiling,
            (try? File.status(of: folder.appending(".git"), followingLinks: false)) == nil,
            let other = self.status(of: above)
        else { return false }
        return status.isOnSameFileSystem(as: other)
    }

    private mutating func status(of folder: Path) -> FileStatus? {
        if let known = statuses[folder] { return known }
        let status = (try? File.status(of: folder)) ?? nil
        statuses[folder] = status
        return status
    }
}
