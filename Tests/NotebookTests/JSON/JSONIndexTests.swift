internal import CScan
import Foundation
@testable import Notebook
import Support
import Testing

/// The check of whole blocks against the scanner that looks at every byte.
@Suite struct JSONIndexTests {
    /// An entry in words, to be compared: C's own structures are not.
    private func description(_ entry: JSONEntry) -> String {
        "\(entry.kind) \(entry.start)..<\(entry.end) \(entry.next) \(entry.isIndexed) \(entry.hasOthers)"
    }

    /// What the blocks find; nil when they do not accept the text.
    private func byBlocks(_ bytes: [UInt8], indexedDepth: Int, deepest: Int = 1000) -> [String]? {
        let entries = bytes.span.jsonEntries(indexedDepth: indexedDepth, deepest: deepest)
        return entries?.map(description)
    }

    /// What the scanner finds.
    private func byBytes(_ bytes: [UInt8], indexedDepth: Int) -> [String]? {
        var scanner = JSONScanner(bytes.span, indexedDepth: indexedDepth)
        do throws(JSONError) { try scanner.scan() } catch { return nil }
        return scanner.entries.map(description)
    }

    private func isAccepted(_ bytes: [UInt8]) -> Bool { byBlocks(bytes, indexedDepth: 3) != nil }

    private static let parts: [String] = [
        "{", "}", "[", "]", ",", ":", "\"", "\\", "\"a\"", "\"a\": ", "1", "-1.5e+3", "true",
        "null",
        "false", "NaN", "-Infinity", " ", "\n  ", "\t", "\r", "\"\\n\"", "\\u00e9", "\\\"", "é",
        "日", "😀",
        "[]", "{}", "[ ]", "{\n}", "[1, 2]", "{\"k\": [\"x\", {}]}", "\u{1}", "0", "01", "1.",
        "tru",
        "\"plain text that is as long as some blocks of sixty-four bytes are, and then some more\"",
    ]
    private static let brokenUTF8: [[UInt8]] = [
        [0x80], [0xC3], [0xC0, 0x80], [0xE0, 0x9F, 0x80], [0xED, 0xA0, 0x80], [0xE2, 0x82],
        [0xF0, 0x8F, 0x80, 0x80],
        [0xF4, 0x90, 0x80, 0x80], [0xF5], [0xFF],
    ]

    private func randomValue(_ chance: inout SplitMix64, depth: Int) -> String {
        let scalars = [
            "1", "-0.5e3", "true", "null", "\"\"", "\"é\\n\\u12aF\"", "\"日本\"", "NaN", "\"a\\\\\"",
        ]
        guard depth > 0, Bool.random(using: &chance) else {
            if Int.random(in: 0..<6, using: &chance) == 0 {
                return "\"" + String(repeating: "x", count: .random(in: 0..<200, using: &chance))
                    + "\""
            }
            return scalars.randomElement(using: &chance) ?? "0"
        }
        let space = ["", " ", "\n   ", "\r\n\t"].randomElement(using: &chance) ?? ""
        let values = (0..<Int.random(in: 0..<5, using: &chance)).map { _ in
            randomValue(&chance, depth: depth - 1)
        }
        if Bool.random(using: &chance) {
            return "[" + values.map { space + $0 + space }.joined(separator: ",") + space + "]"
        }
        return "{"
            + values.map { space + "\"k\"" + space + ":" + space + $0 + space }
            .joined(separator: ",") + space + "}"
    }

    @Test func `blocks and bytes are judged alike`() {
        let cases = CaseCount.ofNotebooks(5_000)
        let seed = CaseCount.notebookSeed(7)
        var chance = SplitMix64(seed: seed)
        var accepted = 0
        for number in 0..<cases {
            var bytes = Array(("[" + randomValue(&chance, depth: 5) + "]").utf8)
            #expect(isAccepted(bytes), "case \(number): \(bytes.text)")
            for _ in 0..<Int.random(in: 0..<3, using: &chance) {
                let start = Int.random(in: 0...bytes.count, using: &chance)
                let end = min(bytes.count, start + Int.random(in: 0..<3, using: &chance))
                let isBroken = Int.random(in: 0..<8, using: &chance) == 0
                let part =
                    isBroken
                    ? Self.brokenUTF8.randomElement(using: &chance)
                    : Self.parts.randomElement(using: &chance).map { Array($0.utf8) }
                bytes.replaceSubrange(start..<end, with: part ?? [])
            }
            // Other values than objects and arrays are left to the scanner.
            guard bytes.first == .openBracket || bytes.first == .openBrace else { continue }
            let indexedDepth = number % 8
            let entries = byBytes(bytes, indexedDepth: indexedDepth)
            #expect(
                byBlocks(bytes, indexedDepth: indexedDepth) == entries,
                "case \(number): \(bytes.text)")
            if entries != nil { accepted += 1 }
        }
        #expect(accepted > cases / 4 && accepted < cases)
    }

    @Test(arguments: ["[1\u{1}]", "[null\u{7F}]", "[1é]", "[01]", "[+1]", "[NaN0]", "[1\u{A0}]"])
    func `a number or a word ends where it ends`(text: String) {
        #expect(!isAccepted(Array(text.utf8)))
    }

    @Test(arguments: [(1000, true), (1001, false)])
    func `levels are counted`(levels: Int, isAccepted: Bool) {
        let bytes = Array(
            (String(repeating: "[", count: levels) + String(repeating: "]", count: levels)).utf8)
        #expect(self.isAccepted(bytes) == isAccepted)
        #expect((byBytes(bytes, indexedDepth: 0) != nil) == isAccepted)
    }

    @Test func `only white space may stand around the value`() {
        #expect(isAccepted(Array("\u{FEFF} \n[1, {\"a\": \"]\"}]\t\r\n ".utf8)))
        #expect(!isAccepted(Array(#"[1, {"a": "]"}]  }"#.utf8)))
        #expect(!isAccepted(Array(#"x[1]"#.utf8)))
    }

    @Test func `many values and long strings have their entries`() {
        let strings = (0..<500).map { "\"\(String(repeating: "x", count: $0 * 3))\"" }
        let text = "[[" + strings.joined(separator: ",") + "], [1, -2.5e10, true, null, NaN]]"
        let entries = byBytes(Array(text.utf8), indexedDepth: 2)
        #expect(entries?.count == 508)
        #expect(byBlocks(Array(text.utf8), indexedDepth: 2) == entries)
    }

    @Test func `every place in a block is as good as another`() {
        for offset in 0..<130 {
            for tail in [#"\u00e9"#, "é", "日", "😀", #"\\"#, #"\""#] {
                let bytes =
                    Array(#"[""#.utf8) + [UInt8](repeating: 0x61, count: offset)
                    + Array((tail + #"", 12.5]"#).utf8)
                #expect(isAccepted(bytes), "\(tail) at \(offset)")
                for cut in 1..<bytes.count {
                    #expect(!isAccepted(Array(bytes[..<cut])))
                }
            }
        }
    }
}
