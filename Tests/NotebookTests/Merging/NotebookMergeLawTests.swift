import Support
import Testing

@testable import Notebook

@Suite struct NotebookMergeLawTests {
    private static func random(
        from draft: NotebookDraft, _ random: inout SplitMix64, _ name: String
    )
        -> NotebookDraft
    {
        var draft = draft
        for step in 0..<(1 + random.below(4)) {
            let place = random.below(max(draft.cells.count, 1))
            switch random.below(6) {
            case 0:
                let cell = NotebookDraft.Cell(id: "\(name)\(step)", source: "new \(name) \(step)")
                draft.cells.insert(cell, at: random.below(draft.cells.count + 1))
            case 1 where draft.cells.count > 1: draft.cells.remove(at: place)
            case 2 where !draft.cells.isEmpty:
                draft.cells.swapAt(place, random.below(draft.cells.count))
            default:
                guard !draft.cells.isEmpty else { continue }
                var lines = draft.cells[place].source.split(separator: "\n").map(String.init)
                lines.insert("line \(name) \(step)", at: random.below(lines.count + 1))
                draft.cells[place].source = lines.joined(separator: "\n")
            }
        }
        return draft
    }

    @Test(arguments: 0..<200)
    func `nothing that a side wrote is lost, and one side alone is taken as it is`(seed: Int) throws
    {
        var random = SplitMix64(seed: UInt64(seed))
        let base = NotebookDraft(
            cells: (0..<6).map {
                NotebookDraft.Cell(id: "c\($0)", source: "a = \($0)\nb = \($0)\nc = \($0)")
            })
        let ours = Self.random(from: base, &random, "ours")
        let theirs = Self.random(from: base, &random, "theirs")
        func merge(_ base: NotebookDraft, _ ours: NotebookDraft, _ theirs: NotebookDraft) throws
            -> NotebookMerge
        {
            try NotebookMerge(
                base: base.bytes, ours: ours.bytes, theirs: theirs.bytes, ourLabel: "main",
                theirLabel: "topic")
        }
        #expect(try merge(base, ours, base).bytes == ours.bytes)
        #expect(try merge(base, ours, ours).bytes == ours.bytes)
        let taken = try NotebookReader(merge(base, base, theirs).bytes).notebook
        let wanted = try NotebookReader(theirs.bytes).notebook
        #expect(taken == wanted)

        let merged = try merge(base, ours, theirs)
        let text = try NotebookReader(merged.bytes).notebook.cells.map(\.source)
        let lines = Set(text.flatMap { $0.split(separator: .lineFeed) })
        for side in [ours, theirs] {
            for line in side.cells.flatMap({ $0.source.split(separator: "\n") })
            where line.hasPrefix("line") || line.hasPrefix("new") {
                #expect(lines.contains(Array(line.utf8)[...]), "\(line) is lost")
            }
        }
    }
}
