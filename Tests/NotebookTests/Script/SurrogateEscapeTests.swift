@testable import Notebook
import Testing

@Suite struct SurrogateEscapeTests {
    @Test(
        arguments: [
            ([0xED, 0xA0, 0xBD], "\u{FFFD}", "d83d"),
            ([0x61, 0xED, 0xB8, 0x80, 0x62], "a\u{FFFD}b", "de00"),
            (
                [0xEF, 0xBF, 0xBD, 0xED, 0xA0, 0xBD, 0xEF, 0xBF, 0xBD], "\u{FFFD}\u{FFFD}\u{FFFD}",
                "fffd d83d fffd"
            ),
            ([0xED, 0xB8, 0x80, 0xED, 0xA0, 0xBD], "\u{FFFD}\u{FFFD}", "de00 d83d"),
        ] as [([UInt8], String, String)])
    func `surrogates are replaced and restored`(bytes: [UInt8], text: String, list: String) {
        let replaced = SurrogateEscape.replacingSurrogates(in: bytes)
        #expect(replaced.text.text == text)
        #expect(replaced.list?.string == list)
        #expect(SurrogateEscape.restoringSurrogates(in: replaced.text, list: list) == bytes)
    }

    @Test(arguments: ["", "abc", "é한😀", "\u{D7FF}\u{E000}", "\u{FFFD}"])
    func `texts without any stay as they are`(text: String) {
        let replaced = SurrogateEscape.replacingSurrogates(in: Array(text.utf8))
        #expect(replaced.text.text == text)
        #expect(replaced.list == nil)
    }

    @Test(arguments: ["", "d83d d83d", "d83d de00 d83d"])
    func `a list that does not fit is not used`(list: String) {
        let text = Array("a\u{FFFD}b".utf8)
        #expect(SurrogateEscape.restoringSurrogates(in: text, list: list) == text)
    }

    @Test(arguments: ["zzzz", "41", "10ffff", "-1"])
    func `a list of other things restores nothing`(list: String) {
        let text = Array("a\u{FFFD}b".utf8)
        #expect(SurrogateEscape.restoringSurrogates(in: text, list: list) == text)
    }
}
