import Laws
@testable import Notebook
import Testing

@Suite struct YAMLReaderTests {
    private func value(_ text: String) throws -> JSONValue {
        try YAMLReader.value(of: Array(text.utf8))
    }

    private func error(_ text: String) -> YAMLError? {
        do throws(YAMLError) {
            _ = try YAMLReader.value(of: Array(text.utf8))
            return nil
        } catch {
            return error
        }
    }

    @Test(
        arguments: [
            ("", .null), ("# c", .null), ("a", "a"),
            ("a: 1\nb: [x, y]\nc: {d: ~}", ["a": 1, "b": ["x", "y"], "c": ["d": .null]]),
            ("a:\n- 1\n- - 2\n  - 3\n- b: 4", ["a": [1, [2, 3], ["b": 4]]]),
            ("a:\n  - 1\nb:\n    c: 2", ["a": [1], "b": ["c": 2]]),
            ("a: x\n  y\n\n  z", ["a": "x y\nz"]), ("a: 'it''s\n  x'", ["a": "it's x"]),
            (
                "a: \"\\xE9\\u65e5\\U0001F600\\N\\_\\L\\P\\e\\0\\t\\\n  x\"",
                ["a": "é日😀\u{85}\u{A0}\u{2028}\u{2029}\u{1B}\u{0}\tx"]
            ),
            ("a: |\n  x\n  y\nb: >-\n  x\n  y", ["a": "x\ny\n", "b": "x y"]),
            ("a: !!str 1", ["a": "1"]), ("a: '1'\nb: \"true\"", ["a": "1", "b": "true"]),
            ("a:\nb:", ["a": .null, "b": .null]), ("? a\n: b", ["a": "b"]),
            ("a: 1\na: 2", ["a": 2]),
            ("1: a\ntrue: b", ["1": "a", "true": "b"]), ("--- \na: 1\n...", ["a": 1]),
            ("é: ü", ["é": "ü"]),
        ] as [(String, JSONValue)])
    func `YAML is read`(text: String, value: JSONValue) throws {
        #expect(try self.value(text) == value)
    }

    @Test func `an alias repeats what its anchor names`() throws {
        #expect(try value("a: &x [1, 2]\nb: *x") == ["a": [1, 2], "b": [1, 2]])
        #expect(try value("a: &x 1\nb: {c: *x}") == ["a": 1, "b": ["c": 1]])
    }

    @Test func `aliases that multiply are refused`() {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1...9 {
            let aliases = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
            text += "a\(level): &a\(level) [\(aliases)]\n"
        }
        #expect(error(text)?.message == "too many values")
    }

    @Test func `deep nesting is refused`() {
        #expect(
            error(String(repeating: "[", count: 101) + String(repeating: "]", count: 101))?.message
                == "nested more than 100 levels deep")
        #expect(error(String(repeating: "- ", count: 20_000) + "x") != nil)
        #expect(
            error(String(repeating: "[", count: 99) + "x" + String(repeating: "]", count: 99))
                == nil)
    }

    @Test(
        arguments: [
            ("a: *x", "unknown anchor 'x'", 1), ("a: 1\n---\nb: 2", "more than one document", 3),
            ("a: [1", "did not find expected ',' or ']'", 1),
            ("a: 'x", "found unexpected end of stream", 1),
            ("a: b: c", "mapping values are not allowed in this context", 1),
            ("a: 1\n  b: 2", "mapping values are not allowed in this context", 2),
            ("a: 1\n b: 2", "mapping values are not allowed in this context", 2),
            ("a: 1\n\tb: 2", "found a tab character that violates indentation", 2),
            ("a: @x", "found character that cannot start any token", 1),
            ("[1]: 2", "a key is not a plain text", 1),
            ("a: \"\\q\"", "found unknown escape character", 1),
        ])
    func `an error has a place`(text: String, message: String, line: Int) {
        let found = error(text)
        #expect(found?.message == message)
        #expect(found?.line == line)
    }
}
