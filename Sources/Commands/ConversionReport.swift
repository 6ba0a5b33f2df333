internal import Notebook
internal import Platform
internal import Workspace

/// Says what became of each file, and sums up.
final class ConversionReport {
    /// Whether files are written, and what is said of those that are not.
    enum Mode {
        case write
        /// Say what would be written.
        case dry
        /// Say what would change; the answer is the exit code.
        case check
        /// The same, and show it.
        case difference
    }

    private let console: Console
    private let mode: Mode
    private let isJSON: Bool
    /// Whether the results themselves go to standard output.
    private let writesData: Bool
    /// The number of files, once it is known.
    var total = 0
    private var results: [JSONValue] = []
    private var done = 0
    private var converted = 0
    private var unchanged = 0
    private var failed = 0
    private var outputFailure: Failure?

    init(console: Console, mode: Mode, isJSON: Bool, writesData: Bool) {
        self.console = console
        self.mode = mode
        self.isJSON = isJSON
        self.writesData = writesData
    }

    func add(_ result: ConversionResult) {
        if isJSON { results.append(result.json) }
        for note in result.notes { console.report(note, about: result.input) }
        switch result.outcome {
        case .failed(let failure):
            failed += 1
            console.report(failure)
        case .produced(let bytes):
            converted += 1
            put(bytes)
        case .unchanged:
            unchanged += 1
            if mode == .write { tell("unchanged", result.output) }
        case .created, .replaced:
            converted += 1
            tellChange(result)
        }
        done += 1
        console.progress(done, of: total, "converting")
    }

    private func tellChange(_ result: ConversionResult) {
        switch mode {
        case .write: tell("wrote", result.output)
        case .dry, .check:
            guard let output = result.output, !isJSON else { return }
            put(Array("would write \(output.displayName)\n".utf8))
        case .difference:
            guard let output = result.output, let difference = result.difference, !isJSON else {
                return
            }
            put(console.show(difference, of: output, isNew: result.outcome == .created))
        }
        if !result.staleCells.isEmpty, mode == .write {
            console.whisper(staleNote(result.staleCells))
        }
    }

    private func staleNote(_ cells: [Int]) -> String {
        let list = cells.map(String.init).joined(separator: ", ")
        return "outputs of cells whose code changed: \(list)"
    }

    /// A single file is told of; of many only with `-v`.
    private func tell(_ verb: String, _ path: Path?) {
        guard let path, !isJSON else { return }
        let line = "\(verb) \(path.displayName)"
        if total == 1 { console.say(line) } else { console.whisper(line) }
    }

    private func put(_ bytes: [UInt8]) {
        guard outputFailure == nil else { return }
        do throws(Failure) { try console.put(bytes) } catch { outputFailure = error }
    }

    /// - Throws: ``Failure`` when standard output did not take everything.
    func finish(elapsed: Duration) throws(Failure) -> ExitCode {
        if let outputFailure { throw outputFailure }
        console.clearProgress()
        if isJSON {
            try console.put(JSONValue.object(summary(elapsed)).line + [UInt8(ascii: "\n")])
        } else if done == 0 {
            console.say("nothing to convert")
        } else if done > 1, !writesData {
            console.say(sentence)
        }
        guard failed == 0 else { return .failed }
        let answersNo = (mode == .check || mode == .difference) && converted > 0
        return answersNo ? .no : .done
    }

    private var sentence: String {
        let verb = mode == .write ? "converted" : "would convert"
        let parts = [
            "\(verb) \(converted)", unchanged > 0 ? "unchanged \(unchanged)" : nil,
            failed > 0 ? "failed \(failed)" : nil,
        ]
        return parts.compactMap(\.self).joined(separator: ", ")
    }

    private func summary(_ elapsed: Duration) -> JSONObject {
        [
            "operation": "convert", "ok": .bool(failed == 0),
            "message": .string(JSONString(sentence)),
            "converted": .number(String(converted)), "unchanged": .number(String(unchanged)),
            "failed": .number(String(failed)), "seconds": .number(elapsed.secondsText),
            "files": .array(results),
        ]
    }
}

extension ConversionResult {
    /// `{"input": …, "output": …, "outcome": …}`; a name that is not UTF-8 is shown as git quotes it.
    fileprivate var json: JSONValue {
        var object: JSONObject = [
            "input": input.json, "output": output.json,
            "outcome": .string(JSONString(outcome.word)),
        ]
        if let failure {
            object["error"] = .string(JSONString(failure.sentence))
            object["hint"] = failure.hint.map { .string(JSONString($0)) }
        }
        if !staleCells.isEmpty {
            object["stale_cells"] = .array(staleCells.map { .number(String($0)) })
        }
        if !notes.isEmpty {
            object["notes"] = .array(
                notes.map { note in
                    [
                        "cell": note.cellNumber.map { .number(String($0)) } ?? .null,
                        "message": .string(JSONString(note.message)),
                    ]
                }.map { JSONValue.object($0) })
        }
        return .object(object)
    }
}

extension ConversionResult.Outcome {
    fileprivate var word: String {
        switch self {
        case .created: "created"
        case .replaced: "replaced"
        case .unchanged: "unchanged"
        case .produced: "produced"
        case .failed: "failed"
        }
    }
}

extension Path? {
    fileprivate var json: JSONValue {
        map { .string(JSONString($0.string ?? $0.displayName)) } ?? .null
    }
}

extension Duration {
    /// Seconds with three decimals, as a JSON number.
    var secondsText: String {
        let milliseconds =
            components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
        let rest = String(milliseconds % 1000)
        return "\(milliseconds / 1000).\(String(repeating: "0", count: 3 - rest.utf8.count))\(rest)"
    }
}
