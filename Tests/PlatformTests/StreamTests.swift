import Foundation
import Platform
import Support
import Testing

@Suite struct StreamTests {
    @Test func `output to a pipe that nobody reads is an error`() async {
        await #expect(processExitsWith: .success) {
            var ends: [Int32] = [0, 0]
            guard pipe(&ends) == 0 else { exit(1) }
            close(ends[0])
            dup2(ends[1], 1)
            StandardStream.reportBrokenPipes()
            do throws(SystemError) {
                try StandardStream.output.write([1])
            } catch {
                exit(error.isBrokenPipe && error.reason == "broken pipe" ? 0 : 2)
            }
            exit(3)
        }
    }

    @Test func `output waits for a reader that left the pipe non-blocking`() async {
        await #expect(processExitsWith: .success) {
            var ends: [Int32] = [0, 0]
            guard pipe(&ends) == 0, fcntl(ends[1], F_SETFL, O_NONBLOCK) == 0 else { exit(1) }
            dup2(ends[1], 1)
            dup2(ends[0], 0)
            close(ends[0])
            close(ends[1])
            // Far more than a pipe holds.
            let bytes = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0) }
            let reader = Thread {
                let isRight = (try? StandardStream.input.read()) == bytes
                exit(isRight ? 0 : 2)
            }
            reader.start()
            try StandardStream.output.write(bytes)
            close(1)
            sleep(10)
            exit(3)
        }
    }

    @Test func `the same file behind two streams has one identity`() async throws {
        let scratch = try TemporaryDirectory()
        await #expect(processExitsWith: .success) { [path = scratch.path as String] in
            let file = open("\(path)/file", O_RDWR | O_CREAT, 0o600)
            dup2(file, 1)
            let output = try StandardStream.output.status()
            let named = try File.status(of: Path("\(path)/file"))
            exit(output.identity == named?.identity ? 0 : 1)
        }
    }
}

@Suite struct SurroundingsTests {
    @Test func `variables come from the set that was given`() {
        let environment = Environment(["NAME": "value", "EMPTY": ""])
        #expect(environment["NAME"] == "value")
        #expect(environment["EMPTY"] == "")
        #expect(environment["PATH"] == nil)
        #expect(Environment.process["PATH"] == ProcessInfo.processInfo.environment["PATH"])
        #expect(Environment.process["NBGIT_NO_SUCH_VARIABLE"] == nil)
    }

    @Test func `a variable that is not UTF-8 is a path byte for byte`() async {
        await #expect(processExitsWith: .success) {
            setenv("NBGIT_ODD", [0x63, CChar(bitPattern: 0xE9), 0], 1)
            let environment = Environment.process
            let isRight =
                environment.path("NBGIT_ODD") == Path(bytes: [0x63, 0xE9])
                && environment["NBGIT_ODD"] == "c\u{FFFD}"
            exit(isRight ? 0 : 1)
        }
    }

    @Test(arguments: [("132", 132), ("0", nil), ("wide", nil), ("-3", nil)] as [(String, Int?)])
    func `COLUMNS is obeyed when it is a number`(columns: String, count: Int?) async {
        await #expect(processExitsWith: .success) {
            [columns = columns as String, count = count as Int?] in
            close(2)
            let environment = Environment(["COLUMNS": columns])
            exit(Terminal.columnCount(of: .error, environment: environment) == count ? 0 : 1)
        }
    }

    @Test func `a terminal is known with its width`() async {
        await #expect(processExitsWith: .success) {
            var size = winsize(ws_row: 10, ws_col: 77, ws_xpixel: 0, ws_ypixel: 0)
            var (leader, terminal): (Int32, Int32) = (-1, -1)
            guard openpty(&leader, &terminal, nil, nil, &size) == 0 else { exit(1) }
            close(0)
            guard !Terminal.isConnected(to: .input) else { exit(2) }
            dup2(terminal, 0)
            let isRight =
                Terminal.isConnected(to: .input)
                && Terminal.columnCount(of: .input, environment: Environment([:])) == 77
            exit(isRight ? 0 : 3)
        }
    }

    @Test func `a kernel's child is known by its parent's number`() {
        #expect(Terminal.isInNotebookCell(Environment(["JPY_PARENT_PID": "12"])))
        #expect(!Terminal.isInNotebookCell(Environment([:])))
    }

    @Test func `the working folder changes`() async throws {
        let scratch = try TemporaryDirectory()
        await #expect(processExitsWith: .success) { [path = scratch.path as String] in
            try WorkingFolder.change(to: Path(path))
            exit(try WorkingFolder.path() == Path(path) ? 0 : 1)
        }
    }
}
