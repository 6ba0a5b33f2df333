internal import Foundation

/// A picture of a terminal, in SVG, with the commands and the output of a transcript.
///
/// What is coloured there is coloured here; the words that stand out in a difference are underlined.
public struct TerminalPicture {
    private var rows: [[Span]] = []

    /// Text in one colour.
    private struct Span {
        var text: String
        var style = Look()
    }

    fileprivate struct Look: Equatable {
        var color: String?
        var isStrong = false
        var isUnderlined = false
    }

    private static let size = (letter: 8.43, line: 20.0, margin: 18.0, bar: 30.0)

    /// Draws those commands of a transcript that begin with one of `programs`.
    public init(of transcript: Transcript, showing programs: [String]) {
        let shown = transcript.steps.filter { step in
            programs.contains { step.command.hasPrefix($0 + " ") }
        }
        for (number, step) in shown.enumerated() {
            if number > 0 { rows.append([]) }
            // Here it is the terminal that has colours.
            let command = step.command.replacingOccurrences(of: " --color always", with: "")
            rows.append([
                Span(text: "$ ", style: Look(color: "#7ee787", isStrong: true)),
                Span(text: command, style: Look(color: "#f0f6fc", isStrong: true)),
            ])
            for line in step.output.split(separator: "\n", omittingEmptySubsequences: false)
                .dropLast()
            {
                rows.append(Self.spans(of: String(line)))
            }
        }
    }

    // MARK: Colours

    /// Takes a line apart at its escape sequences, which a transcript shows with the picture of escape.
    private static func spans(of line: String) -> [Span] {
        var style = Look()
        var spans: [Span] = []
        for (number, piece) in line.components(separatedBy: "\u{241B}[").enumerated() {
            guard number > 0, let end = piece.firstIndex(of: "m") else {
                spans.append(Span(text: piece))
                continue
            }
            for code in piece[..<end].split(separator: ";") { style.take(String(code)) }
            spans.append(Span(text: String(piece[piece.index(after: end)...]), style: style))
        }
        return spans.filter { !$0.text.isEmpty }
    }

    // MARK: SVG

    /// The picture, as the text of a file.
    public var svg: String {
        let columns = rows.map { row in row.reduce(0) { $0 + $1.text.count } }.max() ?? 0
        let size = Self.size
        let width = Int(Double(columns) * size.letter + 2 * size.margin)
        let height = Int(Double(rows.count) * size.line + size.bar + 2 * size.margin)
        let lights = ["#ff5f56", "#ffbd2e", "#27c93f"].enumerated().map { number, color in
            "<circle cx=\"\(20 + number * 20)\" cy=\"18\" r=\"6\" fill=\"\(color)\"/>"
        }
        let texts = rows.enumerated().filter { !$0.element.isEmpty }.map { number, row in
            let y = Int(size.bar + size.margin + Double(number) * size.line + 12)
            return "<text x=\"\(Int(size.margin))\" y=\"\(y)\">"
                + row.map(Self.text).joined() + "</text>"
        }
        let head = """
            <svg xmlns="http://www.w3.org/2000/svg" width="\(width)" height="\(height)" \
            viewBox="0 0 \(width) \(height)" role="img">
            <title>nbgit in a terminal</title>
            <rect width="\(width)" height="\(height)" rx="8" fill="#0d1117"/>
            """
        let group =
            "<g xml:space=\"preserve\" fill=\"#c9d1d9\" font-size=\"14\" "
            + "font-family=\"ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace\">"
        return ([head] + lights + [group] + texts + ["</g>", "</svg>"]).joined(separator: "\n")
            + "\n"
    }

    private static func text(_ span: Span) -> String {
        let text = span.text.replacingOccurrences(of: "&", with: "&amp;")
            .replacingOccurrences(of: "<", with: "&lt;")
        guard span.style != Look() else { return text }
        let color = span.style.color.map { " fill=\"\($0)\"" } ?? ""
        let weight = span.style.isStrong ? " font-weight=\"bold\"" : ""
        let line = span.style.isUnderlined ? " text-decoration=\"underline\"" : ""
        return "<tspan\(color)\(weight)\(line)>\(text)</tspan>"
    }
}

extension TerminalPicture.Look {
    /// Follows ECMA-48, SGR.
    fileprivate mutating func take(_ code: String) {
        let colors = ["31": "#ff7b72", "32": "#7ee787", "33": "#e3b341", "36": "#79c0ff"]
        switch code {
        case "0": self = Self()
        case "1": isStrong = true
        case "7": isUnderlined = true
        case "27": isUnderlined = false
        default: color = colors[code] ?? color
        }
    }
}
