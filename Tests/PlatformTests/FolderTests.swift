import Foundation
import Platform
import Support
import Testing

@Suite struct FolderTests {
    let scratch: TemporaryDirectory
    let root: Path

    init() throws {
        scratch = try TemporaryDirectory()
        root = Path(scratch.path)
    }

    @Test func `a walk goes through names in the order of their bytes`() throws {
        for name in ["b", "a/z", "a/B", "a/ä", "a-c", "Z", ".hidden", "a.b/c"] {
            try scratch.write("", to: name)
        }
        let found = Folder.walk(root) { $0.kind == .folder ? .descend : .take }
        #expect(
            found.taken.map(\.relativePath)
                == [".hidden", "Z", "a/B", "a/z", "a/ä", "a-c", "a.b/c", "b"])
        #expect(found.failures.isEmpty)
    }

    @Test func `the filter is asked about every entry, and only there where it descends`() throws {
        for name in ["one/in", "two/in", "three"] { try scratch.write("", to: name) }
        var asked: [Path] = []
        let found = Folder.walk(root) { entry in
            asked.append(entry.relativePath)
            return switch entry.relativePath {
            case "one": .descend
            case "two": .skip
            default: .take
            }
        }
        #expect(asked == ["one", "one/in", "three", "two"])
        #expect(found.taken.map(\.relativePath) == ["one/in", "three"])
        #expect(found.taken.map(\.name) == ["in", "three"])
    }

    @Test func `a folder that is taken is not looked into`() throws {
        try scratch.write("", to: "taken/in")
        let found = Folder.walk(root) { _ in .take }
        #expect(found.taken.map(\.relativePath) == ["taken"])
    }

    @Test func `links to folders are not followed, so loops end`() throws {
        try scratch.write("", to: "a/b/file")
        for (link, target) in [("a/b/up", "../.."), ("a/self", "."), ("a/file", "b/file")] {
            try FileManager.default.createSymbolicLink(
                atPath: scratch.path(link), withDestinationPath: target)
        }
        var kinds: [Path: FileKind] = [:]
        let found = Folder.walk(root) { entry in
            kinds[entry.relativePath] = entry.kind
            return .descend
        }
        #expect(
            kinds == [
                "a": .folder, "a/b": .folder, "a/b/file": .regular, "a/b/up": .symbolicLink,
                "a/self": .symbolicLink, "a/file": .symbolicLink,
            ])
        #expect(found.taken.isEmpty)
        #expect(found.failures.isEmpty)
    }

    @Test func `a walk may begin at a link`() throws {
        try scratch.write("", to: "real/file")
        try FileManager.default.createSymbolicLink(
            atPath: scratch.path("link"), withDestinationPath: "real")
        let found = Folder.walk(root.appending("link")) { _ in .take }
        #expect(found.taken.map(\.relativePath) == ["file"])
    }

    @Test func `a root that is missing is the one failure`() throws {
        let found = Folder.walk(root.appending("missing")) { _ in .take }
        #expect(found.failures.map(\.reason) == ["no such file or directory"])
    }

    @Test func `a folder that may not be read is reported and the rest is walked`() async throws {
        for name in ["a/in", "b/in", "c/in"] { try scratch.write("", to: name) }
        #expect(chmod(scratch.path, 0o755) == 0)
        #expect(chmod(scratch.path("b"), 0) == 0)
        await #expect(processExitsWith: .success) { [path = scratch.path as String] in
            let found = asSomeoneElse {
                Folder.walk(Path(path)) { $0.kind == .folder ? .descend : .take }
            }
            let isRight =
                found.taken.map(\.relativePath) == ["a/in", "c/in"]
                && found.failures.map(\.description) == ["\(path)/b: permission denied"]
            exit(isRight ? 0 : 1)
        }
        #expect(chmod(scratch.path("b"), 0o700) == 0)
    }

    @Test func `a tree too deep to open is a failure, not a crash`() throws {
        // 3,000 levels are more than a path can name; only descriptors get there.
        var folder = open(scratch.path, O_RDONLY | O_DIRECTORY)
        for _ in 0..<3_000 {
            #expect(mkdirat(folder, "d", 0o700) == 0)
            let child = openat(folder, "d", O_RDONLY | O_DIRECTORY)
            close(folder)
            folder = child
        }
        close(folder)
        let found = Folder.walk(root) { _ in .descend }
        #expect(found.failures.count == 1)
    }

    @Test func `an open folder tells what a name in it stands for, at the end of its links`() throws
    {
        try scratch.write("text", to: "folder/file")
        try FileManager.default.createSymbolicLink(
            atPath: scratch.path + "/folder/link", withDestinationPath: "file")
        try FileManager.default.createSymbolicLink(
            atPath: scratch.path + "/folder/dangling", withDestinationPath: "nothing")
        guard let folder = OpenFolder(root.appending("folder")) else {
            Issue.record("the folder is not opened")
            return
        }
        #expect(folder.status(of: "file") == (try File.status(of: root.appending("folder/file"))))
        #expect(folder.status(of: "link") == folder.status(of: "file"))
        #expect(folder.status(of: "dangling") == nil)
        #expect(folder.status(of: "missing") == nil)
    }

    @Test(arguments: [1, 2])
    func `the statuses of entries are those of their files, however many look`(workers: Int) throws
    {
        for folder in 0..<60 {
            for file in 0..<10 { try scratch.write("\(folder)-\(file)", to: "\(folder)/\(file)/x") }
            try scratch.write("below", to: "\(folder)/a")
        }
        let found = Folder.walk(root) { $0.kind == .folder ? .descend : .take }
        try FileManager.default.removeItem(atPath: scratch.path + "/7")
        let statuses = Folder.statuses(of: found.taken, below: root, workers: workers)
        let expected = try found.taken.map { try File.status(of: root.appending($0.relativePath)) }
        #expect(statuses == expected)
        #expect(statuses.contains(nil))
    }

    @Test func `what is no folder is not opened as one`() throws {
        try scratch.write("", to: "file")
        for name in ["file", "missing"] as [Path] {
            guard let folder = OpenFolder(root.appending(name)) else { continue }
            Issue.record("\(folder.path) is opened")
        }
    }

    @Test func `a folder is made with those above it, and again without complaint`() throws {
        try Folder.create(root.appending("a/b/c"))
        try Folder.create(root.appending("a/b/c/"))
        #expect(try File.status(of: root.appending("a/b/c"))?.kind == .folder)
    }

    @Test func `a file in the way of a folder is an error`() throws {
        try scratch.write("", to: "file")
        for path in ["file", "file/below"] as [Path] {
            let error = #expect(throws: SystemError.self) {
                try Folder.create(root.appending(path))
            }
            #expect(error?.reason == "not a directory")
        }
    }
}
