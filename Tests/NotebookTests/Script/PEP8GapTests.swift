import Laws
@testable import Notebook
import Testing

/// The answers are those of jupytext 1.19.6.
@Suite struct PEP8GapTests {
    /// The blank lines above each marker but the first; `M:` makes a markdown cell.
    private func gaps(_ sources: [String], language: Language) -> [Int] {
        let cells = sources.map { source in
            let isText = source.hasPrefix("M:")
            let text = isText || source.hasPrefix("C:") ? String(source.dropFirst(2)) : source
            return Cell(kind: isText ? .markdown : .code, source: Array(text.utf8))
        }
        let notebook = Notebook(
            metadata: ["jupytext": ["notebook_metadata_filter": "-all"]], cells: cells)
        let script = PercentWriter.script(of: notebook, language: language).bytes.text
        var gaps: [Int] = []
        var blanks = 0
        for (index, line) in script.split(separator: "\n", omittingEmptySubsequences: false)
            .enumerated()
        {
            if line.contains(" %%") {
                if index > 0 { gaps.append(blanks) }
                blanks = 0
            } else {
                blanks = line.isEmpty ? blanks + 1 : 0
            }
        }
        return gaps
    }

    @Test(
        arguments: [
            (["x", "y"], [1]), (["def f():\n    return 1", "x"], [2]),
            (["x", "def f():\n    return 1"], [2]),
            (["def f():\n    pass", "def g():\n    pass"], [2]), (["def f():\n    pass"], []),
            (["def f():\n    pass", "# only a comment"], [1]),
            (["class A:\n    x = 1", "", "x"], [2, 1]), (["x", "@deco\ndef f():\n    pass"], [2]),
            (["x", "# c\nclass A:\n    pass"], [2]), (["async def f():\n    pass", "x"], [2]),
            (["async with a:\n    pass", "x"], [2]), (["def f():\n\tpass", "x"], [1]),
            (["def f():\n    pass\n)", "x"], [2]), (["def f():\n    pass\n\n\n# c", "x"], [1]),
            (["def f():\n    pass\n\n# c", "x"], [2]), (["\"\"\"\ndef f():\n\"\"\"", "x"], [1]),
            (["x", "\"\"\"\ndef f():\n\"\"\""], [1]), (["x", "\n\ndef f():\n    pass"], [1]),
            (["x", "", "def f():\n    pass"], [2, 1]), (["# c", "def f():\n    pass"], [1]),
            (["x\n", "def f():\n    pass"], [2]), (["def f(): pass", "\n\n# c", "x"], [1, 1]),
            (["x", ")\ndef f():\n    pass"], [2]), (["define = 1", "x"], [1]),
            (["def f(\n    a,\n):\n    pass", "x"], [2]),
            (["x = \"\"\"", "def f():\n    pass"], [2]),
            (["C:x", "M:text", "C:def f():\n    pass"], [2, 1]),
            (["C:def f():\n    pass", "M:text", "C:x"], [2, 1]), (["M:def f():", "C:x"], [1]),
            (["C:def f():\n    pass", "M:text"], [1]),
        ])
    func `two blank lines stand around definitions`(sources: [String], expected: [Int]) {
        #expect(gaps(sources, language: Languages.python) == expected)
    }

    @Test func `other languages have one blank line`() throws {
        let sage = try #require(Languages.language(withExtension: ".sage"))
        #expect(gaps(["def f():\n    pass", "x"], language: sage) == [1])
    }
}
