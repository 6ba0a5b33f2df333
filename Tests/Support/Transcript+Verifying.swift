public import Foundation

extension Transcript {
    /// Plays the transcript in a file and says what is different, or `nil` when nothing is.
    ///
    /// - Parameters:
    ///   - file: The transcript's file.
    ///   - binary: The path of the program under test.
    ///   - stage: What the commands meet.
    ///   - isRecording: Whether to rewrite the file with what happened and be content.
    /// - Returns: What a person needs to see why it failed.
    /// - Throws: ``TranscriptError`` for a file that is none; an error of the system.
    public static func failure(
        in file: URL, binary: String, on stage: Stage = Stage(), isRecording: Bool
    ) throws -> String? {
        let expected = try Transcript(parsing: String(contentsOf: file, encoding: .utf8))
        let actual = try expected.played(with: binary, on: stage)
        guard actual != expected else { return nil }
        if isRecording {
            try Data(actual.text.utf8).write(to: file, options: .atomic)
            return nil
        }
        let difference = lineDifference(from: expected.text, to: actual.text)
        guard expected.isNew else { return difference }
        return "this transcript is new; record it with NBGIT_RECORD=1, then read it\n\(difference)"
    }

    /// Whether the person asked to record: `NBGIT_RECORD=1`.
    public static var isRecording: Bool {
        ProcessInfo.processInfo.environment["NBGIT_RECORD"] == "1"
    }
}
