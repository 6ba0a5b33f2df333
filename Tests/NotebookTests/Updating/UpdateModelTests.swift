import Foundation
import Testing

@testable import Notebook
import Support

/// Random histories of a script beside a notebook with outputs, and the laws that every update keeps.
///
/// ``CaseCount`` says how many, and where they begin.
@Suite struct UpdateModelTests {
    static let caseCount = CaseCount.ofNotebooks(200)
    static let seed = CaseCount.notebookSeed()

    @Test(arguments: 0..<4)
    func `outputs stay with their code, and untouched cells keep their bytes`(part: Int) throws {
        var counts: [EditedScript.Edit: Int] = [:]
        for number in stride(from: part, to: Self.caseCount, by: 4) {
            var chance = SplitMix64(seed: UInt64(number) &* 7919 &+ Self.seed)
            let made = NotebookWithOutputs(&chance)
            let before = try NotebookReader(made.bytes).notebook
            let untouched = try EditedScript(of: before)
            var script = untouched
            for _ in 0..<chance.below(5) { script.edit(&chance) }
            for edit in script.edits { counts[edit, default: 0] += 1 }
            if !script.edits.isEmpty { script.close(&chance) }
            let comment = Comment(
                rawValue:
                    "case \(number), seed \(Self.seed): \(script.edits.map(\.rawValue))\n"
                    + "\(made.bytes.text)\n\(script.bytes.text)")
            let own = PercentWriter.script(of: before, language: Languages.python).bytes
            try #require(untouched.bytes.text == own.text, comment)
            let laws = try UpdateLaws(of: made, from: script, before: untouched)
            if let violation = try laws.violation() {
                Issue.record(
                    Comment(
                        rawValue: "\(violation)\n\(comment.rawValue)\n\(laws.update.bytes.text)"))
            }
        }
        for edit in EditedScript.Edit.allCases where Self.caseCount >= 600 {
            #expect(counts[edit, default: 0] >= 3, "hardly any '\(edit.rawValue)'")
        }
    }
}
