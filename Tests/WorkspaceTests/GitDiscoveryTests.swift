import Foundation
import Git
import Platform
import Support
import Testing

@Suite struct GitDiscoveryTests {
    let scratch: TemporaryDirectory
    let sandbox: GitSandbox
    let nowhere = Environment([:])

    init() throws {
        scratch = try TemporaryDirectory()
        sandbox = try GitSandbox()
    }

    @Test func `a repository is found from a folder below its root`() throws {
        try sandbox.git("init", "--quiet", "repository", in: scratch.path)
        try scratch.makeFolder("repository/a/b")
        let repository = try Repository.discover(from: path("repository/a/b"), environment: nowhere)
        #expect(repository?.workTree == path("repository"))
    }

    @Test func `the innermost repository is found, through a link too`() throws {
        try sandbox.git("init", "--quiet", "outer", in: scratch.path)
        try sandbox.git("init", "--quiet", "outer/inner", in: scratch.path)
        try scratch.makeFolder("outer/inner/folder")
        try FileManager.default.createSymbolicLink(
            atPath: scratch.path("link"), withDestinationPath: "outer/inner/folder")
        let repository = try Repository.discover(from: path("link"), environment: nowhere)
        #expect(repository?.workTree == path("outer/inner"))
    }

    @Test func `a linked work tree is found by its git file`() throws {
        try sandbox.git("init", "--quiet", "main", in: scratch.path)
        try sandbox.git("commit", "--quiet", "--allow-empty", "-m", "x", in: scratch.path("main"))
        try sandbox.git("worktree", "add", "--quiet", "../linked", in: scratch.path("main"))
        let repository = try Repository.discover(from: path("linked"), environment: nowhere)
        #expect(repository?.workTree == path("linked"))
    }

    @Test func `an empty git folder is passed by`() throws {
        try sandbox.git("init", "--quiet", "outer", in: scratch.path)
        try scratch.makeFolder("outer/inner/.git")
        #expect(
            Repository.workTree(around: path("outer/inner"), environment: nowhere) == path("outer"))
    }

    @Test(
        arguments: [
            ("outer", nil), ("outer/a", nil), ("outer/a/b", "outer"), ("", "outer"), ("link", nil),
            (":link", "outer"),
        ] as [(String, String?)])
    func `a ceiling ends the search below it, but not where it begins`(
        ceiling: String, root: String?
    ) throws {
        try sandbox.git("init", "--quiet", "outer", in: scratch.path)
        try scratch.makeFolder("outer/a/b")
        try FileManager.default.createSymbolicLink(
            atPath: scratch.path("link"), withDestinationPath: "outer")
        let name = ceiling.drop { $0 == ":" }
        let prefix = ceiling.hasPrefix(":") ? ":" : ""
        let value = ceiling.isEmpty ? "" : prefix + scratch.path(String(name))
        let environment = Environment(["GIT_CEILING_DIRECTORIES": value])

        let found = Repository.workTree(around: path("outer/a/b"), environment: environment)
        #expect(found == root.map { path($0) })

        // git is of the same opinion.
        var variables = sandbox.environment
        variables["GIT_CEILING_DIRECTORIES"] = value
        let git = try run(
            ["git", "rev-parse", "--show-toplevel"], in: scratch.path("outer/a/b"),
            environment: variables)
        #expect((git.status == 0) == (root != nil))
    }

    @Test func `where there is no repository libgit2 is not made ready`() async throws {
        await #expect(processExitsWith: .success) { [path = scratch.path as String] in
            let found = try Repository.discover(from: Path(path), environment: Environment([:]))
            guard found == nil, !Library.isReady else { exit(1) }
            // The test can tell: opening anything makes it ready.
            _ = try? Repository(opening: Path(path))
            exit(Library.isReady ? 0 : 2)
        }
    }

    @Test func `a repository with an extension it does not know is refused`() throws {
        try sandbox.git("init", "--quiet", in: scratch.path)
        try sandbox.git("config", "core.repositoryFormatVersion", "1", in: scratch.path)
        try sandbox.git("config", "extensions.refStorage", "reftable", in: scratch.path)
        let error = #expect(throws: GitError.self) {
            try Repository.discover(from: path(""), environment: nowhere)
        }
        #expect(error?.call == "git_repository_open")
        #expect(error?.message.contains("refstorage") == true)
        #expect(error?.isForeignOwner == false)
    }

    @Test(.enabled(if: geteuid() == 0, "only root gives folders away"))
    func `a repository of someone else is refused as such`() async throws {
        try sandbox.git("init", "--quiet", in: scratch.path)
        for name in ["", ".git"] { #expect(chown(scratch.path(name), 1234, 1234) == 0) }
        // In a process of its own: libgit2 reads the home's configuration once.
        await #expect(processExitsWith: .success) {
            [path = scratch.path as String, home = sandbox.home.path as String] in
            setenv("HOME", home, 1)
            do throws(GitError) {
                _ = try Repository(opening: Path(path))
                exit(1)
            } catch {
                exit(error.isForeignOwner ? 0 : 2)
            }
        }
    }

    private func path(_ name: String) -> Path {
        name.isEmpty ? Path(scratch.path) : Path(scratch.path(name))
    }
}
