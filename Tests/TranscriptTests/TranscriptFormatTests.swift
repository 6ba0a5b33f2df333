import Support
import Testing

@Suite struct TranscriptFormatTests {
    static let sample = """
        # What it is about.
        #
        $ nbgit convert a.ipynb
        a.py: created
        $ false
        [exit 1]

        $ cat <<end    # two lines and a comment of the shell's own
        > # %% [markdown]
        > end
        # %% [markdown]

        \\$ not a command
        \\[exit 3]
        \\\\backslash
        \\
        $ printf x
        x
        \\ no newline at end of output
        -- a.ipynb --
        {}

        -- folder/odd.bin (base64) --
        AP8=
        DQo=

        """

    @Test func `a transcript has an introduction, commands and files`() throws {
        let transcript = try Transcript(parsing: Self.sample)
        #expect(transcript.introduction == ["# What it is about.", "#"])
        #expect(
            transcript.steps.map(\.command) == [
                "nbgit convert a.ipynb", "false",
                "cat <<end    # two lines and a comment of the shell's own\n# %% [markdown]\nend",
                "printf x",
            ])
        #expect(
            transcript.steps.map(\.output) == [
                "a.py: created\n", "",
                "# %% [markdown]\n\n$ not a command\n[exit 3]\n\\backslash\n\n", "x",
            ])
        #expect(transcript.steps.map(\.status) == [0, 1, 0, 0])
        #expect(
            transcript.files.map(\.bytes) == [Array("{}\n\n".utf8), [0, 0xFF, 0x0D, 0x0A]])
        #expect(transcript.files.map(\.path) == ["a.ipynb", "folder/odd.bin"])
    }

    @Test func `a transcript is written as it was read`() throws {
        #expect(try Transcript(parsing: Self.sample).text == Self.sample)
    }

    @Test(arguments: [
        "plain\n", "open end", "\n", "\n\n", "a\n\n\n", "$ x\n", "> x\n", "-- a --\n", "[exit 1]\n",
        "\\\n", "\\ no newline at end of output\n", "# %%\n", "", "a\n$ x", "\\",
    ])
    func `any output survives being recorded`(output: String) throws {
        var transcript = try Transcript(parsing: "$ one\n\n$ two\n-- file --\nx\n")
        transcript.steps[0].output = output
        transcript.steps[1].output = output
        transcript.steps[1].status = 7
        #expect(try Transcript(parsing: transcript.text) == transcript)
    }

    @Test(arguments: [
        ("", 1, "a transcript needs a command: '$ …'"),
        ("# only words\n", 1, "a transcript needs a command: '$ …'"),
        ("# words\n\noutput\n$ x\n", 3, "output without a command"),
        ("$ x\n[exit one]\n", 2, "this is no exit status: '[exit one]'"),
        ("$ x\n-- a (base64) --\n!!!\n", 3, "this is not base64"),
    ])
    func `what is no transcript is refused with its line`(
        text: String, lineNumber: Int, message: String
    ) {
        let error = #expect(throws: TranscriptError.self) { try Transcript(parsing: text) }
        #expect(error?.lineNumber == lineNumber)
        #expect(error?.message == message)
    }

    @Test func `a transcript without output or status is new`() throws {
        #expect(try Transcript(parsing: "$ one\n$ two\n").isNew)
        #expect(try !Transcript(parsing: "$ one\nx\n$ two\n").isNew)
        #expect(try !Transcript(parsing: "$ one\n[exit 1]\n").isNew)
    }
}

@Suite struct LineDifferenceTests {
    @Test func `equal texts have no difference`() {
        #expect(lineDifference(from: "a\nb\n", to: "a\nb\n") == "")
    }

    @Test func `a difference is shown with three lines around it`() {
        let old = (1...20).map { "\($0)\n" }.joined()
        let new = old.replacing("\n10\n", with: "\nten\nmore\n").replacing("20\n", with: "")
        #expect(
            lineDifference(from: old, to: new) == """
                …
                 7
                 8
                 9
                -10
                +ten
                +more
                 11
                 12
                 13
                …
                 17
                 18
                 19
                -20
                \(" ")

                """)
    }
}
