import Foundation
import Support
import Testing

/// What a person sees who works with a server, played against a real one.
@Suite(.enabled(if: GitServer.shared != nil, "needs nginx and fcgiwrap"))
struct ServerTranscriptTests {
    private func play(_ name: String, _ prepare: (inout Stage) -> Void) throws {
        let binary = try #require(BuiltBinary.path, "nbgit is not beside the tests")
        var stage = try Stage(server: try #require(GitServer.shared), repository: name)
        prepare(&stage)
        let failure = try Transcript.failure(
            in: TranscriptTests.folder.appendingPathComponent("server/\(name).txt"),
            binary: binary, on: stage, isRecording: Transcript.isRecording)
        if let failure { Issue.record("\(name)\n\(failure)") }
    }

    @Test func `the lesson goes from an empty folder to a second machine's notebooks`() throws {
        try play("lesson") { stage in
            stage.answers = ["Username for https://\(stage.variables["HOST"] ?? ""): ": "ada"]
            stage.answers["(hidden): "] = GitServer.token
        }
    }

    @Test func `a wrong token ends the day with status 4, and the right one goes on`() throws {
        try play("tokens") { stage in
            stage.variables["TOKEN"] = GitServer.token
            stage.variables["READER"] = GitServer.readerToken
        }
    }
}
