import Foundation
import Git
import Platform
import Support
import Testing

@Suite struct RepositoryTests {
    let scratch: TemporaryDirectory
    let sandbox: GitSandbox

    init() throws {
        scratch = try TemporaryDirectory()
        sandbox = try GitSandbox()
        try sandbox.git("init", "--quiet", "main", in: scratch.path)
    }

    @Test func `the configuration is what git says, from the same levels`() throws {
        let main = scratch.path("main")
        try sandbox.home.write("[user]\nname = Home\nemail = home@x\n", to: ".gitconfig")
        try sandbox.git("config", "user.name", "Local", in: main)
        try sandbox.git("config", "--add", "remote.Or.fetch", "one", in: main)
        try sandbox.git("config", "--add", "remote.Or.fetch", "two", in: main)
        var variables = sandbox.environment
        variables["GIT_CONFIG_GLOBAL"] = nil
        variables["GIT_CONFIG_COUNT"] = "2"
        variables["GIT_CONFIG_KEY_1"] = "Core.Editor"
        variables["GIT_CONFIG_VALUE_1"] = "an editor"
        variables["GIT_CONFIG_PARAMETERS"] = "'a.b'='it'\\''s' 'c.d=old' 'e.f'"
        let configuration = try Repository(
            opening: Path(main), environment: Environment(variables)
        ).configuration

        for name in ["user.name", "user.email", "core.editor", "a.b", "c.d", "remote.Or.fetch"] {
            let git = try run(
                ["git", "config", "--get", name], in: main, environment: variables)
            #expect(try configuration.string(name).map { $0 + "\n" } == git.text, "\(name)")
        }
        #expect(try configuration.entry("user.name")?.level == .local)
        #expect(try configuration.entry("user.email")?.level == .global)
        #expect(try configuration.entry("core.editor")?.level == .command)
        #expect(try configuration.bool("e.f") == true)
        #expect(try configuration.bool("core.bare") == false)
        #expect(try configuration.integer("core.repositoryformatversion") == 0)
        #expect(try configuration.string("user.nothing") == nil)
        let fetches = try configuration.entries { $0 == "remote.Or.fetch" }
        #expect(fetches.map(\.value) == ["one", "two"])
    }

    @Test func `the settings of one work tree are read there alone`() throws {
        try sandbox.git(
            "commit", "--quiet", "--allow-empty", "-m", "x", in: scratch.path("main"))
        try sandbox.git("worktree", "add", "--quiet", "../linked", in: scratch.path("main"))
        try sandbox.git("config", "extensions.worktreeConfig", "true", in: scratch.path("main"))
        try sandbox.git("config", "--worktree", "a.b", "here", in: scratch.path("linked"))
        #expect(try open("linked").configuration.entry("a.b")?.level == .workTree)
        #expect(try open("main").configuration.entry("a.b") == nil)
        #expect(try open("linked").layout.commonFolder == Path(scratch.path("main/.git")))
    }

    @Test func `HEAD is a branch, unborn or a commit`() throws {
        let main = ReferenceName("refs/heads/main")
        #expect(try open("main").head() == .unborn(main))
        try sandbox.git(
            "commit", "--quiet", "--allow-empty", "-m", "x", in: scratch.path("main"))
        let text = try sandbox.git("rev-parse", "HEAD", in: scratch.path("main"))
        let commit = try #require(ObjectID(hexadecimal: String(text.dropLast())))
        #expect(try open("main").head() == .branch(main, commit))
        try sandbox.git("checkout", "--quiet", "--detach", in: scratch.path("main"))
        #expect(try open("main").head() == .detached(commit))
    }

    @Test func `GIT_DIR and its companions say what to work on`() throws {
        try scratch.makeFolder("other")
        var variables = sandbox.environment
        variables["GIT_DIR"] = "../main/.git"
        variables["GIT_INDEX_FILE"] = "an-index"
        let repository = try Repository.around(
            Path(scratch.path("other")), environment: Environment(variables))
        #expect(repository?.workTree == Path(scratch.path("other")))
        #expect(repository?.layout.gitFolder == Path(scratch.path("main/.git")))
        #expect(repository?.layout.index == Path(scratch.path("other/an-index")))
    }

    @Test(
        arguments: [
            ("extensions.refStorage", "reftable", "its branches are kept in the format 'reftable'"),
            ("extensions.objectFormat", "sha256", "its objects are named by SHA256"),
            ("extensions.partialClone", "origin", "it is a partial clone"),
            ("extensions.tomorrow", "true", "it uses the extension 'tomorrow'"),
            ("core.repositoryFormatVersion", "2", "its format version is 2"),
        ])
    func `a format that nbgit does not know is refused`(
        name: String, value: String, reason: String
    ) throws {
        try sandbox.git(
            "config", "core.repositoryFormatVersion", "1", in: scratch.path("main"))
        try sandbox.git("config", name, value, in: scratch.path("main"))
        let error = #expect(throws: GitError.self) { try open("main") }
        #expect(error?.message == "nbgit cannot work in this repository: \(reason)")
        #expect(error?.path == Path(scratch.path("main")))
        #expect(error?.hint?.hasPrefix("use git here") == true)
    }

    @Test(arguments: ["noop", "preciousObjects", "relativeWorktrees"])
    func `an extension that changes nothing for nbgit is let through`(name: String) throws {
        try sandbox.git(
            "config", "core.repositoryFormatVersion", "1", in: scratch.path("main"))
        try sandbox.git("config", "extensions.\(name)", "true", in: scratch.path("main"))
        #expect(try open("main").workTree == Path(scratch.path("main")))
    }

    @Test(
        .enabled(if: geteuid() == 0, "only root gives folders away"),
        arguments: [
            ([], false), (["*"], true), (["*", ""], false), (["", "main"], true), (["/*"], true),
            (["other"], false), (["main/*"], false), ([".*"], false),
        ] as [([String], Bool)])
    func `a repository of someone else is opened only if it is called safe`(
        values: [String], isSafe: Bool
    ) throws {
        for name in ["main", "main/.git"] { #expect(chown(scratch.path(name), 1234, 1234) == 0) }
        let isPlace = ["main", "main/*", "other"]
        let full = values.map { isPlace.contains($0) ? scratch.path($0) : $0 }
        var variables = sandbox.environment
        variables["GIT_CONFIG_COUNT"] = "\(full.count)"
        for (index, value) in full.enumerated() {
            variables["GIT_CONFIG_KEY_\(index)"] = "safe.directory"
            variables["GIT_CONFIG_VALUE_\(index)"] = value
        }
        let environment = Environment(variables)
        do throws(GitError) {
            _ = try Repository(opening: Path(scratch.path("main")), environment: environment)
            #expect(isSafe)
        } catch {
            #expect(!isSafe)
            #expect(error.isForeignOwner)
            #expect(error.hint?.hasSuffix("safe.directory \(scratch.path("main"))'") == true)
        }
        // git of this machine may not know '/*' yet.
        guard !values.contains("/*") else { return }
        let git = try run(["git", "status"], in: scratch.path("main"), environment: variables)
        #expect((git.status == 0) == isSafe)
    }

    private func open(_ name: String) throws -> Repository {
        try Repository(
            opening: Path(scratch.path(name)), environment: Environment(sandbox.environment))
    }
}
