import Testing

@testable import Git

@Suite struct WildmatchTests {
    /// From git's own t3070 and gitignore(5), and what each rule says when it is broken.
    @Test(
        arguments: [
            ("foo", "foo", true), ("foo", "bar", false), ("", "", true), ("???", "foo", true),
            ("??", "foo", false), ("*", "foo", true), ("*f", "foo", false), ("*foo*", "foo", true),
            ("*ob*a*r*", "foobar", true), ("*ab", "aaaaaaabababab", true), ("foo\\*", "foo*", true),
            ("foo\\*bar", "foobar", false), ("f\\\\oo", "f\\oo", true), ("*[al]?", "ball", true),
            ("[ten]", "ten", false), ("**[!te]", "ten", true), ("t[a-g]n", "ten", true),
            ("t[!a-g]n", "ten", false), ("t[^a-g]n", "ton", true), ("a[]]b", "a]b", true),
            ("a[]-]b", "a-b", true), ("a[]a-]b", "aab", true), ("]", "]", true),
            ("foo*bar", "foo/baz/bar", false), ("foo**bar", "foo/baz/bar", false),
            ("foo/**/bar", "foo/baz/bar", true), ("foo/**/**/bar", "foo/b/a/z/bar", true),
            ("foo/**/bar", "foo/bar", true), ("foo?bar", "foo/bar", false),
            ("foo[/]bar", "foo/bar", false), ("**/foo", "foo", true), ("**/foo", "XXX/foo", true),
            ("*/foo", "bar/baz/foo", false), ("**/bar*", "foo/bar/baz", false),
            ("foo/*", "foo/bar/baz", false), ("foo/**", "foo/bar/baz", true),
            ("**/bar/*", "deep/foo/bar/baz/", false), ("*/bar/**", "foo/bar/baz/x", true),
            ("a[c-c]st", "acrt", false), ("[!]a-]", "]", false), ("\\", "\\", false),
            ("[[:alpha:]][[:digit:]][[:upper:]]", "a1B", true),
            ("[[:digit:][:upper:][:space:]]", "a", false), ("[[:digit:][:spaci:]]", "1", false),
            ("[a-c[:digit:]x-z]", "y", true), ("[\\\\-^]", "]", true), ("[\\-_]", "-", true),
            ("[a-c]b*", "abc", true), ("[", "[", false), ("[a", "a", false), ("[[:]", ":", true),
            ("*/*/*", "foo/bba/arr", true), ("*/*/*", "foo", false),
            ("**/**/**", "foo/bb/aa/rr", true),
            ("*X*i", "abcXdefXghi", true), ("*/*X*/*/*i", "ab/cXd/efXg/hi", true),
            ("a*", "", false),
            ("**/a*b/**", "x/ab/y", true),
            ("-*-*-*-*-*-*-12-*-*-*-m-*-*-*", "-adobe-courier", false),
        ] as [(String, String, Bool)])
    func `a pattern matches what it matches in git`(pattern: String, text: String, isMatch: Bool) {
        #expect(Wildmatch.matches(pattern.utf8, text.utf8) == isMatch)
    }

    @Test func `bytes are compared and not characters`() {
        #expect(!Wildmatch.matches("caf?".utf8, "caf\u{E9}".utf8))
        #expect(Wildmatch.matches("caf??".utf8, "caf\u{E9}".utf8))
        #expect(Wildmatch.matches([0xFF, 0x2A], [0xFF, 0xFE]))
    }

    @Test func `case is ignored where it is asked for`() {
        #expect(Wildmatch.matches("*.IPYNB".utf8, "a.ipynb".utf8, ignoresCase: true))
        #expect(Wildmatch.matches("[A-C]".utf8, "b".utf8, ignoresCase: true))
        #expect(!Wildmatch.matches("*.IPYNB".utf8, "a.ipynb".utf8))
    }

    @Test func `slashes are like other bytes where paths are not cut at them`() {
        #expect(Wildmatch.matches("foo*bar".utf8, "foo/x/bar".utf8, keepsSlashes: false))
        #expect(Wildmatch.matches("foo?b[!a]r".utf8, "foo/b/r".utf8, keepsSlashes: false))
        #expect(!Wildmatch.matches("foo/**/bar".utf8, "foo/bar".utf8, keepsSlashes: false))
    }

    @Test(.timeLimit(.minutes(1))) func `many stars do not take for ever`() {
        let pattern = String(repeating: "*a", count: 40) + "b"
        let text = String(repeating: "a", count: 200)
        #expect(!Wildmatch.matches(pattern.utf8, text.utf8))
    }
}
