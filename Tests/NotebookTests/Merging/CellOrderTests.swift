import Testing

@testable import Notebook

@Suite struct CellOrderTests {
    struct Case: CustomTestStringConvertible {
        let rule: String
        /// Each letter is a cell; capital letters are new ones.
        let ours: String
        let theirs: String
        let merged: String
        var testDescription: String { rule }
    }

    @Test(arguments: [
        Case(rule: "nothing changed", ours: "abc", theirs: "abc", merged: "abc"),
        Case(rule: "both added elsewhere", ours: "aXbc", theirs: "abcY", merged: "aXbcY"),
        Case(rule: "both added at one place", ours: "abXc", theirs: "abYZc", merged: "abXYZc"),
        Case(rule: "both added in front", ours: "Xabc", theirs: "Yabc", merged: "XYabc"),
        Case(rule: "both added at the end", ours: "abcX", theirs: "abcY", merged: "abcXY"),
        Case(rule: "they moved a cell", ours: "aXbc", theirs: "bac", merged: "baXc"),
        Case(
            rule: "they moved one, we added behind it", ours: "abXc", theirs: "acb", merged: "acbX"),
        Case(rule: "we moved a cell", ours: "cab", theirs: "aYbc", merged: "caYb"),
        Case(rule: "both moved", ours: "cab", theirs: "bac", merged: "cab"),
        // The row stays in the list: whether the cell goes is for the cell to say.
        Case(rule: "we deleted", ours: "ac", theirs: "abc", merged: "abc"),
        Case(rule: "they deleted", ours: "abc", theirs: "ac", merged: "abc"),
        Case(rule: "they deleted and added", ours: "abc", theirs: "aYc", merged: "abYc"),
        Case(rule: "all is new", ours: "XY", theirs: "Z", merged: "XYZ"),
        Case(rule: "the same new cell", ours: "aSbc", theirs: "abcTS", merged: "aSbcT"),
    ])
    func `cells stand in the merged order`(_ test: Case) {
        let base = Array("abc")
        let (ours, theirs) = (Array(test.ours), Array(test.theirs))
        let pair = ours.firstIndex(of: "S").flatMap { place in
            theirs.firstIndex(of: "S").map { [place: $0] }
        }
        let order = CellOrder(
            base: base.count, ours: ours.map(base.firstIndex), theirs: theirs.map(base.firstIndex),
            added: pair ?? [:])
        let names = order.rows.map { row in
            row.base.map { base[$0] } ?? row.ours.map { ours[$0] } ?? theirs[row.theirs ?? 0]
        }
        #expect(String(names) == test.merged)
    }
}
