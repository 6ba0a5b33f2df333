import Glibc

extension File {
    /// Puts a new file in the place of whatever file or symbolic link has that name, in one step.
    ///
    /// Unlike ``replace(_:with:permissions:over:durable:)`` it follows no link and takes nothing over from
    /// what was there.
    ///
    /// - Parameters:
    ///   - path: The name; its folder must exist. What has that name must be no folder.
    ///   - bytes: The whole content.
    ///   - permissions: The bits of the file, of which the umask takes its share.
    /// - Throws: ``SystemError``; what was there is then still there.
    ///
    /// Follows rename(2).
    public static func place(
        _ path: Path, _ bytes: [UInt8], permissions: Permissions = 0o666
    ) throws(SystemError) {
        var sibling = try SiblingFile(beside: path, permissions: permissions)
        try sibling.write(bytes)
        try sibling.finish(durable: false)
        try sibling.takePlace(durable: false)
    }

    /// Puts a symbolic link in the place of whatever file or link has that name, in one step.
    ///
    /// - Parameters:
    ///   - path: The name; its folder must exist. What has that name must be no folder.
    ///   - target: What the link says.
    /// - Throws: ``SystemError``; what was there is then still there.
    ///
    /// Follows symlink(2) and rename(2).
    public static func placeLink(_ path: Path, to target: Path) throws(SystemError) {
        try SiblingFile.placeLink(at: path, to: target)
    }
}

extension Folder {
    /// Removes a folder and the folders in it, where there is nothing else; says whether it is gone.
    public static func removeIfHoldingOnlyFolders(_ path: Path) -> Bool {
        let walk = walk(path) { $0.kind == .folder ? .take : .skip }
        for entry in walk.taken where !removeIfHoldingOnlyFolders(path.appending(entry.name)) {
            return false
        }
        return unsafe rmdir(path.cName) == 0
    }

    /// Removes a folder with all that is in it; links are removed and not followed.
    public static func removeAll(_ path: Path) throws(SystemError) {
        let walk = walk(path) { _ in .take }
        if let failure = walk.failures.first { throw failure }
        for entry in walk.taken {
            let child = path.appending(entry.name)
            if entry.kind == .folder { try removeAll(child) } else { try File.remove(child) }
        }
        try removeIfEmpty(path)
    }
}
