internal import Arguments
internal import Git
internal import Notebook
internal import Platform
internal import Workspace

/// `nbgit status`: what changed, and what in the notebooks.
struct ShowStatus: Runnable {
    var isJSON = false

    static let spec = CommandSpec<ShowStatus>(
        summary: "Show what changed since the last commit",
        discussion: """
            Of a changed notebook it says whether its source changed, only its outputs, or only its metadata, and \
            whether the script beside it lacks something; and which pairs 'nbgit sync' would bring into step. \
            Nothing is written, not even the index.
            """,
        examples: ["nbgit status": "Show staged, unstaged and untracked files"],
        parameters: [.flag("json", \.isJSON, help: "Print a report as JSON")])

    func run(in context: Context) throws(Failure) -> ExitCode {
        let checkout = try Checkout(environment: context.environment)
        context.console.follow(checkout, command: "status")
        let report = try checkout.status()
        for failure in report.passedOver { context.console.note(failure) }
        if isJSON {
            var object = try checkout.facts(environment: context.environment).object
            object.add(report.object)
            try context.console.put(.object(object))
        }
        if context.console.tellsWords {
            let text = StatusText(report, checkout: checkout, style: context.console.outputStyle)
            try context.console.put(Array(text.lines.map { $0 + "\n" }.joined().utf8))
        }
        return .done
    }
}

/// The lines that a person reads.
private struct StatusText {
    private let report: StatusReport
    private let checkout: Checkout
    private let style: Style
    private(set) var lines: [String] = []

    init(_ report: StatusReport, checkout: Checkout, style: Style) {
        self.report = report
        self.checkout = checkout
        self.style = style
        let status = report.status
        lines.append(status.headline)
        if let operation = status.operation {
            lines.append(operation.advice(hasConflicts: !status.conflicts.isEmpty))
        }
        add(
            "in conflict", .removed,
            status.conflicts.map { ($0.words(in: status.operation), shown($0.path), "") })
        add("staged", .added, status.files.compactMap(stagedRow))
        add("not staged", .removed, status.files.compactMap(unstagedRow))
        add("untracked", .removed, status.untracked.map { ("", shown($0), "") })
        add("not in step", .removed, report.pairs.map(row))
        if status.isClean, report.pairs.isEmpty { lines.append("nothing changed") }
    }

    private typealias Row = (word: String, name: String, note: String)

    private func stagedRow(_ file: Status.File) -> Row? {
        guard let change = file.staged else { return nil }
        let notebook = report.notebooks[file.path]
        // What is to be said of the file on the disk is said once.
        let script = file.unstaged == nil ? script(of: notebook) : nil
        return (change.kind.word, name(change), note(notebook?.staged, script))
    }

    private func row(of pair: SyncResult) -> Row {
        let (notebook, script) = (pair.notebook.displayName, pair.script.displayName)
        return switch pair.outcome {
        case .updated(.script): ("", script, "behind \(notebook)")
        case .updated(.notebook): ("", notebook, "behind \(script)")
        case .merged: ("", "\(notebook) and \(script)", "both changed")
        default: ("", "\(notebook) and \(script)", "they say different things")
        }
    }

    private func unstagedRow(_ file: Status.File) -> Row? {
        guard let change = file.unstaged else { return nil }
        let notebook = report.notebooks[file.path]
        let isDirty = report.dirtySubmodules.contains(file.path)
        let words =
            isDirty
            ? "changes of its own; commit them there"
            : note(notebook?.unstaged, script(of: notebook))
        return (change.kind.word, name(change), words)
    }

    private mutating func add(_ title: String, _ role: Style.Role, _ rows: [Row]) {
        guard !rows.isEmpty else { return }
        lines.append("")
        lines.append("\(title):")
        let width = rows.map(\.word.count).max() ?? 0
        for row in rows {
            let word = width == 0 ? "" : row.word.padded(to: width) + "  "
            let note = row.note.isEmpty ? "" : "  (\(row.note))"
            lines.append("  " + style.text(word + row.name, role) + note)
        }
    }

    private func shown(_ path: Path) -> String {
        let text = checkout.shown(path).displayName
        return path.bytes.last == UInt8(ascii: "/") && !text.hasSuffix("/") && !text.hasSuffix("\"")
            ? text + "/" : text
    }

    private func name(_ change: FileChange) -> String {
        guard change.kind == .renamed, let old = change.old else { return shown(change.path) }
        return "\(shown(old.path)) -> \(shown(change.path))"
    }

    private func note(_ change: NotebookChange?, _ script: String?) -> String {
        [change?.words, script].compactMap(\.self).joined(separator: "; ")
    }

    private func script(of notebook: NotebookStatus?) -> String? {
        notebook?.script.flatMap { $0.isBehind ? "\(shown($0.path)) is behind" : nil }
    }
}

