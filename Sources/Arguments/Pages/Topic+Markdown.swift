extension Topic {
    /// The page in CommonMark: what help says, with links to the pages of the commands below and above.
    public var markdown: String {
        var parts = ["# \(command)", "\(summary.markdown).", "    \(usage)"]
        parts += ProseBlock.blocks(of: discussion).map { block in
            switch block {
            case .paragraph(let text): text.markdown
            case .verbatim(let lines): lines.map { "    \($0)" }.joined(separator: "\n")
            }
        }
        if !examples.isEmpty {
            parts +=
                ["## Examples"]
                + examples.flatMap { line, meaning in ["\(meaning.markdown):", "    \(line)"] }
        }
        parts += tables.flatMap { table in
            ["## \(table.title)", table.rows.map(\.markdown).joined(separator: "\n")]
        }
        if path.count > 1 {
            let above = path.dropLast()
            parts.append(
                "See also [`\(above.joined(separator: " "))`](\(above.joined(separator: "-")).md).")
        }
        return parts.joined(separator: "\n\n") + "\n"
    }
}

extension Topic.Table.Row {
    fileprivate var markdown: String {
        let name = page.map { "[`\(label)`](\($0).md)" } ?? "`\(label)`"
        return "- \(name): \(text.markdown)"
    }
}

extension String {
    /// The text with every character escaped that CommonMark could take for markup.
    fileprivate var markdown: String {
        reduce(into: "") { text, character in
            if "\\`*_<>[]#&|~".contains(character) { text.append("\\") }
            text.append(character)
        }
    }
}
