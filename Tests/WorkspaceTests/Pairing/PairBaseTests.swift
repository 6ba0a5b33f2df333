import Foundation
import Notebook
import Platform
import Support
import Testing

@testable import Workspace

/// Pairs of which nothing is remembered, or something older than what git has brought.
@Suite struct PairBaseTests {
    private let folder: PairFolder

    init() throws {
        folder = try PairFolder()
        try folder.scratch.write(ProgramFolder.notebook, to: "a.ipynb")
        try folder.scratch.write("formats = 'ipynb,py:percent'", to: "nbgit.toml")
        #expect(try folder.sync() == [.created(.script)])
    }

    private func edit(_ name: String, _ text: String) throws {
        try folder.scratch.write(folder.scratch.text(name).replacing("1 + 1", with: text), to: name)
    }

    private func commitAndForget() throws {
        try folder.sandbox.shell(
            "git add . && git commit -qm 1 && rm -r .git/nbgit", in: folder.scratch.path)
    }

    @Test(arguments: [PairUpdate.Face.notebook, .script])
    func `the face that is as git has it was not edited`(edited: PairUpdate.Face) throws {
        try commitAndForget()
        try edit(edited == .notebook ? "a.ipynb" : "a.py", "2 + 2")
        #expect(try folder.sync() == [.updated(edited == .notebook ? .script : .notebook)])
    }

    @Test func `what is staged of one face and not of the other is no agreement`() throws {
        try commitAndForget()
        try edit("a.ipynb", "2 + 2")
        try folder.sandbox.git("add", "a.ipynb", in: folder.scratch.path)
        // The commit is one: both said the same there.
        #expect(try folder.sync() == [.updated(.script)])
    }

    @Test func `faces that never agreed in git are left to a person`() throws {
        try edit("a.ipynb", "2 + 2")
        try commitAndForget()
        #expect(try folder.sync() == [.doubted])
    }

    @Test func `a copy of a notebook is not its pair under an old name`() throws {
        try folder.scratch.write(folder.scratch.text("a.ipynb"), to: "b.ipynb")
        try folder.scratch.write(
            folder.scratch.text("a.py").replacing("1 + 1", with: "2 + 2"), to: "b.py")
        #expect(try folder.sync("b.py") == [.doubted])
    }

    @Test func `a renamed pair is known by the face that was not edited`() throws {
        try folder.sandbox.shell("mkdir new && mv a.ipynb a.py new", in: folder.scratch.path)
        try edit("new/a.py", "2 + 2")
        #expect(try folder.sync() == [.updated(.notebook)])
        #expect(try folder.scratch.text("new/a.ipynb").contains("2 + 2"))
    }
}