extension Status {
    /// Where one is: `on branch main, 1 ahead of 'origin/main'`.
    var headline: String {
        if let rebase { return rebase.sentence }
        var line =
            switch head {
            case .branch(let name, _): "on branch \(name.short.displayName)"
            case .unborn(let name): "on branch \(name.short.displayName), which has no commit yet"
            case .detached(let commit): "at commit \(commit.abbreviated), on no branch"
            }
        guard let upstream else { return line }
        let name = upstream.name.printable
        guard let distance = upstream.distance else {
            return line + ", whose upstream '\(name)' is gone"
        }
        switch (distance.ahead, distance.behind) {
        case (0, 0): line += ", up to date with '\(name)'"
        case (let ahead, 0): line += ", \(ahead) ahead of '\(name)'"
        case (0, let behind): line += ", \(behind) behind '\(name)'"
        case (let ahead, let behind): line += ", \(ahead) ahead of '\(name)' and \(behind) behind"
        }
        return line
    }
}

extension RebaseProgress {
    /// Such as `rebasing main, at 2 of 3: 1a2b3c4 Add a chart`.
    fileprivate var sentence: String {
        let name = branch?.short.displayName ?? "what is on no branch"
        let place = number > 0 && total > 0 ? ", at \(number) of \(total)" : ""
        return "rebasing \(name)\(place)" + (stopped.map { ": your commit \($0.line)" } ?? "")
    }
}

extension Status.Conflict {
    /// Who did what: 'us' is the branch that is worked on, in a rebase too, where git calls it 'them'.
    func words(in operation: Git.Operation?) -> String {
        let (ours, theirs) = operation == .rebase ? (theirs, ours) : (ours, theirs)
        return switch (base != nil, ours != nil, theirs != nil) {
        case (true, false, false): "both deleted"
        case (false, true, false): "added by us"
        case (true, true, false): "deleted by them"
        case (false, false, true): "added by them"
        case (true, false, true): "deleted by us"
        case (false, true, true): "both added"
        default: "both modified"
        }
    }
}

extension FileChange.Kind {
    var word: String {
        switch self {
        case .added: "new"
        case .deleted: "deleted"
        case .modified: "modified"
        case .typeChanged: "type changed"
        case .renamed: "renamed"
        }
    }
}

extension NotebookChange {
    var words: String {
        switch self {
        case .source: "source"
        case .beside(let parts): parts.words + " only"
        case .nothing: "nothing that git stores"
        case .spelling: "spelling of the JSON only"
        case .unreadable(let error): "not readable as a notebook: \(error.message.printable)"
        }
    }
}

extension NotebookDifference.Parts {
    /// What changed beside the source; that a cell ran is known by its outputs.
    fileprivate var words: String {
        let isMetadata = !isDisjoint(with: [.metadata, .version])
        return [
            contains(.outputs) ? "outputs" : contains(.runs) ? "execution counts" : nil,
            isMetadata ? "metadata" : nil,
        ].compactMap(\.self).joined(separator: " and ")
    }
}

extension String {
    /// The text with spaces behind it, at least `width` characters in all.
    func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(width - count, 0))
    }
}

// MARK: JSON

extension RepositoryFacts {
    /// `{"operation": "status", "ok": true, "name": …, "path": …, "url": …, "provider": …, …}`.
    fileprivate var object: JSONObject {
        [
            "operation": "status", "ok": true, "name": name.json, "path": path.json,
            "url": (url?.description).json, "provider": (provider?.rawValue).json,
            "connection": connection.json, "read_only": isReadOnly.json,
        ]
    }
}

extension StatusReport {
    /// `{"branch": …, "commit": …, "upstream": …, "in_progress": …, "clean": …, "files": […], …}`.
    fileprivate var object: JSONObject {
        var object: JSONObject = [
            "branch": (status.head.branch?.short).json,
            "commit": (status.head.commit?.description).json,
            "upstream": status.upstream.json, "in_progress": (status.operation?.rawValue).json,
            "clean": status.isClean.json,
            "files": .array(
                status.files.map { file in
                    var object = file.object
                    object["notebook"] = notebooks[file.path]?.json
                    return .object(object)
                }),
            "conflicts": .array(
                status.conflicts.map {
                    .object([
                        "path": $0.path.json, "kind": $0.words(in: status.operation).json,
                    ])
                }), "untracked": status.untracked.json,
        ]
        if !pairs.isEmpty { object["pairs"] = pairs.json }
        return object
    }
}

extension Upstream: JSONEncodable {
    /// `{"name": "origin/main", "ahead": 1, "behind": 0}`; the numbers are null when it is gone.
    var json: JSONValue {
        .object([
            "name": name.json, "ahead": (distance?.ahead).json, "behind": (distance?.behind).json,
        ])
    }
}

extension Status.File {
    fileprivate var object: JSONObject {
        var object: JSONObject = ["path": path.json]
        if staged?.kind == .renamed { object["old_path"] = (staged?.old?.path).json }
        object["staged"] = (staged?.kind.word).json
        object["unstaged"] = (unstaged?.kind.word).json
        return object
    }
}

extension NotebookStatus: JSONEncodable {
    var json: JSONValue {
        .object([
            "staged": (staged?.words).json, "unstaged": (unstaged?.words).json,
            "script": (script?.path).json, "script_behind": (script?.isBehind).json,
        ])
    }
}
