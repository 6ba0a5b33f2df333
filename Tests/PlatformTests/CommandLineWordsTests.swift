import Platform
import Testing

@Suite struct CommandLineWordsTests {
    @Test(
        arguments: [
            [], Array("a.ipynb".utf8), Array("é—🦜".utf8), [0xE9], [0x61, 0xFF, 0x62], [0xC3],
            [0xC3, 0x28],
            // A surrogate, a character too large, one cut off at the end.
            [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0x61, 0xF0, 0x9F, 0xA6],
            // The characters that carry bytes, and their neighbours.
            Array("\u{10F77F}\u{10F780}\u{10F7E9}\u{10F7FF}\u{10F800}".utf8),
        ] as [[UInt8]])
    func `a path made of a word has the bytes that were typed`(bytes: [UInt8]) {
        #expect(Path(word: CommandLineWords.word(bytes)).bytes == bytes)
    }

    @Test func `valid text is the word itself`() {
        #expect(CommandLineWords.word(Array("--to=é".utf8)) == "--to=é")
    }
}
