import Foundation
import Support
import Testing

/// The real Jupyter, of `Scripts/install-dependencies programs`.
enum Jupyter {
    /// The folder of its programs.
    static let programs = projectRoot.appendingPathComponent(".build/programs/bin").path
    private static let python = "\(programs)/python"

    /// Whether these modules of Python are there.
    static func has(_ modules: String) -> Bool {
        let finished = try? Support.run(
            [python, "-c", "import \(modules)"], in: "/", environment: ["HOME": "/nonexistent"])
        return finished?.status == 0
    }

    /// Runs a script beside this file: it is told its steps as JSON on standard input, and answers in JSON.
    static func run<Step: Encodable, Answer: Decodable>(
        _ script: String, _ steps: Step, in folder: String, _ sandbox: GitSandbox
    ) throws -> Answer {
        let place = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        let finished = try Support.run(
            [python, place.appendingPathComponent(script).path], in: folder,
            environment: sandbox.environment, input: Array(JSONEncoder().encode(steps)))
        #expect(finished.status == 0, "\(finished.errorText)")
        return try JSONDecoder().decode(Answer.self, from: Data(finished.output))
    }
}
