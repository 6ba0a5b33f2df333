import Glibc

/// What kind of thing a name stands for.
public enum FileKind: Sendable {
    /// A file with content.
    case regular
    /// A folder.
    case folder
    /// A symbolic link, not followed.
    case symbolicLink
    /// A named or unnamed pipe.
    case pipe
    /// A character or block device, such as `/dev/null`.
    case device
    /// A socket.
    case socket
    /// Something else.
    case other
}

/// What the file system knows about a file beside its content.
public struct FileStatus: Hashable, Sendable {
    /// What it is.
    public let kind: FileKind
    /// Its size in bytes; 0 for pipes and most files of `/proc`, whatever they hold.
    public let byteCount: Int
    /// When its content was last changed.
    public let modified: Timestamp
    /// When its content, its name or its permissions were last changed; nobody can set that back.
    public let changed: Timestamp
    /// Who may do what with it.
    public let permissions: Permissions
    /// Which file it is.
    public let identity: FileIdentity
    /// How many names it has.
    let nameCount: Int
    /// The number of the user that it belongs to.
    public let owner: UInt32
    /// The number of the group that it belongs to.
    public let group: UInt32

    init(_ status: stat) {
        kind =
            switch status.st_mode & S_IFMT {
            case S_IFREG: .regular
            case S_IFDIR: .folder
            case S_IFLNK: .symbolicLink
            case S_IFIFO: .pipe
            case S_IFCHR, S_IFBLK: .device
            case S_IFSOCK: .socket
            default: .other
            }
        byteCount = Int(status.st_size)
        modified = Timestamp(
            seconds: Int(status.st_mtim.tv_sec), nanoseconds: Int(status.st_mtim.tv_nsec))
        changed = Timestamp(
            seconds: Int(status.st_ctim.tv_sec), nanoseconds: Int(status.st_ctim.tv_nsec))
        permissions = Permissions(rawValue: status.st_mode & 0o7777)
        identity = FileIdentity(device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
        nameCount = Int(status.st_nlink)
        owner = status.st_uid
        group = status.st_gid
    }

    /// Whether both lie on the same file system, with no mount between them.
    public func isOnSameFileSystem(as other: FileStatus) -> Bool {
        identity.device == other.identity.device
    }
}

/// Which file it is, whatever it is called.
public struct FileIdentity: Hashable, Sendable {
    /// The number of its file system.
    public let device: UInt64
    /// Its number in its file system.
    public let inode: UInt64
}

/// The permission bits of a file, as chmod(1) writes them: `0o644`.
public struct Permissions: RawRepresentable, Hashable, Sendable, ExpressibleByIntegerLiteral {
    /// The twelve bits, set-user-id and its friends included.
    public let rawValue: UInt32

    /// Takes the bits as they stand.
    public init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// Takes the bits of a literal such as `0o644`.
    public init(integerLiteral value: UInt32) {
        rawValue = value
    }
}

/// A point in time, as file systems count it.
public struct Timestamp: Hashable, Comparable, Sendable {
    /// Whole seconds since the start of 1970, UTC.
    public let seconds: Int
    /// The rest, below 1,000,000,000.
    public let nanoseconds: Int

    /// Orders by time.
    public static func < (left: Timestamp, right: Timestamp) -> Bool {
        (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
    }
}
