import Notebook
import Platform
import Support
import Testing

@testable import Workspace

/// Notebooks that follow a script which git has written.
@Suite struct PairFollowingTests {
    private let folder: PairFolder

    init() throws {
        folder = try PairFolder()
    }

    /// The script's own line may never have been in the notebook, so that nobody took it out there.
    @Test func `what a notebook does not have was not deleted, where nothing is remembered`() throws
    {
        let header = String(ProgramFolder.script.dropLast("1 + 1\n".count))
        let older = header + "1 + 1\nonly_in_script = 1\n"
        let newer = older + "\n# %%\npulled = 2\n"
        try folder.scratch.write(ProgramFolder.notebook, to: "a.ipynb")
        try folder.scratch.write(newer, to: "a.py")
        try folder.scratch.write("formats = 'ipynb,py:percent'", to: "nbgit.toml")
        var finder = PairFinder(environment: folder.environment)
        let pair = try #require(try finder.pair(of: Path(folder.scratch.path("a.ipynb"))))
        let result = PairSync(
            pair: pair, environment: folder.environment, workingFolder: Path(folder.scratch.path)
        ).follow(since: Array(older.utf8), isTracked: false)
        #expect(result.outcome == .merged)
        #expect(try folder.scratch.text("a.ipynb").contains("pulled = 2"))
        #expect(try folder.sync() == [.doubted])
        #expect(try folder.scratch.text("a.py") == newer)
    }
}
