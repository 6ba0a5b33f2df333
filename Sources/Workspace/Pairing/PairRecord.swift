internal import Notebook
internal import Platform

/// One file of a ``PairMemory``: a line, four numbers of bytes, and as many bytes.
///
///     nbgit pair 1
///     17 13 5120 2048
///     notebooks/a.ipynbscripts/a.py{"cells": …}# %% …
struct PairRecord {
    let notebookName: Path
    let scriptName: Path
    let agreement: PairUpdate.Agreement

    private static let title = "nbgit pair 1\n"

    init(notebookName: Path, scriptName: Path, agreement: PairUpdate.Agreement) {
        self.notebookName = notebookName
        self.scriptName = scriptName
        self.agreement = agreement
    }

    /// Reads a record; nil for anything else.
    init?(_ bytes: [UInt8]) {
        guard bytes.starts(with: Self.title.utf8) else { return nil }
        let rest = bytes.dropFirst(Self.title.utf8.count)
        guard let lineEnd = rest.prefix(100).firstIndex(of: 0x0A) else { return nil }
        let numbers = rest[..<lineEnd].split(separator: 0x20).map {
            Int(String(decoding: $0, as: UTF8.self)) ?? -1
        }
        var parts: [[UInt8]] = []
        var start = lineEnd + 1
        for count in numbers {
            guard count >= 0, count <= bytes.count - start else { return nil }
            parts.append(Array(bytes[start..<(start + count)]))
            start += count
        }
        guard parts.count == 4, start == bytes.count else { return nil }
        notebookName = Path(bytes: parts[0])
        scriptName = Path(bytes: parts[1])
        agreement = PairUpdate.Agreement(notebook: parts[2], script: parts[3])
    }

    var bytes: [UInt8] {
        let parts = [
            notebookName.bytes, scriptName.bytes, agreement.notebook, agreement.script,
        ]
        let numbers = parts.map { String($0.count) }.joined(separator: " ")
        return Array("\(Self.title)\(numbers)\n".utf8) + parts.flatMap(\.self)
    }
}
