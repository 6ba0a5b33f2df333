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
    let mode: Mode
    private let isJSON: Bool
    /// Whether the results themselves go to standard output.
    private let writesData: Bool
    /// The number of files, once it is known.
    var total = 0
    /// What to try when there was nothing to convert.
    var hint: String?
    private(set) var results: [JSONValue] = []
    private var done = 0
    private(set) var converted = 0
    private(set) var unchanged = 0
    private(set) var failed = 0
    /// Why nothing was begun.
    private(set) var refusal: Failure?
    private var outputFailure: Failure?

    init(console: Console, mode: Mode, isJSON: Bool, writesData: Bool) {
        self.console = console
        self.mode = mode
        self.isJSON = isJSON
        self.writesData = writesData
    }

    /// Says why the request as a whole cannot be met.
    func refuse(_ failure: Failure) {
        refusal = failure
        console.report(failure)
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
            if mode != .difference { tell("unchanged", result.output) }
        case .created, .replaced:
            converted += 1
            tellChange(result)
        }
        done += 1
        console.progress(done, of: total, "converting")
    }

    private func tellChange(_ result: ConversionResult) {
        switch mode {
        case .write:
            tell("wrote", result.output)
            if let backup = result.backup, !isJSON {
                let name = total == 1 ? "it" : result.output?.displayName ?? "it"
                console.say("  what \(name) said before is in \(backup.displayName)")
            }
        case .dry, .check:
            guard let output = result.output, console.tellsWords else { return }
            put(Array("would write \(output.displayName)\n".utf8))
        case .difference:
            guard console.tellsWords, let output = result.output,
                let difference = result.difference
            else { return }
            put(console.show(difference, of: output, isNew: result.outcome == .created))
        }
        if mode == .write, let output = result.output, !result.staleCells.isEmpty {
            console.whisper(staleNote(result.staleCells, in: output))
        }
    }

    private func staleNote(_ cells: [Int], in path: Path) -> String {
        let list = cells.map(String.init).joined(separator: ", ")
        return
            "\(path.displayName): outputs of older code in cell\(cells.count > 1 ? "s" : "") \(list)"
    }

    /// A single file is told of; of many only with `-v`.
    private func tell(_ verb: String, _ path: Path?) {
        guard let path, console.tellsWords, total == 1 || console.isVerbose else { return }
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
        if isJSON { try console.put(summary(elapsed)) }
        if !console.tellsWords {
            // The report says it.
        } else if total == 0, refusal == nil {
            console.say(sentence)
            if let hint { console.suggest(hint) }
        } else if total > 1, !writesData {
            console.say(sentence)
        }
        guard isSuccess else { return .failed }
        let answersNo = (mode == .check || mode == .difference) && converted > 0
        return answersNo ? .no : .done
    }

    var isSuccess: Bool { failed == 0 && refusal == nil && !Interrupt.isRequested }

    /// What came of it all: `converted 298, unchanged 1, failed 1`.
    var sentence: String {
        if let refusal { return refusal.message }
        if total == 0 { return "nothing to convert" }
        let verb = mode == .write ? "converted" : "would convert"
        let parts = [
            Interrupt.isRequested
                ? "interrupted: \(verb) \(converted) of \(total)" : "\(verb) \(converted)",
            unchanged > 0 ? "unchanged \(unchanged)" : nil, failed > 0 ? "failed \(failed)" : nil,
        ]
        return parts.compactMap(\.self).joined(separator: ", ")
    }
}
