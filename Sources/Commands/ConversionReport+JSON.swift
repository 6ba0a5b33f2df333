internal import Notebook
internal import Platform
internal import Workspace

extension ConversionReport {
    /// The whole report: what `--json` prints.
    func summary(_ elapsed: Duration) -> JSONValue {
        var summary: JSONObject = [
            "operation": "convert", "ok": .bool(isSuccess),
            "message": .string(JSONString(sentence)),
            "dry_run": .bool(mode != .write), "converted": converted.json,
            "unchanged": unchanged.json, "failed": failed.json,
            "seconds": .number(elapsed.secondsText), "files": .array(results),
        ]
        if Interrupt.isRequested { summary["interrupted"] = true }
        if let refusal { summary["error"] = refusal.json }
        return .object(summary)
    }
}

extension ConversionResult {
    /// `{"input": …, "output": …, "outcome": …}`; a stream is null.
    var json: JSONValue {
        var object: JSONObject = [
            "input": input.json, "output": output.json,
            "outcome": .string(JSONString(outcome.word)),
        ]
        if let failure { object["error"] = failure.json }
        if !staleCells.isEmpty { object["stale_cells"] = .array(staleCells.map(\.json)) }
        if !notes.isEmpty {
            let notes: [JSONObject] = notes.map { note in
                [
                    "cell": note.cellNumber?.json ?? .null,
                    "message": .string(JSONString(note.message)),
                ]
            }
            object["notes"] = .array(notes.map { .object($0) })
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

extension Failure {
    /// `{"message": …}` and as much of the place and the hint as there is.
    fileprivate var json: JSONValue {
        var object: JSONObject = ["message": .string(JSONString(message))]
        object["path"] = path.map { Optional($0).json }
        object["line"] = line?.json
        object["column"] = column?.json
        object["byte"] = byteOffset?.json
        object["cell"] = cellNumber?.json
        object["hint"] = hint.map { .string(JSONString($0)) }
        return .object(object)
    }
}

extension Path? {
    /// The name; one that is not UTF-8 is shown as git quotes it.
    fileprivate var json: JSONValue {
        map { .string(JSONString($0.string ?? $0.displayName)) } ?? .null
    }
}

extension Int {
    fileprivate var json: JSONValue { .number(String(self)) }
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
