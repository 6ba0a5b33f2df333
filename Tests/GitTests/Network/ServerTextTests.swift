import Testing

@testable import Git

@Suite struct ServerTextTests {
    @Test func `lines are put together from pieces`() {
        var text = ServerText()
        #expect(text.lines(in: Array("one\ntw".utf8)).map(\.text) == ["one"])
        #expect(text.lines(in: Array("o\n".utf8)).map(\.text) == ["two"])
        #expect(text.lastLine() == nil)
        _ = text.lines(in: Array("three".utf8))
        #expect(text.lastLine()?.text == "three")
    }

    @Test func `a carriage return ends a line that passes`() {
        var text = ServerText()
        let lines = text.lines(in: Array("10 %\r20 %\rdone\n".utf8))
        #expect(lines.map(\.text) == ["10 %", "20 %", "done"])
        #expect(lines.map(\.isPassing) == [true, true, false])
    }

    @Test(arguments: [
        ("\u{1B}]0;PWNED\u{7}", #"\u{1b}]0;PWNED\u{7}"#), ("a\tb  ", "a b"),
        ("\u{9B}2J", #"\u{9b}2J"#), ("\u{202E}txt.exe", #"\u{202e}txt.exe"#),
        ("zero\u{200B}width\u{200D}", #"zero\u{200b}width\u{200d}"#), ("Grüße 🎉", "Grüße 🎉"),
        ("\u{7F}\u{2028}", #"\u{7f}\u{2028}"#),
    ])
    func `nothing of it acts on a terminal`(said: String, shown: String) {
        #expect(ServerText.cleaned(said.utf8) == shown)
    }

    @Test func `no bytes at all act on a terminal`() {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<2000 {
            let bytes = (0..<40).map { _ in UInt8.random(in: 0...255, using: &random) }
            for scalar in ServerText.cleaned(bytes).unicodeScalars {
                #expect(scalar.value >= 0x20 && !(0x7F..<0xA0).contains(scalar.value))
            }
        }
    }
}
