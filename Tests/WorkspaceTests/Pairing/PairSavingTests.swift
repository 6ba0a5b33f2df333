import Foundation
import Notebook
import Platform
import Support
import Testing

@testable import Workspace

/// Other programs save while nbgit brings a pair into step: Jupyter does it by itself every two minutes.
@Suite struct PairSavingTests {
    private let scratch: TemporaryDirectory
    private let environment: Environment

    init() throws {
        let folder = try PairFolder()
        (scratch, environment) = (folder.scratch, folder.environment)
        try scratch.write(ProgramFolder.notebook, to: "a.ipynb")
        try scratch.write("formats = 'ipynb,py:percent'", to: "nbgit.toml")
        _ = try folder.sync()
    }

    /// How one face is edited.
    private func edit(_ name: String, _ text: String) throws {
        try scratch.write(scratch.text(name).replacing("1 + 1", with: text), to: name)
    }

    /// Brings the pair into step, while another program does something when both faces were read.
    private func sync(
        preferring face: PairUpdate.Face? = nil, _ other: @escaping @Sendable () -> Void
    ) throws -> SyncResult {
        var finder = PairFinder(environment: environment)
        let pair = try #require(try finder.pair(of: Path(scratch.path("a.ipynb"))))
        var sync = PairSync(
            pair: pair, environment: environment, workingFolder: Path(scratch.path))
        sync.preferred = face
        sync.whenRead = other
        return sync.run()
    }

    private func contents() throws -> [String] {
        try ["a.ipynb", "a.py"].map { try scratch.text($0) }
    }

    @Test(arguments: ["a.ipynb", "a.py"])
    func `what was saved meanwhile is not written over`(saved: String) throws {
        let other = saved == "a.py" ? "a.ipynb" : "a.py"
        try edit(other, "1 + 2")
        let scratch = scratch
        let late = try scratch.text(saved).replacing("1 + 1", with: "1 + 3")
        let before = try scratch.text(other)
        let result = try sync { try? scratch.write(late, to: saved) }
        var failure = Failure("was changed while nbgit was reading it", path: Path(saved))
        failure.hint = "that is kept; run the same line again"
        #expect(result.outcome == .failed(failure))
        #expect(try scratch.text(saved) == late)
        #expect(try scratch.text(other) == before)
        // Nothing was remembered that is not so: both edits are known as such.
        #expect(try sync {}.outcome == .conflicting)
    }

    @Test func `of two faces that are to be merged neither is written where one was saved`() throws
    {
        try scratch.write(scratch.text("a.py") + "\n# %%\nnew = 1\n", to: "a.py")
        try edit("a.ipynb", "1 + 2")
        let scratch = scratch
        let late = try scratch.text("a.py").replacing("new = 1", with: "new = 2")
        let notebook = try scratch.text("a.ipynb")
        let result = try sync { try? scratch.write(late, to: "a.py") }
        guard case .failed = result.outcome else {
            Issue.record("\(result.outcome)")
            return
        }
        #expect(try contents() == [notebook, late])
        #expect(try sync {}.outcome == .merged)
        #expect(try contents().allSatisfy { $0.contains("new = 2") && $0.contains("1 + 2") })
    }

    @Test func `nothing is kept of a face that is not written over after all`() throws {
        try edit("a.ipynb", "1 + 2")
        try edit("a.py", "1 + 3")
        let scratch = scratch
        let result = try sync(preferring: .notebook) { try? scratch.write("# %%\n4", to: "a.py") }
        guard case .failed = result.outcome else {
            Issue.record("\(result.outcome)")
            return
        }
        #expect(!FileManager.default.fileExists(atPath: scratch.path(".git/nbgit/backup")))
    }

    @Test func `a script that somebody has made meanwhile is left`() throws {
        try scratch.write(ProgramFolder.notebook, to: "b.ipynb")
        var finder = PairFinder(environment: environment)
        let pair = try #require(try finder.pair(of: Path(scratch.path("b.ipynb"))))
        let scratch = scratch
        var sync = PairSync(
            pair: pair, environment: environment, workingFolder: Path(scratch.path))
        sync.whenRead = { try? scratch.write("# mine\n", to: "b.py") }
        guard case .failed(let failure) = sync.run().outcome else {
            Issue.record("written over")
            return
        }
        #expect(failure.path == "b.py")
        #expect(try scratch.text("b.py") == "# mine\n")
    }

    @Test func `a file that was only touched is written`() throws {
        try edit("a.py", "1 + 2")
        let place = scratch.path("a.ipynb")
        let result = try sync { utimes(place, nil) }
        #expect(result.outcome == .updated(.notebook))
    }
}
