import Foundation
import Platform
import Support
import Testing

/// What the programs of these tests see.
private let environment = Environment(["PATH": "/usr/bin:/bin", "LC_ALL": "C"])

private func shell(_ commandLine: String) -> Subprocess {
    Subprocess(shell: Array(commandLine.utf8), environment: environment)
}

private func words(_ words: String...) -> [[UInt8]] { words.map { Array($0.utf8) } }

/// Writes a program through another process: what this one has open for writing, a child that another test
/// starts at this moment has open too, and then the system will not run it.
private func writeProgram(_ text: String, to path: String) throws {
    var writer = shell(#"cat > "$0"; chmod 755 "$0""#)
    writer.arguments.append(Array(path.utf8))
    writer.input = .bytes(Array("\(text)\n".utf8))
    #expect(try writer.run().status.isSuccess)
}

@Suite struct SubprocessTests {
    @Test func `arguments, variables and the folder arrive byte for byte`() throws {
        let scratch = try TemporaryDirectory()
        let odd: [UInt8] = [0x63, 0xE9, 0x0A, 0x20, 0x27]
        var program = shell(#"printf '%s|' "$0" "$1" "$ODD" "$(pwd)""#)
        program.arguments += words("a b", "") + [odd]
        program.arguments.swapAt(3, 4)
        program.environment = environment.setting("ODD", to: odd)
        program.folder = Path(scratch.path)
        program.output = .captured(atMost: 1000)
        let finished = try program.run()
        let expected = [Array("a b".utf8), odd, odd, Array(scratch.path.utf8)]
        #expect(finished.output == expected.flatMap { $0 + Array("|".utf8) })
        #expect(finished.status.isSuccess)
    }

    @Test func `a variable is taken out, changed and added`() throws {
        var program = Subprocess(
            "env", environment: Environment(["A": "1", "B": "2", "PATH": "/usr/bin"]))
        program.environment = program.environment.setting("A", to: nil).setting("B", to: "3")
            .setting("C", to: "4")
        program.output = .captured(atMost: 1000)
        let output = try program.run().output
        let lines = Set(String(decoding: output, as: UTF8.self).split(separator: "\n"))
        #expect(lines == ["B=3", "C=4", "PATH=/usr/bin"])
    }

    @Test func `the variables of this program are handed on`() throws {
        var program = Subprocess("env", environment: .process.setting("ADDED", to: "x"))
        program.output = .captured(atMost: 1 << 20)
        let output = try program.run().output
        let lines = Set(String(decoding: output, as: UTF8.self).split(separator: "\n"))
        #expect(lines.contains("ADDED=x"))
        #expect(lines.contains(Substring("PATH=" + (Environment.process["PATH"] ?? ""))))
    }

    @Test(
        arguments: [
            ("exit 0", .exited(0)), ("exit 3", .exited(3)), ("exit 255", .exited(255)),
            ("kill -9 $$", .killed(signal: 9)), ("kill -PIPE $$", .killed(signal: 13)),
        ] as [(String, Subprocess.Status)])
    func `the status tells how it ended`(commandLine: String, status: Subprocess.Status) throws {
        #expect(try shell(commandLine).run().status == status)
    }

    @Test func `more than any pipe holds goes in and out at once`() throws {
        let bytes = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 >> 8) }
        var program = shell("tee /dev/stderr")
        program.input = .bytes(bytes)
        program.output = .captured(atMost: bytes.count)
        program.errors = .captured(atMost: bytes.count)
        let finished = try program.run()
        #expect(finished.output == bytes)
        #expect(finished.errors == bytes)
    }

    @Test func `a program that does not read its input is no error, and SIGPIPE harms nobody`()
        async
    {
        await #expect(processExitsWith: .exitCode(7)) {
            signal(SIGPIPE, SIG_DFL)
            var program = Subprocess(
                shell: Array("exec <&-; exit 7".utf8), environment: Environment([:]))
            program.input = .bytes([UInt8](repeating: 1, count: 1 << 20))
            guard case .exited(let status) = try program.run().status else { exit(1) }
            exit(status)
        }
    }

    @Test func `a program has SIGPIPE and no blocked signals even where we ignore it`() async {
        await #expect(processExitsWith: .success) {
            signal(SIGPIPE, SIG_IGN)
            var all = sigset_t()
            sigfillset(&all)
            pthread_sigmask(SIG_BLOCK, &all, nil)
            var program = Subprocess(
                shell: Array("grep -E '^Sig(Blk|Ign)' /proc/self/status".utf8),
                environment: Environment(["PATH": "/usr/bin:/bin"]))
            program.output = .captured(atMost: 1000)
            let text = String(decoding: try program.run().output, as: UTF8.self)
            let masks = text.split(separator: "\n").compactMap {
                UInt64($0.split(separator: "\t").last ?? "", radix: 16)
            }
            exit(masks.count == 2 && masks[0] == 0 && masks[1] & 1 << 12 == 0 ? 0 : 1)
        }
    }

    @Test func `a program gets three descriptors and none of ours`() async {
        await #expect(processExitsWith: .success) {
            // What this process was started with is not what is asked about.
            for number: Int32 in 3..<1024 { _ = fcntl(number, F_SETFD, FD_CLOEXEC) }
            let environment = Environment(["PATH": "/usr/bin:/bin"])
            let other = try Conversation(with: Subprocess("cat", environment: environment))
            var program = Subprocess("ls", [Array("/proc/self/fd".utf8)], environment: environment)
            program.input = .bytes([1])
            program.output = .captured(atMost: 1000)
            program.errors = .captured(atMost: 1000)
            let descriptors = String(decoding: try program.run().output, as: UTF8.self)
            try other.end()
            // 3 is what ls reads the folder with.
            exit(descriptors == "0\n1\n2\n3\n" ? 0 : 1)
        }
    }

    @Test func `pipes work where our own streams are closed`() async {
        await #expect(processExitsWith: .exitCode(9)) {
            for stream: Int32 in 0...2 { close(stream) }
            var program = Subprocess(
                shell: Array("read word; echo $word; echo $word >&2".utf8),
                environment: Environment([:]))
            program.input = .bytes(Array("hi\n".utf8))
            program.output = .captured(atMost: 10)
            program.errors = .captured(atMost: 10)
            let finished = try program.run()
            exit(
                finished.output == finished.errors && finished.output == Array("hi\n".utf8) ? 9 : 1)
        }
    }

    @Test func `standard output can follow standard error`() throws {
        var program = shell("echo one; echo two >&2")
        program.output = .toStandardError
        program.errors = .captured(atMost: 100)
        #expect(try program.run().errors == Array("one\ntwo\n".utf8))
        program.errors = .discarded
        program.input = .empty
        #expect(try program.run().status.isSuccess)
    }

    @Test func `a script without an interpreter line runs through the shell`() throws {
        let scratch = try TemporaryDirectory()
        try writeProgram(#"echo "$0 $1"; exit 4"#, to: scratch.path("script"))
        var program = Subprocess("./script", words("x"), environment: environment)
        program.folder = Path(scratch.path)
        program.output = .captured(atMost: 100)
        let finished = try program.run()
        #expect(finished.output == Array("./script x\n".utf8))
        #expect(finished.status == .exited(4))
    }

    @Test(arguments: [
        ("no-such-program", "no such file or directory"),
        ("/no/such/program", "no such file or directory"), ("/etc/passwd", "permission denied"),
        ("", "invalid argument"), ("a\0b", "invalid argument"),
    ])
    func `a program that cannot be started says why`(program: String, reason: String) {
        let program = Subprocess(Path(program), environment: environment)
        let error = #expect(throws: SystemError.self) { try program.run() }
        #expect(error?.reason == reason)
        #expect(error?.path == program.program)
    }

    @Test func `a name is looked up in its own PATH, and never in a relative folder of it`() throws
    {
        let scratch = try TemporaryDirectory()
        try scratch.makeFolder("bin")
        try writeProgram("#!/bin/sh\nexit 5", to: scratch.path("bin/tool"))
        var program = Subprocess(
            "tool", environment: Environment(["PATH": ":bin:\(scratch.path("bin"))"]))
        #expect(try program.run().status == .exited(5))
        program.folder = Path(scratch.path)
        program.environment = Environment(["PATH": ":bin:."])
        #expect(throws: SystemError.self) { try program.run() }
    }

    @Test func `a program that takes too long is ended, whatever it thinks of that`() throws {
        var program = shell("trap '' TERM; while :; do sleep 1; done")
        program.timeLimit = .milliseconds(100)
        let error = #expect(throws: SystemError.self) { try program.run() }
        #expect(error?.code == ETIMEDOUT)
        program = shell("cat")
        program.input = .bytes([1])
        program.output = .captured(atMost: 10)
        program.timeLimit = .seconds(60)
        #expect(try program.run().output == [1])
    }

    @Test func `a program that writes without end is ended`() throws {
        var program = shell("exec yes")
        program.output = .captured(atMost: 100_000)
        let error = #expect(throws: SystemError.self) { try program.run() }
        #expect(error?.code == EFBIG)
    }

    @Test func `a Ctrl-C is waited out and ends with an interrupt`() async throws {
        let scratch = try TemporaryDirectory()
        await #expect(processExitsWith: .exitCode(130)) { [path = scratch.path as String] in
            catchSignalsHere()
            Interrupt.install()
            setpgid(0, 0)
            // As a terminal does: to all of the group.
            let commandLine = """
                trap 'sleep 0.2; echo cleaned > "$0"; exit 1' INT
                kill -INT 0; sleep 5
                """
            let program = Subprocess(
                "/bin/sh", [Array("-c".utf8), Array(commandLine.utf8), Array("\(path)/file".utf8)],
                environment: Environment(["PATH": "/usr/bin:/bin"]))
            do throws(SystemError) { _ = try program.run() } catch {
                exit(error.isInterruption ? 130 : 2)
            }
        }
        #expect(try scratch.text("file") == "cleaned\n")
    }

    @Test func `a SIGTERM to this program alone is handed on`() async throws {
        let scratch = try TemporaryDirectory()
        await #expect(processExitsWith: .exitCode(130)) { [path = scratch.path as String] in
            catchSignalsHere()
            Interrupt.install()
            let commandLine = """
                trap 'echo told > "$0"; exit 1' TERM
                kill -TERM $PPID; while :; do sleep 0.05; done
                """
            let program = Subprocess(
                "/bin/sh", [Array("-c".utf8), Array(commandLine.utf8), Array("\(path)/file".utf8)],
                environment: Environment(["PATH": "/usr/bin:/bin"]))
            do throws(SystemError) { _ = try program.run() } catch {
                exit(error.isInterruption ? 130 : 2)
            }
        }
        #expect(try scratch.text("file") == "told\n")
    }

    @Test func `no zombie is left behind`() async {
        await #expect(processExitsWith: .success) {
            let environment = Environment(["PATH": "/usr/bin:/bin"])
            var program = Subprocess(shell: Array("exec yes".utf8), environment: environment)
            program.output = .captured(atMost: 10)
            _ = try? program.run()
            _ = try Subprocess("true", environment: environment).run()
            _ = try? Conversation(with: Subprocess("cat", environment: environment))
            var status: Int32 = 0
            exit(waitpid(-1, &status, WNOHANG) == -1 && errno == ECHILD ? 0 : 1)
        }
    }
}

