import Support
import Testing

/// Scripts, and what comes by standard input, that cannot be converted.
@Suite struct BadScriptTests {
    private static let light = """
        # ---
        # jupyter:
        #   jupytext:
        #     text_representation:
        #       format_name: light
        # ---

        1 + 1

        """

    private static let encodingHint = "save it as UTF-8 and write '# -*- coding: utf-8 -*-'"

    static let scripts: [BadInput] = [
        BadInput(
            "Latin-1", Array("# %%\nx = '".utf8) + [0xE9] + Array("'\n".utf8), ":2:6",
            "not UTF-8: 0xE9 (byte 10)"),
        BadInput(
            "UTF-16", [0xFF, 0xFE, 0x23, 0x00], "", "the file is UTF-16, not UTF-8",
            hint: BadInput.utf8Hint),
        BadInput(
            "an open bracket in the header",
            "# ---\n# jupyter:\n#   kernelspec: [\n#   a: b\n# ⟪here⟫---\n\n1\n",
            "the header is not YAML: did not find expected ',' or ']'", countsBytes: false),
        BadInput(
            "a tab in the header", "# ---\n# jupyter:\n#   a:\n# ⟪here⟫\tname: x\n# ---\n1\n",
            "the header is not YAML: found character that cannot start any token",
            countsBytes: false),
        BadInput(
            "a list in the header", Array("# ---\n# jupyter:\n#   - a\n# ---\n1\n".utf8), ":2",
            "'jupyter' in the header is not a mapping"),
        BadInput(
            "Latin-1, declared", Array("# -*- coding: latin-1 -*-\n# %%\n1\n".utf8), ":1",
            "the script is written in 'latin-1', not in utf-8", hint: encodingHint),
        BadInput(
            "another encoding in the second line",
            Array("#!/usr/bin/env python\n# vim: set fileencoding=iso-8859-15 :\n1\n".utf8), ":2",
            "the script is written in 'iso-8859-15', not in utf-8", hint: encodingHint),
        BadInput(
            "jupytext's light format", light,
            "the header says that this is a script in the 'light' format, not in the percent format",
            hint: "convert it with jupytext, or take 'text_representation' out of the header"),
    ]

    @Test(arguments: scripts)
    func `a file that is no percent script is named with its place, and left alone`(
        input: BadInput
    ) throws {
        try input.expectRefusal(named: "a.py")
        try input.expectRefusal(
            named: "a.py", beside: ["a.ipynb": ProgramFolder.notebook],
            arguments: ["--force"])
    }

    // MARK: Standard input

    private static let emptyInput = """
        nbgit: error: standard input is empty
        hint: see whether the command before the pipe failed

        """

    @Test(arguments: [
        (
            ["-"], "{\"cells\"",
            "nbgit: error: standard input:1:9: the file ends where ':' is expected (byte 8)\n"
        ),
        (["-"], "", emptyInput), (["-", "--from", "ipynb"], "", emptyInput),
        (["-"], "{}", "nbgit: error: standard input: not a notebook: 'nbformat' is missing\n"),
        (
            ["-", "-o", "new.ipynb"], "# coding: latin-1\n",
            "nbgit: error: standard input:1: the script is written in 'latin-1', not in utf-8\n"
                + "hint: \(encodingHint)\n"
        ),
    ])
    func `standard input that cannot be converted gives no output`(
        arguments: [String], input: String, errors: String
    ) throws {
        let folder = try ProgramFolder()
        let before = try folder.snapshot()
        let finished = try folder.convert(arguments, input: Array(input.utf8))
        #expect(finished.errorText == errors)
        #expect(finished.text == "")
        #expect(finished.status == 2)
        #expect(try folder.snapshot() == before)
    }
}
