import Foundation
import Git
import Platform
import Support
import Testing

@Suite struct DiscoveryTests {
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
            _ = try Configuration(environment: Environment([:]))
            exit(Library.isReady ? 0 : 2)
        }
    }

    private func path(_ name: String) -> Path {
        name.isEmpty ? Path(scratch.path) : Path(scratch.path(name))
    }
}
