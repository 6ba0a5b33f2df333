import Laws
@testable import Notebook
import Testing

@Suite struct FormatOptionsTests {
    @Test(arguments: ["true", "True", "YES", "t", "y", "1"])
    func `these mean true`(text: String) throws {
        var options = FormatOptions()
        try options.set("comment_magics", to: text)
        #expect(options.values["comment_magics"] == true)
    }

    @Test(arguments: ["false", "False", "NO", "f", "n", "0"])
    func `these mean false`(text: String) throws {
        var options = FormatOptions()
        try options.set("cell_metadata_json", to: text)
        #expect(options.values["cell_metadata_json"] == false)
    }

    @Test func `texts are taken as they are and the last holds`() throws {
        var options = FormatOptions()
        try options.set("cell_metadata_filter", to: "a")
        try options.set("cell_metadata_filter", to: "true")
        #expect(options.values == ["cell_metadata_filter": "true"])
    }

    @Test func `unknown names and odd values are refused`() {
        var options = FormatOptions()
        #expect(throws: FormatOptions.Failure.unknownName) {
            try options.set("cell_marker", to: "x")
        }
        #expect(throws: FormatOptions.Failure.notBool) { try options.set("rst2md", to: "maybe") }
        #expect(options == FormatOptions())
        #expect(FormatOptions.names.contains("cell_markers"))
    }

    @Test func `options go before the notebook's own and are shown in the header`() throws {
        var options = FormatOptions()
        try options.set("comment_magics", to: "false")
        let notebook = Notebook(
            metadata: ["jupytext": ["comment_magics": true, "notebook_metadata_filter": "-all"]],
            cells: [Cell(kind: .code, source: Array("%time".utf8))])
        let script = PercentWriter.script(
            of: notebook, language: Languages.python, options: options
        ).bytes.text
        #expect(script.contains("#     comment_magics: false\n"))
        #expect(script.hasSuffix("# %%\n%time\n"))
    }
}
