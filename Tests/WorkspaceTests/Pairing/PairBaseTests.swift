import Foundation
import Notebook
import Platform
import Support
import Testing

@testable import Workspace

/// Pairs of which nothing is remembered, or something older than what git has brought.
@Suite struct PairBaseTests {
    private let scratch: TemporaryDirectory
    private let sandbox: GitSandbox

    init() throws {
        sandbox = try GitSandbox()
        scratch = try TemporaryDirectory()
        try scratch.write(ProgramFolder.notebook, to: "a.ipynb")
        try scratch.write("formats = 'ipynb,py:percent'", to: "nbgit.toml")
        try sandbox.shell("git init -q", in: scratch.path)
        #expect(try sync() == [.created(.script)])
    }

    private func sync(_ name: String = ".") throws -> [SyncResult.Outcome] {
        let path = try #require(Path(scratch.path(name)).normalized)
        var outcomes: [SyncResult.Outcome] = []
        try Syncing([path], environment: Environment(sandbox.environment)).run(workers: 1) {
            outcomes.append($0.outcome)
        }
        return outcomes
    }

    private func edit(_ name: String, _ text: String) throws {
        try scratch.write(scratch.text(name).replacing("1 + 1", with: text), to: name)
    }

    private func commitAndForget() throws {
        try sandbox.shell("git add . && git commit -qm 1 && rm -r .git/nbgit", in: scratch.path)
    }

    @Test(arguments: [PairUpdate.Face.notebook, .script])
    func `the face that is as git has it was not edited`(edited: PairUpdate.Face) throws {
        try commitAndForget()
        try edit(edited == .notebook ? "a.ipynb" : "a.py", "2 + 2")
        #expect(try sync() == [.updated(edited == .notebook ? .script : .notebook)])
    }

    @Test func `what is staged of one face and not of the other is no agreement`() throws {
        try commitAndForget()
        try edit("a.ipynb", "2 + 2")
        try sandbox.git("add", "a.ipynb", in: scratch.path)
        // The commit is one: both said the same there.
        #expect(try sync() == [.updated(.script)])
    }

    @Test func `faces that never agreed in git are left to a person`() throws {
        try edit("a.ipynb", "2 + 2")
        try commitAndForget()
        #expect(try sync() == [.doubted])
    }

    @Test func `a copy of a notebook is not its pair under an old name`() throws {
        try scratch.write(scratch.text("a.ipynb"), to: "b.ipynb")
        try scratch.write(scratch.text("a.py").replacing("1 + 1", with: "2 + 2"), to: "b.py")
        #expect(try sync("b.py") == [.doubted])
    }

    @Test func `a renamed pair is known by the face that was not edited`() throws {
        try sandbox.shell("mkdir new && mv a.ipynb a.py new", in: scratch.path)
        try edit("new/a.py", "2 + 2")
        #expect(try sync() == [.updated(.notebook)])
        #expect(try scratch.text("new/a.ipynb").contains("2 + 2"))
    }
}
