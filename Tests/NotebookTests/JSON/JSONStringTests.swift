@testable import Notebook
import Testing

@Suite struct JSONStringTests {
    @Test func `a low surrogate behind a high one completes it`() {
        var text: [UInt8] = Array("a".utf8)
        text.append(codePoint: 0xD83D)
        #expect(text == [0x61, 0xED, 0xA0, 0xBD])
        text.append(codePoint: 0xDE00)
        #expect(text.text == "a😀")
        text.append(codePoint: 0xDE00)
        #expect(text == Array("a😀".utf8) + [0xED, 0xB8, 0x80])
    }

    @Test(
        arguments: [
            0, 0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xD800, 0xDBFF, 0xDC00, 0xDFFF, 0xE000, 0xFFFD,
            0xFFFF,
            0x10000, 0x10FFFF,
        ] as [UInt32])
    func `a code point comes back`(codePoint: UInt32) {
        var text: [UInt8] = [0x61]
        text.append(codePoint: codePoint)
        let read = text.codePoint(at: 1)
        #expect(read.value == codePoint)
        #expect(read.end == text.count)
    }

    @Test func `strings show U+FFFD for what Swift cannot hold`() {
        #expect(JSONString(utf8: [0x61, 0xED, 0xA0, 0xBD]).string.hasPrefix("a\u{FFFD}"))
        #expect(JSONString("é").string == "é")
    }
}
