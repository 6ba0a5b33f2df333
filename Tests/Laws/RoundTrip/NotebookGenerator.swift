@testable import Notebook
import Support

/// Makes small notebooks full of what a reader of scripts could misunderstand.
struct NotebookGenerator {
    private let vocabulary: Vocabulary
    private var random: SplitMix64

    init(vocabulary: Vocabulary, seed: UInt64) {
        self.vocabulary = vocabulary
        random = SplitMix64(seed: seed)
    }

    mutating func notebook() -> Notebook {
        var notebook = Notebook(metadata: metadata())
        if random.chance(5) { notebook.cells.append(yamlCell()) }
        for _ in 0..<(1 + random.below(3)) { notebook.cells.append(cell()) }
        return notebook
    }

    // MARK: Cells

    private mutating func cell() -> Cell {
        let kinds: [CellKind] = [.code, .code, .code, .markdown, .markdown, .raw]
        var cell = Cell(kind: random.pick(kinds), source: source())
        if random.chance(30) {
            for _ in 0..<(1 + random.below(3)) { setMember(of: &cell.metadata) }
        }
        return cell
    }

    private mutating func setMember(of metadata: inout JSONObject) {
        let (key, values) = random.pick(Vocabulary.cellMembers)
        let anyKey = JSONString(random.pick(Vocabulary.keys))
        switch key {
        case "": metadata[anyKey] = value(depth: 0)
        case "title": metadata[key] = .string(JSONString(utf8: title()))
        default: metadata[key] = values.isEmpty ? value(depth: 0) : random.pick(values)
        }
    }

    private mutating func title() -> [UInt8] {
        random.chance(80) ? Array(random.pick(Vocabulary.titles).utf8) : line()
    }

    /// The first cell of some Quarto and R Markdown documents.
    private mutating func yamlCell() -> Cell {
        var lines: [[UInt8]] = [Array("---".utf8)]
        for _ in 0..<random.below(3) {
            lines.append(
                random.chance(80) ? Array(random.pick(Vocabulary.yamlLines).utf8) : line())
        }
        lines.append(Array("---".utf8))
        return Cell(kind: .raw, source: Array(lines.joined(separator: [0x0A])))
    }

    private mutating func source() -> [UInt8] {
        var lines: [[UInt8]] = []
        if random.chance(15) { lines.append(random.pick(vocabulary.firstLines)) }
        for _ in 0..<random.pick([0, 1, 1, 1, 2, 2, 3, 4]) { lines.append(line()) }
        return Array(lines.joined(separator: [0x0A]))
    }

    private mutating func line() -> [UInt8] {
        var line = random.pick(vocabulary.lines)
        switch random.below(20) {
        case 0...2: line += random.pick(vocabulary.tokens)
        case 3: line = random.pick(vocabulary.tokens) + line
        case 4: line += [0x20] + random.pick(vocabulary.lines)
        case 5: line = (0..<4).flatMap { _ in random.pick(vocabulary.tokens) }
        case 6 where random.chance(10): line += [UInt8](repeating: 0x61, count: 2000)
        default: break
        }
        return line.withSurrogatesJoined
    }

    // MARK: Values

    private mutating func value(depth: Int) -> JSONValue {
        switch random.below(depth < 3 ? 10 : 8) {
        case 0: return random.pick([.null, true, false])
        case 1, 2: return .number(random.pick(Vocabulary.numbers))
        case 3...6: return .string(JSONString(random.pick(Vocabulary.texts)))
        case 7: return .string(JSONString(utf8: line()))
        case 8: return .array((0..<random.below(4)).map { _ in value(depth: depth + 1) })
        default:
            var object = JSONObject()
            for _ in 0..<random.below(4) {
                object[JSONString(random.pick(Vocabulary.keys + Vocabulary.texts))] = value(
                    depth: depth + 1)
            }
            return .object(object)
        }
    }

    // MARK: Notebook metadata

    private mutating func kernelLanguage() -> String {
        guard random.chance(15) else { return vocabulary.languageName }
        return random.pick(["python", "R", "r", "C++17", "C#", "ruby", "Julia", "octave", "go", ""])
    }

    private mutating func metadata() -> JSONObject {
        var metadata = JSONObject()
        if random.chance(70) {
            metadata["kernelspec"] = [
                "name": .string(JSONString(random.pick(Vocabulary.texts))),
                "display_name": .string(JSONString(random.pick(Vocabulary.texts))),
                "language": .string(JSONString(kernelLanguage())),
            ]
        }
        guard random.chance(40) else { return metadata }
        // A script without a header cannot hold options or another language.
        if random.chance(10) {
            metadata["kernelspec"] = nil
            metadata["jupytext"] = ["notebook_metadata_filter": "-all"]
            return metadata
        }
        var section: JSONObject = [:]
        for (key, values) in Vocabulary.options where random.chance(15) {
            section[key] = random.pick(values)
        }
        for _ in 0..<random.below(3) {
            metadata[JSONString(random.pick(Vocabulary.keys))] = value(depth: 0)
        }
        if random.chance(50) { section["notebook_metadata_filter"] = "all" }
        if !section.isEmpty { metadata["jupytext"] = .object(section) }
        return metadata
    }
}

extension [UInt8] {
    /// The text with the characters that pairs of surrogates mean, as every text out of JSON is.
    fileprivate var withSurrogatesJoined: [UInt8] {
        guard contains(0xED) else { return self }
        var joined: [UInt8] = []
        var index = 0
        while index < count {
            let (value, end) = codePoint(at: index)
            joined.append(codePoint: value)
            index = end
        }
        return joined
    }
}
