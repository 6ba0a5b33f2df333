import Foundation
import Support
import Testing

/// Many files, and files that are large.
@Suite struct LargeConversionTests {
    @Test func `a batch of the program with two jobs gives what one job gives`() throws {
        let folder = try ProgramFolder()
        for number in 100..<300 {
            try folder.scratch.write(
                ProgramFolder.notebook.replacing("1 + 1", with: "x = \(number)"),
                to: "in/\(number).ipynb")
        }
        for jobs in ["1", "2"] {
            let finished = try folder.convert("in", "-o", "out-\(jobs)", "-j", jobs)
            #expect(finished.errorText == "converted 200\n")
            #expect(finished.status == 0)
        }
        let difference = try folder.shell("diff -r out-1 out-2 && ls out-2 | wc -l")
        #expect(difference.text.filter { $0 != " " } == "200\n")
    }

    static let canMeasureMemory = FileManager.default.isExecutableFile(atPath: "/usr/bin/time")

    @Test(
        .enabled(if: canMeasureMemory, "there is no /usr/bin/time"),
        .disabled(if: Sanitizer.isActive, "a sanitizer's own memory is counted, too"))
    func `a notebook full of pictures takes less memory than its size`() throws {
        let folder = try ProgramFolder()
        let pictures = String(repeating: "iVBORw0KGgoAAAANSUhEUgAA", count: 1 << 15)
        let cell = """
            {"cell_type": "code", "execution_count": 1, "metadata": {}, "source": "plot()", \
            "outputs": [{"output_type": "display_data", "metadata": {}, \
            "data": {"image/png": "\(pictures)"}}]}
            """
        let cells = [String](repeating: cell, count: (64 << 20) / cell.utf8.count + 1)
        let text = """
            {"cells": [\(cells.joined(separator: ",\n"))], "metadata": {}, "nbformat": 4, \
            "nbformat_minor": 4}
            """
        try folder.scratch.write(text, to: "large.ipynb")
        let size = text.utf8.count
        #expect(size >= 64 << 20)

        let finished = try folder.shell("/usr/bin/time -f %M -o peak $nbgit convert large.ipynb")
        #expect(finished.errorText == "wrote large.py\n")
        let kilobytes = try #require(
            Int(folder.scratch.text("peak").trimmingCharacters(in: .whitespacesAndNewlines)))
        #expect(kilobytes << 10 < size * 3 / 4)
    }
}
