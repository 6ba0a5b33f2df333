import Foundation

@testable import Notebook
import Support

/// The script of a notebook, cut into cells that can be edited as a person edits them.
struct EditedScript {
    /// A cell as it stands in the script.
    struct Piece {
        /// The marker and what is below it, without the blank lines at the end.
        var text: [UInt8]
        /// The blank lines above the next cell.
        var blanks: Int
        /// Whether an edit changed the text or the number of blank lines.
        var isTouched = false
        /// Whether it was the last cell of the notebook.
        var wasLast = false

        init(_ text: [UInt8], blanks: Int = 1) {
            self.text = text
            self.blanks = blanks
            isTouched = true
        }

        fileprivate init(shown lines: [[UInt8]]) {
            let end = lines.lastIndex { !$0.span.isBlank } ?? 0
            self.init(
                Array(lines[...end].joined(separator: [.lineFeed])), blanks: lines.count - end - 1)
            isTouched = false
        }
    }

    enum Edit: String, CaseIterable {
        case line, insert, delete, move, split, merge, copy, rename, black, tag, blank
    }

    private let header: [UInt8]
    private(set) var pieces: [Piece] = []
    private(set) var edits: [Edit] = []

    init(of notebook: Notebook, language: Language = Languages.python) throws {
        let script = PercentWriter.script(of: notebook, language: language).bytes
        let reader = try PercentReader(
            script, language: language, options: FormatOptions(), isDeclared: true)
        let text = try ScriptText(script)
        var place = reader.header.bodyStart
        header = place > 0 ? Array(text.bytes[...text.lines[place - 1].upperBound]) : []
        let cells = reader.writtenCells()
        // A first cell of YAML stands in the header.
        let isInHeader = !reader.header.rootLines.isEmpty && cells.first?.cell.kind == .raw
        for cell in cells.dropFirst(isInHeader ? 1 : 0) {
            var end = place + cell.text.count { $0 == .lineFeed } + 1
            while end < text.lines.count, text[end].isBlank { end += 1 }
            pieces.append(Piece(shown: text.lines[place..<end].map { Array(text.bytes[$0]) }))
            place = end
        }
        if !pieces.isEmpty { pieces[pieces.count - 1].wasLast = true }
    }

    var bytes: [UInt8] {
        header
            + pieces.flatMap { $0.text + [UInt8](repeating: .lineFeed, count: $0.blanks + 1) }
    }

    /// Ends the script as a person leaves it: with the gap of the last cell, or without.
    mutating func close(_ chance: inout SplitMix64) {
        guard let last = pieces.last, !last.wasLast, last.blanks > 0, chance.chance(50) else {
            return
        }
        pieces[pieces.count - 1].blanks -= 1
    }

    /// Makes one edit; one that changes nothing, because there is nothing to split or to merge, is not noted.
    mutating func edit(_ chance: inout SplitMix64) {
        let before = bytes
        let edit = chance.pick(Edit.allCases)
        apply(edit, &chance)
        if bytes != before { edits.append(edit) }
    }

    private mutating func apply(_ edit: Edit, _ chance: inout SplitMix64) {
        guard !pieces.isEmpty || edit == .insert else { return }
        let index = pieces.isEmpty ? 0 : chance.below(pieces.count)
        switch edit {
        case .line: editLine(of: index, &chance)
        case .insert:
            let texts = ["# %%\nnew_\(edits.count) = 1", "# %% [markdown]\n# text", "# %%"]
            insert(chance.pick(texts), at: index)
        case .delete: delete(index)
        case .move: move(index, to: chance.below(pieces.count))
        case .split: split(index, &chance)
        case .merge: merge(&chance)
        case .copy: pieces.insert(pieces[index], at: chance.below(pieces.count + 1))
        case .rename:
            change { text in
                text.flatMap { $0 == UInt8(ascii: "x") ? Array("xs".utf8) : [$0] }
            }
        case .black: reformat()
        case .tag: tag(index)
        case .blank:
            pieces[index].blanks = chance.below(6)
            pieces[index].isTouched = true
        }
    }

