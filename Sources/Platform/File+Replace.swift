import Glibc

extension File {
    /// What ``replace(_:with:permissions:durable:)`` did.
    public enum Outcome: Sendable {
        /// There was no file; now there is.
        case created
        /// The file held other bytes.
        case replaced
        /// The file held these bytes already and was not touched.
        case unchanged
    }

    /// Puts `bytes` into the file at `path`, or leaves the file as it was.
    ///
    /// The bytes go to a hidden sibling, which is renamed over the file: a reader sees the old bytes
    /// or the new. On any failure, and when an ``Interrupt`` comes meanwhile, the sibling is removed.
    /// A file that holds the bytes already is not written and keeps its modification time.
    ///
    /// A symbolic link is followed to its end and stays; a link to nothing gets its target. An
    /// existing file keeps its permission bits and, where the system allows, its owner and group;
    /// where it does not, the group gets no more than everyone has. Other hard links keep the old
    /// bytes. A read-only file is refused, though the rename would go through. A pipe or a device
    /// cannot be replaced and is written to.
    ///
    /// - Parameters:
    ///   - path: The file to replace; its folder must exist.
    ///   - bytes: The whole new content.
    ///   - permissions: The bits of a new file, of which the umask takes its share.
    ///   - found: What was found at `path` before, which alone may be replaced; nil to replace what is there now.
    ///   - durable: Whether the bytes and the name reach the device before this returns (+0.3 ms on
    ///     an idle disk, 8 ms on a busy one). For many files, call ``sync(_:)`` once instead.
    /// - Returns: What was done.
    /// - Throws: ``SystemError`` with the failing call and path; one that ``SystemError/isOvertaken`` where there is
    ///   no longer what was `found`.
    ///
    /// Follows rename(2) and fsync(2).
    @discardableResult
    public static func replace(
        _ path: Path, with bytes: [UInt8], permissions: Permissions = 0o666,
        over found: Snapshot? = nil, durable: Bool = false
    ) throws(SystemError) -> Outcome {
        var snapshot = if let found { found } else { try Snapshot(of: path) }
        let existing = snapshot.status
        switch existing?.kind {
        case nil:
            break
        case .folder:
            throw SystemError(call: "open", path: path, code: EISDIR)
        case .regular:
            guard try !snapshot.holds(bytes) else { return .unchanged }
            do throws(SystemError) { try requireWritable(path) } catch {
                throw found != nil && error.isNotFound ? .overtaken(path) : error
            }
        default:
            let descriptor = try Descriptor(opening: path, O_WRONLY)
            try Transfer.write(bytes, to: descriptor.number, path: path)
            return .replaced
        }

        let target = snapshot.isLink ? try endOfLinks(from: path) : path
        var sibling = try SiblingFile(
            beside: target, permissions: existing == nil ? permissions : 0o600)
        try sibling.write(bytes)
        if let existing { try sibling.takeOwnership(from: existing) }
        try sibling.finish(durable: durable)
        if found != nil, existing == nil, !snapshot.isLink,
            try sibling.takeFreePlace(durable: durable)
        {
            return .created
        }
        if let found, try !found.isCurrent() { throw .overtaken(path) }
        try sibling.takePlace(durable: durable)
        return existing == nil ? .created : .replaced
    }

    /// Refuses where opening the file for writing would be refused.
    private static func requireWritable(_ path: Path) throws(SystemError) {
        try systemCall("open", at: path) { name in
            unsafe faccessat(AT_FDCWD, name, W_OK, AT_EACCESS)
        }
    }

    /// Where a chain of symbolic links ends; there need not be a file.
    public static func endOfLinks(from path: Path) throws(SystemError) -> Path {
        var end = path
        // 40 is where the kernel gives up, see path_resolution(7).
        for _ in 0..<40 {
            guard let target = try linkTarget(of: end) else { return end }
            end = end.parent.appending(target)
        }
        throw SystemError(call: "readlink", path: path, code: ELOOP)
    }

    /// What a symbolic link says, or `nil` when `path` is none.
    public static func linkTarget(of path: Path) throws(SystemError) -> Path? {
        let room = Int(PATH_MAX)
        var target = [CChar](repeating: 0, count: room)
        do throws(SystemError) {
            let count = try systemCall("readlink", at: path) { name in
                // The kernel writes at most as many bytes as the array has.
                unsafe readlink(name, &target, room)
            }
            return Path(bytes: target.prefix(count).map(UInt8.init(bitPattern:)))
        } catch let error where error.code == EINVAL || error.code == ENOENT {
            return nil
        }
    }
}
