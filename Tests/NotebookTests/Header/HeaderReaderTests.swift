@testable import Notebook
import Testing

@Suite struct HeaderReaderTests {
    private func header(_ text: String, _ fileExtension: String = ".py") throws
        -> HeaderReader.Header
    {
        let language = try #require(Languages.language(withExtension: fileExtension))
        return try HeaderReader.header(of: ScriptText(Array(text.utf8)), comment: language.comment)
    }

    @Test func `a whole header is taken apart`() throws {
        let found = try header(
            """
            #!/usr/bin/env python
            # -*- coding: utf-8 -*-
            # ---
            # title: x
            #
            # jupyter:
            #   a: 1
            # author: y
            # ---

            # %%
            """)
        #expect(found.executable == "/usr/bin/env python")
        #expect(found.encoding == "# -*- coding: utf-8 -*-")
        #expect(found.metadata == ["a": 1])
        #expect(found.rootLines == ["title: x", "", "author: y"])
        #expect(found.hasBlock)
        #expect(found.endsInBlankLine)
        #expect(found.bodyStart == 10)
    }

    @Test(
        arguments: [
            (".ml", "(* --- *)\n(* jupyter: *)\n(*   a: 1 *)\n(* --- *)\n"),
            (".m", "% ---\n% jupyter:\n%   a: 1\n% ---\n"),
            (".cpp", "//---\n//jupyter :  \n//  a: 1\n//---  \n"),
            (".py", "#\n# ---\n# jupyter:\n#   a: 1\n# ---\n"),
            (".py", "\u{FEFF}# ---\n# jupyter:\n#   a: 1\n# ---\n"),
            (".py", "# ---\r\n# jupyter:\r\n#   a: 1\r\n# ---\r\n"),
        ])
    func `headers stand in the language's comments`(fileExtension: String, text: String) throws {
        let found = try header(text, fileExtension)
        #expect(found.metadata == ["a": 1])
        #expect(found.hasBlock)
        #expect(!found.endsInBlankLine)
    }

    @Test(
        arguments: [
            "", "x", "\n# ---\n# jupyter:\n#   a: 1\n# ---\n",
            "# x\n# ---\n# jupyter:\n#   a: 1\n# ---\n",
            "# ---\n# jupyter:\n#   a: 1\n", "# ---\n# jupyter:\nx\n# ---\n",
            "'''\n# ---\n# ---\n'''",
            "# %%\n# ---\n# ---",
        ])
    func `anything above it or a missing end makes it no header`(text: String) throws {
        let found = try header(text)
        #expect(!found.hasBlock)
        #expect(found.metadata == nil)
        #expect(found.bodyStart == 0)
    }

    @Test func `a header need not speak of jupyter`() throws {
        let found = try header("# ---\n# a: [\n# ---\nx")
        #expect(found.hasBlock)
        #expect(found.metadata == nil)
        #expect(found.rootLines == ["a: ["])
        #expect(try header("# ---\n# jupyter:\n# ---").metadata == [:])
    }

    @Test(
        arguments: [
            (
                "# ---\n# jupyter:\n#   a: [1\n# ---\n",
                "the header is not YAML: did not find expected ',' or ']'", 4
            ),
            (
                "# ---\n# x: 1\n# jupyter:\n#   a: b: c\n# ---\n",
                "the header is not YAML: mapping values are not allowed in this context", 4
            ),
            ("# ---\n# jupyter:\n#   - 1\n# ---\n", "'jupyter' in the header is not a mapping", 2),
            ("# -*- coding: latin-1 -*-\nx", "the script is written in 'latin-1', not in utf-8", 1),
            (
                "#!x\n# vim: set fileencoding=cp1252 :",
                "the script is written in 'cp1252', not in utf-8", 2
            ),
        ])
    func `an error names the line of the script`(text: String, message: String, line: Int) throws {
        let found = #expect(throws: NotebookError.self) { try header(text) }
        #expect(found?.message == message)
        #expect(found?.line == line)
    }

    @Test func `an encoding is looked for in the first two lines`() throws {
        #expect(try header("#!a\n# coding=utf-8").encoding == "# coding=utf-8")
        #expect(try header("x\n# coding=latin-1").encoding == nil)
        #expect(try header("x = 'coding: latin-1'").encoding == nil)
        #expect(try header("// coding: utf-8", ".cpp").encoding == "// coding: utf-8")
    }
}
