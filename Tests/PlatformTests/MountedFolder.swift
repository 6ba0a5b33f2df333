import Foundation
import Support

/// A file system of its own in memory, for what only a full or a read-only disk does.
final class MountedFolder {
    private let point: TemporaryDirectory
    let path: String

    /// Whether this machine lets us: root in a container may not.
    static let isAllowed = (try? MountedFolder(byteCount: 65_536)) != nil

    struct NotAllowed: Error {}

    init(byteCount: Int) throws {
        point = try TemporaryDirectory()
        path = point.path
        let options = "size=\(byteCount)"
        guard try Self.do(["mount", "-t", "tmpfs", "-o", options, "tmpfs", path]) else {
            throw NotAllowed()
        }
    }

    deinit {
        _ = try? Self.do(["umount", "-l", path])
    }

    func makeReadOnly() throws {
        guard try Self.do(["mount", "-o", "remount,ro", path]) else { throw NotAllowed() }
    }

    private static func `do`(_ command: [String]) throws -> Bool {
        try run(command, in: "/", environment: ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin"]).status
            == 0
    }
}
