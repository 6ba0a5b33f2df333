import Foundation
import Support
import Testing

@testable import Notebook

/// Random histories of a pair: people edit either face, or both, and bring them into step.
///
/// Every line that somebody writes is a word of its own, so that it can be asked whether it is still there.
/// `NBGIT_PROPERTY_CASES=10000 swift test --filter PairHistoryTests` asks for more: 1,000 histories of 8 steps.
@Suite struct PairHistoryTests {
    private static let caseCount = CaseCount.ofNotebooks(100)

    @Test func `no line that a person wrote is lost, and equal faces stay equal`() throws {
        for seed in 1...max(Self.caseCount / 10, 1) {
            var history = PairHistory(seed: UInt64(seed))
            for step in 0..<8 {
                history.edit()
                if let problem = try history.bringIntoStep() {
                    Issue.record("seed \(seed), step \(step): \(problem)")
                    return
                }
            }
        }
    }
}

/// A notebook, its script, what they agreed on, and what people wrote.
private struct PairHistory {
    private var random: SplitMix64
    private var notebook: [UInt8]
    private var script: [UInt8]
    private var agreement: PairUpdate.Agreement?
    private var count = 0
    /// Words that nobody took away from a face that had them.
    private var wanted: Set<String> = []
    private var kept: Set<String> = []

    init(seed: UInt64) {
        random = SplitMix64(seed: seed)
        let cells = (0..<3).map {
            #"{"cell_type":"code","execution_count":null,"id":"c\#($0)","metadata":{},"outputs":[],"source":["start\#($0) = 0\n","second\#($0) = 0"]}"#
        }
        let text =
            #"{"cells":[\#(cells.joined(separator: ","))],"metadata":{"kernelspec":{"display_name":"P","language":"python","name":"python3"}},"nbformat":4,"nbformat_minor":5}"#
        notebook = Array(text.utf8)
        script = []
        if let reader = try? NotebookReader(notebook) {
            script = PercentWriter.script(of: reader.notebook, language: Languages.python).bytes
        }
        agreement = try? PairUpdate.Agreement(of: notebook, and: script)
    }

    private mutating func newWord() -> String {
        count += 1
        wanted.insert("word\(count)x")
        return "word\(count)x"
    }

    // MARK: Edits

    mutating func edit() {
        switch random.below(10) {
        case 0: run()
        case 1...3: editNotebook()
        case 4...6: editScript()
        case 7: break
        default:
            editNotebook()
            editScript()
        }
    }

    private mutating func run() {
        edit { cells, random in
            guard let place = cells.indices.randomElement(using: &random) else { return }
            cells[place]["execution_count"] = .number("\(random.below(100))")
            cells[place]["outputs"] = .array([
                .object(["output_type": "stream", "name": "stdout", "text": "ran"])
            ])
        }
    }

    private mutating func editNotebook() {
        let word = newWord()
        let kind = random.below(4)
        edit { cells, random in
            let place = cells.isEmpty ? 0 : random.below(cells.count)
            if kind == 0 || cells.isEmpty {
                cells.insert(
                    [
                        "cell_type": "code", "execution_count": .null,
                        "id": .string(JSONString("n\(word)")), "metadata": .object([:]),
                        "outputs": .array([]), "source": .string(JSONString("\(word) = 1")),
                    ], at: random.below(cells.count + 1))
            } else if kind == 1, cells.count > 1 {
                let cell = cells.remove(at: place)
                cells.insert(cell, at: random.below(cells.count + 1))
                cells[0]["source"] = .string(Self.adding(word, to: cells[0], &random))
            } else if kind == 2, cells.count > 1 {
                cells.remove(at: place)
                cells[0]["source"] = .string(Self.adding(word, to: cells[0], &random))
            } else {
                cells[place]["source"] = .string(Self.adding(word, to: cells[place], &random))
            }
        }
    }