@Suite struct ConversationTests {
    @Test func `questions and answers alternate`() throws {
        let program = Subprocess(
            shell: Array("while read word; do echo \"<$word>\"; done; exit 6".utf8),
            environment: environment)
        let conversation = try Conversation(with: program)
        for word in ["one", "two", "three"] {
            try conversation.send(Array("\(word)\n".utf8))
            let answer = try conversation.receive(word.utf8.count + 3)
            #expect(String(decoding: answer, as: UTF8.self) == "<\(word)>\n")
        }
        #expect(try conversation.end() == .exited(6))
    }

    @Test func `much is sent to a program that answers before it has read all`() throws {
        let conversation = try Conversation(with: Subprocess("cat", environment: environment))
        let bytes = (0..<2_000_000).map { UInt8(truncatingIfNeeded: $0) }
        try conversation.send(bytes)
        #expect(try conversation.receive(1_500_000) == Array(bytes[..<1_500_000]))
        try conversation.send([1, 2, 3])
        #expect(try conversation.receive(500_000) == Array(bytes[1_500_000...]))
        #expect(try conversation.receive(3) == [1, 2, 3])
    }

    @Test
    func `a program that stops talking gives fewer bytes, and one that stops listening an error`()
        throws
    {
        let conversation = try Conversation(
            with: Subprocess(shell: Array("exec <&-; echo hi".utf8), environment: environment))
        #expect(try conversation.receive(10) == Array("hi\n".utf8))
        let error = #expect(throws: SystemError.self) {
            try conversation.send([UInt8](repeating: 1, count: 1 << 20))
        }
        #expect(error?.isBrokenPipe == true)
    }
}
