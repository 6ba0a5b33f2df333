import Foundation
import Platform
import Testing

@Suite struct SecretTests {
    private let text = "tok-0123456789abcdef"

    @Test func `a secret gives back the bytes it was made of`() {
        let secret = Secret(Array(text.utf8))
        #expect(secret.byteCount == 20)
        #expect(bytes(secret) == Array(text.utf8))
        #expect(secret.withCString { String(cString: $0) } == text)
    }

    @Test func `a secret longer than a page is whole`() {
        let long = (0..<10_000).map { UInt8(truncatingIfNeeded: $0) | 1 }
        #expect(bytes(Secret(long)) == long)
    }

    @Test func `a secret of a whole page is closed by a zero`() {
        let page = [UInt8](repeating: 0x41, count: Int(sysconf(Int32(_SC_PAGESIZE))))
        #expect(Secret(page).withCString { strlen($0) } == page.count)
    }

    @Test func `nothing that prints a secret shows it`() {
        struct Holder {
            let secret: Secret
        }
        let secret = Secret(Array(text.utf8))
        var shown = "\(secret) \(String(describing: secret)) \(String(reflecting: secret)) "
        dump(Holder(secret: secret), to: &shown)
        print(Holder(secret: secret), [secret], secret as Any, to: &shown)
        #expect(!shown.contains("tok-"))
        #expect(shown.contains("***"))
    }

    @Test func `a filling that fails fails the secret`() {
        #expect(throws: SecretError.empty) {
            try Secret(capacity: 10) { span throws(SecretError) in
                span.append(1)
                throw .empty
            }
        }
    }

    @Test(arguments: [
        ("token", "token"), ("token\n", "token"), ("token\r\n", "token"),
        ("  to ken \t\n", "to ken"),
    ]) func `white space around a line is left out`(line: String, expected: String) throws {
        #expect(bytes(try Secret(line: Array(line.utf8).span)) == Array(expected.utf8))
    }

    @Test(arguments: [
        ("", SecretError.empty), (" \r\n", .empty), ("one\ntwo", .manyLines),
        ("to\u{1B}[0mken", .unprintable), ("töken", .unprintable), ("to\0ken", .unprintable),
        (String(repeating: "x", count: 8_193), .tooLong),
    ]) func `what is no token is refused`(line: String, expected: SecretError) {
        #expect(throws: expected) { try Secret(line: Array(line.utf8).span) }
    }

    @Test func `a child process finds zeros`() async {
        await #expect(processExitsWith: .success) {
            let secret = Secret(Array("tok-0123456789abcdef".utf8))
            let address = unsafe secret.withCString { Int(bitPattern: $0) }
            let child = Glibc_fork()
            if child == 0 {
                let seen = unsafe UnsafePointer<UInt8>(bitPattern: address)!.pointee
                _exit(seen == 0 ? 0 : 1)
            }
            var status: Int32 = -1
            _ = unsafe waitpid(child, &status, 0)
            exit(status == 0 ? 0 : 1)
        }
    }

    @Test func `a variable that was taken is nowhere in the process any more`() async {
        await #expect(processExitsWith: .success) {
            setenv("NBGIT_TOKEN", "tok-0123456789abcdef", 1)
            guard let secret = Environment.takeSecret("NBGIT_TOKEN") else { exit(1) }
            guard secret.byteCount == 20, getenv("NBGIT_TOKEN") == nil else { exit(2) }
            exit(Environment.process["NBGIT_TOKEN"] == nil ? 0 : 3)
        }
    }

    @Test func `a program with a secret leaves no core image`() async {
        await #expect(processExitsWith: .success) {
            _ = Secret([1])
            var limit = rlimit()
            getrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &limit)
            let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)
            exit(limit.rlim_max == 0 && status != nil ? 0 : 1)
        }
    }

    private func bytes(_ secret: Secret) -> [UInt8] {
        secret.withBytes { span in span.indices.map { span[$0] } }
    }
}

/// Swift hides fork(2); the child only looks and leaves.
@_silgen_name("fork")
private func Glibc_fork() -> Int32
