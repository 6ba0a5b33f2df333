import Foundation
import Platform
import Support
import Testing

/// Lets signals through to this thread: the threads that run tests block them all.
func catchSignalsHere() {
    var all = sigset_t()
    sigfillset(&all)
    pthread_sigmask(SIG_UNBLOCK, &all, nil)
}

@Suite struct InterruptTests {
    @Test(arguments: [SIGINT, SIGTERM, SIGHUP])
    func `a signal sets the flag and the program ends as it likes`(signal: Int32) async {
        await #expect(processExitsWith: .exitCode(130)) { [signal = signal as Int32] in
            catchSignalsHere()
            Interrupt.install()
            guard !Interrupt.isRequested else { exit(1) }
            raise(signal)
            exit(Interrupt.isRequested ? Interrupt.exitCode : 2)
        }
    }

    @Test func `a later signal ends the program`() async {
        await #expect(processExitsWith: .signal(SIGINT)) {
            catchSignalsHere()
            Interrupt.install()
            raise(SIGINT)
            usleep(600_000)
            raise(SIGINT)
        }
    }

    @Test func `a signal that is sent twice at once, as timeout does, is one`() async {
        await #expect(processExitsWith: .exitCode(130)) {
            catchSignalsHere()
            Interrupt.install()
            raise(SIGTERM)
            raise(SIGTERM)
            exit(Interrupt.isRequested ? Interrupt.exitCode : 2)
        }
    }

    @Test func `a signal that the parent ignores stays ignored`() async {
        await #expect(processExitsWith: .exitCode(0)) {
            signal(SIGHUP, SIG_IGN)
            catchSignalsHere()
            Interrupt.install()
            raise(SIGHUP)
            exit(Interrupt.isRequested ? 1 : 0)
        }
    }

    @Test func `waiting for a pipe ends with an interrupt`() async throws {
        let scratch = try TemporaryDirectory()
        #expect(mkfifo(scratch.path("pipe"), 0o600) == 0)
        await #expect(processExitsWith: .exitCode(130)) { [path = scratch.path as String] in
            catchSignalsHere()
            Interrupt.install()
            // Where the wait goes on regardless, the test fails and does not hang.
            alarm(20)
            // A signal cuts short only what its own thread waits for.
            let reader = pthread_self()
            DispatchQueue.global().asyncAfter(deadline: .now() + 0.2) {
                pthread_kill(reader, SIGINT)
            }
            do throws(SystemError) {
                _ = try File.read(Path("\(path)/pipe"))
            } catch {
                exit(error.isInterruption && error.reason == "interrupted" ? 130 : 1)
            }
        }
    }

    @Test
    func `an interrupt during a replacement leaves the old file or the new, and nothing else`()
        async throws
    {
        let scratch = try TemporaryDirectory()
        try scratch.write("old", to: "file")
        await #expect(processExitsWith: .success) { [path = scratch.path as String] in
            catchSignalsHere()
            Interrupt.install()
            let bytes = [UInt8](repeating: 1, count: 1 << 20)
            try File.replace(Path("\(path)/file"), with: bytes)
            DispatchQueue.global().asyncAfter(deadline: .now() + 0.01) { kill(getpid(), SIGTERM) }
            while !Interrupt.isRequested {
                _ = try? File.replace(Path("\(path)/file"), with: bytes)
                _ = try? File.replace(Path("\(path)/file"), with: Array(bytes.dropLast()))
            }
        }
        #expect(try scratch.names() == ["file"])
        #expect([1 << 20, 1 << 20 - 1].contains(try scratch.read("file").count))
    }
}
