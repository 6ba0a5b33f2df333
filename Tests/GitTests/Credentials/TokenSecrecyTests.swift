import Foundation
import Support
import Testing

/// A token that was used is found nowhere: not in the repository, not in what is said, not in command lines and
/// variables, and not in what a core image would hold.
@Suite(
    .enabled(if: GitServer.shared != nil, "needs nginx and fcgiwrap"),
    .enabled(if: BuiltBinary.path != nil))
struct TokenSecrecyTests {
    /// A way to hand the token over.
    enum Way: String, CaseIterable {
        case standardInput, variable, polyaxon, login, helper
        case connectionFile, connectionVariable, connectionCommand, connectionShell
        case connectionEnvelope

        /// All but those in variables under a sanitizer, which keeps a copy of all variables for itself.
        static var testable: [Way] {
            let inVariables: [Way] = [.variable, .polyaxon, .connectionVariable]
            return Sanitizer.isActive ? allCases.filter { !inVariables.contains($0) } : allCases
        }
    }

    private let folder: TemporaryDirectory
    private let server: GitServer
    private let token = GitServer.token

    init() throws {
        folder = try TemporaryDirectory()
        server = try #require(GitServer.shared)
    }

    @Test(arguments: Way.testable) func `a token leaves no trace`(way: Way) throws {
        let sandbox = try GitSandbox(adding: try variables(for: way))
        defer { try? sandbox.shell("git credential-cache exit", in: folder.path) }
        let name = "secrecy-\(way.rawValue)"
        try sandbox.shell(
            """
            git init -q work && cd work && echo 1 >a && git add a && git commit -qm a
            git clone -q --bare . '\(server.repository(name))'
            """, in: folder.path)
        try writeHook()
        let url = server.url("git/\(name).git")
        var place = url
        if let secret = try secretReference(for: way) {
            try sandbox.shell(
                """
                git config --file settings nbgit-connection.sales.url '\(url)'
                git config --file settings nbgit-connection.sales.secret '\(secret)'
                """, in: folder.path)
            place = "sales"
        }
        if way == .login {
            let login = try nbgit(
                [
                    "auth", "login", "--host", "localhost:\(server.port(.https))", "--username",
                    "ada",
                    "--token-stdin",
                ], sandbox, input: token)
            #expect(login.status == 0, "\(login.errorText)")
        }

        let input = way == .standardInput ? token : ""
        let words = ["-v", "clone", place, "clone"] + (input.isEmpty ? [] : ["--token-stdin"])
        let running = Running { try nbgit(words, sandbox, input: input) }
        let process = try waitForHook()
        try inspect(process)
        try folder.write("", to: "go")
        let clone = try running.result()
        #expect(clone.status == 0, "\(clone.errorText)")
        expectNoToken(in: clone.output + clone.errors, "what is said")

        let push = try nbgit(
            ["-C", "clone", "-v", "push", "origin", "main:other"]
                + words.suffix(input.isEmpty ? 0 : 1),
            sandbox, input: input)
        #expect(push.status == 0, "\(push.errorText)")
        expectNoToken(in: push.output + push.errors, "what is said of a push")
        // Other cases look at all command lines meanwhile.
        try folder.write(token, to: "wanted")
        let found = try run(["grep", "-rlF", "-f", "wanted", "clone"], in: folder.path)
        #expect(found.text == "", "the token is in the repository")
    }

    private func nbgit(
        _ words: [String], _ sandbox: GitSandbox, input: String
    ) throws -> Finished {
        try run(
            [try #require(BuiltBinary.path)] + words, in: folder.path,
            environment: sandbox.environment, input: Array(input.utf8))
    }

    private func variables(for way: Way) throws -> [String: String] {
        var variables = [
            "GIT_SSL_CAINFO": server.authority, "GIT_TEMPLATE_DIR": folder.path("template"),
            "SWIFT_BACKTRACE": "enable=no", "NBGIT_USERNAME": "ada",
            "GIT_CONFIG_GLOBAL": folder.path("settings"),
        ]
        switch way {
        case .standardInput, .login, .connectionFile, .connectionCommand, .connectionShell,
            .connectionEnvelope:
            break
        case .connectionVariable: variables["SALES_TOKEN"] = token
        case .variable: variables["NBGIT_TOKEN"] = token
        case .polyaxon: variables["POLYAXON_GIT_CREDENTIALS"] = "ada:\(token)"
        case .helper:
            try folder.write(
                "https://ada:\(token)@localhost%3a\(server.port(.https))\n", to: "kept")
            variables["GIT_CONFIG_COUNT"] = "2"
            variables["GIT_CONFIG_KEY_1"] = "credential.helper"
            variables["GIT_CONFIG_VALUE_1"] = "store --file=\(folder.path("kept"))"
        }
        return variables
    }

    /// Where a connection's secret is; nil for a way without a connection.
    private func secretReference(for way: Way) throws -> String? {
        let file = folder.path("secret")
        switch way {
        case .standardInput, .variable, .polyaxon, .login, .helper: return nil
        case .connectionVariable: return "env:SALES_TOKEN"
        case .connectionFile: try folder.write("ada:\(token)\n", to: "secret")
        case .connectionCommand, .connectionShell: try folder.write(token, to: "secret")
        case .connectionEnvelope:
            let inner = #"{\"username\": \"ada\", \"password\": \"\#(token)\"}"#
            try folder.write(
                #"{"VersionStages": ["AWSCURRENT"], "SecretString": "\#(inner)"}"#, to: "secret")
        }
        switch way {
        case .connectionCommand: return "cmd:cat \(file)"
        case .connectionShell: return "sh:cat <\(file)"
        default: return "file:\(file)"
        }
    }

    // MARK: Looking into a process

    /// The hook holds the process when the server has been spoken to, the token with it.
    private func writeHook() throws {
        try folder.write(
            """
            #!/bin/sh
            cd \(folder.path)
            env >hook-variables
            echo $PPID >waiting.new && mv waiting.new waiting
            while [ ! -e go ]; do sleep 0.05; done
            """, to: "template/hooks/post-checkout")
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o755], ofItemAtPath: folder.path("template/hooks/post-checkout"))
    }

