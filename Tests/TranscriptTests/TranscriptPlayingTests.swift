import Foundation
import Support
import Testing

/// Plays transcripts with echo in place of nbgit, to know that playing can fail.
@Suite struct TranscriptPlayingTests {
    let scratch: TemporaryDirectory

    /// A program that is there anyway: one written by a test may still be open for writing in a
    /// process that another test just started, and "text file busy" is not what we are after.
    let binary = "/bin/echo"

    init() throws {
        scratch = try TemporaryDirectory()
    }

    @Test func `a transcript that tells the truth does not fail`() throws {
        let failure = try play(
            """
            $ nbgit a b | tr a-z A-Z; echo later >&2; echo last
            A B
            later
            last
            $ cat folder/file; exit 3
            content
            [exit 3]
            -- folder/file --
            content

            """)
        #expect(failure == nil)
    }

    @Test func `other output fails with a difference`() throws {
        #expect(
            try play("$ nbgit a\nb\n") == """
                 $ nbgit a
                -b
                +a
                \(" ")

                """)
    }

    @Test(arguments: ["$ true\n[exit 1]\n", "$ nbgit a\na\n[exit 2]\n", "$ echo a; false\na\n"])
    func `another status fails`(text: String) throws {
        #expect(try play(text) != nil)
    }

    @Test(arguments: [
        "$ printf a\na\n", "$ echo a\na\n\\\n", "$ printf 'a\\n\\n'\na\n", "$ echo a\na \n",
        "$ true\nextra\n",
    ])
    func `every byte counts`(text: String) throws {
        #expect(try play(text) != nil)
    }

    @Test func `a new transcript fails once and says how to record it`() throws {
        let failure = try #require(try play("$ nbgit new\n"))
        #expect(failure.hasPrefix("this transcript is new; record it with NBGIT_RECORD=1"))
        #expect(failure.contains("+new\n"))
    }

    @Test func `recording rewrites the outputs and nothing else`() throws {
        let before = "# About.\n\n$ nbgit a\nwrong\n\n\n$ cat f; false\n\n-- f --\nx\n"
        let after =
            "# About.\n\n$ nbgit a\na\n\n\n$ cat f; false\nx\n[exit 1]\n\n-- f --\nx\n"
        #expect(try play(before, isRecording: true) == nil)
        #expect(try scratch.text("transcript.txt") == after)
        #expect(try play(after) == nil)
    }

    @Test func `commands share a folder and a home that have the same names everywhere`() throws {
        let failure = try play(
            """
            $ pwd; echo "$DIR" "$HOME"; command -v nbgit; echo text > left
            $DIR
            $DIR $HOME
            $BIN/nbgit
            $ cat left; ls -A; ls -A ~; git init .; git config user.name
            text
            left
            Initialized empty Git repository in $DIR/.git/
            [exit 1]
            $ cat
            $ printf '\\033[1m\\r\\0\\n'
            ␛[1m␍␀

            """)
        #expect(failure == nil)
    }

    @Test func `a command that hangs is ended with what it started`() throws {
        let transcript = try Transcript(parsing: "$ echo begun; sleep 60 | sleep 60\n")
        let played = try transcript.played(
            with: binary, timeLimit: .milliseconds(300))
        #expect(played.steps[0].output == "begun\n[killed after 0.3 seconds]\n")
        #expect(played.steps[0].status == 128 + SIGKILL)
    }

    @Test func `output far larger than a pipe is taken whole`() throws {
        let finished = try run(
            ["sh", "-c", "seq 300000; seq 300000 >&2; cat"], in: scratch.path,
            environment: ["PATH": "/usr/bin:/bin"], input: [UInt8](repeating: 65, count: 500_000))
        let numbers = (1...300_000).map { "\($0)\n" }.joined()
        #expect(finished.text == numbers + String(repeating: "A", count: 500_000))
        #expect(finished.errorText == numbers)
    }

    private func play(_ text: String, isRecording: Bool = false) throws -> String? {
        try scratch.write(text, to: "transcript.txt")
        return try Transcript.failure(
            in: URL(fileURLWithPath: scratch.path("transcript.txt")),
            binary: binary, isRecording: isRecording)
    }
}
