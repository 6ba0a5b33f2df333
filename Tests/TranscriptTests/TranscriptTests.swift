import Foundation
import Support
import Testing

/// One case for each file below `Transcripts/`, played against the binary that was just built.
///
/// See ``Transcript`` for how they are written. `NBGIT_RECORD=1 swift test --filter TranscriptTests`
/// rewrites them with what happens; read every changed line before it is committed. `NBGIT_BINARY`
/// plays them against another build.
@Suite struct TranscriptTests {
    static let folder = projectRoot.appendingPathComponent("Tests/TranscriptTests/Transcripts")
    static let names = Fixtures.files(below: folder).filter {
        $0.hasSuffix(".txt") && !$0.hasPrefix("programs/") && !$0.hasPrefix("server/")
    }

    @Test func `the program is found beside the tests`() throws {
        let binary = try #require(BuiltBinary.path)
        #expect(FileManager.default.isExecutableFile(atPath: binary))
    }

    @Test(arguments: names)
    func `the terminal shows what the transcript says`(name: String) throws {
        let binary = try #require(BuiltBinary.path, "nbgit is not beside the tests")
        let failure = try Transcript.failure(
            in: Self.folder.appendingPathComponent(name), binary: binary,
            isRecording: Transcript.isRecording)
        if let failure { Issue.record("\(name)\n\(failure)") }
    }
}
