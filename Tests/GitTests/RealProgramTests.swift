import Foundation
import Support
import Testing

/// Whether a program is where the sandbox would find it.
private func isInstalled(_ name: String) -> Bool {
    ["/usr/local/bin", "/usr/bin", "/bin"].contains {
        FileManager.default.isExecutableFile(atPath: "\($0)/\(name)")
    }
}

/// The programs that people have git run, as they are: each test is skipped where its program is not installed.
@Suite struct RealProgramTests {
    @Test(.enabled(if: isInstalled("ssh-keygen"), "ssh-keygen is not installed"))
    func `git verifies what ssh-keygen signed`() throws {
        let twins = try CommitTwins()
        let ours = twins.scratch.path("ours")
        let made = try run(
            ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", twins.scratch.path("key")],
            in: "/",
            environment: twins.sandbox.environment)
        try #require(made.status == 0)
        let key = try twins.scratch.text("key.pub")
        try twins.scratch.write("carl@example.com \(key)", to: "allowed")
        for (name, value) in [
            ("commit.gpgSign", "true"), ("gpg.format", "ssh"),
            ("user.signingKey", twins.scratch.path("key")),
            ("gpg.ssh.allowedSignersFile", twins.scratch.path("allowed")),
        ] { try twins.sandbox.git("config", name, value, in: ours) }
        let finished = try twins.commit("--all", "-m", "signed")
        #expect(finished.ours.status == 0, "\(finished.ours.errorText)")
        let verified = try run(
            ["git", "verify-commit", "HEAD"], in: ours, environment: twins.sandbox.environment)
        #expect(verified.status == 0)
        #expect(verified.errorText.hasPrefix("Good \"git\" signature for carl@example.com"))

        let before = try twins.state("ours")
        try twins.sandbox.git("config", "user.signingKey", "/no/such/key", in: ours)
        let failed = try twins.commit("--amend", "-m", "changed")
        #expect(failed.ours.status == 2)
        #expect(failed.ours.errorText.contains("'ssh-keygen' did not sign the commit: "))
        #expect(try twins.state("ours") == before)
    }

    @Test(.enabled(if: isInstalled("gpg"), "gpg is not installed"))
    func `git verifies what gpg signed`() throws {
        let twins = try CommitTwins()
        let ours = twins.scratch.path("ours")
        // Sockets have short names.
        let home = try TemporaryDirectory()
        let environment = twins.sandbox.environment.merging(["GNUPGHOME": home.path]) { $1 }
        defer { _ = try? run(["gpgconf", "--kill", "all"], in: "/", environment: environment) }
        let made = try run(
            [
                "gpg", "--batch", "--quiet", "--passphrase", "", "--quick-gen-key",
                "Carl Committer <carl@example.com>", "ed25519", "sign", "never",
            ], in: "/", environment: environment)
        try #require(made.status == 0, "\(made.errorText)")
        try twins.sandbox.git("config", "commit.gpgSign", "true", in: ours)
        let binary = try #require(BuiltBinary.path)
        let finished = try run(
            [binary, "commit", "--all", "-m", "signed"], in: ours, environment: environment)
        #expect(finished.status == 0, "\(finished.errorText)")
        let verified = try run(
            ["git", "verify-commit", "HEAD"], in: ours, environment: environment)
        #expect(verified.status == 0)
        #expect(
            verified.errorText.contains("Good signature from \"Carl Committer <carl@example.com>\"")
        )
    }

    @Test(.enabled(if: isInstalled("git-lfs"), "git-lfs is not installed"))
    func `git-lfs gets the files that git would give it`() throws {
        let twins = try CommitTwins()
        for twin in ["ours", "theirs"] {
            let folder = twins.scratch.path(twin)
            try twins.sandbox.git("lfs", "install", "--local", in: folder)
            try twins.sandbox.git("lfs", "track", "*.bin", in: folder)
            for (name, count) in [
                ("a.bin", 200_000), ("sub/o'd d.bin", 3_000_000), ("empty.bin", 0),
            ] {
                try twins.scratch.write([UInt8](repeating: 7, count: count), to: "\(twin)/\(name)")
            }
        }
        let binary = try #require(BuiltBinary.path)
        for (twin, program) in [("ours", binary), ("theirs", "git")] {
            for arguments in [["add", "--all"], ["commit", "-m", "large"]] {
                let finished = try run(
                    [program] + arguments, in: twins.scratch.path(twin),
                    environment: twins.sandbox.environment)
                #expect(finished.status == 0, "\(finished.errorText)")
            }
        }
        try twins.expectSameState()
        let pointer = try twins.sandbox.git(
            "cat-file", "blob", "HEAD:a.bin", in: twins.scratch.path("ours"))
        #expect(pointer.hasPrefix("version https://git-lfs.github.com/spec/v1\n"))
    }
}
