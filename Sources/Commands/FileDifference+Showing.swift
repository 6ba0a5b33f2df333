internal import Git
internal import Notebook
internal import Platform
internal import Workspace

extension Console {
    /// A file's difference in git's format.
    func show(_ difference: FileDifference) -> [UInt8] {
        var text: [UInt8] = []
        for line in difference.headLines { append(line, .strong, to: &text) }
        switch difference.content {
        case .same: break
        case .binary: append(difference.binaryLine, .strong, to: &text)
        case .text(let patch):
            appendNames(of: difference, to: &text)
            appendHunks(of: patch, to: &text)
        case .brokenNotebook(let patch, let error):
            append(
                "not readable as a notebook: \(error.place)\(error.message.printable)", .note,
                to: &text)
            appendJSON(patch, of: difference, to: &text)
        case .notebook(let diff, let parts):
            if !diff.hunks.isEmpty { appendNames(of: difference, to: &text) }
            appendHunks(of: diff, to: &text)
            for line in parts?.lines(besides: diff) ?? [] { append(line, .note, to: &text) }
        }
        return text
    }

    /// A few short lines of JSON tell what happened; many tell nobody anything.
    private func appendJSON(
        _ patch: TextPatch, of difference: FileDifference, to text: inout [UInt8]
    ) {
        let lines = patch.hunks.flatMap(\.lines)
        let (mostLines, mostBytes) = (40, 1_000)
        guard lines.count > mostLines || lines.contains(where: { $0.byteCount > mostBytes }) else {
            appendNames(of: difference, to: &text)
            return appendHunks(of: patch, to: &text)
        }
        append(
            "\(lines.count) lines of JSON are left out; 'git diff' shows them", .note, to: &text)
    }

    private func appendNames(of difference: FileDifference, to text: inout [UInt8]) {
        let change = difference.change
        append("--- \(change.old.map { $0.closed("a/") } ?? "/dev/null")", .strong, to: &text)
        append("+++ \(change.new.map { $0.closed("b/") } ?? "/dev/null")", .strong, to: &text)
    }
}

extension FileChange.Side {
    fileprivate func shown(_ prefix: String) -> String {
        Path(bytes: Array(prefix.utf8) + path.bytes).displayName
    }

    /// The same; behind a name with spaces git writes a tab, for patch(1) to see its end.
    fileprivate func closed(_ prefix: String) -> String {
        shown(prefix) + (path.bytes.contains(0x20) ? "\t" : "")
    }
}

extension FileDifference {
    /// The lines above the hunks, as git writes them.
    fileprivate var headLines: [String] {
        guard let first = change.old ?? change.new, let last = change.new ?? change.old else {
            return []
        }
        var lines = ["diff --git \(first.shown("a/")) \(last.shown("b/"))"]
        let (oldMode, newMode) = (change.old?.mode, change.new?.mode)
        switch (oldMode, newMode) {
        case (nil, let mode?): lines.append("new file mode \(mode.text)")
        case (let mode?, nil): lines.append("deleted file mode \(mode.text)")
        case (let old?, let new?) where old != new:
            lines += ["old mode \(old.text)", "new mode \(new.text)"]
        default: break
        }
        if let similarity = change.similarity {
            lines += [
                "similarity index \(similarity)%", "rename from \(first.path.displayName)",
                "rename to \(last.path.displayName)",
            ]
        }
        let (old, new) = (change.old?.id ?? .zero, newID ?? .zero)
        guard old != new else { return lines }
        let mode = oldMode == newMode ? oldMode.map { " \($0.text)" } ?? "" : ""
        return lines + ["index \(old.abbreviated)..\(new.abbreviated)\(mode)"]
    }

    fileprivate var binaryLine: String {
        let old = change.old?.shown("a/") ?? "/dev/null"
        let new = change.new?.shown("b/") ?? "/dev/null"
        return "Binary files \(old) and \(new) differ"
    }
}

extension NotebookError {
    /// `line 3, column 5: `, or the cell; empty for the whole file.
    fileprivate var place: String {
        if let cellNumber { return "cell \(cellNumber): " }
        guard let line else { return "" }
        return "line \(line)\(column.map { ", column \($0)" } ?? ""): "
    }
}

