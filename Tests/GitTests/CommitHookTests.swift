import Git
import Platform
import Support
import Testing

/// Two repositories with the same files and hooks: nbgit commits in one, git in the other.
struct CommitTwins {
    let scratch: TemporaryDirectory
    let sandbox: GitSandbox

    init() throws {
        scratch = try TemporaryDirectory()
        sandbox = try GitSandbox()
        for name in ["ours", "theirs"] {
            try scratch.makeFolder("\(name)/sub")
            try sandbox.git("init", "--quiet", in: scratch.path(name))
            try scratch.write("1\n", to: "\(name)/a")
            try scratch.write("1\n", to: "\(name)/sub/b")
            try sandbox.git("add", "--all", in: scratch.path(name))
            try sandbox.git("commit", "--quiet", "-m", "first", in: scratch.path(name))
            try scratch.write("2\n", to: "\(name)/a")
            try scratch.write("2\n", to: "\(name)/sub/b")
        }
    }

    /// Another process writes it: a file that this one writes cannot be run while another test starts something.
    func hook(_ name: String, _ text: String, mode: String = "755") throws {
        for twin in ["ours", "theirs"] {
            let finished = try run(
                [
                    "sh", "-c", #"cat >"$0" && chmod "$1" "$0""#,
                    scratch.path("\(twin)/.git/hooks/\(name)"), mode,
                ],
                in: "/", environment: sandbox.environment, input: Array(text.utf8))
            #expect(finished.status == 0)
        }
    }

    /// Runs a command with git there and with nbgit here; what hooks write goes to `seen` beside the folders.
    func commit(_ arguments: String..., in folder: String = "") throws -> (
        ours: Finished, theirs: Finished
    ) {
        let binary = try #require(BuiltBinary.path)
        func finished(_ program: String, _ twin: String) throws -> Finished {
            let seen = scratch.path("\(twin).seen")
            let environment = sandbox.environment.merging(["SEEN": seen]) { $1 }
            return try run(
                [program, "commit"] + arguments, in: scratch.path("\(twin)/\(folder)"),
                environment: environment)
        }
        return (try finished(binary, "ours"), try finished("git", "theirs"))
    }

    /// The last commit, what is staged, and what is changed beyond that.
    func state(_ twin: String) throws -> [String] {
        let folder = scratch.path(twin)
        return [
            try sandbox.git("cat-file", "commit", "HEAD", in: folder),
            try sandbox.git("ls-files", "--stage", in: folder),
            try sandbox.git("status", "--porcelain", in: folder),
        ]
    }

    func expectSameState() throws {
        #expect(try state("ours") == state("theirs"))
        #expect(try sandbox.git("fsck", "--no-dangling", in: scratch.path("ours")) == "")
    }
}

