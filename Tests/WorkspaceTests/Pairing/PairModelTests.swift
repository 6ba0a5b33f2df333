import Foundation
import Support
import Testing

/// Random histories of a pair in a repository, with the real git: see ``PairModel``.
///
/// `NBGIT_HISTORIES=10000 swift test --filter PairModelTests` tries as many; `NBGIT_HISTORY_SEED` begins elsewhere.
@Suite struct PairModelTests {
    private static func number(_ name: String) -> Int? {
        ProcessInfo.processInfo.environment[name].flatMap { Int($0) }
    }

    @Test func `no text is lost, and times of files decide nothing`() throws {
        let first = Self.number("NBGIT_HISTORY_SEED") ?? 1
        for seed in first..<(first + (Self.number("NBGIT_HISTORIES") ?? 30)) {
            let histories = try [false, true].map { try Self.history(seed, scramblesTimes: $0) }
            if let problem = histories.compactMap(\.problem).first {
                let lines = histories.first { $0.problem != nil }?.trace ?? []
                Issue.record("seed \(seed): \(problem)\n\(lines.joined(separator: "\n"))")
            } else if histories[0].trace != histories[1].trace {
                let number = zip(histories[0].trace, histories[1].trace).prefix { $0 == $1 }.count
                let lines = histories.map { $0.trace.dropFirst(number).first ?? "" }
                let before = histories[0].trace.prefix(number).joined(separator: "\n")
                Issue.record("seed \(seed): times decided: \(lines)\n\(before)")
            }
        }
    }

    private static func history(
        _ seed: Int, scramblesTimes: Bool
    ) throws -> (problem: String?, trace: [String]) {
        var model = try PairModel(seed: UInt64(seed), scramblesTimes: scramblesTimes)
        for _ in 0..<14 {
            if let problem = try model.step() { return (problem, model.trace) }
        }
        if let problem = try model.bringIntoStep(preferring: nil) ?? model.wordsLostByGit() {
            return (problem, model.trace)
        }
        let files = try model.contents().sorted { $0.key < $1.key }
        return (
            nil,
            model.trace + files.map { "\($0.key): \(String(decoding: $0.value, as: UTF8.self))" }
        )
    }
}
