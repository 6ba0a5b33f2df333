@testable import Notebook
import Testing

@Suite struct TripleQuotesTests {
    private func body(_ marker: String, _ source: String) -> String? {
        let source = Array(source.utf8)
        return TripleQuotes(JSONString(marker), around: source.span)?.body(around: source.span).text
    }

    @Test(
        arguments: [
            ("\"\"\"", "x", "\"\"\"\nx\n\"\"\"\n"), ("'''", "x\ny", "'''\nx\ny\n'''\n"),
            ("r\"\"\"", "x", "r\"\"\"\nx\n\"\"\"\n"), ("R'''", "x", "R'''\nx\n'''\n"),
            ("\"\"\"", "\\x", "r\"\"\"\n\\x\n\"\"\"\n"), ("\"\"\",\"\"\"", "x", "\"\"\"x\"\"\"\n"),
            ("\"\"\"", "", "\"\"\"\n\n\"\"\"\n"), ("\"\"\"", "'''", "\"\"\"\n'''\n\"\"\"\n"),
            ("\"\"\"", "x\"", "\"\"\"\nx\"\n\"\"\"\n"),
            ("\"\"\"\n,\n\"\"\"", "x", "\"\"\"\nx\n\"\"\"\n"),
        ])
    func `text stands in quotes`(marker: String, source: String, body: String) {
        #expect(self.body(marker, source) == body)
    }

    @Test(
        arguments: [
            ("region,endregion", "x"), ("{{{,}}}", "x"), ("\"\"", "x"), ("", "x"), ("r", "x"),
            ("\"\"\"", "a\"\"\"b"), ("'''", "'''"), ("\"\"\",\"\"\"", "x\""),
            ("\"\"\",\"\"\"", "x\\"),
            ("\"\"\",'''", "x"), ("f\"\"\"", "x"),
        ])
    func `what would not be read back is no quotes`(marker: String, source: String) {
        #expect(body(marker, source) == nil)
    }

    @Test(
        arguments: [
            ("\"\"\"\nx\n\"\"\"", "x", "\"\"\""), ("'''\nx\n\ny\n'''", "x\n\ny", "'''"),
            ("r\"\"\"\n\\x\n\"\"\"", "\\x", "r\"\"\""), ("R'''\nx\n'''", "x", "R'''"),
            ("  \"\"\"\nx\n\"\"\"\n\n", "x", "\"\"\""), ("\"\"\"\n\n\"\"\"", "", "\"\"\""),
            ("r\"\"\"x\"\"\"", "x", "r\"\"\",\"\"\""), ("\"\"\"\n\"\"\"", "", nil),
        ] as [(String, String, String?)])
    func `a string in quotes is read`(body: String, text: String, marker: String?) {
        let found = TripleQuotes.content(of: Array(body.utf8).span)
        #expect(found?.text.text == text)
        if let marker { #expect(found?.marker?.string == marker) }
    }

    @Test(arguments: [
        "x", "\"\"\"\nx", "\"\"\"\"\"", "f\"\"\"\nx\n\"\"\"", "\"\"\"x'''", "x = \"\"\"a\"\"\"",
        "\"\"\"a\"\"\" + 1", "",
    ])
    func `anything else is no string`(body: String) {
        let isString = TripleQuotes.content(of: Array(body.utf8).span) != nil
        #expect(!isString)
    }
}
