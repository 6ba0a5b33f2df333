@testable import Notebook
import Testing

/// The answers are those of `jupytext.stringparser.StringParser`, flaws included.
@Suite struct QuoteTrackerTests {
    /// One sign for the start of each line and for the end: `s` inside a string, `.` outside.
    @Test(
        arguments: [
            ("python", ["x", "y"], "..."), ("python", ["\"\"\"", "a", "\"\"\"", "b"], ".ss.."),
            ("python", ["'''", "\"\"\"", "'''", "x"], ".ss.."),
            ("python", ["x = \"\"\"a\"\"\"", "y"], "..."), ("python", ["'it''s'", "x"], "..."),
            ("python", ["# \"\"\"", "x"], "..."), ("python", ["x # \"\"\"", "y"], "..."),
            ("python", ["\"#\" + \"\"\"", "x"], ".ss"), ("python", ["\\\"\"\"", "x"], "..."),
            ("python", ["\"\\\"\"\"\"", "x"], ".ss"), ("python", ["\"\"\"\"\"\"", "x"], "..."),
            ("python", ["\"\"\"\"\"\"\"", "x"], "..."),
            ("python", ["\"\"\"a\"\"\"\"\"\"b", "x"], ".ss"),
            ("python", ["x = 'a", "\"\"\"", "y"], "..ss"), ("python", ["\"a' \"\"\"", "x"], "..."),
            ("python", ["   # \"\"\"", "x"], "..."),
            ("python", ["\"\"\"", "# \"\"\"", "x"], ".s.."),
            ("python", ["\"\"\"", "\\\"\"\"", "\"\"\"", "x"], ".s.ss"),
            ("python", ["r\"\"\"\\", "\"\"\"", "x"], ".s.."),
            ("python", ["\"\"", "\"", "x"], "...."),
            ("python", ["\"\\\\\"", "\"\"\"", "x"], "..ss"), ("R", ["\"\"\"", "x"], "..."),
            ("julia", ["\"\"\"", "x", "\"\"\"", "y"], ".ss.."), ("c++", ["// \"\"\"", "x"], "..."),
            ("c++", ["\"\"\"", "x"], ".ss"), ("c++", ["# \"\"\"", "x"], ".ss"),
            ("ocaml", ["(* \"\"\"", "x"], "..."), ("html", ["# \"\"\"", "x"], ".ss"),
            ("sql", ["-- \"\"\"", "x"], ".ss"), ("matlab", ["% \"\"\"", "x"], "..."),
            ("bash", ["'''", "x"], ".ss"),
        ])
    func `lines start inside strings`(language: String, lines: [String], expected: String) {
        var tracker = QuoteTracker(languageName: language, script: Languages.python)
        var signs = ""
        for line in lines {
            signs += tracker.isInString ? "s" : "."
            tracker.read(Array(line.utf8).span)
        }
        signs += tracker.isInString ? "s" : "."
        #expect(signs == expected)
    }

    @Test func `without a language there are no strings`() {
        var tracker = QuoteTracker(languageName: nil, script: Languages.python)
        tracker.read(Array("\"\"\"".utf8).span)
        let isInString = tracker.isInString
        #expect(!isInString)
    }
}
