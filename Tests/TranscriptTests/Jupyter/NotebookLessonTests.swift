import Foundation
import Support
import Testing

/// The lesson's day in the cells of a notebook, with a real kernel and a real server.
@Suite(
    .enabled(if: GitServer.shared != nil, "needs nginx and fcgiwrap"),
    .enabled(
        if: Jupyter.has("ipykernel, jupyter_client"),
        "run 'Scripts/install-dependencies programs' first"))
struct NotebookLessonTests {
    /// A ``Transcript`` whose commands are cells.
    private let file = TranscriptTests.folder.appendingPathComponent("server/cells.txt")

    @Test func `the cells of the lesson show what the transcript says`() throws {
        let server = try #require(GitServer.shared)
        let stage = try Stage(server: server, repository: "cells")
        let host = try #require(stage.variables["HOST"])
        let expected = try Transcript(parsing: String(contentsOf: file, encoding: .utf8))
        let folder = try TemporaryDirectory()
        for file in expected.files { try folder.write(file.bytes, to: file.path) }
        let tools = try TemporaryDirectory()
        try FileManager.default.createSymbolicLink(
            atPath: tools.path("nbgit"), withDestinationPath: try #require(BuiltBinary.path))
        let sandbox = try GitSandbox(
            adding: stage.variables.merging([
                "PATH": "\(tools.path):/usr/local/bin:/usr/bin:/bin", "DIR": folder.path,
                "TYPED": GitServer.token,
            ]) { $1 }, leavingOut: stage.unwantedVariables)

        // Nobody types here: the question is answered by the test, in each cell anew, as the kernel does.
        let typing = "import getpass, os; getpass.getpass = lambda prompt: os.environ['TYPED']"
        let shown: [String] = try Jupyter.run(
            "run-cells", expected.steps.map { "\(typing)\n\($0.command)" }, in: folder.path, sandbox
        )
        var actual = expected
        for (index, text) in shown.enumerated() {
            // What a terminal makes of each line's end.
            let lines = text.replacingOccurrences(of: "\r\n", with: "\n")
            #expect(!lines.contains("\r") && !lines.contains("\u{1B}"), "\(lines.debugDescription)")
            #expect(!lines.contains(GitServer.token))
            actual.steps[index].status = 0
            actual.steps[index].output =
                lines.replacingOccurrences(of: host, with: "$HOST")
                .replacingOccurrences(of: folder.path, with: "$DIR")
                .replacingOccurrences(of: sandbox.home.path, with: "$HOME")
        }
        guard actual != expected else { return }
        if Transcript.isRecording {
            try Data(actual.text.utf8).write(to: file, options: .atomic)
        } else {
            Issue.record("\(lineDifference(from: expected.text, to: actual.text))")
        }
    }
}
