import Glibc
import Synchronization

/// A new hidden file beside its target, which vanishes unless it takes the target's place.
///
///     init ──> write ──> takeOwnership ──> finish ──> takePlace        (renamed: isPlaced)
///       └────────┴─────────────┴─────────────┴────────────┴──> deinit  (removed)
///
/// Errors name the target: it is the file the person knows.
struct SiblingFile: ~Copyable {
    private let target: Path
    private let path: Path
    /// `nil` once it is closed.
    private var descriptor: Int32?
    private var isPlaced = false

    /// Creates an empty file in the folder of `target`, under a name that no file has.
    init(beside target: Path, permissions: Permissions) throws(SystemError) {
        self.target = target
        while true {
            let sibling = target.parent.appending(Self.newName())
            do throws(SystemError) {
                descriptor = try systemCall("open", at: sibling) { name in
                    unsafe open(
                        name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                        permissions.rawValue)
                }
                path = sibling
                return
            } catch let error where error.code == EEXIST {
                continue
            } catch {
                throw SystemError(call: error.call, path: target, code: error.code)
            }
        }
    }

    deinit {
        if let descriptor { close(descriptor) }
        guard !isPlaced else { return }
        // There is no one left to tell when this fails.
        _ = try? systemCall("unlink", at: path) { unsafe unlink($0) }
    }

    borrowing func write(_ bytes: [UInt8]) throws(SystemError) {
        guard let descriptor else { return }
        try Transfer.write(bytes, to: descriptor, path: target)
    }

    /// Takes over the owner, group and permission bits of the file that will be replaced.
    ///
    /// Only root may give a file away, and a person only to a group of theirs. Where the group cannot
    /// be kept, another group would get the old one's rights: it is given everyone's instead.
    borrowing func takeOwnership(from existing: FileStatus) throws(SystemError) {
        guard let descriptor else { return }
        let unset = UInt32.max
        let keepsGroup =
            fchown(descriptor, existing.owner, existing.group) == 0
            || fchown(descriptor, unset, existing.group) == 0
        let bits = existing.permissions.rawValue
        let everyonesAsGroup = (bits & 0o7) << 3
        let kept = keepsGroup ? bits : bits & (0o707 | everyonesAsGroup)
        do throws(SystemError) {
            try systemCall("fchmod", target) { fchmod(descriptor, kept) }
        } catch let error where error.code == EPERM || error.code == ENOTSUP {
            // File systems without permissions (FAT, some network mounts) show every file the same.
        }
    }

    /// Writes no more; all that is slow is done then.
    mutating func finish(durable: Bool) throws(SystemError) {
        if durable { try flush() }
        try closeDescriptor()
    }

    /// Renames the finished file over its target.
    mutating func takePlace(durable: Bool) throws(SystemError) {
        let (from, to) = (path.cName, target.cName)
        try systemCall("rename", target) { unsafe rename(from, to) }
        isPlaced = true
        if durable { try flushFolder() }
    }

    /// Renames the finished file to its target's name if nothing has that.
    ///
    /// One call, so that nothing can come between looking and renaming. Follows rename(2) on `RENAME_NOREPLACE`.
    ///
    /// - Returns: False where the file system does not know how; nothing is done then.
    mutating func takeFreePlace(durable: Bool) throws(SystemError) -> Bool {
        let (from, to) = (path.cName, target.cName)
        do throws(SystemError) {
            try systemCall("rename", target) {
                // Both names are closed by zeros and outlive the call.
                unsafe renameat2(AT_FDCWD, from, AT_FDCWD, to, Self.noReplacing)
            }
        } catch {
            switch error.code {
            case EEXIST: throw .overtaken(target)
            case EINVAL, ENOSYS: return false
            default: throw error
            }
        }
        isPlaced = true
        if durable { try flushFolder() }
        return true
    }

    /// `RENAME_NOREPLACE`, which Glibc shows only to C.
    private static let noReplacing: UInt32 = 1

    private borrowing func flushFolder() throws(SystemError) {
        try Descriptor(opening: target.parent, O_RDONLY | O_DIRECTORY).flush()
    }

    private borrowing func flush() throws(SystemError) {
        guard let descriptor else { return }
        try systemCall("fsync", target) { fsync(descriptor) }
    }

    /// Closes before the rename: network file systems and quotas report a full disk only here.
    private mutating func closeDescriptor() throws(SystemError) {
        guard let open = descriptor else { return }
        descriptor = nil
        // Linux closes even when it reports EINTR, so this is never repeated; see close(2).
        guard close(open) != 0, errno != EINTR else { return }
        throw SystemError(call: "close", path: target, code: errno)
    }

    /// Makes a symbolic link of a new name and renames it over `target`.
    static func placeLink(at target: Path, to destination: Path) throws(SystemError) {
        let destination = destination.cName
        var name = target.parent.appending(newName())
        while true {
            do throws(SystemError) {
                try systemCall("symlink", at: name) { unsafe symlink(destination, $0) }
                break
            } catch let error where error.code == EEXIST {
                name = target.parent.appending(newName())
            } catch {
                throw SystemError(call: error.call, path: target, code: error.code)
            }
        }
        do throws(SystemError) {
            let (from, to) = (name.cName, target.cName)
            try systemCall("rename", target) { unsafe rename(from, to) }
        } catch {
            try? File.remove(name)
            throw error
        }
    }

    /// A name such as `.nbgit-9f2c51d07ae3b846.tmp`: no file has it, and no glob or listing shows it.
    ///
    /// The first is random, so that programs that run at once do not meet; the others count from there.
    private static func newName() -> Path {
        let number = firstNumber &+ used.wrappingAdd(1, ordering: .relaxed).oldValue
        return Path(".nbgit-\(String(number, radix: 16)).tmp")
    }

    private static let firstNumber = UInt64.random(in: .min ... .max)
    private static let used = Atomic<UInt64>(0)
}

/// Glibc shows its GNU functions only to C; plain integers and names in, one integer out, need no more than this.
@_silgen_name("renameat2")
private func renameat2(
    _ oldFolder: Int32, _ oldName: UnsafePointer<CChar>, _ newFolder: Int32,
    _ newName: UnsafePointer<CChar>, _ flags: UInt32
) -> Int32
