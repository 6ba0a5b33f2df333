import Foundation
import Platform
import Support
import Testing

@Suite struct FileReplacingTests {
    let scratch: TemporaryDirectory
    let file: Path

    init() throws {
        scratch = try TemporaryDirectory()
        file = Path(scratch.path("file"))
    }

    @Test(arguments: [false, true])
    func `a file is created, replaced and left alone`(durable: Bool) throws {
        #expect(try File.replace(file, with: [1], durable: durable) == .created)
        #expect(try scratch.read("file") == [1])
        #expect(try File.replace(file, with: [2, 3], durable: durable) == .replaced)
        #expect(try scratch.read("file") == [2, 3])
        #expect(try File.replace(file, with: [2, 3], durable: durable) == .unchanged)
        #expect(try scratch.names() == ["file"])
        try File.sync(Path(scratch.path))
    }

    @Test func `a file of the same length but other bytes is replaced`() throws {
        try scratch.write([1, 2, 3], to: "file")
        #expect(try File.replace(file, with: [1, 2, 4]) == .replaced)
        #expect(try scratch.read("file") == [1, 2, 4])
    }

    @Test(arguments: [
        ("printf newer > file", false), ("printf oth > file", false), ("rm file", false),
        ("printf oth > x && mv x file", false), ("ln -sf other file", false),
        ("touch -d 2001-01-01 file", true), ("cp file x && mv x file", true), ("true", true),
    ])
    func `a file that somebody has changed since it was read stays so`(
        change: String, isReplaced: Bool
    ) throws {
        try scratch.write("old", to: "file")
        try scratch.write("old", to: "other")
        var found = try File.Snapshot(of: file)
        #expect(try found.bytes() == Array("old".utf8))
        try GitSandbox().shell(change, in: scratch.path)
        let before = try? scratch.text("file")
        guard isReplaced else {
            let error = #expect(throws: SystemError.self) {
                try File.replace(file, with: Array("new".utf8), over: found)
            }
            #expect(error?.isOvertaken == true)
            #expect(error?.path == file)
            #expect(error?.reason == "was changed while nbgit was reading it")
            #expect((try? scratch.text("file")) == before)
            #expect(try scratch.names().filter { $0.hasPrefix(".") } == [])
            return
        }
        #expect(try File.replace(file, with: Array("new".utf8), over: found) == .replaced)
    }

    @Test func `a file that somebody has made since nothing was found stays`() throws {
        let found = try File.Snapshot(of: file)
        try scratch.write("other", to: "file")
        #expect(throws: SystemError.overtaken(file)) {
            try File.replace(file, with: Array("new".utf8), over: found)
        }
        #expect(try scratch.text("file") == "other")
    }

    @Test func `a file that holds the bytes keeps its time and its inode`() throws {
        try scratch.write("same", to: "file")
        var times = [timeval(tv_sec: 5, tv_usec: 0), timeval(tv_sec: 1_000_000_000, tv_usec: 0)]
        #expect(utimes(scratch.path("file"), &times) == 0)
        let before = try #require(try File.status(of: file))
        #expect(try File.replace(file, with: Array("same".utf8)) == .unchanged)
        #expect(try File.status(of: file) == before)
        try File.replace(file, with: Array("new!".utf8))
        #expect(try File.status(of: file)?.identity != before.identity)
    }

    @Test(arguments: [0o600, 0o644, 0o755, 0o640, 0o777, 0o4755] as [UInt32])
    func `an existing file keeps its permission bits`(bits: UInt32) throws {
        try scratch.write("old", to: "file")
        #expect(chmod(scratch.path("file"), bits) == 0)
        try File.replace(file, with: Array("new".utf8))
        #expect(try File.status(of: file)?.permissions == Permissions(rawValue: bits))
    }

    @Test(.enabled(if: geteuid() == 0, "only root gives files away"))
    func `an existing file keeps its owner and group`() throws {
        try scratch.write("old", to: "file")
        #expect(chown(scratch.path("file"), 1234, 2345) == 0)
        try File.replace(file, with: Array("new".utf8))
        var status = stat()
        #expect(stat(scratch.path("file"), &status) == 0)
        #expect(status.st_uid == 1234)
        #expect(status.st_gid == 2345)
    }

    @Test func `a new file gets what the umask leaves of its permissions`() async throws {
        let path = scratch.path
        await #expect(processExitsWith: .success) { [path = path as String] in
            umask(0o027)
            try File.replace(Path("\(path)/plain"), with: [1])
            try File.replace(Path("\(path)/program"), with: [1], permissions: 0o777)
        }
        #expect(try File.status(of: Path(scratch.path("plain")))?.permissions == 0o640)
        #expect(try File.status(of: Path(scratch.path("program")))?.permissions == 0o750)
    }

    @Test func `a link stays and its final target is replaced`() throws {
        try scratch.write("old", to: "real/target")
        try link("middle", to: "real/target")
        try link("file", to: "middle")
        #expect(try File.replace(file, with: Array("new".utf8)) == .replaced)
        #expect(try scratch.text("real/target") == "new")
        #expect(try File.status(of: file, followingLinks: false)?.kind == .symbolicLink)
        #expect(try scratch.names() == ["file", "middle", "real"])
    }

    @Test func `a link to nothing gets its target`() throws {
        try scratch.makeFolder("real")
        try link("file", to: "real/target")
        #expect(try File.replace(file, with: [7]) == .created)
        #expect(try scratch.read("real/target") == [7])
        #expect(try File.status(of: file, followingLinks: false)?.kind == .symbolicLink)
    }

    @Test func `links in a circle are an error`() throws {
        try link("file", to: "other")
        try link("other", to: "file")
        let error = #expect(throws: SystemError.self) { try File.replace(file, with: [1]) }
        #expect(error?.reason == "too many levels of symbolic links")
    }

    @Test func `another hard link keeps the old bytes`() throws {
        try scratch.write("old", to: "file")
        #expect(Glibc.link(scratch.path("file"), scratch.path("hard")) == 0)
        try File.replace(file, with: Array("new".utf8))
        #expect(try scratch.text("hard") == "old")
    }

    @Test func `a folder is not replaced`() throws {
        try scratch.makeFolder("file")
        let error = #expect(throws: SystemError.self) { try File.replace(file, with: [1]) }
        #expect(error?.description == "\(file): is a directory")
    }

    @Test func `a missing folder is an error that names the file`() throws {
        let path = Path(scratch.path("missing/file"))
        let error = #expect(throws: SystemError.self) { try File.replace(path, with: [1]) }
        #expect(error?.description == "\(path): no such file or directory")
    }

    @Test func `a device is written to and stays a device`() throws {
        #expect(try File.replace("/dev/null", with: [1]) == .replaced)
        #expect(try File.status(of: "/dev/null")?.kind == .device)
        let error = #expect(throws: SystemError.self) { try File.replace("/dev/full", with: [1]) }
        #expect(error?.isDiskFull == true)
    }

    private func link(_ name: String, to target: String) throws {
        try FileManager.default.createSymbolicLink(
            atPath: scratch.path(name), withDestinationPath: target)
    }
}

