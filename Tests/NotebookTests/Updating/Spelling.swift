@testable import Notebook
import Support

/// One of the ways in which programs spell the JSON of a notebook.
///
/// Written here a second time, apart from the product, so that a whole file can be foretold byte for byte.
struct Spelling: CustomStringConvertible {
    /// Which of its ways each property has, in the order of ``counts``.
    private let choices: [Int]

    private static let counts = [2, 2, 6, 3, 2, 6, 4, 2, 3, 6, 2, 2, 2]
    private static let indents: [String?] = [nil, "", " ", "  ", "    ", "\t"]
    private static let colons = [": ", ":", " : "]

    private var hasMark: Bool { choices[0] == 1 }
    private var lineEnd: String { choices[1] == 1 ? "\r\n" : "\n" }
    private var indent: String? { Self.indents[choices[2]] }
    private var colon: String { Self.colons[choices[3]] }
    private var comma: String { choices[4] == 1 ? "," : ", " }
    private var escapes: Escapes { Escapes.allCases[choices[5]] }
    private var finalLineEnds: Int { choices[6] }
    private var hasStrings: Bool { choices[7] == 1 }
    private var order: Int { choices[8] }
    private var minor: Int { choices[9] }
    private var hasOddNumbers: Bool { choices[10] == 1 }
    private var hasSurrogates: Bool { choices[11] == 1 }
    var hasDuplicateKeys: Bool { choices[12] == 1 }

    /// What stands as an escape though JSON does not ask for it.
    private enum Escapes: CaseIterable {
        case none, ascii, asciiUppercase, html, htmlUppercase, slash

        var isUppercase: Bool { self == .asciiUppercase || self == .htmlUppercase }

        func contains(_ codePoint: UInt32) -> Bool {
            switch self {
            case .none: false
            case .ascii, .asciiUppercase: codePoint >= 0x80
            // As Go writes by default.
            case .html, .htmlUppercase: [0x26, 0x3C, 0x3E, 0x2028, 0x2029].contains(codePoint)
            // As PHP writes by default.
            case .slash: codePoint >= 0x80 || codePoint == 0x2F
            }
        }
    }

    var description: String {
        "\(indent.map { "indent '\($0)'" } ?? "one line") colon '\(colon)' comma '\(comma)' \(escapes) "
            + "bom \(hasMark) crlf \(choices[1] == 1) ends \(finalLineEnds) strings \(hasStrings) "
            + "order \(order) minor \(minor) numbers \(hasOddNumbers) surrogates \(hasSurrogates) "
            + "duplicates \(hasDuplicateKeys)"
    }

    /// Spellings in which each two properties meet in all of their ways.
    static let pairwise: [Spelling] = {
        struct Pair: Hashable { let first, firstWay, second, secondWay: Int }
        func pairs(_ choices: [Int]) -> [Pair] {
            choices.indices.flatMap { first in
                choices.indices.dropFirst(first + 1).map { second in
                    Pair(
                        first: first, firstWay: choices[first], second: second,
                        secondWay: choices[second])
                }
            }
        }
        var missing: Set<Pair> = []
        for (first, firstCount) in counts.enumerated() {
            for second in counts.indices.dropFirst(first + 1) {
                for firstWay in 0..<firstCount {
                    for secondWay in 0..<counts[second] {
                        missing.insert(
                            Pair(
                                first: first, firstWay: firstWay, second: second,
                                secondWay: secondWay))
                    }
                }
            }
        }
        var chance = SplitMix64(seed: 7)
        var rows: [Spelling] = []
        while !missing.isEmpty {
            var best: (count: Int, choices: [Int]) = (0, [])
            for _ in 0..<40 {
                let choices = counts.map { chance.below($0) }
                let count = pairs(choices).count(where: missing.contains)
                if count > best.count { best = (count, choices) }
            }
            guard best.count > 0 else { continue }
            missing.subtract(pairs(best.choices))
            rows.append(Spelling(choices: best.choices))
        }
        return rows
    }()

    // MARK: What is spelled

