internal import Notebook
internal import Platform
internal import Workspace

/// Says what became of each pair, and sums up.
final class SyncReport {
    private let console: Console
    private let isCheck: Bool
    private let isJSON: Bool
    /// What hints begin with where a person has to decide.
    var stateWords = "nothing was written"
    private var results: [SyncResult] = []
    private var outputFailure: Failure?

    init(console: Console, isCheck: Bool, isJSON: Bool) {
        self.console = console
        self.isCheck = isCheck
        self.isJSON = isJSON
    }

    func add(_ result: SyncResult) {
        if let failure = result.failure, failure.isInterruption { return }
        results.append(result)
        if let failure = result.failure { return console.report(failure) }
        guard !isJSON || console.tellsWords else { return }
        if case .leftToOthers(let failure) = result.outcome { return tell(failure) }
        if let line = line(for: result) {
            tell(result, line)
        }
        if let backup = result.backup {
            console.say("  what it said before is in \(backup.displayName)")
        }
        whisperStaleCells(of: result)
    }

    func whisperStaleCells(of result: SyncResult) {
        guard !result.staleCells.isEmpty else { return }
        console.whisper(
            "\(result.notebook.displayName): outputs of older code in "
                + Self.cells(result.staleCells))
    }

    /// What '--check' finds is an answer; what was done is talk.
    private func tell(_ result: SyncResult, _ line: String) {
        if isCheck {
            guard outputFailure == nil else { return }
            do throws(Failure) { try console.put(line: line) } catch { outputFailure = error }
        } else if result.isInStep {
            console.say(line)
        } else {
            refuse(result, line)
        }
    }

    /// Other programs' pairs are mentioned, and nothing to worry about.
    private func tell(_ failure: Failure) {
        let name = failure.path.map { "\($0.displayName): " } ?? ""
        console.say("\(name)left alone: \(failure.message)")
    }

    /// A line for what happened; nil for a pair in step, of which only `-v` hears.
    private func line(for result: SyncResult) -> String? {
        if result.outcome == .unchanged, !console.isVerbose { return nil }
        let (notebook, script) = (result.notebook.displayName, result.script.displayName)
        let verb = isCheck ? "would be " : ""
        switch result.outcome {
        case .unchanged:
            console.whisper("\(notebook) and \(script) are in step")
            return nil
        case .created(let face): return "\(name(face, result)) \(verb)made"
        case .updated(let face): return "\(name(face, result)) \(verb)brought up to date"
        case .merged: return "\(notebook) and \(script) \(verb)merged"
        case .doubted:
            return "\(notebook) and \(script) differ in \(Self.places(result)), "
                + "and nobody knows which was changed"
        case .conflicting:
            return "\(notebook) and \(script) were both changed in "
                + Self.places(result)
        case .missing(let face):
            return "\(name(face, result)) is gone"
        case .renamed(let face, let old):
            return "\(name(face, result)) seems to be \(old.displayName), renamed"
        case .unrelated: return "\(notebook) has no script: \(script) is not one of a notebook"
        case .disowned(let other):
            return "\(script) names \(notebook) as its notebook, whose script is "
                + other.displayName
        case .differing: return "\(notebook) says something else than \(script)"
        case .leftToOthers, .failed: return nil
        }
    }

    private func name(_ face: PairUpdate.Face, _ result: SyncResult) -> String {
        (face == .notebook ? result.notebook : result.script).displayName
    }

    /// What a person has to decide, and the lines to type.
    private func refuse(_ result: SyncResult, _ line: String) {
        var failure = Failure(line)
        switch result.outcome {
        case .missing(let face):
            let other: PairUpdate.Face = face == .notebook ? .script : .notebook
            let name = name(other, result)
            failure.hint =
                "make it again with 'nbgit sync --prefer \(other.rawValue) \(name)', or end the pair "
                + "with 'nbgit unpair \(name)'"
        case .renamed(let face, _):
            let other: PairUpdate.Face = face == .notebook ? .script : .notebook
            failure.hint =
                "rename the other one to '\(name(other, result))' as well, or make a new one with "
                + "'nbgit sync --prefer \(face.rawValue) \(name(face, result))'"
        case .unrelated:
            let name = result.notebook.displayName
            failure.hint =
                "give it one of another name: nbgit pair --formats ipynb,_nb.py:percent '\(name)'"
        case .disowned:
            let name = result.script.displayName
            failure.hint = "delete it, or take that out of it: nbgit unpair '\(name)'"
        default:
            failure.hint =
                "\(stateWords); edit one of them, or say which to believe: "
                + "nbgit sync --prefer notebook|script \(result.notebook.displayName)"
        }
        console.note(failure)
    }

