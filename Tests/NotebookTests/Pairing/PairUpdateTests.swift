import Testing

@testable import Notebook

/// What is done where a face has new cells in the place of all that it had.
@Suite struct PairUpdateTests {
    private static let cells = ["x = 1", "y = 2", "z = 3"]

    /// The faces of some cells.
    private static func faces(_ cells: [String]) throws -> PairUpdate.Agreement {
        let draft = NotebookDraft(
            cells: cells.enumerated().map { .init(id: "c\($0.offset)", source: $0.element) })
        let reader = try NotebookReader(draft.bytes)
        let script = PercentWriter.script(of: reader.notebook, language: Languages.python).bytes
        return PairUpdate.Agreement(notebook: draft.bytes, script: script)
    }

    @Test(arguments: [
        // The cells of the notebook, those of the script, and the face that is to be kept.
        (cells, ["new = 1"], PairUpdate.Face.notebook),
        (["new = 1"], cells, .script),
        (cells, ["x = 1", "new = 1"], nil),
        (cells, ["new = 1", "new = 2", "new = 3"], nil),
    ])
    func `a face is replaced when it had more cells and no line of them is left`(
        notebook: [String], script: [String], replaced: PairUpdate.Face?
    ) throws {
        let before = try Self.faces(Self.cells)
        let update = try PairUpdate(
            since: try PairUpdate.Agreement(of: before.notebook, and: before.script),
            notebook: try Self.faces(notebook).notebook, script: try Self.faces(script).script,
            language: Languages.python)
        #expect(update.replaced == replaced)
    }
}
