/// What the cells of a notebook look like.
enum NotebookShape {
    /// A picture of 150 KB in every second cell; nearly all bytes are base64.
    case images
    /// Printed lines, tables and tracebacks; nearly all bytes are short strings in outputs.
    case text
    /// Code and prose; nearly all bytes end up in the script.
    case source
    /// All of them, with small pictures.
    case mixed

    fileprivate func cells(number: Int, by author: inout Author) -> [JSON] {
        switch self {
        case .images:
            [
                author.markdownCell(lines: 3),
                author.codeCell(
                    lines: 12, outputs: [author.printedLines(3), author.image(size: 150_000)],
                    number: number),
            ]
        case .text:
            [
                author.markdownCell(lines: 3),
                author.codeCell(lines: 10, outputs: [textOutput(by: &author)], number: number),
            ]
        case .source:
            [
                author.markdownCell(lines: 6),
                author.codeCell(
                    lines: 14, outputs: number % 2 == 1 ? [author.printedLines(4)] : [],
                    number: number),
            ]
        case .mixed:
            [
                author.markdownCell(lines: 5),
                author.codeCell(
                    lines: 12, outputs: mixedOutputs(number: number, by: &author), number: number),
            ]
        }
    }

    private func textOutput(by author: inout Author) -> JSON {
        let count = author.number(in: 5..<120)
        switch author.number(in: 0..<3) {
        case 0: return author.printedLines(count)
        case 1: return author.table(rows: count)
        default: return author.traceback(lines: count)
        }
    }

    private func mixedOutputs(number: Int, by author: inout Author) -> [JSON] {
        switch number % 8 {
        case 0: [author.image(size: 3999)]
        case 1, 3, 5, 7: [author.isOne(in: 2) ? author.printedLines(8) : author.table(rows: 8)]
        default: []
        }
    }

    /// Writes a notebook of `size` bytes, or a cell more.
    func write(to path: String, size: Int, seed: UInt64) {
        var author = Author(seed: seed)
        let file = OutputFile(path)
        var bytes = Array("{\n \"cells\": [".utf8)
        var written = 0
        var number = 0
        while written + bytes.count < size {
            number += 1
            for cell in cells(number: number, by: &author) {
                bytes.append(contentsOf: (written + bytes.count > 13 ? ",\n  " : "\n  ").utf8)
                cell.append(to: &bytes, level: 2)
            }
            if bytes.count > 1 << 20 {
                file.append(bytes)
                written += bytes.count
                bytes.removeAll(keepingCapacity: true)
            }
        }
        bytes.append(
            contentsOf: (number > 0 ? "\n ],\n \"metadata\": " : "],\n \"metadata\": ").utf8)
        Self.metadata.append(to: &bytes, level: 1)
        bytes.append(contentsOf: ",\n \"nbformat\": 4,\n \"nbformat_minor\": 5\n}\n".utf8)
        file.append(bytes)
    }

    private static let metadata = JSON.object([
        "kernelspec": .object([
            "display_name": .text("Python 3 (ipykernel)"), "language": .text("python"),
            "name": .text("python3"),
        ]),
        "language_info": .object([
            "codemirror_mode": .object(["name": .text("ipython"), "version": .number(3)]),
            "file_extension": .text(".py"), "mimetype": .text("text/x-python"),
            "name": .text("python"), "nbconvert_exporter": .text("python"),
            "pygments_lexer": .text("ipython3"), "version": .text("3.12.7"),
        ]),
    ])
}