/// Does something as a person without rights, where the tests run as root, who may do everything.
///
/// For a process of its own: rights belong to all its threads.
@discardableResult func asSomeoneElse<Result>(_ body: () throws -> Result) rethrows -> Result {
    guard geteuid() == 0 else { return try body() }
    seteuid(65_534)
    defer { seteuid(0) }
    return try body()
}

@Suite struct RefusedReplacementTests {
    let scratch: TemporaryDirectory

    init() throws {
        scratch = try TemporaryDirectory()
        #expect(chmod(scratch.path, 0o755) == 0)
        try scratch.write("old", to: "open/file")
        try scratch.write("old", to: "closed/file")
        #expect(chmod(scratch.path("open"), 0o777) == 0)
        #expect(chmod(scratch.path("closed"), 0o555) == 0)
        #expect(chmod(scratch.path("closed/file"), 0o666) == 0)
        #expect(chmod(scratch.path("open/file"), 0o444) == 0)
    }

    @Test func `a read-only folder is refused and the file is as it was`() async throws {
        try await expectRefusal("closed/file")
        #expect(try scratch.text("closed/file") == "old")
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: scratch.path("closed")).count == 1)
    }

    @Test func `a read-only file is refused even where its folder is not`() async throws {
        try await expectRefusal("open/file")
        #expect(try scratch.text("open/file") == "old")
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: scratch.path("open")).count == 1)
    }

    @Test func `a file whose owner cannot be kept is replaced and its group gets no more`()
        async throws
    {
        try #require(geteuid() == 0, "needs root to make a file of someone else's")
        let path = scratch.path("open/file")
        #expect(chmod(path, 0o664) == 0)
        #expect(chown(path, 0, 2345) == 0)
        await #expect(processExitsWith: .success) { [path = path as String] in
            // A member of the group that may write the file but may give nothing to that group: it
            // lost the membership after it was let in.
            var groups: [gid_t] = []
            setgroups(0, &groups)
            chown(path, 65_534, 2345)
            setegid(65_534)
            try asSomeoneElse { try File.replace(Path(path), with: [1]) }
        }
        var status = stat()
        #expect(stat(path, &status) == 0)
        #expect(status.st_gid == 65_534)
        #expect(status.st_mode & 0o777 == 0o644)
    }

    /// Tries it as someone who is not root: root may do everything.
    private func expectRefusal(_ name: String) async throws {
        let path = scratch.path(name)
        await #expect(processExitsWith: .exitCode(EACCES)) { [path = path as String] in
            let refusal = asSomeoneElse {
                #expect(throws: SystemError.self) { try File.replace(Path(path), with: [1]) }
            }
            exit(refusal?.reason == "permission denied" ? EACCES : 99)
        }
    }
}

@Suite(.enabled(if: MountedFolder.isAllowed, "no file system may be mounted here"))
struct MountedFolderTests {
    @Test(arguments: [true, false])
    func `a full disk leaves the file as it was and nothing beside it`(exists: Bool) throws {
        let disk = try MountedFolder(byteCount: 65_536)
        let file = Path("\(disk.path)/file")
        if exists { try File.replace(file, with: [1, 2, 3]) }
        let error = #expect(throws: SystemError.self) {
            try File.replace(file, with: [UInt8](repeating: 7, count: 200_000))
        }
        #expect(error?.description == "\(file): no space left on device")
        #expect(error?.isDiskFull == true)
        let names = try FileManager.default.contentsOfDirectory(atPath: disk.path)
        #expect(names == (exists ? ["file"] : []))
        if exists { #expect(try File.read(file) == [1, 2, 3]) }
    }

    @Test func `a read-only disk is refused and holds what it held`() throws {
        let disk = try MountedFolder(byteCount: 65_536)
        let file = Path("\(disk.path)/file")
        try File.replace(file, with: [1])
        try disk.makeReadOnly()
        let error = #expect(throws: SystemError.self) { try File.replace(file, with: [2]) }
        #expect(error?.description == "\(file): read-only file system")
        #expect(try File.replace(file, with: [1]) == .unchanged)
    }
}
