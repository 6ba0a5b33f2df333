import Support

/// A file system in memory that is soon full.
final class SmallDisk {
    private let point: TemporaryDirectory
    let path: String

    /// Whether this machine lets us: root in a container may not.
    static let isAllowed = (try? SmallDisk(byteCount: 65_536)) != nil

    private struct NotAllowed: Error {}

    init(byteCount: Int) throws {
        point = try TemporaryDirectory()
        path = point.path
        guard try Self.runs("mount", "-t", "tmpfs", "-o", "size=\(byteCount)", "tmpfs", path) else {
            throw NotAllowed()
        }
    }

    deinit {
        _ = try? Self.runs("umount", "-l", path)
    }

    private static func runs(_ command: String...) throws -> Bool {
        try run(command, in: "/", environment: ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin"]).status
            == 0
    }
}
