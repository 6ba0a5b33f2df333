import Foundation
import Notebook
import Platform
import Support
import Testing

@testable import Workspace

/// Scripts that name a notebook which has another script: old ones, copies, and what git brings back.
@Suite struct PairClaimTests {
    private let scratch: TemporaryDirectory
    private let sandbox: GitSandbox
    private let environment: Environment

    init() throws {
        sandbox = try GitSandbox()
        scratch = try TemporaryDirectory()
        environment = Environment(sandbox.environment)
        try sandbox.git("init", "-q", in: scratch.path)
        try scratch.write(ProgramFolder.notebook, to: "a.ipynb")
        _ = try pair("ipynb,py:percent")
        // From now on the notebook has another script, and the old one does not know.
        _ = try pair("ipynb,scripts//py:percent")
    }

    private func pair(_ formats: String) throws -> SyncResult.Outcome {
        try Pairing(environment: environment)
            .pair(Path(scratch.path("a.ipynb")), formats: formats).outcome
    }

    private func sync(_ name: String = ".") throws -> [SyncResult.Outcome] {
        var outcomes: [SyncResult.Outcome] = []
        let path = Path(scratch.path(name)).normalized ?? "."
        try Syncing([path], environment: environment).run(workers: 1) {
            outcomes.append($0.outcome)
        }
        return outcomes
    }

    private var disowned: SyncResult.Outcome {
        .disowned(by: Path(scratch.path("scripts/a.py")).seen(from: workingFolder))
    }

    private var workingFolder: Path { Path(FileManager.default.currentDirectoryPath) }

    @Test func `the notebook says which script it has, however often it is asked`() throws {
        for _ in 0..<3 {
            #expect(try sync() == [.unchanged, disowned])
            usleep(40_000)
        }
        #expect(try sync("a.py") == [disowned])
        try scratch.write(scratch.text("a.py").replacing("1 + 1", with: "old"), to: "a.py")
        try scratch.write(
            scratch.text("scripts/a.py").replacing("1 + 1", with: "2 + 2"), to: "scripts/a.py")
        #expect(try sync() == [.updated(.notebook), disowned])
        #expect(try scratch.text("a.ipynb").contains("2 + 2"))
        #expect(try scratch.text("a.py").contains("old"))
    }

    @Test func `ending what only the script says leaves the pair`() throws {
        let notebook = try scratch.text("a.ipynb")
        let old = Path(scratch.path("a.py"))
        let faces = try Pairing(environment: environment).unpair(old)
        #expect(faces.last == old.seen(from: workingFolder))
        #expect(try !scratch.text("a.py").contains("formats"))
        #expect(try scratch.text("a.ipynb") == notebook)
        #expect(try sync() == [.unchanged])
    }

    @Test func `a look at the notebook beside it does not make that its script`() throws {
        try FileManager.default.removeItem(atPath: scratch.path("a.py"))
        let conversion = Conversion(inputs: [.path(Path(scratch.path("a.ipynb")))])
        try Converter(conversion, environment: environment).run(workers: 1) { _ in }
        try scratch.write(
            scratch.text("scripts/a.py").replacing("1 + 1", with: "2 + 2"), to: "scripts/a.py")
        #expect(try sync("scripts/a.py") == [.updated(.notebook)])
    }
}
