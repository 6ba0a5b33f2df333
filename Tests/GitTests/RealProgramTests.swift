import Foundation
import Support
import Testing

/// Whether a program is where the sandbox would find it.
private func isInstalled(_ name: String) -> Bool {
    ["/usr/local/bin", "/usr/bin", "/bin"].contains {
        FileManager.default.isExecutableFile(atPath: "\($0)/\(name)")
    }
}

/// Where `Scripts/install-dependencies programs` puts the programs of PyPI.
private let pythonPrograms = projectRoot.appendingPathComponent(".build/programs/bin").path

private let hasPythonPrograms = FileManager.default.isExecutableFile(
    atPath: "\(pythonPrograms)/pre-commit")

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

    @Test(.enabled(if: hasPythonPrograms, "run 'Scripts/install-dependencies programs' first"))
    func `nbstripout strips what it would strip for git`() throws {
        let twins = try CommitTwins()
        let environment = twins.sandbox.environment.merging(Self.pythonVariables) { $1 }
        let binary = try #require(BuiltBinary.path)
        let notebook = """
            {"cells": [{"cell_type": "code", "execution_count": 3, "metadata": {}, "source": ["print(1)"],
            "outputs": [{"name": "stdout", "output_type": "stream", "text": ["1\\n"]}]}],
            "metadata": {}, "nbformat": 4, "nbformat_minor": 4}

            """
        for (twin, program) in [("ours", binary), ("theirs", "git")] {
            let folder = twins.scratch.path(twin)
            try twins.scratch.write(notebook, to: "\(twin)/a.ipynb")
            for command in [
                ["nbstripout", "--install", "--attributes", ".gitattributes"],
                [program, "add", "--all"], [program, "commit", "-m", "notebook"],
            ] {
                let finished = try run(command, in: folder, environment: environment)
                #expect(finished.status == 0, "\(finished.errorText)")
            }
        }
        let ours = twins.scratch.path("ours")
        let blob = try twins.sandbox.git("cat-file", "blob", "HEAD:a.ipynb", in: ours)
        #expect(blob.contains("\"outputs\": []"))
        let theirs = twins.scratch.path("theirs")
        #expect(
            try twins.sandbox.git("rev-parse", "HEAD", in: ours)
                == twins.sandbox.git("rev-parse", "HEAD", in: theirs))
    }

    @Test(.enabled(if: hasPythonPrograms, "run 'Scripts/install-dependencies programs' first"))
    func `pre-commit checks and mends what is about to be committed`() throws {
        let twins = try CommitTwins()
        let environment = twins.sandbox.environment.merging(Self.pythonVariables) { $1 }
        let ours = twins.scratch.path("ours")
        let binary = try #require(BuiltBinary.path)
        try twins.scratch.write(
            """
            repos:
            - repo: local
              hooks:
              - {id: mend, name: mend, entry: sed -i s/2/3/, language: system, files: ^a$}

            """, to: "ours/.pre-commit-config.yaml")
        func status(_ command: String...) throws -> Int32 {
            try run(command, in: ours, environment: environment).status
        }
        #expect(try status("pre-commit", "install") == 0)
        #expect(try status(binary, "add", "--all") == 0)
        // It stops when it changes something; the change is there to be staged.
        #expect(try status(binary, "commit", "-m", "second") == 1)
        #expect(try twins.scratch.text("ours/a") == "3\n")
        #expect(try status(binary, "commit", "--all", "-m", "second") == 0)
        #expect(try twins.sandbox.git("show", "HEAD:a", in: ours) == "3\n")
        #expect(try twins.sandbox.git("status", "--porcelain", in: ours) == "")
    }

    private static let pythonVariables = ["PATH": "\(pythonPrograms):/usr/local/bin:/usr/bin:/bin"]
}