    mutating func insert(_ text: String, at index: Int) {
        pieces.insert(Piece(Array(text.utf8)), at: index)
    }

    mutating func delete(_ index: Int) { pieces.remove(at: index) }

    mutating func move(_ index: Int, to place: Int) {
        let piece = pieces.remove(at: index)
        pieces.insert(piece, at: place)
    }

    mutating func tag(_ index: Int) {
        let text = pieces[index].text
        pieces[index].text.insert(
            contentsOf: Array(" tags=[\"new\"]".utf8),
            at: text.firstIndex(of: .lineFeed) ?? text.count)
        pieces[index].isTouched = true
    }

    /// Adds a line at the end of a cell; as a comment where there is a `comment`.
    mutating func append(_ line: String, to index: Int, comment: Language.Comment?) {
        pieces[index].text.append(.lineFeed)
        if let comment { pieces[index].text += comment.prefix + [.space] }
        pieces[index].text += Array(line.utf8)
        if let comment, !comment.suffix.isEmpty {
            pieces[index].text += [.space] + comment.suffix
        }
        pieces[index].isTouched = true
    }

    private mutating func change(_ edit: ([UInt8]) -> [UInt8]) {
        for index in pieces.indices {
            let text = edit(pieces[index].text)
            if text != pieces[index].text { pieces[index].isTouched = true }
            pieces[index].text = text
        }
    }

    private mutating func editLine(of index: Int, _ chance: inout SplitMix64) {
        var lines = pieces[index].text.splitIntoLines()
        guard lines.count > 1 else { return }
        let place = 1 + chance.below(lines.count - 1)
        guard !lines[place].text.contains("\"\"\"") else { return }
        let isCode = lines[0].starts(with: "# %%\n".utf8)
        lines[place] = Array((isCode ? "edited = \(edits.count)" : "# edited").utf8)
        if place + 1 < lines.count { lines[place].append(.lineFeed) }
        pieces[index].text = Array(lines.joined())
        pieces[index].isTouched = true
    }

    private mutating func split(_ index: Int, _ chance: inout SplitMix64) {
        let lines = pieces[index].text.splitIntoLines()
        guard lines.count > 2, lines[0].elementsEqual("# %%\n".utf8) else { return }
        let place = 2 + chance.below(lines.count - 2)
        let front = Array(lines[..<place].joined().dropLast())
        // A cell that ends inside a string goes on in the next one.
        guard front.text.components(separatedBy: "\"\"\"").count % 2 == 1 else { return }
        var rear = Piece(Array("# %%\n".utf8) + lines[place...].joined())
        rear.blanks = pieces[index].blanks
        pieces[index] = Piece(front)
        pieces.insert(rear, at: index + 1)
    }

    /// Takes the marker between two cells of code away.
    private mutating func merge(_ chance: inout SplitMix64) {
        let isPlain = pieces.map { $0.text.starts(with: "# %%\n".utf8) }
        let places = pieces.indices.dropLast().filter { isPlain[$0] && isPlain[$0 + 1] }
        guard !places.isEmpty else { return }
        let index = chance.pick(places)
        let blanks = [UInt8](repeating: .lineFeed, count: pieces[index].blanks)
        let text = pieces[index].text + blanks + pieces[index + 1].text.dropFirst(4)
        pieces[index] = Piece(text, blanks: pieces[index + 1].blanks)
        pieces.remove(at: index + 1)
    }

    /// Formats the whole script; black also takes blank lines away.
    private mutating func reformat() {
        change { text in
            let lines = text.split(separator: .lineFeed, omittingEmptySubsequences: false)
            return Array(lines.map { Black.formatted(Array($0).text) }.joined(separator: "\n").utf8)
        }
        for index in pieces.indices where pieces[index].blanks > 2 {
            pieces[index].blanks = 2
            pieces[index].isTouched = true
        }
    }
}
