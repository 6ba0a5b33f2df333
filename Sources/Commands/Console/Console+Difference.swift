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
        for hunk in difference.hunks {
            let cell = hunk.cellNumber.map { " cell \($0)" } ?? ""
            let place =
                "@@ -\(hunk.oldStart),\(hunk.oldCount) +\(hunk.newStart),\(hunk.newCount) @@"
            append(place + cell, .place, to: &text)
            for line in hunk.lines {
                switch line {
                case .same(let line): append(" ", line, nil, to: &text)
                case .removed(let line): append("-", line, .removed, to: &text)
                case .added(let line): append("+", line, .added, to: &text)
                }
            }
        }
        return text
    }

    private func append(_ line: String, _ role: Style.Role, to text: inout [UInt8]) {
        text += Array((outputStyle.text(line, role) + "\n").utf8)
    }

    private func append(
        _ sign: String, _ line: [UInt8], _ role: Style.Role?, to text: inout [UInt8]
    ) {
        let isEnded = line.last == UInt8(ascii: "\n")
        let content = isEnded ? line.dropLast() : line[...]
        if isOutputTerminal {
            let shown = sign + String(decoding: content, as: UTF8.self).printable
            text += Array((role.map { outputStyle.text(shown, $0) } ?? shown).utf8)
        } else if let role, outputStyle.isEnabled {
            text +=
                Array(outputStyle.opening(role).utf8) + Array(sign.utf8) + content
                + Array(outputStyle.closing.utf8)
        } else {
            text += Array(sign.utf8) + content
        }
        text.append(UInt8(ascii: "\n"))
        if !isEnded { text += Array("\\ No newline at end of file\n".utf8) }
    }
}
