@testable import Notebook
import Testing

/// The spellings are those of PyYAML 6.0.3.
@Suite struct YAMLScalarTests {
    private func spelled(_ text: String) -> String {
        String(YAMLWriter.block(["a": .string(JSONString(text))]).text.dropFirst(3).dropLast())
    }

    @Test(
        arguments: [
            "a", "y", "n", "08", "0o7", "1e3", "1.5e3", "2020-1-1", "-a", "?a", ":a", "a:b", "a#b",
            "a,b", "a]", "Python [conda env:base] *", "3.9.0", ".venv", "r\"\"\"",
            "ipynb,py:percent", "-all", "tags,-all", "0x", "1:60", "0:0", "a\\b", "~a", "nul",
            "NaN", "inf", "+", ".", "..", "1.e5", "1.5e5", "1e+5",
        ])
    func `these texts need no quotes`(text: String) throws {
        #expect(spelled(text) == text)
        #expect(try YAMLReader.value(of: Array("a: \(text)".utf8)).object?["a"]?.string == text)
    }

    @Test(
        arguments: [
            ("", "''"), ("true", "'true'"), ("True", "'True'"), ("yes", "'yes'"), ("no", "'no'"),
            ("on", "'on'"), ("OFF", "'OFF'"), ("null", "'null'"), ("~", "'~'"), ("Null", "'Null'"),
            ("1", "'1'"), ("-1", "'-1'"), ("+1", "'+1'"), ("0", "'0'"), ("010", "'010'"),
            ("0x1F", "'0x1F'"), ("0b1", "'0b1'"), ("1_000", "'1_000'"), ("1:30", "'1:30'"),
            ("1.5", "'1.5'"), (".5", "'.5'"), ("5.", "'5.'"), ("1.5e+3", "'1.5e+3'"),
            (".inf", "'.inf'"), ("-.inf", "'-.inf'"), (".nan", "'.nan'"),
            ("2020-01-01", "'2020-01-01'"), ("2020-01-01T10:00:00Z", "'2020-01-01T10:00:00Z'"),
            ("=", "'='"), ("<<", "'<<'"), ("-", "'-'"), ("- a", "'- a'"), ("--- a", "'--- a'"),
            ("---", "'---'"), ("...", "'...'"), ("?", "'?'"), ("? a", "'? a'"), (":", "':'"),
            (": a", "': a'"), ("a:", "'a:'"), ("a: b", "'a: b'"), ("a #b", "'a #b'"),
            ("#a", "'#a'"), (" a", "' a'"), ("a ", "'a '"), ("*a", "'*a'"), ("&a", "'&a'"),
            ("!a", "'!a'"), ("|", "'|'"), (">", "'>'"), ("'a", "'''a'"), ("\"a", "'\"a'"),
            ("%a", "'%a'"), ("@a", "'@a'"), ("`a", "'`a'"), (",a", "',a'"), ("[a", "'[a'"),
            ("{a", "'{a'"), ("]a", "']a'"), ("}a", "'}a'"), ("é", "\"\\xE9\""),
            ("a\tb", "\"a\\tb\""), ("3.10", "'3.10'"), ("1.3", "'1.3'"), ("{{{,}}}", "'{{{,}}}'"),
            ("\"\"\"", "'\"\"\"'"), ("'''", "''''''''"),
            ("12345678901234567890", "'12345678901234567890'"), ("1__0", "'1__0'"),
            ("+.inf", "'+.inf'"), ("NULL", "'NULL'"), ("-", "'-'"), ("1.", "'1.'"), ("00", "'00'"),
            ("190:20:30", "'190:20:30'"), ("190:20:30.15", "'190:20:30.15'"),
            ("1.0e+5", "'1.0e+5'"),
        ])
    func `these texts get quotes`(text: String, quoted: String) throws {
        #expect(spelled(text) == quoted)
        #expect(try YAMLReader.value(of: Array("a: \(quoted)".utf8)).object?["a"]?.string == text)
    }

    @Test(
        arguments: [
            ("", .null), ("~", .null), ("null", .null), ("Null", .null), ("NULL", .null),
            ("yes", true), ("Yes", true), ("YES", true), ("true", true), ("on", true), ("On", true),
            ("no", false), ("False", false), ("OFF", false), ("y", "y"), ("n", "n"),
            ("nUll", "nUll"),
            ("0", 0), ("1", 1), ("-1", -1),
            ("12345678901234567890", .number("12345678901234567890")),
            ("1.5", .number("1.5")), ("-0.25", .number("-0.25")), ("1.0e+100", .number("1e+100")),
            ("5.0e-324", .number("5e-324")), ("1.0", .number("1.0")), (".nan", .number("NaN")),
            (".inf", .number("Infinity")), ("-.INF", .number("-Infinity")), ("a", "a"),
        ] as [(String, JSONValue)])
    func `plain scalars have YAML 1.1 types`(text: String, value: JSONValue) {
        #expect(YAMLScalar.value(ofPlain: text) == value)
    }

    @Test(
        arguments: [
            "3.10", "010", "0x1F", "0b1", "1:30", "1_000", "+1", "5.", ".5", "1.50", "2020-01-01",
            "=",
            "<<", "1e3", "3.9.0", "2020-01-01T10:00:00Z",
        ])
    func `what JSON would spell otherwise stays text`(text: String) {
        #expect(YAMLScalar.value(ofPlain: text) == .string(JSONString(text)))
    }
}
