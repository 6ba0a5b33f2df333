import Platform
import Support
import Testing

@Suite struct ShellWordTests {
    static let names = [
        "a.py", "scripts/ä b.py", "it's.py", "-n", "a'b\nc", "\u{1B}[31m", "$HOME", "a\\b", "\"a\"",
        "~",
        "a&b;c", "*",
    ]

    @Test(arguments: names)
    func `a shell reads the word as the name`(name: String) throws {
        let word = Path(name).shellWord
        #expect(word.unicodeScalars.allSatisfy { $0.value >= 0x20 })
        let finished = try run(["bash", "-c", "printf %s \(word)"], in: "/", environment: [:])
        #expect(finished.text == (name == "-n" ? "./-n" : name))
    }

    @Test func `a plain name stays plain`() {
        #expect(Path("scripts/a_1.py").shellWord == "scripts/a_1.py")
    }
}
