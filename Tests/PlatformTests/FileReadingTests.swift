import Foundation
import Support
import Testing

@testable import Platform

@Suite struct FileReadingTests {
    let scratch: TemporaryDirectory
    let file: Path

    init() throws {
        scratch = try TemporaryDirectory()
        file = Path(scratch.path("file"))
    }

    @Test(arguments: [0, 1, 65_535, 65_536, 65_537, 3_000_000])
    func `all bytes of a file are read`(count: Int) throws {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 7) }
        try scratch.write(bytes, to: "file")
        #expect(try File.read(file) == bytes)
    }

    @Test(arguments: [0, 10, 200_000, 1_000_000])
    func `a file that is larger or smaller than it said is read to its end`(said: Int) throws {
        let bytes = [UInt8](repeating: 9, count: 200_000)
        try scratch.write(bytes, to: "file")
        let descriptor = try Descriptor(opening: file, O_RDONLY)
        #expect(
            try Transfer.readToEnd(of: descriptor.number, path: file, expectedByteCount: said)
                == bytes)
    }

    @Test func `a file without a size is read`() throws {
        let cgroups = try String(contentsOfFile: "/proc/self/cgroup", encoding: .utf8)
        #expect(try File.read("/proc/self/cgroup") == Array(cgroups.utf8))
        #expect(!cgroups.isEmpty)
    }

    @Test func `a pipe is read until its writer leaves`() throws {
        #expect(mkfifo(scratch.path("file"), 0o600) == 0)
        let numbers = (1...30_000).map { "\($0)\n" }.joined()
        DispatchQueue.global().async { [path = scratch.path("file")] in
            guard let pipe = FileHandle(forWritingAtPath: path) else { return }
            pipe.write(Data(numbers.utf8))
            usleep(50_000)
            pipe.write(Data("end\n".utf8))
        }
        let text = String(decoding: try File.read(file), as: UTF8.self)
        #expect(text == numbers + "end\n")
    }

    @Test(arguments: [
        ("/", "is a directory"), ("/nowhere/at/all", "no such file or directory"),
        ("/etc/passwd/x", "not a directory"), ("a\0b", "invalid argument"),
    ])
    func `what cannot be read is said in plain words`(path: Path, reason: String) {
        let error = #expect(throws: SystemError.self) { try File.read(path) }
        #expect(error?.reason == reason)
        #expect(error?.path == path)
        #expect(error?.description == "\(path.displayName): \(reason)")
    }

    @Test func `a file larger than memory is refused and not tried`() throws {
        try scratch.write([], to: "file")
        #expect(truncate(scratch.path("file"), 1 << 43) == 0)
        let error = #expect(throws: SystemError.self) { try File.read(file) }
        #expect(error?.reason == "file too large")
    }

    @Test func `a name that is not UTF-8 comes out of a listing and opens`() throws {
        let name = Path(bytes: [0x63, 0xE9, 0x0A, 0xFF])
        let root = Path(scratch.path)
        try File.replace(root.appending(name), with: [1, 2])
        let found = Folder.walk(root) { _ in .take }
        #expect(found.taken.map(\.name) == [name])
        #expect(try File.read(root.appending(found.taken[0].relativePath)) == [1, 2])
    }
}

@Suite struct FileStatusTests {
    let scratch: TemporaryDirectory

    init() throws {
        scratch = try TemporaryDirectory()
        try scratch.write("12345", to: "file")
        try FileManager.default.createSymbolicLink(
            atPath: scratch.path("link"), withDestinationPath: "file")
        #expect(Glibc.link(scratch.path("file"), scratch.path("hard")) == 0)
        try scratch.write("12345", to: "other")
    }

    @Test func `status tells kind, size and time`() throws {
        var times = [timeval(tv_sec: 5, tv_usec: 0), timeval(tv_sec: 1_700_000_000, tv_usec: 250)]
        #expect(utimes(scratch.path("file"), &times) == 0)
        let status = try #require(try File.status(of: Path(scratch.path("file"))))
        #expect(status.kind == .regular)
        #expect(status.byteCount == 5)
        #expect(status.modified == Timestamp(seconds: 1_700_000_000, nanoseconds: 250_000))
        #expect(try File.status(of: Path(scratch.path))?.kind == .folder)
        #expect(try File.status(of: "/dev/null")?.kind == .device)
        #expect(try File.status(of: Path(scratch.path("none"))) == nil)
    }

    @Test func `a link is asked about only when it is not followed`() throws {
        let link = Path(scratch.path("link"))
        #expect(try File.status(of: link)?.kind == .regular)
        #expect(try File.status(of: link, followingLinks: false)?.kind == .symbolicLink)
    }

    @Test(arguments: [
        ("file", "link", true), ("file", "hard", true), ("file", "./file", true),
        ("file", "other", false), ("file", "none", false), ("none", "none", false),
    ])
    func `two names are the same file when they share its inode`(
        one: String, other: String, isSame: Bool
    ) throws {
        #expect(try File.isSame(Path(scratch.path(one)), Path(scratch.path(other))) == isSame)
    }

    @Test func `a resolved path has no links and no dots`() throws {
        let path = Path(scratch.path).appending("./../").appending(Path(scratch.path).name)
        #expect(try File.resolved(path.appending("link")) == Path(scratch.path("file")))
    }
}