    /// The notebook `root` with what this spelling asks for: its version, odd numbers, lone surrogates.
    func content(_ root: JSONObject) -> JSONObject {
        var root = root
        if root["nbformat_minor"] != nil { root["nbformat_minor"] = .number(String(minor)) }
        var cells = root["cells"]?.array?.compactMap(\.object) ?? []
        for index in cells.indices {
            if minor >= 5 {
                cells[index]["id"] = .string(JSONString("cell-\(index)"))
            } else {
                cells[index]["id"] = nil
            }
            if hasOddNumbers {
                let numbers = [
                    "NaN", "-Infinity", "123456789012345678901234567890", "1.50", "1E+05", "-0",
                ]
                cells[index]["odd"] = .array(numbers.map { .number($0) })
            }
            if hasSurrogates {
                cells[index]["half"] = .string(JSONString(utf8: [0x61, 0xED, 0xAF, 0xBD]))
                let source = (cells[index]["source"] ?? "").sourceText
                guard index == 0 else { continue }
                cells[index]["source"] = .string(
                    JSONString(utf8: source + Array("\ns = '".utf8) + [0xED, 0xAF, 0xBD, 0x27]))
            }
        }
        root["cells"] = .array(cells.map { .object(spelledSource($0)) })
        return root
    }

    /// The cell with its source as a string or as a list, as this spelling has it.
    func spelledSource(_ cell: JSONObject) -> JSONObject {
        var cell = cell
        let text = (cell["source"] ?? "").sourceText
        cell["source"] =
            hasStrings
            ? .string(JSONString(utf8: text))
            : .array(text.splitIntoLines().map { .string(JSONString(utf8: $0)) })
        return cell
    }

    // MARK: Spelling

    func bytes(of root: JSONObject) -> [UInt8] {
        var text: [UInt8] = hasMark ? byteOrderMark : []
        append(.object(root), indent: "", to: &text)
        for _ in 0..<finalLineEnds { text += Array(lineEnd.utf8) }
        return text
    }

    private func append(_ value: JSONValue, indent: String, to text: inout [UInt8]) {
        switch value {
        case .null: text += Array("null".utf8)
        case .bool(let value): text += Array((value ? "true" : "false").utf8)
        case .number(let number): text += Array(number.utf8)
        case .string(let string): append(string, to: &text)
        case .array(let elements):
            append(count: elements.count, "[", "]", indent: indent, to: &text) {
                index, inner, text in
                append(elements[index], indent: inner, to: &text)
            }
        case .object(let object):
            let members = ordered(object)
            append(count: members.count, "{", "}", indent: indent, to: &text) {
                index, inner, text in
                append(members[index].key, to: &text)
                text += Array(colon.utf8)
                append(members[index].value, indent: inner, to: &text)
            }
        }
    }

    private func append(
        count: Int, _ opening: String, _ closing: String, indent: String, to text: inout [UInt8],
        part: (Int, String, inout [UInt8]) -> Void
    ) {
        text += Array(opening.utf8)
        let inner = indent + (self.indent ?? "")
        for index in 0..<count {
            if self.indent != nil {
                text += Array(((index > 0 ? "," : "") + lineEnd + inner).utf8)
            } else if index > 0 {
                text += Array(comma.utf8)
            }
            part(index, inner, &text)
        }
        if count > 0, self.indent != nil { text += Array((lineEnd + indent).utf8) }
        text += Array(closing.utf8)
    }

    private func ordered(_ object: JSONObject) -> [JSONObject.Member] {
        var members = object.members
        // An edit puts what is new behind the other members.
        let added = members.filter { $0.key == "tags" }
        members = members.filter { $0.key != "tags" }
        if order == 1 { members.sort { $0.key < $1.key } }
        if order == 2 { members.sort { $0.key > $1.key } }
        members += added
        guard hasDuplicateKeys, object["cell_type"] != nil else { return members }
        return [(key: "source", value: "an earlier one"), (key: "zz", value: 1)] + members
            + [(key: "zz", value: 2)]
    }

    private func append(_ string: JSONString, to text: inout [UInt8]) {
        text.append(.quote)
        var index = 0
        while index < string.utf8.count {
            let (codePoint, end) = string.utf8.codePoint(at: index)
            switch codePoint {
            case 0x2F where escapes == .slash: text += Array("\\/".utf8)
            case 0xD800..<0xE000:
                text.append(jsonEscapeOf: codePoint, isUppercase: escapes.isUppercase)
            case let codePoint where escapes.contains(codePoint):
                text.append(jsonEscapeOf: codePoint, isUppercase: escapes.isUppercase)
            case 0x80...: text += string.utf8[index..<end]
            default:
                text.append(jsonCharacter: UInt8(codePoint), isUppercase: escapes.isUppercase)
            }
            index = end
        }
        text.append(.quote)
    }
}

extension JSONValue {
    /// The text of a source, whether a string or a list.
    var sourceText: [UInt8] {
        switch self {
        case .string(let text): text.utf8
        case .array(let items): items.flatMap(\.sourceText)
        default: []
        }
    }
}
