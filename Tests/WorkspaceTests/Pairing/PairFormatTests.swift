import Notebook
import Platform
import Testing

@testable import Workspace

@Suite struct PairFormatTests {
    struct Case: CustomTestStringConvertible {
        let formats: String
        let notebook: String
        /// nil where jupytext refuses, too.
        let script: String?
        var testDescription: String { "\(formats): \(notebook)" }
    }

    /// As jupytext 1.19.6 pairs them.
    private static let cases = [
        Case(formats: "ipynb,py:percent", notebook: "nb/a.ipynb", script: "nb/a.py"),
        Case(
            formats: "ipynb,scripts//py:percent", notebook: "nb/a.ipynb", script: "nb/scripts/a.py"),
        Case(formats: "ipynb,scripts//py:percent", notebook: "a.ipynb", script: "scripts/a.py"),
        Case(formats: "ipynb,a/b//py", notebook: "nb/c.ipynb", script: "nb/a/b/c.py"),
        Case(
            formats: "notebooks///ipynb,scripts///py:percent", notebook: "notebooks/x/a.ipynb",
            script: "scripts/x/a.py"),
        Case(
            formats: "notebooks///ipynb,scripts///py:percent", notebook: "nb/notebooks/a.ipynb",
            script: "nb/scripts/a.py"),
        Case(
            formats: "notebooks///ipynb,scripts///py:percent", notebook: "nb/a.ipynb", script: nil),
        Case(
            formats: "notebooks//ipynb,scripts//py", notebook: "nb/notebooks/a.ipynb",
            script: "nb/scripts/a.py"),
        Case(formats: "notebooks//ipynb,scripts//py", notebook: "nb/a.ipynb", script: nil),
        Case(formats: "ipynb,.pct.py:percent", notebook: "nb/a.ipynb", script: "nb/a.pct.py"),
        Case(formats: "ipynb,_pct.py:percent", notebook: "nb/a.ipynb", script: "nb/a_pct.py"),
        Case(formats: "ipynb,pre-/py:percent", notebook: "nb/a.ipynb", script: "nb/pre-a.py"),
        Case(formats: "nb_/ipynb,s_/py", notebook: "nb_a.ipynb", script: "s_a.py"),
        Case(formats: "nb_/ipynb,s_/py", notebook: "a.ipynb", script: nil),
        Case(
            formats: "ipynb,scripts/x_/py:percent", notebook: "nb/a.ipynb",
            script: "nb/scripts/x_a.py"),
        Case(formats: "ipynb,md,py:percent", notebook: "nb/a.ipynb", script: "nb/a.py"),
        Case(formats: "ipynb,auto:percent", notebook: "nb/a.ipynb", script: "nb/a.py"),
    ]

    @Test(arguments: cases)
    func `a notebook has its script where jupytext puts it, and back`(_ test: Case) throws {
        let formats = try PairFormats(test.formats)
        let script = formats.script(of: Path(test.notebook), fileExtension: "py")
        #expect(script == test.script.map { Path($0) })
        if let script { #expect(formats.notebook(of: script) == Path(test.notebook)) }
    }

    @Test func `a folder above is found from the notebook only`() throws {
        let formats = try PairFormats("ipynb,../scripts//py")
        #expect(formats.script(of: "nb/a.ipynb", fileExtension: nil) == "scripts/a.py")
        #expect(formats.notebook(of: "scripts/a.py") == nil)
    }

    @Test(arguments: [
        ("py:percent", "'py:percent' does not name a notebook and a percent script"),
        ("ipynb", "'ipynb' does not name a notebook and a percent script"),
        ("ipynb,nonsense", "'nonsense' is no format of a pair"),
        ("ipynb,scripts//", "'scripts//' is no format of a pair"),
        ("", "'\"\"' does not name a notebook and a percent script"),
        ("ipynb,py:perfect", "'ipynb,py:perfect' does not name a notebook and a percent script"),
        ("ipynb,md", "its formats are 'ipynb,md', and nbgit writes percent scripts, not 'md'"),
        (
            "ipynb,docs//Rmd,py:light",
            "its formats are 'ipynb,docs//Rmd,py:light', and nbgit writes percent scripts, not "
                + "'docs//Rmd' and 'py:light'"
        ),
    ]) func `what is no pair is refused`(text: String, message: String) {
        #expect {
            try PairFormats(text)
        } throws: {
            ($0 as? Failure)?.message == message
        }
    }
}