@Suite struct CommitHookTests {
    /// Writes down what it sees.
    ///
    /// Drafts of the index have names of their own, and git tells where it is installed: both are left out.
    static let witness = #"""
        #!/bin/sh
        name=$(basename "$0")
        { printf '%s|' "$name" "$0" "$@"; echo; pwd -P | sed 's/.*\///'
          test "$name" = post-rewrite && wc -w
          test "$name" = pre-commit && git diff --cached --name-status
          tr '\0' '\n' </proc/$$/environ | grep -E '^GIT_' | sort |
            grep -v '^GIT_EXEC_PATH=' | sed -E '/INDEX_FILE=\//s/=.*/=<draft>/'; } >>"$SEEN"
        """#

    @Test(arguments: [
        ["-m", "second"], ["--all", "-m", "second"], ["-m", "second", "sub/b"],
        ["--amend", "-m", "changed"], ["--amend", "--all", "--no-verify", "-m", "changed"],
    ])
    func `hooks see what git lets them see, in the same order`(arguments: [String]) throws {
        let twins = try CommitTwins()
        let names = [
            "pre-commit", "prepare-commit-msg", "commit-msg", "post-commit", "post-rewrite",
        ]
        for name in names { try twins.hook(name, Self.witness) }
        for twin in ["ours", "theirs"] {
            try twins.sandbox.git("add", "a", in: twins.scratch.path(twin))
        }
        let binary = try #require(BuiltBinary.path)
        for (twin, program) in [("ours", binary), ("theirs", "git")] {
            let seen = twins.scratch.path("\(twin).seen")
            let finished = try run(
                [program, "commit"] + arguments, in: twins.scratch.path(twin),
                environment: twins.sandbox.environment.merging(["SEEN": seen]) { $1 })
            #expect(finished.status == 0, "\(finished.errorText)")
        }
        let ours = try twins.scratch.text("ours.seen").replacing("ours\n", with: "theirs\n")
        #expect(ours == (try twins.scratch.text("theirs.seen")))
        #expect(ours.contains("GIT_INDEX_FILE="))
        try twins.expectSameState()
    }

    @Test(arguments: ["pre-commit", "prepare-commit-msg", "commit-msg"])
    func `a hook that refuses leaves everything as it was`(name: String) throws {
        let twins = try CommitTwins()
        try twins.hook(name, "#!/bin/sh\necho no >&2\nexit 3\n")
        let before = try twins.state("ours")
        let finished = try twins.commit("--all", "-m", "second")
        #expect(finished.theirs.status == 1)
        #expect(finished.ours.status == 1)
        #expect(
            finished.ours.errorText.hasPrefix(
                "no\nnbgit: error: hook '\(name)' ended with exit status 3"))
        #expect(try twins.state("ours") == before)
        try twins.expectSameState()

        let skipped = try twins.commit("--all", "-n", "-m", "second")
        #expect(skipped.ours.status == skipped.theirs.status)
        #expect(skipped.ours.status == (name == "prepare-commit-msg" ? 1 : 0))
        try twins.expectSameState()
    }

    @Test(arguments: [["-m", "s"], ["--all", "-m", "s"], ["-m", "s", "a"]])
    func `a hook that stages something has it committed`(arguments: [String]) throws {
        let twins = try CommitTwins()
        try twins.hook("pre-commit", "#!/bin/sh\necho 3 >a; echo new >new; git add a new\n")
        for twin in ["ours", "theirs"] {
            try twins.sandbox.git("add", "a", in: twins.scratch.path(twin))
        }
        let binary = try #require(BuiltBinary.path)
        for (twin, program) in [("ours", binary), ("theirs", "git")] {
            let finished = try run(
                [program, "commit"] + arguments, in: twins.scratch.path(twin),
                environment: twins.sandbox.environment)
            #expect(finished.status == 0, "\(finished.errorText)")
        }
        try twins.expectSameState()
    }

    @Test func `hooks that edit the message are honoured`() throws {
        let twins = try CommitTwins()
        try twins.hook("prepare-commit-msg", "#!/bin/sh\nprintf '%s\\n' \"prepared $2\" >>\"$1\"\n")
        try twins.hook("commit-msg", "#!/bin/sh\nprintf '\\n\\nChecked: yes   \\n\\n' >>\"$1\"\n")
        let finished = try twins.commit("--all", "-m", "second")
        #expect(finished.ours.status == 0)
        try twins.expectSameState()
        #expect(try twins.state("ours")[0].hasSuffix("second\nprepared message\n\nChecked: yes\n"))
    }

    @Test func `a hook that fails too late, or is not executable, is told of`() throws {
        let twins = try CommitTwins()
        try twins.hook("post-commit", "#!/bin/sh\nexit 4\n")
        try twins.hook("commit-msg", "#!/bin/sh\nexit 1\n", mode: "644")
        let finished = try twins.commit("--all", "-m", "second")
        #expect(finished.ours.status == 0)
        #expect(finished.theirs.status == 0)
        let errors = finished.ours.errorText
        #expect(
            errors.contains(
                "note: hook 'post-commit' ended with exit status 4; the commit is made\n"))
        #expect(errors.contains("note: .git/hooks/commit-msg: this hook was left out"))
        try twins.expectSameState()
    }

    @Test func `an interrupt during a hook lets the hook finish and commits nothing`() throws {
        let twins = try CommitTwins()
        try twins.hook(
            "pre-commit", "#!/bin/sh\nkill -INT $PPID; sleep 0.3; echo cleaned >>.git/seen\n")
        let before = try twins.state("ours")
        let finished = try twins.commit("--all", "-m", "second")
        #expect(finished.ours.status == 130)
        #expect(try twins.scratch.text("ours/.git/seen") == "cleaned\n")
        #expect(try twins.state("ours") == before)
    }
}
