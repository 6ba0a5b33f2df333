import Support
import Testing

@testable import Notebook

@Suite struct LineMergeTests {
    struct Case: CustomTestStringConvertible {
        let rule: String
        let base: String
        let ours: String
        let theirs: String
        let merged: String
        var conflicts = 0
        var testDescription: String { rule }
    }

    private static let labels = LineMerge.Labels(ours: "main", theirs: "topic")

    private static func merge(_ base: String, _ ours: String, _ theirs: String) -> LineMerge {
        LineMerge(
            base: Array(base.utf8), ours: Array(ours.utf8), theirs: Array(theirs.utf8),
            labels: labels)
    }

    @Test(arguments: [
        Case(rule: "nothing changed", base: "a\nb", ours: "a\nb", theirs: "a\nb", merged: "a\nb"),
        Case(rule: "we changed", base: "a\nb", ours: "a\nx", theirs: "a\nb", merged: "a\nx"),
        Case(rule: "they changed", base: "a\nb", ours: "a\nb", theirs: "x\nb", merged: "x\nb"),
        Case(rule: "both the same", base: "a", ours: "x", theirs: "x", merged: "x"),
        Case(
            rule: "different lines", base: "a\nb\nc", ours: "x\nb\nc", theirs: "a\nb\ny",
            merged: "x\nb\ny"),
        Case(
            rule: "a line behind the last", base: "a\nb\nc", ours: "x\nb\nc",
            theirs: "a\nb\nc\nd", merged: "x\nb\nc\nd"),
        Case(rule: "a line end at the end", base: "a", ours: "a\n", theirs: "a", merged: "a\n"),
        Case(
            rule: "we emptied what they left", base: "a\nb", ours: "", theirs: "a\nb", merged: ""),
        Case(
            rule: "the same line", base: "a\nb\nc", ours: "a\nx\nc", theirs: "a\ny\nc",
            merged: "a\n<<<<<<< main\nx\n=======\ny\n>>>>>>> topic\nc", conflicts: 1),
        Case(
            rule: "equal lines stay outside", base: "", ours: "a\nx\nb", theirs: "a\ny\nb",
            merged: "a\n<<<<<<< main\nx\n=======\ny\n>>>>>>> topic\nb", conflicts: 1),
        Case(
            rule: "changed and deleted", base: "a\nb\nc", ours: "a\nc", theirs: "a\nx\nc",
            merged: "a\n<<<<<<< main\n=======\nx\n>>>>>>> topic\nc", conflicts: 1),
    ])
    func `lines are merged`(_ test: Case) {
        let merge = Self.merge(test.base, test.ours, test.theirs)
        #expect(String(decoding: merge.text, as: UTF8.self) == test.merged)
        #expect(merge.conflictCount == test.conflicts)
    }

    /// git merges neighbouring lines less boldly, so only what it merges cleanly is compared.
    @Test func `what git merge-file merges, comes out the same`() throws {
        let folder = try TemporaryDirectory()
        var random = SplitMix64(seed: 11)
        var compared = 0
        for _ in 0..<40 {
            let base = (0..<12).map { _ in
                random.pick(["a", "b", "c", "d", "e"]) + "\(random.below(9))"
            }
            let sides = (0..<2).map { _ in Self.edited(base, &random) }
            let texts = ([base] + sides).map { $0.joined(separator: "\n") + "\n" }
            for (name, text) in zip(["base", "ours", "theirs"], texts) {
                try folder.write(text, to: name)
            }
            let git = try run(
                ["git", "merge-file", "-p", "ours", "base", "theirs"], in: folder.path)
            guard git.status == 0 else { continue }
            compared += 1
            let merge = Self.merge(texts[0], texts[1], texts[2])
            #expect(merge.conflictCount == 0)
            #expect(merge.text == git.output)
        }
        #expect(compared > 5)
    }

    private static func edited(_ lines: [String], _ random: inout SplitMix64) -> [String] {
        var lines = lines
        switch random.below(3) {
        case 0: lines[random.below(lines.count)] = "x\(random.below(100))"
        case 1: lines.remove(at: random.below(lines.count))
        default: lines.insert("y\(random.below(100))", at: random.below(lines.count + 1))
        }
        return lines
    }
}