    private func waitForHook() throws -> pid_t {
        for _ in 0..<600 {
            if let text = try? folder.text("waiting"), let number = pid_t(text.dropLast()) {
                return number
            }
            usleep(50_000)
        }
        // The clone did not come that far: what it said says why.
        try folder.write("", to: "go")
        throw NotReached()
    }

    private struct NotReached: Error {}

    private func inspect(_ process: pid_t) throws {
        expectNoToken(in: try folder.read("hook-variables"), "the variables of a hook")
        for entry in try FileManager.default.contentsOfDirectory(atPath: "/proc") {
            guard pid_t(entry) != nil,
                let words = FileManager.default.contents(atPath: "/proc/\(entry)/cmdline")
            else { continue }
            expectNoToken(in: Array(words), "the command line of process \(entry)")
        }
        // Others may not look at all: that is no less secret.
        guard let memory = FileHandle(forReadingAtPath: "/proc/\(process)/mem") else { return }
        if let variables = FileManager.default.contents(atPath: "/proc/\(process)/environ") {
            expectNoToken(in: Array(variables), "the variables the program was started with")
        }
        var areaCount = 0
        for area in try dumpedAreas(of: process) {
            var bytes = [UInt8](repeating: 0, count: area.count)
            let count = pread(
                memory.fileDescriptor, &bytes, area.count, off_t(area.lowerBound))
            guard count == area.count else { continue }
            areaCount += 1
            expectNoToken(in: bytes, "memory at \(String(area.lowerBound, radix: 16))")
        }
        #expect(areaCount > 3)
    }

    /// The areas of memory that a core image would hold: written to, and not marked with MADV_DONTDUMP.
    private func dumpedAreas(of process: pid_t) throws -> [Range<UInt64>] {
        // Foundation reads only the first of the pieces that the kernel gives of this file.
        let maps = try run(["cat", "/proc/\(process)/smaps"], in: "/").text
        var areas: [Range<UInt64>] = []
        var area: Range<UInt64>?
        for line in maps.split(separator: "\n") {
            let words = line.split(separator: " ")
            let ends = words[0].split(separator: "-").compactMap { UInt64($0, radix: 16) }
            if ends.count == 2 {
                area = words[1].hasPrefix("rw") ? ends[0]..<ends[1] : nil
            } else if words[0] == "VmFlags:", let found = area, !words.contains("dd") {
                areas.append(found)
            }
        }
        return areas
    }

    private func expectNoToken(in bytes: [UInt8], _ place: String) {
        let encoded = Data("ada:\(token)".utf8).base64EncodedString()
        // The last group depends on what follows. Foundation's search is too slow for all of a memory.
        for text in [token, String(encoded.dropLast(4))] {
            let isFound = bytes.withUnsafeBytes { bytes in
                memmem(bytes.baseAddress, bytes.count, text, text.utf8.count) != nil
            }
            #expect(!isFound, "\(place) has the token in it")
        }
    }
}

/// A program that runs while the test looks into it, on a thread of its own: those of the tests are few.
private final class Running: @unchecked Sendable {
    private let end = DispatchSemaphore(value: 0)
    private var outcome: Result<Finished, any Error>?

    init(_ body: @escaping @Sendable () throws -> Finished) {
        Thread.detachNewThread { [self] in
            outcome = Result { try body() }
            end.signal()
        }
    }

    /// What it left behind.
    func result() throws -> Finished {
        end.wait()
        guard let outcome else { preconditionFailure("set before the end is signalled") }
        return try outcome.get()
    }
}

/// Glibc shows its GNU functions only to C; plain pointers need no more than a name.
@_silgen_name("memmem")
private func memmem(
    _ haystack: UnsafeRawPointer?, _ haystackCount: Int, _ needle: UnsafePointer<CChar>,
    _ needleCount: Int
) -> UnsafeRawPointer?
