internal import Notebook
internal import Platform
internal import Workspace

extension ConversionReport {
    /// The whole report: what `--json` prints.
    func summary(_ elapsed: Duration) -> JSONValue {
        var summary: JSONObject = [
            "operation": "convert", "ok": .bool(isSuccess),
            "message": sentence.json,
            "dry_run": .bool(mode != .write), "converted": converted.json,
            "unchanged": unchanged.json, "failed": failed.json,
            "seconds": .number(elapsed.secondsText), "files": .array(results),
        ]
        if Interrupt.isRequested { summary["interrupted"] = true }
        if let refusal { summary["error"] = refusal.json }
        return .object(summary)
    }
}

extension ConversionResult: JSONEncodable {
    /// `{"input": …, "output": …, "outcome": …}`; a stream is null.
    var json: JSONValue {
        var object: JSONObject = [
            "input": input.json, "output": output.json,
            "outcome": outcome.word.json,
        ]
        if let failure { object["error"] = failure.json }
        if !staleCells.isEmpty { object["stale_cells"] = staleCells.json }
        if let backup { object["backup"] = backup.json }
        if !notes.isEmpty {
            let notes: [JSONObject] = notes.map { note in
                [
                    "cell": note.cellNumber.json, "message": note.message.json,
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
