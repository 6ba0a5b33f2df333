import Foundation
import Platform
import Support
import Testing

@Suite struct LockFileTests {
    let scratch: TemporaryDirectory
    let target: Path
    let anchors: Path

    init() throws {
        scratch = try TemporaryDirectory()
        target = Path(scratch.path("index"))
        anchors = Path(scratch.path("anchors"))
    }

    @Test func `what is written takes the target's place, and nothing is left`() throws {
        try scratch.write("old", to: "index")
        do {
            var lock = try LockFile(replacing: target, anchors: anchors, timeout: .zero)
            #expect(FileManager.default.fileExists(atPath: scratch.path("index.lock")))
            try lock.write(Array("ne".utf8))
            try lock.write(Array("w".utf8))
            #expect(try scratch.text("index") == "old")
            try lock.replace(durable: true)
        }
        #expect(try scratch.text("index") == "new")
        #expect(try scratch.names() == ["anchors", "index"])
        #expect(try FileManager.default.contentsOfDirectory(atPath: "\(anchors)") == [])
    }

    @Test func `a lock that is let go leaves the target as it was`() throws {
        try scratch.write("old", to: "index")
        do {
            let lock = try LockFile(replacing: target, anchors: anchors, timeout: .zero)
            try lock.write(Array("new".utf8))
        }
        #expect(try scratch.text("index") == "old")
        #expect(try scratch.names() == ["anchors", "index"])
    }

    @Test func `somebody else's lock is waited for and never removed`() throws {
        try scratch.write("", to: "index.lock")
        let error = #expect(throws: SystemError.self) {
            _ = try LockFile(replacing: target, anchors: anchors, timeout: .milliseconds(20))
        }
        #expect(error?.isLocked == true)
        #expect(error?.path == Path(scratch.path("index.lock")))
        #expect(try scratch.names() == ["anchors", "index.lock"])
    }

    @Test func `the lock of a process of ours that lives is respected`() throws {
        let first = try LockFile(replacing: target, anchors: anchors, timeout: .zero)
        let error = #expect(throws: SystemError.self) {
            _ = try LockFile(replacing: target, anchors: anchors, timeout: .zero)
        }
        #expect(error?.isLocked == true)
        #expect(first.target == target)
    }

    @Test func `the lock of a process of ours that was killed is taken over`() async throws {
        await #expect(processExitsWith: .signal(SIGKILL)) {
            [path = scratch.path as String] in
            let lock = try LockFile(
                replacing: Path("\(path)/index"), anchors: Path("\(path)/anchors"), timeout: .zero)
            try lock.write(Array("half".utf8))
            kill(getpid(), SIGKILL)
        }
        #expect(try scratch.names() == ["anchors", "index.lock"])
        do {
            var lock = try LockFile(replacing: target, anchors: anchors, timeout: .zero)
            try lock.write(Array("whole".utf8))
            try lock.replace(durable: false)
        }
        #expect(try scratch.text("index") == "whole")
        #expect(try scratch.names() == ["anchors", "index"])
        #expect(try FileManager.default.contentsOfDirectory(atPath: "\(anchors)") == [])
    }

    @Test func `of two locks of a killed process each is taken over`() async throws {
        await #expect(processExitsWith: .signal(SIGKILL)) {
            [path = scratch.path as String] in
            let anchors = Path("\(path)/anchors")
            let first = try LockFile(
                replacing: Path("\(path)/index"), anchors: anchors, timeout: .zero)
            let second = try LockFile(
                replacing: Path("\(path)/branch"), anchors: anchors, timeout: .zero)
            for ending in ["", ".lock", ".only", ".only.lock"] {
                try File.append([], to: Path(bytes: first.draft.bytes + Array(ending.utf8)))
            }
            _ = second.target
            kill(getpid(), SIGKILL)
        }
        #expect(try scratch.names() == ["anchors", "branch.lock", "index.lock"])
        for name in ["index", "branch"] {
            var lock = try LockFile(
                replacing: Path(scratch.path(name)), anchors: anchors, timeout: .zero)
            try lock.replace(durable: false)
        }
        #expect(try scratch.names() == ["anchors", "branch", "index"])
        #expect(try FileManager.default.contentsOfDirectory(atPath: "\(anchors)") == [])
    }
}