    private static func adding(
        _ word: String, to cell: JSONObject, _ random: inout SplitMix64
    ) -> JSONString {
        var text: [UInt8] = []
        for part in cell["source"]?.array ?? cell["source"].map({ [$0] }) ?? [] {
            if case .string(let part) = part { text += part.utf8 }
        }
        var lines = text.split(separator: .lineFeed).map { String(decoding: $0, as: UTF8.self) }
        lines.insert("\(word) = 1", at: random.below(lines.count + 1))
        return JSONString(lines.joined(separator: "\n"))
    }

    /// Edits the cells; words that vanish were taken away by a person.
    private mutating func edit(_ change: (inout [JSONObject], inout SplitMix64) -> Void) {
        let before = words(notebook)
        guard let text = try? JSONText(notebook), var root = text.root.value.object,
            var cells = root["cells"]?.array?.compactMap(\.object)
        else { return }
        change(&cells, &random)
        root["cells"] = .array(cells.map { .object($0) })
        notebook = JSONWriter.block(.object(root))
        wanted.subtract(before.subtracting(words(notebook)))
    }

    private mutating func editScript() {
        let before = words(script)
        var lines = String(decoding: script, as: UTF8.self).split(
            separator: "\n", omittingEmptySubsequences: false
        ).map(String.init)
        let first = lines.firstIndex { $0.hasPrefix("# %%") } ?? lines.count
        let place = first + 1 + random.below(max(lines.count - first, 1))
        let word = newWord()
        switch random.below(4) {
        case 0:
            lines.insert(contentsOf: ["", "# %%", "\(word) = 1", ""], at: min(place, lines.count))
        case 1 where lines.count > first + 4 && place < lines.count && !lines[place].hasPrefix("#"):
            lines[place] = "\(word) = 1"
        default: lines.insert("\(word) = 1", at: min(place, lines.count))
        }
        script = Array(lines.joined(separator: "\n").utf8)
        wanted.subtract(before.subtracting(words(script)))
    }

    private func words(_ bytes: [UInt8]) -> Set<String> {
        // In JSON a line feed is a backslash and a letter.
        let text = String(decoding: bytes, as: UTF8.self).replacing("\\n", with: " ")
        return Set(
            text.split { !$0.isLetter && !$0.isNumber }.map(String.init).filter {
                $0.hasPrefix("word") && $0.hasSuffix("x")
            })
    }

    // MARK: Steps

    /// Brings both into step; what a preferred face goes over is kept, as the program does.
    ///
    /// - Returns: What is wrong, or nil.
    mutating func bringIntoStep() throws -> String? {
        let forgets = random.chance(5)
        var update = try PairUpdate(
            since: forgets ? nil : agreement, notebook: notebook, script: script,
            language: Languages.python)
        if update.outcome == .doubted || update.outcome == .conflicting {
            guard update.notebook == notebook, update.script == script else {
                return "something was written though nobody decided"
            }
            guard random.chance(60) else { return missing() }
            update = try PairUpdate(
                since: forgets ? nil : agreement, notebook: notebook, script: script,
                language: Languages.python, preferring: random.pick([.notebook, .script]))
        }
        if let face = update.overruled {
            kept.formUnion(words(face == .notebook ? notebook : script))
        }
        let outputs = Self.ranCells(notebook)
        notebook = update.notebook
        script = update.script
        agreement = try PairUpdate.Agreement(of: notebook, and: script)
        guard
            Self.ranCells(notebook) >= min(outputs, 1) || outputs == 0 || update.overruled != nil
                || update.outcome != .followed(.notebook)
        else { return "outputs were lost" }
        let again = try PairUpdate(
            since: agreement, notebook: notebook, script: script, language: Languages.python)
        guard again.outcome == .agreed else { return "not in step afterwards: \(again.outcome)" }
        let blind = try PairUpdate(
            since: nil, notebook: notebook, script: script, language: Languages.python)
        guard blind.outcome == .agreed else { return "faces differ afterwards" }
        return missing()
    }

    private static func ranCells(_ notebook: [UInt8]) -> Int {
        String(decoding: notebook, as: UTF8.self).split(separator: "\"ran\"").count - 1
    }

    private func missing() -> String? {
        let there = words(notebook).union(words(script)).union(kept)
        let lost = wanted.subtracting(there)
        return lost.isEmpty ? nil : "\(lost.sorted()) is lost"
    }
}
