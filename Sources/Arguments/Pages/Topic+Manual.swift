extension Topic {
    /// Widest line of text in the source, so that a change of a word changes few lines.
    private static let width = 78

    /// The manual page, section 1, in the macros of man(7).
    ///
    /// - Parameters:
    ///   - source: The program and its version, for the page's foot.
    ///   - date: When that version was made, as in `2026-11-21`.
    /// - Returns: The source of a page named ``pageName``.
    public func manualPage(source: String, date: String) -> String {
        var lines = [#".TH "\#(pageName.uppercased())" 1 "\#(date)" "\#(source)""#]
        lines += [".SH NAME", #"\#(pageName.roff) \- \#(summary.roff)"#]
        lines += [".SH SYNOPSIS", usage.roff]
        if !discussion.isEmpty { lines.append(".SH DESCRIPTION") }
        for (number, block) in ProseBlock.blocks(of: discussion).enumerated() {
            // The title begins a paragraph already.
            if number > 0 { lines.append(".PP") }
            switch block {
            case .paragraph(let text): lines += Self.lines(text)
            case .verbatim(let verbatim):
                lines += [".RS 4", ".nf"] + verbatim.map(\.roff) + [".fi", ".RE"]
            }
        }
        if !examples.isEmpty { lines.append(".SH EXAMPLES") }
        for (line, meaning) in examples { lines += [".TP", line.bold] + Self.lines("\(meaning).") }
        for table in tables {
            lines.append(".SH \(table.title.uppercased())")
            for row in table.rows { lines += [".TP", row.label.bold] + Self.lines("\(row.text).") }
        }
        let related =
            (path.count > 1 ? [path.dropLast().joined(separator: "-")] : [])
            + subtopics.map(\.pageName)
        if !related.isEmpty {
            lines += [".SH SEE ALSO", related.map { "\($0.bold)(1)" }.joined(separator: ",\n")]
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func lines(_ text: String) -> [String] { text.wrapped(to: width).map(\.roff) }
}

extension String {
    fileprivate var bold: String { #"\fB\#(roff)\fR"# }

    /// The text as one line of roff that shows exactly these characters: see groff_char(7).
    fileprivate var roff: String {
        // A line that begins with a dot or an apostrophe would be a request.
        let start = hasPrefix(".") || hasPrefix("'") ? #"\&"# : ""
        return unicodeScalars.reduce(into: start) { text, scalar in
            switch scalar {
            case "\\": text += #"\e"#
            case "-": text += #"\-"#
            case "'": text += #"\(aq"#
            case "`": text += #"\(ga"#
            case "^": text += #"\(ha"#
            case "~": text += #"\(ti"#
            case _ where scalar.isASCII: text.unicodeScalars.append(scalar)
            default:
                let digits = String(scalar.value, radix: 16, uppercase: true)
                text +=
                    #"\[u\#(String(repeating: "0", count: max(0, 4 - digits.count)))\#(digits)]"#
            }
        }
    }
}
