import Support
import Testing

@Suite struct SharedRepositoryTests {
    /// In each, one commit is made by git and one by nbgit; then every name has the same bits in both.
    @Test(
        arguments: ["group", "all", "0640", "0666", "true", "umask", "false", "0"],
        ["022", "077", "002"])
    func `files in the git folder get the permissions that git gives them`(
        sharing: String, mask: String
    ) throws {
        let scratch = try TemporaryDirectory()
        let sandbox = try GitSandbox()
        let binary = try #require(BuiltBinary.path)
        for (twin, program) in [("ours", binary), ("theirs", "git")] {
            try sandbox.shell(
                """
                umask \(mask)
                git init --quiet --shared=\(sharing) \(twin) && cd \(twin) && mkdir below
                echo 1 | tee a below/b >/dev/null
                '\(program)' add a below/b
                '\(program)' commit --quiet -m first
                """, in: scratch.path)
            // What nbgit keeps for itself, and the message, which git gives nobody.
            try sandbox.shell(
                """
                find .git -path .git/nbgit -prune -o ! -name COMMIT_EDITMSG ! -path '*/hooks*' \\
                    -printf '%m %P\\n' | sort -k 2 >../\(twin).modes
                """, in: scratch.path(twin))
        }
        #expect(try scratch.text("ours.modes") == scratch.text("theirs.modes"))
    }

    @Test func `what nbgit keeps in a shared repository is shared too`() throws {
        let scratch = try TemporaryDirectory()
        let sandbox = try GitSandbox()
        let binary = try #require(BuiltBinary.path)
        try sandbox.shell(
            """
            umask 077
            git init --quiet --shared=group . && echo 1 >a
            echo old >.git/COMMIT_EDITMSG
            '\(binary)' add a && '\(binary)' commit --quiet -m first
            find .git/nbgit .git/COMMIT_EDITMSG -printf '%m %p\\n' | sort -k 2 >modes
            """, in: scratch.path)
        #expect(
            try scratch.text("modes") == """
                660 .git/COMMIT_EDITMSG
                2770 .git/nbgit
                2770 .git/nbgit/locks

                """)
    }

    @Test func `a number that keeps the owner out is refused`() throws {
        let scratch = try TemporaryDirectory()
        let sandbox = try GitSandbox()
        try sandbox.git("init", "--quiet", in: scratch.path)
        let config = try scratch.text(".git/config")
        try scratch.write("\(config)sharedRepository = 0060\n", to: ".git/config")
        let binary = try #require(BuiltBinary.path)
        let finished = try run(
            [binary, "status"], in: scratch.path, environment: sandbox.environment)
        #expect(finished.status == 2)
        #expect(finished.errorText.contains("core.sharedRepository is '0060', which keeps"))
    }
}
