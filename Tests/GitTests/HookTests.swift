import Git
import Platform
import Support
import Testing

/// A repository with hooks, and what they wrote down.
private struct Hooked {
    let scratch: TemporaryDirectory
    let sandbox: GitSandbox

    init() throws {
        scratch = try TemporaryDirectory()
        sandbox = try GitSandbox()
        try scratch.makeFolder("work/sub")
        try sandbox.git("init", "--quiet", in: scratch.path("work"))
    }

    /// Another process writes it: a file that this one writes cannot be run while another test starts something.
    func write(hook text: String, to name: String, mode: String = "755") throws {
        let finished = try run(
            [
                "sh", "-c", #"mkdir -p "$(dirname "$0")"; cat > "$0"; chmod "$1" "$0""#,
                scratch.path(name), mode,
            ],
            in: "/", environment: sandbox.environment, input: Array(text.utf8))
        #expect(finished.status == 0)
    }

    func repository(
        _ folder: String = "work", adding extra: [String: String] = [:]
    ) throws -> Repository {
        let environment = sandbox.environment.merging(extra) { _, added in added }
        return try Repository(
            opening: Path(scratch.path(folder)), environment: Environment(environment))
    }

    /// Writes down all that a hook can see: arguments, folder, input and variables.
    static let witness = #"""
        #!/bin/sh
        { printf 'hook %s\n' "$(basename "$0")" "$0" "$@"; pwd -P; cat
          tr '\0' '\n' </proc/$$/environ | grep -E '^GIT_' |
            grep -vE '^GIT_(EXEC_PATH|AUTHOR_DATE)=' | sort; } >>"$WITNESS"
        """#
}

@Suite struct HookTests {
    @Test func `a hook sees what git lets it see`() throws {
        let hooked = try Hooked()
        try hooked.write(hook: Hooked.witness, to: "work/.git/hooks/post-checkout")
        try hooked.sandbox.git(
            "commit", "--quiet", "--allow-empty", "-m", "one", in: hooked.scratch.path("work"))
        let witness = hooked.scratch.path("git")
        let environment = hooked.sandbox.environment.merging(["WITNESS": witness]) { $1 }
        let finished = try run(
            ["git", "checkout", "-b", "other"], in: hooked.scratch.path("work/sub"),
            environment: environment)
        #expect(finished.status == 0)
        let id = try hooked.sandbox.git("rev-parse", "HEAD", in: hooked.scratch.path("work"))
        let bytes = Array(id.utf8.dropLast())

        let repository = try hooked.repository(adding: ["WITNESS": hooked.scratch.path("ours")])
        repository.commandFolder = "sub"
        let outcome = try repository.run(.postCheckout, [bytes, bytes, Array("1".utf8)])
        #expect(outcome == .finished(.exited(0)))
        #expect(try hooked.scratch.text("ours") == hooked.scratch.text("git"))
        #expect(try hooked.scratch.text("ours").contains("\nGIT_PREFIX=sub/\n"))
    }

    @Test func `a hook in a linked work tree is told where the repository is, as by git`() throws {
        let hooked = try Hooked()
        let main = hooked.scratch.path("work")
        try hooked.sandbox.git("commit", "--quiet", "--allow-empty", "-m", "one", in: main)
        try hooked.sandbox.git("worktree", "add", "--quiet", "../linked", in: main)
        try hooked.write(hook: Hooked.witness, to: "work/.git/hooks/post-checkout")
        let linked = hooked.scratch.path("linked")
        let environment = hooked.sandbox.environment
            .merging(["WITNESS": hooked.scratch.path("git")]) { $1 }
        let finished = try run(
            ["git", "checkout", "-b", "other"], in: linked, environment: environment)
        #expect(finished.status == 0)
        let id = Array(try hooked.sandbox.git("rev-parse", "HEAD", in: linked).utf8.dropLast())

        let repository = try hooked.repository(
            "linked", adding: ["WITNESS": hooked.scratch.path("ours")])
        _ = try repository.run(.postCheckout, [id, id, Array("1".utf8)])
        #expect(try hooked.scratch.text("ours") == hooked.scratch.text("git"))
        #expect(
            try hooked.scratch.text("ours").contains("\nGIT_DIR=\(main)/.git/worktrees/linked\n"))
    }

    @Test(arguments: [
        ("hooks", "work/hooks"), ("../shared", "shared"), (".", "work"), ("~/mine", "home/mine"),
    ])
    func `hooks are where core.hooksPath says`(setting: String, folder: String) throws {
        let hooked = try Hooked()
        try hooked.sandbox.git("config", "core.hooksPath", setting, in: hooked.scratch.path("work"))
        try hooked.write(hook: "#!/bin/sh\nexit 7\n", to: "\(folder)/pre-commit")
        let repository = try hooked.repository(adding: ["HOME": hooked.scratch.path("home")])
        #expect(try repository.run(.preCommit) == .finished(.exited(7)))
        #expect(try repository.run(.commitMessage) == .absent)
    }

    @Test(
        arguments: [
            ("exit 3\n", "755", .finished(.exited(3))),
            ("#!/bin/sh\nkill -9 $$\n", "755", .finished(.killed(signal: 9))),
            ("#!/bin/sh\n", "644", .notExecutable(".git/hooks/pre-commit")),
        ] as [(String, String, HookOutcome)])
    func `a hook ends as it likes`(text: String, mode: String, outcome: HookOutcome) throws {
        let hooked = try Hooked()
        try hooked.write(hook: text, to: "work/.git/hooks/pre-commit", mode: mode)
        #expect(try hooked.repository().run(.preCommit) == outcome)
        if case .notExecutable = outcome {
            let work = hooked.scratch.path("work")
            try hooked.sandbox.git("config", "advice.ignoredHook", "false", in: work)
            #expect(try hooked.repository().run(.preCommit) == .absent)
        }
    }

    @Test func `a hook whose interpreter is missing is an error`() throws {
        let hooked = try Hooked()
        try hooked.write(hook: "#!/no/such/program\n", to: "work/.git/hooks/pre-commit")
        let error = #expect(throws: GitError.self) { try hooked.repository().run(.preCommit) }
        #expect(error?.message == "hook 'pre-commit' cannot be run: no such file or directory")
        #expect(error?.path == ".git/hooks/pre-commit")
    }

    @Test func `a hook reads what it is given and variables beside`() throws {
        let hooked = try Hooked()
        try hooked.write(
            hook: "#!/bin/sh\ncat >read; echo $GIT_EDITOR >>read\n",
            to: "work/.git/hooks/post-rewrite")
        let outcome = try hooked.repository().run(
            .postRewrite, [Array("amend".utf8)], input: Array("old new\n".utf8),
            variables: ["GIT_EDITOR": Array(":".utf8)])
        #expect(outcome == .finished(.exited(0)))
        #expect(try hooked.scratch.text("work/read") == "old new\n:\n")
    }
}
