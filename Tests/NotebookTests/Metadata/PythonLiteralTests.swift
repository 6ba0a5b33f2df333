@testable import Notebook
import Testing

/// The answers are those of `json.loads` and then `ast.literal_eval` in Python 3.11.
@Suite struct PythonLiteralTests {
    private func value(of text: String) -> String? {
        PythonLiteral.value(of: Array(text.utf8).span).map { $0.line.text }
    }

    @Test(
        arguments: [
            ("1", "1"), ("-1", "-1"), ("+1", "1"), ("1.50", "1.5"), ("1e3", "1000.0"),
            (".5", "0.5"), ("5.", "5.0"), ("1_000", "1000"), ("0x1F", "31"), ("0o17", "15"),
            ("0b11", "3"), ("True", "true"), ("False", "false"), ("None", "null"),
            ("true", "true"), ("null", "null"), ("\"a\"", "\"a\""), ("'a'", "\"a\""),
            ("\"\"\"a\nb\"\"\"", "\"a\\nb\""), ("'a' 'b'", "\"ab\""), ("r\"\\d\"", "\"\\\\d\""),
            ("u\"x\"", "\"x\""), ("\"\\n\\t\\\\\"", "\"\\n\\t\\\\\""),
            ("\"\\x41\\u00e9\\U0001F600\"", "\"A\\u00e9\\ud83d\\ude00\""), ("\"\\101\"", "\"A\""),
            ("\"\\d\"", "\"\\\\d\""), ("[]", "[]"), ("[1, 2]", "[1, 2]"), ("[1, 2,]", "[1, 2]"),
            ("()", "[]"), ("(1)", "1"), ("(1,)", "[1]"), ("(1, 2)", "[1, 2]"), ("{}", "{}"),
            ("{\"a\": 1}", "{\"a\": 1}"), ("{'a': (1, None)}", "{\"a\": [1, null]}"),
            ("1 # c", "1"), ("\"a\" # c", "\"a\""), ("  1  ", "1"), ("\"\\\nx\"", "\"x\""),
            ("NaN", "NaN"), ("Infinity", "Infinity"), ("-Infinity", "-Infinity"),
            ("1e400", "Infinity"), ("12345678901234567890123", "12345678901234567890123"),
            ("\"\\ud83d\"", "\"\\ud83d\""), ("[[[1]]]", "[[[1]]]"),
            ("{\"a\": 1, \"a\": 2}", "{\"a\": 2}"), ("-  1", "-1"), ("\"\"", "\"\""),
            ("\"'\"", "\"'\""), ("'\"'", "\"\\\"\""), ("\"\\\"\"", "\"\\\"\""),
            ("1.5e-7", "1.5e-07"), ("1E5", "100000.0"), ("0", "0"), ("-0", "0"), ("-0.0", "-0.0"),
            ("1.e5", "100000.0"),
        ])
    func `what Python reads is read`(text: String, json: String) {
        #expect(value(of: text) == json)
    }

    @Test(
        arguments: [
            "--1", "01", "1j", "Truex", "b\"x\"", "f\"x\"", "\"\\N{DASH}\"", "\"a", "\"a\nb\"",
            "[1 2]",
            "{1}", "{\"a\"}", "x", "1+1", "[1", "1 2", "", "#", "1e", "[,]", "(,)", "\"\\u12\"",
            "\"\\xg\"",
        ])
    func `what Python refuses is refused`(text: String) {
        #expect(value(of: text) == nil)
    }

    @Test(arguments: ["{1: 2}", "{1, 2}", "b'x'", "1j"])
    func `what JSON cannot hold is refused`(text: String) {
        #expect(value(of: text) == nil)
    }

    @Test func `zeros in a row are one`() {
        withKnownIssue("Python reads '00' as 0") {
            #expect(value(of: "00") == "0")
        }
    }

    @Test(arguments: ["(", "["])
    func `deep nesting is refused and does not overflow the stack`(bracket: String) {
        #expect(value(of: String(repeating: bracket, count: 20_000)) == nil)
    }
}
