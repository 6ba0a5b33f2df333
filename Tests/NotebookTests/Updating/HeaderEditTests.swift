import Testing

@testable import Notebook

/// What a notebook takes over from the edited header of its script; the law "header-edit" tries it on more.
@Suite struct HeaderEditTests {
    /// A notebook with choices of its own, and metadata that they hide.
    private static let notebook = #"""
        {"cells": [{"cell_type": "code", "execution_count": 1, "metadata": {"slideshow": {"slide_type": "skip"}, "tags": ["a"]},
          "outputs": [], "source": ["%time f()"]}],
         "metadata": {"jupytext": {"cell_metadata_filter": "tags,-all",  "executable": "/bin/a", "formats": "ipynb,py:percent"},
          "kernelspec": {"display_name": "P", "language": "python", "name": "p"}, "toc":  {}},
         "nbformat": 4, "nbformat_minor": 4}
        """#

    private static func updated(_ notebook: String, _ edit: (old: String, new: String)) throws
        -> String
    {
        let read = try NotebookReader(Array(notebook.utf8)).notebook
        let script = PercentWriter.script(of: read, language: Languages.python).bytes.text
        #expect(script.contains(edit.old))
        let edited = script.replacing(edit.old, with: edit.new)
        return try NotebookUpdate(
            of: Array(notebook.utf8), from: Array(edited.utf8), language: Languages.python
        ).bytes.text
    }

    @Test(arguments: [
        // What the header sets, the notebook's own choices among it.
        ("language: python", "language: R", #""python", "name""#, #""R", "name""#),
        (
            "display_name: P", "display_name: Q\n#     env: x", #""P", "language""#,
            #""Q", "language""#
        ),
        ("filter: tags,-all", "filter: -all", #""tags,-all""#, #""-all""#),
        ("#!/bin/a", "#!/bin/b", #""/bin/a""#, #""/bin/b""#),
        (
            "#   kernelspec:", "#   orphan: true\n#   kernelspec:", #""toc":  {}"#,
            #""toc":  {},  "orphan": true"#
        ),
        // A pair's formats are the notebook's affair, and what is not there says nothing.
        ("formats: ipynb,py:percent", "formats: ipynb,a//py:percent", "", ""),
        ("#     language: python\n", "", #""language": "python", "#, ""),
        ("#     cell_metadata_filter: tags,-all\n", "", "", ""),
        // The markers do not go by it, so that nothing was deleted.
        ("filter: tags,-all", "filter: all", "", ""),
    ])
    func `the notebook follows, and nothing else in it changes`(
        old: String, new: String, before: String, after: String
    ) throws {
        let updated = try Self.updated(Self.notebook, (old, new))
        let expected = before.isEmpty ? Self.notebook : Self.notebook.replacing(before, with: after)
        let shown = updated.replacing(#", "env": "x""#, with: "")
        #expect(shown.filter { !$0.isWhitespace } == expected.filter { !$0.isWhitespace })
        #expect(
            updated.contains(#""metadata": {"slideshow": {"slide_type": "skip"}, "tags": ["a"]}"#))
    }
}