extension NotebookDifference {
    /// What changed and is not to be seen in the script.
    fileprivate func lines(besides diff: TextDiff) -> [String] {
        var lines: [String] = []
        let kinds: [(Parts, String)] = [
            (.outputs, "outputs"), (.runs, "execution counts"), (.attachments, "attachments"),
            (.metadata, "metadata"),
        ]
        for (part, word) in kinds {
            var numbers = numbers(ofCellsWith: part)
            // A cell that ran again is known by its new outputs.
            if part == .runs {
                numbers.removeAll(where: self.numbers(ofCellsWith: .outputs).contains)
            }
            guard !numbers.isEmpty else { continue }
            let list = numbers.prefix(20).map(String.init).joined(separator: ", ")
            let more = numbers.count > 20 ? " and \(numbers.count - 20) more" : ""
            lines.append("\(word) changed in cell\(numbers.count > 1 ? "s" : "") \(list)\(more)")
        }
        if notebookParts.contains(.metadata) { lines.append("metadata of the notebook changed") }
        if notebookParts.contains(.version) { lines.append("version of the format changed") }
        if parts.isEmpty, diff.hunks.isEmpty {
            lines.append("only the spelling of the JSON changed")
        }
        return lines
    }
}

// MARK: JSON

extension FileDifference: JSONEncodable {
    /// `{"path": …, "change": …, "old_mode": …, "new_mode": …}` and what there is of the content.
    var json: JSONValue {
        var object: JSONObject = [
            "path": change.path.json, "change": change.kind.word.json,
            "old_mode": (change.old?.mode.text).json, "new_mode": (change.new?.mode.text).json,
        ]
        if let similarity = change.similarity {
            object["old_path"] = (change.old?.path).json
            object["similarity"] = similarity.json
        }
        switch content {
        case .same: break
        case .binary: object["binary"] = true
        case .text(let patch): object["hunks"] = patch.hunks.json
        case .brokenNotebook(let patch, let error):
            object["note"] = "not readable as a notebook: \(error.place)\(error.message)".json
            object["hunks"] = patch.hunks.json
        case .notebook(let diff, let parts):
            object["hunks"] = diff.hunks.json
            guard let parts else { break }
            object["notebook"] = .object([
                "change": NotebookChange(parts.parts).words.json,
                "outputs": parts.numbers(ofCellsWith: .outputs).json,
                "execution_counts": parts.numbers(ofCellsWith: .runs).json,
                "attachments": parts.numbers(ofCellsWith: .attachments).json,
                "metadata": parts.numbers(ofCellsWith: .metadata).json,
                "source": parts.numbers(ofCellsWith: .source).json,
            ])
        }
        return .object(object)
    }
}

extension TextDiff.Hunk: JSONEncodable {
    var json: JSONValue {
        .object([
            "cell": cellNumber.json, "old_start": oldStart.json, "old_count": oldCount.json,
            "new_start": newStart.json, "new_count": newCount.json,
            "lines": .array(
                lines.map { line in
                    switch line {
                    case .same(let text): .string(sign: " ", text)
                    case .removed(let text): .string(sign: "-", text)
                    case .added(let text): .string(sign: "+", text)
                    }
                }),
        ])
    }
}

extension TextPatch.Hunk: JSONEncodable {
    var json: JSONValue {
        .object([
            "header": String(decoding: header, as: UTF8.self).json,
            "lines": .array(
                lines.compactMap { line in
                    switch line {
                    case .same(let text): .string(sign: " ", text)
                    case .removed(let text): .string(sign: "-", text)
                    case .added(let text): .string(sign: "+", text)
                    case .unended: nil
                    }
                }),
        ])
    }
}

extension JSONValue {
    /// A line of a hunk; bytes that are not UTF-8 become U+FFFD.
    fileprivate static func string(sign: String, _ text: [UInt8]) -> JSONValue {
        (sign + String(decoding: text, as: UTF8.self)).json
    }
}
