import Notebook
import Platform
import Support
import Testing

@testable import Workspace

/// Notebooks that follow a script which git has written.
@Suite struct PairFollowingTests {
    private let scratch: TemporaryDirectory
    private let environment: Environment

    init() throws {
        let sandbox = try GitSandbox()
        scratch = try TemporaryDirectory()
        environment = Environment(sandbox.environment)
        try sandbox.git("init", "-q", in: scratch.path)
    }

    private func sync() throws -> [SyncResult.Outcome] {
        var outcomes: [SyncResult.Outcome] = []
        try Syncing([Path(scratch.path)], environment: environment).run(workers: 1) {
            outcomes.append($0.outcome)
        }
        return outcomes
    }

    /// The script's own line may never have been in the notebook, so that nobody took it out there.
    @Test func `what a notebook does not have was not deleted, where nothing is remembered`() throws
    {
        let header = String(ProgramFolder.script.dropLast("1 + 1\n".count))
        let older = header + "1 + 1\nonly_in_script = 1\n"
        let newer = older + "\n# %%\npulled = 2\n"
        try scratch.write(ProgramFolder.notebook, to: "a.ipynb")
        try scratch.write(newer, to: "a.py")
        try scratch.write("formats = 'ipynb,py:percent'", to: "nbgit.toml")
        var finder = PairFinder(environment: environment)
        let pair = try #require(try finder.pair(of: Path(scratch.path("a.ipynb"))))
        let result = PairSync(
            pair: pair, environment: environment, workingFolder: Path(scratch.path)
        ).follow(since: Array(older.utf8), isTracked: false)
        #expect(result.outcome == .merged)
        #expect(try scratch.text("a.ipynb").contains("pulled = 2"))
        #expect(try sync() == [.doubted])
        #expect(try scratch.text("a.py") == newer)
    }
}
