import Foundation
import Support
import Testing

/// What `--json` prints, wherever a transcript shows it.
@Suite struct ReportTests {
    /// The objects that commands print with `--json`, each with the transcript it is in.
    private static func reports(in name: String) throws -> [[String: Any]] {
        let file = TranscriptTests.folder.appendingPathComponent(name)
        let transcript = try Transcript(parsing: String(contentsOf: file, encoding: .utf8))
        let steps = transcript.steps.filter { $0.command.contains("--json") }
        let lines = steps.flatMap { $0.output.split(separator: "\n") }
            .filter { $0.hasPrefix("{") && $0.hasSuffix("}") }
        return lines.compactMap { line in
            // Some transcripts hide what they measure.
            let line = line.replacing("\"seconds\": …", with: "\"seconds\": 0")
            return try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
        }.filter { $0["cells"] == nil }
    }

    @Test func `every report has the same five things in it`() throws {
        let names = Fixtures.files(below: TranscriptTests.folder).filter { $0.hasSuffix(".txt") }
        var count = 0
        for name in names {
            for report in try Self.reports(in: name) {
                count += 1
                #expect(report["operation"] is String, "\(name)")
                #expect(report["repository"] is String || report["repository"] is NSNull, "\(name)")
                #expect(report["ok"] is Bool, "\(name)")
                #expect((report["message"] as? String)?.isEmpty == false, "\(name)")
                #expect(report["seconds"] is NSNumber, "\(name)")
            }
        }
        #expect(count > 60)
    }
}
