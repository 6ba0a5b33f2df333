public import Platform

extension Repository {
    /// The innermost folder, at or above `folder`, that has a `.git` which could be a repository.
    ///
    /// Costs a look or two per level and no libgit2. As in git, the search stops below a folder of
    /// `GIT_CEILING_DIRECTORIES` (unless it begins there) and at the border of a file system.
    ///
    /// - Parameters:
    ///   - folder: Where to begin; any path of an existing folder.
    ///   - environment: For `GIT_CEILING_DIRECTORIES`.
    /// - Returns: Its absolute path without links, or `nil`.
    ///
    /// Follows the discovery of git(1), without `GIT_DIR` and without bare repositories.
    public static func workTree(around folder: Path, environment: Environment) -> Path? {
        search(from: folder, environment: environment, isFound: hasRepository)
    }

    /// The innermost folder, at or above `folder`, that has a repository or is one.
    static func root(around folder: Path, environment: Environment) -> Path? {
        search(from: folder, environment: environment) { hasRepository($0) || isGitFolder($0) }
    }

    private static func search(
        from folder: Path, environment: Environment, isFound: (Path) -> Bool
    ) -> Path? {
        guard var candidate = try? File.resolved(folder) else { return nil }
        let ceilings = ceilings(environment)
        let start = try? File.status(of: candidate)
        while true {
            if isFound(candidate) { return candidate }
            let parent = candidate.parent
            guard parent != candidate, !ceilings.contains(parent) else { return nil }
            guard let start, let above = try? File.status(of: parent) else { return nil }
            guard above.isOnSameFileSystem(as: start) else { return nil }
            candidate = parent
        }
    }

    /// Whether `.git` is a file (a submodule, a linked work tree) or a folder that has a `HEAD`.
    ///
    /// git goes past an empty `.git`, so this does too.
    private static func hasRepository(_ folder: Path) -> Bool {
        let git = folder.appending(".git")
        switch (try? File.status(of: git))?.kind {
        case .regular: return true
        case .folder:
            let head = try? File.status(of: git.appending("HEAD"), followingLinks: false)
            return head != nil
        default: return false
        }
    }

    /// Whether a folder is what `.git` usually is, by git's own three signs.
    static func isGitFolder(_ folder: Path) -> Bool {
        func status(_ name: Path) -> FileStatus? {
            try? File.status(of: folder.appending(name), followingLinks: false)
        }
        guard isHead(folder.appending("HEAD")) else { return false }
        if status("commondir") != nil { return true }
        return status("objects") != nil && status("refs") != nil
    }

    /// Whether a file names a reference or a commit, or is a link to a reference.
    ///
    /// Follows `validate_headref` of git's path.c.
    private static func isHead(_ file: Path) -> Bool {
        let references = Array("refs/".utf8)
        if let target = (try? File.linkTarget(of: file)) ?? nil {
            return target.bytes.starts(with: references)
        }
        guard let bytes = try? File.read(file) else { return false }
        let name = Array("ref:".utf8)
        guard !bytes.starts(with: name) else {
            return bytes.dropFirst(name.count).drop { $0 == 0x20 || $0 == 0x09 }
                .starts(with: references)
        }
        return ObjectID(hexadecimal: String(decoding: bytes.prefix(40), as: UTF8.self)) != nil
    }

    /// The folders that the search does not go up into.
    ///
    /// Links in them are resolved, as git does, except behind an empty entry.
    private static func ceilings(_ environment: Environment) -> Set<Path> {
        let list = environment.path("GIT_CEILING_DIRECTORIES")?.bytes ?? []
        let entries = list.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        var ceilings: Set<Path> = []
        var resolvesLinks = true
        for entry in entries.map({ Path(bytes: Array($0)) }) {
            if entry.bytes.isEmpty { resolvesLinks = false }
            guard entry.isAbsolute else { continue }
            let resolved = resolvesLinks ? try? File.resolved(entry) : nil
            ceilings.insert(resolved ?? entry)
        }
        return ceilings
    }
}
