import Git
import Testing

@Suite struct IgnoreFileTests {
    private static func pattern(_ text: String) throws -> IgnorePattern {
        try #require(IgnorePattern(line: Array(text.utf8)))
    }

    private static func text(_ file: IgnoreFile) -> String {
        String(decoding: file.bytes, as: UTF8.self)
    }

    @Test(arguments: [
        ("", "# nbgit: why\n*.ipynb\n"),
        ("a\n", "a\n\n# nbgit: why\n*.ipynb\n"),
        ("a", "a\n\n# nbgit: why\n*.ipynb\n"),
        ("a\r\nb\r\n", "a\r\nb\r\n\r\n# nbgit: why\r\n*.ipynb\r\n"),
        ("a\r\nb", "a\r\nb\r\n\r\n# nbgit: why\r\n*.ipynb\r\n"),
        ("a\n\n", "a\n\n# nbgit: why\n*.ipynb\n"),
        ("\u{FEFF}a\n", "\u{FEFF}a\n\n# nbgit: why\n*.ipynb\n"),
        ("*.ipynb # all of them\n", "*.ipynb # all of them\n\n# nbgit: why\n*.ipynb\n"),
        ("*.ipynb\n!*.ipynb\n", "*.ipynb\n!*.ipynb\n\n# nbgit: why\n*.ipynb\n"),
    ]) func `a pattern is put at the end, in the line ends of the file`(
        before: String, after: String
    ) throws {
        var file = IgnoreFile(Array(before.utf8))
        let added = file.add([try Self.pattern("*.ipynb")], comment: "why")
        #expect(Self.text(file) == after)
        #expect(added.count == 1)
    }

    @Test(arguments: ["*.ipynb\n", "a\r\n*.ipynb\r\n", "*.ipynb   \n", "!*.ipynb\n*.ipynb"])
    func `a pattern that is there is not added again`(text: String) throws {
        var file = IgnoreFile(Array(text.utf8))
        #expect(file.add([try Self.pattern("*.ipynb")], comment: "why") == [])
        #expect(Self.text(file) == text)
    }

    @Test(arguments: ["", "a\n", "a\r\nb\r\n", "# mine\na\n"])
    func `what was added is taken out again without a trace`(text: String) throws {
        var file = IgnoreFile(Array(text.utf8))
        let pattern = try Self.pattern("*.ipynb")
        file.add([pattern], comment: "why")
        #expect(file.remove(pattern) == 1)
        #expect(Self.text(file) == text)
    }

    @Test func `a comment stays while a pattern is below it, and a person's comment always`() throws
    {
        var file = IgnoreFile()
        file.add([try Self.pattern("a"), try Self.pattern("b")], comment: "why")
        file.remove(try Self.pattern("a"))
        #expect(Self.text(file) == "# nbgit: why\nb\n")
        file.remove(try Self.pattern("b"))
        #expect(Self.text(file) == "")
        var own = IgnoreFile(Array("# mine\nb\nb\nc".utf8))
        #expect(own.remove(try Self.pattern("b")) == 2)
        #expect(Self.text(own) == "# mine\nc")
    }

    @Test func `the block that becomes the first has no blank line above it`() throws {
        var file = IgnoreFile()
        file.add([try Self.pattern("a")], comment: "why")
        file.add([try Self.pattern("b")], comment: "why")
        file.remove(try Self.pattern("a"))
        #expect(Self.text(file) == "# nbgit: why\nb\n")
    }

    @Test func `patterns know their lines`() {
        let file = IgnoreFile(Array("\u{FEFF}# a\n\nb \r\n!c/".utf8))
        #expect(file.entries.map(\.lineNumber) == [3, 4])
        #expect(
            file.entries.map { String(decoding: $0.pattern.text, as: UTF8.self) } == ["b", "!c/"])
    }
}
