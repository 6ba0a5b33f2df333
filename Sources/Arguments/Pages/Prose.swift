/// A stretch of a discussion: the author's text without its layout.
enum ProseBlock: Equatable {
    /// Lines joined by spaces, to be laid out anew.
    case paragraph(String)
    /// Lines that were indented by four, to be shown as they are.
    case verbatim([String])

    /// Takes `text` apart: blocks are separated by empty lines, or by a change of indentation.
    static func blocks(of text: String) -> [Self] {
        var blocks: [Self] = []
        var isOpen = false
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let verbatim = line.hasPrefix("    ") ? String(line.dropFirst(4)) : nil
            switch (isOpen ? blocks.last : nil, verbatim) {
            case _ where line.isEmpty:
                isOpen = false
                continue
            case (.verbatim(let lines), let line?):
                blocks[blocks.count - 1] = .verbatim(lines + [line])
            case (.paragraph(let words), nil):
                blocks[blocks.count - 1] = .paragraph("\(words) \(line)")
            case (_, let line?): blocks.append(.verbatim([line]))
            case (_, nil): blocks.append(.paragraph(String(line)))
            }
            isOpen = true
        }
        return blocks
    }
}

extension String {
    func padded(to width: Int) -> String {
        self + String(repeating: " ", count: Swift.max(0, width - count))
    }

    /// The text in lines of at most `width` characters; a longer word stands alone.
    func wrapped(to width: Int) -> [String] {
        split(separator: " ").reduce(into: []) { lines, word in
            if let line = lines.last, line.count + 1 + word.count <= width {
                lines[lines.count - 1] = "\(line) \(word)"
            } else {
                lines.append(String(word))
            }
        }
    }
}
