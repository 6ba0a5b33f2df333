import Platform
import Testing

@Suite struct PathTests {
    @Test(arguments: [
        ("a/b/c.py", "c.py", "a/b"), ("c.py", "c.py", "."), ("/c.py", "c.py", "/"),
        ("a/b/", "b", "a"), ("a//b", "b", "a"), ("/", "/", "/"), ("//", "/", "/"), ("", "", "."),
        ("..", "..", "."), ("../a", "a", ".."), ("//a", "a", "/"), ("/a//b//", "b", "/a"),
    ])
    func `name and parent follow basename and dirname`(path: Path, name: Path, parent: Path) {
        #expect(path.name == name)
        #expect(path.parent == parent)
        #expect(Path(bytes: Array(path.nameBytes)) == name)
        #expect(path.isDirectly(in: parent))
        #expect(!path.isDirectly(in: "other"))
    }

    @Test(arguments: [
        ("a", "b"), ("a", "aa"), ("", "a"), ("a.ipynb", "a.py"), ("a/b", "a0"), ("Z", "a"),
    ])
    func `names are ordered by their bytes, and the shorter one first`(first: Path, second: Path) {
        #expect(first < second)
        #expect(!(second < first))
        #expect(first != second)
        #expect(first == Path(bytes: Array(first.bytes)))
    }

    @Test(arguments: [
        ("a", "b", "a/b"), ("a/", "b", "a/b"), ("/", "b", "/b"), (".", "b", "b"), ("", "b", "b"),
        ("a", "/b", "/b"), ("a", "", "a"), ("a", "b/c", "a/b/c"),
    ])
    func `appending puts one slash between`(folder: Path, name: Path, whole: Path) {
        #expect(folder.appending(name) == whole)
        guard !name.isAbsolute, !name.bytes.isEmpty else { return }
        #expect(folder.appending(name.bytes[...]) == whole)
    }

    @Test(
        arguments: [
            ("/a/b/c", "/a", "b/c"), ("/a/b", "/a/b", "."), ("/a/b", "/a/b/", "."),
            ("/a", "/", "a"),
            ("/ab", "/a", nil), ("/a", "/a/b", nil), ("a/b", "a/", "b"),
        ] as [(Path, Path, Path?)])
    func `a relative path is what follows the folder`(path: Path, folder: Path, rest: Path?) {
        #expect(path.relative(to: folder) == rest)
    }

    @Test(
        arguments: [
            ("a.py", "py", "a"), ("x/a.tar.gz", "gz", "x/a.tar"), ("/a.py", "py", "/a"),
            (".profile", nil, ".profile"), ("a", nil, "a"), ("a.", "", "a"), ("..", nil, ".."),
            ("x.y/a", nil, "x.y/a"),
        ] as [(Path, String?, Path)])
    func `an extension follows the last period of the name`(
        path: Path, fileExtension: String?, rest: Path
    ) {
        #expect(path.fileExtension == fileExtension)
        #expect(path.withoutExtension == rest)
        #expect(path.replacingExtension(with: "R") == Path(bytes: rest.bytes + Array(".R".utf8)))
    }

    @Test func `a name is hidden when a period leads it`() {
        #expect(Path("a/.git").isHidden)
        #expect(!Path(".git/a").isHidden)
    }

    @Test func `text that is not UTF-8 is no string`() {
        #expect(Path("é").string == "é")
        #expect(Path(bytes: [0x63, 0xE9]).string == nil)
    }
}

@Suite struct DisplayNameTests {
    @Test(arguments: ["plain.ipynb", "with space", "größe.py", "数据.ipynb", "👩‍💻.py", "it's"])
    func `a harmless name is shown as it is`(name: String) {
        #expect(Path(name).displayName == name)
    }

    @Test(arguments: [
        ("a\nb", #""a\nb""#), ("a\tb\r", #""a\tb\r""#), ("\u{1B}[31mred", #""\033[31mred""#),
        ("\u{7}\u{8}\u{B}\u{C}\u{1}\u{7F}", #""\a\b\v\f\001\177""#),
        (#"say "hi""#, #""say \"hi\"""#), (#"back\slash"#, #""back\\slash""#),
        ("\u{9B}31m", #""\302\23331m""#), ("gpj.\u{202E}py", #""gpj.\342\200\256py""#),
        ("a\u{2028}b", #""a\342\200\250b""#), ("\u{FEFF}a", #""\357\273\277a""#), ("", #""""#),
    ])
    func `a name that would act or hide is quoted as C does`(name: String, shown: String) {
        #expect(Path(name).displayName == shown)
        #expect("\(Path(name))" == shown)
    }

    @Test(
        arguments: [
            ([0x63, 0xE9, 0x2E], #""c\351.""#), ([0xC3], #""\303""#),
            ([0xE2, 0x82, 0x41], #""\342\202A""#),
            ([0xED, 0xA0, 0x80], #""\355\240\200""#), ([0xC3, 0xA9, 0xFF], #""é\377""#),
        ] as [([UInt8], String)])
    func `bytes that are not UTF-8 are shown in octal`(bytes: [UInt8], shown: String) {
        #expect(Path(bytes: bytes).displayName == shown)
    }
}
