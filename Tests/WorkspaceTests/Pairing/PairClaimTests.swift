import Foundation
import Notebook
import Platform
import Support
import Testing

@testable import Workspace

/// Scripts that name a notebook which has another script: old ones, copies, and what git brings back.
@Suite struct PairClaimTests {
    private let folder: PairFolder

    init() throws {
        folder = try PairFolder()
        try folder.scratch.write(ProgramFolder.notebook, to: "a.ipynb")
        _ = try pair("ipynb,py:percent")
        // From now on the notebook has another script, and the old one does not know.
        _ = try pair("ipynb,scripts//py:percent")
    }

    private func pair(_ formats: String) throws -> SyncResult.Outcome {
        try Pairing(environment: folder.environment)
            .pair(Path(folder.scratch.path("a.ipynb")), formats: formats).outcome
    }

    private var disowned: SyncResult.Outcome {
        .disowned(by: Path(folder.scratch.path("scripts/a.py")).seen(from: workingFolder))
    }

    private var workingFolder: Path { Path(FileManager.default.currentDirectoryPath) }

    @Test func `the notebook says which script it has, however often it is asked`() throws {
        for _ in 0..<3 {
            #expect(try folder.sync() == [.unchanged, disowned])
            usleep(40_000)
        }
        #expect(try folder.sync("a.py") == [disowned])
        try folder.scratch.write(
            folder.scratch.text("a.py").replacing("1 + 1", with: "old"), to: "a.py")
        try folder.scratch.write(
            folder.scratch.text("scripts/a.py").replacing("1 + 1", with: "2 + 2"),
            to: "scripts/a.py")
        #expect(try folder.sync() == [.updated(.notebook), disowned])
        #expect(try folder.scratch.text("a.ipynb").contains("2 + 2"))
        #expect(try folder.scratch.text("a.py").contains("old"))
    }

    @Test func `ending what only the script says leaves the pair`() throws {
        let notebook = try folder.scratch.text("a.ipynb")
        let old = Path(folder.scratch.path("a.py"))
        let faces = try Pairing(environment: folder.environment).unpair(old)
        #expect(faces.last == old.seen(from: workingFolder))
        #expect(try !folder.scratch.text("a.py").contains("formats"))
        #expect(try folder.scratch.text("a.ipynb") == notebook)
        #expect(try folder.sync() == [.unchanged])
    }

    @Test func `a look at the notebook beside it does not make that its script`() throws {
        try FileManager.default.removeItem(atPath: folder.scratch.path("a.py"))
        let conversion = Conversion(inputs: [.path(Path(folder.scratch.path("a.ipynb")))])
        try Converter(conversion, environment: folder.environment).run(workers: 1) { _ in }
        try folder.scratch.write(
            folder.scratch.text("scripts/a.py").replacing("1 + 1", with: "2 + 2"),
            to: "scripts/a.py")
        #expect(try folder.sync("scripts/a.py") == [.updated(.notebook)])
    }
}