    private static func places(_ result: SyncResult) -> String {
        let numbers = result.conflictingCells
        guard !numbers.isEmpty else { return "their headers" }
        return cells(numbers) + (result.hasConflictingHeaders ? " and in their headers" : "")
    }

    private static func cells(_ numbers: [Int]) -> String {
        let list = numbers.map(String.init).joined(separator: ", ")
        return "cell\(numbers.count > 1 ? "s" : "") \(list)"
    }

    /// Says in one line what was changed.
    func sum(_ changes: [SyncResult]) {
        guard let first = changes.first else { return }
        if changes.count == 1 { return add(first) }
        for result in changes { line(for: result).map(console.whisper) }
        let names = changes.prefix(3).map { result in
            switch result.outcome {
            case .created(let face), .updated(let face): name(face, result)
            default: result.notebook.displayName
            }
        }
        let others = changes.count - names.count
        console.say(
            "brought into step: " + names.joined(separator: ", ")
                + (others > 0 ? " and \(others) more" : ""))
    }

    /// - Throws: ``Failure`` when standard output did not take everything.
    func finish(_ operation: String) throws(Failure) -> ExitCode {
        if let outputFailure { throw outputFailure }
        let failed = results.count { $0.failure != nil }
        let others = results.count(where: \.isLeftToOthers)
        let open = results.count { !$0.isInStep } - failed - others
        let changed = results.count(where: \.isChange)
        let isSuccess = failed == 0 && open == 0 && !Interrupt.isRequested
        if isJSON {
            try console.put(
                .object([
                    "operation": operation.json, "ok": isSuccess.json, "dry_run": isCheck.json,
                    "changed": changed.json,
                    "unchanged": (results.count - changed - open - failed - others).json,
                    "open": open.json, "failed": failed.json, "pairs": results.json,
                ]))
            guard console.tellsWords else { return exitCode }
        }
        if results.isEmpty {
            console.say("no pairs here")
            console.suggest("pair a notebook with its script: nbgit pair <notebook>")
        } else if results.count > 1 || changed + open + failed + others == 0 {
            console.say(sentence(changed: changed, open: open, failed: failed))
        }
        return exitCode
    }

    /// What came of all pairs together.
    var exitCode: ExitCode {
        if Interrupt.isRequested || results.contains(where: { $0.failure != nil }) {
            return .failed
        }
        let isOpen = results.contains {
            !$0.isInStep && !$0.isLeftToOthers || isCheck && $0.isChange
        }
        return isOpen ? .no : .done
    }

    private func sentence(changed: Int, open: Int, failed: Int) -> String {
        let others = results.count(where: \.isLeftToOthers)
        let same = results.count - changed - open - failed - others
        let parts = [
            changed > 0 ? "\(changed) \(isCheck ? "to bring" : "brought") into step" : nil,
            same > 0 ? "\(same) in step" : nil, open > 0 ? "\(open) to decide" : nil,
            failed > 0 ? "\(failed) failed" : nil, others > 0 ? "\(others) left alone" : nil,
        ]
        return "pairs: " + parts.compactMap(\.self).joined(separator: ", ")
    }
}

extension SyncResult: JSONEncodable {
    /// `{"notebook": …, "script": …, "outcome": …}` and as much else as there is.
    var json: JSONValue {
        var object: JSONObject = [
            "notebook": notebook.json, "script": script.json, "outcome": outcome.word.json,
        ]
        if !conflictingCells.isEmpty { object["conflicting_cells"] = conflictingCells.json }
        if hasConflictingHeaders { object["conflicting_headers"] = true.json }
        if !staleCells.isEmpty { object["stale_cells"] = staleCells.json }
        object["backup"] = backup?.json
        object["error"] = failure?.json
        return .object(object)
    }
}

extension SyncResult.Outcome {
    fileprivate var word: String {
        switch self {
        case .unchanged: "unchanged"
        case .created(let face): "\(face.rawValue)_created"
        case .updated(let face): "\(face.rawValue)_updated"
        case .merged: "merged"
        case .doubted: "doubted"
        case .conflicting: "conflicting"
        case .missing(let face): "\(face.rawValue)_missing"
        case .renamed(let face, _): "\(face.rawValue)_renamed"
        case .unrelated: "unrelated"
        case .disowned: "disowned"
        case .differing: "differing"
        case .leftToOthers: "left_to_others"
        case .failed: "failed"
        }
    }
}
