extension Topic {
    /// Widest label that shares its line with its text, unless a third of the columns is less.
    private static let widestLabel = 26
    /// Narrowest column of text, however narrow the terminal.
    private static let narrowestText = 20

    /// The text of `--help`: summary, usage, discussion, examples and tables.
    ///
    /// - Parameter columns: The width in characters that lines are wrapped to, where words allow.
    /// - Returns: Plain text that ends with a newline.
    public func help(columns: Int = 80) -> String {
        var parts = [summary, "Usage: \(usage)"]
        parts += ProseBlock.blocks(of: discussion).map { block in
            switch block {
            case .paragraph(let text): text.wrapped(to: columns).joined(separator: "\n")
            case .verbatim(let lines): lines.map { "    \($0)" }.joined(separator: "\n")
            }
        }
        if !examples.isEmpty {
            let lines = examples.flatMap { line, meaning in
                ["  \(line)"] + meaning.wrapped(to: columns - 6).map { "      \($0)" }
            }
            parts.append("Examples:\n" + lines.joined(separator: "\n"))
        }
        let widths = tables.flatMap(\.rows).map(\.alignedLabel.count)
        let margin = 4 + (widths.filter { $0 <= min(Self.widestLabel, columns / 3) }.max() ?? 0)
        parts += tables.map {
            $0.text(margin: margin, width: max(Self.narrowestText, columns - margin))
        }
        if !sections.isEmpty { parts.append("Run '\(command) <command> --help' for one command.") }
        return parts.joined(separator: "\n\n") + "\n"
    }
}

extension Topic.Table {
    /// The table with its texts in a column of `width` that begins after `margin`.
    fileprivate func text(margin: Int, width: Int) -> String {
        let indentation = "".padded(to: margin)
        return rows.reduce("\(title):") { text, row in
            let label = "  \(row.alignedLabel)"
            let start =
                label.count + 2 > margin ? "\(label)\n\(indentation)" : label.padded(to: margin)
            return "\(text)\n\(start)"
                + row.text.wrapped(to: width).joined(separator: "\n\(indentation)")
        }
    }
}

extension Topic.Table.Row {
    /// The label with long names below each other, whether a short one precedes them or not.
    fileprivate var alignedLabel: String { label.hasPrefix("--") ? "    \(label)" : label }
}
