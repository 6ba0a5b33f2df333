internal import Git
internal import Notebook
internal import Platform

extension Console {
    /// A difference in the unified format, coloured on a terminal; each hunk names its cell.
    ///
    /// On a terminal control characters are made visible; in a file every byte is as it is.
    func show(_ difference: TextDiff, of path: Path, isNew: Bool) -> [UInt8] {
        let name = path.displayName
        var text: [UInt8] = []
        append("--- \(isNew ? "/dev/null" : name)", .strong, to: &text)
        append("+++ \(name)", .strong, to: &text)
        appendHunks(of: difference, to: &text)
        return text
    }

    /// Hunks that name their cells, with the words that changed.
    func appendHunks(of difference: TextDiff, to text: inout [UInt8]) {
        for hunk in difference.hunks {
            let cell = hunk.cellNumber.map { " cell \($0)" } ?? ""
            let place =
                "@@ -\(hunk.oldStart),\(hunk.oldCount) +\(hunk.newStart),\(hunk.newCount) @@"
            append(place + cell, .place, to: &text)
            let changedWords = outputStyle.isEnabled ? hunk.changedWords : []
            for (index, line) in hunk.lines.enumerated() {
                let words = changedWords.isEmpty ? [] : changedWords[index]
                switch line {
                case .same(let line): append(" ", line, nil, to: &text)
                case .removed(let line): append("-", line, .removed, words, to: &text)
                case .added(let line): append("+", line, .added, words, to: &text)
                }
            }
        }
    }

    /// Hunks as git prints them.
    func appendHunks(of patch: TextPatch, to text: inout [UInt8]) {
        for hunk in patch.hunks {
            append(String(decoding: hunk.header, as: UTF8.self).printable, .place, to: &text)
            for line in hunk.lines {
                switch line {
                case .same(let line): append(" ", line, nil, to: &text)
                case .removed(let line): append("-", line, .removed, to: &text)
                case .added(let line): append("+", line, .added, to: &text)
                // The line itself has no end, which was said with it.
                case .unended: continue
                }
            }
        }
    }

    func append(_ line: String, _ role: Style.Role, to text: inout [UInt8]) {
        text += Array((outputStyle.text(line, role) + "\n").utf8)
    }

    /// Appends a line of a hunk; `words` are the parts of it that stand out, in bytes.
    private func append(
        _ sign: String, _ line: [UInt8], _ role: Style.Role?, _ words: [Range<Int>] = [],
        to text: inout [UInt8]
    ) {
        let isEnded = line.last == UInt8(ascii: "\n")
        let end = isEnded ? line.count - 1 : line.count
        let opening = role.map { outputStyle.isEnabled ? outputStyle.opening($0) : "" } ?? ""
        text += Array((opening + sign).utf8)
        var place = 0
        for word in words {
            text += shown(line[place..<word.lowerBound])
            text += Array(Style.standOut.utf8) + shown(line[word]) + Array(Style.standBack.utf8)
            place = word.upperBound
        }
        text += shown(line[place..<end])
        if !opening.isEmpty { text += Array(outputStyle.closing.utf8) }
        text.append(UInt8(ascii: "\n"))
        if !isEnded { text += Array("\\ No newline at end of file\n".utf8) }
    }

    /// On a terminal control characters are made visible; tabs do no harm.
    private func shown(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        guard isOutputTerminal else { return Array(bytes) }
        let parts = bytes.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
        return Array(
            parts.map { String(decoding: $0, as: UTF8.self).printable }.joined(separator: "\t").utf8
        )
    }
}
