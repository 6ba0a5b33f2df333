import Glibc

/// The right to replace a file, held against everyone who asks for it by git's protocol: who makes
/// `<target>.lock` may change `<target>`, and nobody else does so meanwhile.
///
/// The lock is a second name of a file of our own, the anchor, which the kernel locks for us (flock):
///
///     anchors/9f2c51d07ae3b846  ◄── same file ──►  index.lock  ── rename ──►  index
///
/// A process that is killed leaves both names but not the kernel's lock. So the next one sees that the
/// lock belonged to a dead process of ours, and takes it away. A lock without an anchor is somebody
/// else's and is never touched.
///
/// Where the file system has no second names (FAT, some network mounts), the lock is made as git makes it.
///
/// Follows api-lockfile of git and open(2), `O_EXCL`.
public struct LockFile: ~Copyable {
    /// The file that may be replaced.
    public let target: Path
    private let lock: Path
    private let anchor: Path
    private var descriptor: Int32?
    private var isReplaced = false

    /// Takes the lock, waiting for it while somebody else has it.
    ///
    /// - Parameters:
    ///   - target: The file to be replaced; its folder must exist.
    ///   - anchors: A folder on the same file system, for this purpose alone; made where it is missing.
    ///   - timeout: How long to wait.
    ///   - permissions: The bits of the new file, of which the umask takes its share.
    /// - Throws: ``SystemError`` with the lock's path; ``SystemError/isLocked`` when the time is over.
    public init(
        replacing target: Path, anchors: Path, timeout: Duration, permissions: Permissions = 0o666
    ) throws(SystemError) {
        self.target = target
        lock = Path(bytes: target.bytes + Array(".lock".utf8))
        try Folder.create(anchors)
        Self.tidy(anchors, lock)
        let stopwatch = Stopwatch()
        var pause: UInt32 = 500
        while true {
            let name = String(UInt64.random(in: .min ... .max), radix: 16)
            let candidate = anchors.appending(Path(name))
            let number = try Self.makeAnchor(candidate, permissions)
            do throws(SystemError) {
                try Self.link(candidate, to: lock, number)
                anchor = candidate
                descriptor = number
                return
            } catch {
                close(number)
                Self.unlink(candidate)
                // Somebody tidied up between the two calls.
                if error.code == ENOENT, try File.status(of: target.parent) != nil { continue }
                guard error.code == EEXIST else {
                    throw SystemError(call: error.call, path: lock, code: error.code)
                }
            }
            if Self.tidy(anchors, lock) { continue }
            guard stopwatch.elapsed < timeout, !Interrupt.isRequested else {
                let code = Interrupt.isRequested ? EINTR : EEXIST
                throw SystemError(call: "link", path: lock, code: code)
            }
            // Some more or less, so that two who wait do not meet again and again.
            usleep(UInt32.random(in: pause / 2...pause))
            pause = min(pause * 2, 20_000)
        }
    }

    deinit {
        if let descriptor { close(descriptor) }
        if !isReplaced { Self.unlink(lock) }
        Self.unlink(draft)
        Self.unlink(anchor)
    }

    /// The name of a file that nobody else uses, for whoever can write the new content only to a file;
    /// it vanishes with the lock.
    public var draft: Path { Self.draft(of: anchor) }

    /// Gives the lock back without a change.
    public consuming func release() {}

    /// Writes the new content; may be called again for more.
    public borrowing func write(_ bytes: [UInt8]) throws(SystemError) {
        guard let descriptor else { return }
        try Transfer.write(bytes, to: descriptor, path: target)
    }

    /// Gives the new file the permission bits of the one that it replaces.
    public borrowing func keepPermissions() throws(SystemError) {
        guard let descriptor, let existing = try File.status(of: target) else { return }
        let bits = existing.permissions.rawValue
        try systemCall("fchmod", target) { fchmod(descriptor, bits) }
    }

    /// Puts what was written in the place of the target, and gives up the lock in the same step.
    ///
    /// - Parameter durable: Whether the bytes and the name reach the device before this returns.
    /// - Throws: ``SystemError``; the target is then as it was.
    public mutating func replace(durable: Bool) throws(SystemError) {
        guard let descriptor else { return }
        if durable { try systemCall("fsync", target) { fsync(descriptor) } }
        let (from, to) = (lock.cName, target.cName)
        try systemCall("rename", target) { unsafe rename(from, to) }
        isReplaced = true
        if durable { try Descriptor(opening: target.parent, O_RDONLY | O_DIRECTORY).flush() }
    }

    // MARK: The anchor

    private static func makeAnchor(
        _ path: Path, _ permissions: Permissions
    ) throws(SystemError) -> Int32 {
        let number = try systemCall("open", at: path) { name in
            unsafe open(
                name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, permissions.rawValue)
        }
        // Only one who tidies up can be faster, and he then removes the anchor, so that linking it
        // fails. Where there is no flock (some network mounts), we would not be recognised as dead.
        _ = flock(number, LOCK_EX | LOCK_NB)
        return number
    }

    private static func link(
        _ anchor: Path, to lock: Path, _ number: Int32
    ) throws(SystemError) {
        let target = lock.cName
        do throws(SystemError) {
            try systemCall("link", at: anchor) { unsafe Glibc.link($0, target) }
        } catch let error where [EPERM, ENOTSUP, ENOSYS, EXDEV, EMLINK].contains(error.code) {
            let made = try systemCall("open", at: lock) { name in
                unsafe open(name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o666)
            }
            // From here on it is the lock that is written to.
            dup2(made, number)
            _ = fcntl(number, F_SETFD, FD_CLOEXEC)
            close(made)
        }
    }

    private static func unlink(_ path: Path) {
        // There is no one left to tell when this fails.
        _ = try? systemCall("unlink", at: path) { unsafe Glibc.unlink($0) }
    }

    // MARK: Dead owners

    /// Removes what processes of ours left that are dead, the lock included if it was theirs.
    ///
    /// - Returns: Whether there is no lock now, as far as we know.
    @discardableResult
    private static func tidy(_ anchors: Path, _ lock: Path) -> Bool {
        let found = try? File.status(of: lock, followingLinks: false)
        var isFree = found == nil
        let names = Folder.walk(anchors) { $0.kind == .regular ? .take : .skip }.taken.map(\.name)
        for name in names where name.fileExtension == nil {
            let anchor = anchors.appending(name)
            guard let file = try? Descriptor(opening: anchor, O_RDONLY | O_NOFOLLOW),
                flock(file.number, LOCK_EX | LOCK_NB) == 0,
                let dead = try? file.status()
            else { continue }
            // We hold its kernel lock now: its owner is dead, and nobody else tidies up after it.
            let drafts = name.bytes + [UInt8(ascii: ".")]
            for draft in names where draft.bytes.starts(with: drafts) {
                unlink(anchors.appending(draft))
            }
            if dead.identity == found?.identity {
                let now = try? File.status(of: lock, followingLinks: false)
                if now?.identity == dead.identity { unlink(lock) }
                isFree = true
            } else if dead.nameCount > 1 {
                // It is the lock of another file, whose next owner knows by the anchor that it is dead.
                continue
            }
            unlink(anchor)
        }
        return isFree
    }

    private static func draft(of anchor: Path) -> Path {
        Path(bytes: anchor.bytes + Array(".draft".utf8))
    }
}

extension SystemError {
    /// Whether a ``LockFile`` could not be had because somebody else has it.
    public var isLocked: Bool { call == "link" && code == EEXIST }
}
