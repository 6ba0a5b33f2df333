import Laws
@testable import Notebook
import Testing

/// Writes values as YAML and reads them back.
///
/// The texts are those of PyYAML 6.0.3, `yaml.safe_dump(value, default_flow_style=False)`.
protocol YAMLWriterChecks {}

extension YAMLWriterChecks {
    func written(_ object: JSONObject) -> String { YAMLWriter.block(object).text }

    /// Writes `object` and reads it back.
    func expect(
        _ object: JSONObject, isWrittenAs text: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        #expect(written(object) == text + "\n", sourceLocation: sourceLocation)
        let read = try YAMLReader.value(of: YAMLWriter.block(object))
        #expect(
            JSONWriter.block(read) == JSONWriter.block(.object(object)),
            sourceLocation: sourceLocation)
    }
}

/// Lines of more than 80 columns are folded where YAML allows it.
@Suite struct YAMLFoldingTests: YAMLWriterChecks {
    private static let words = String(repeating: "word ", count: 20)

    @Test func `long plain text is folded`() throws {
        try expect(
            [
                "a": .text(Self.words + "end"),
                "b": ["c": .text(Self.words + "end"), "d": [.text(Self.words + "end")]],
            ],
            isWrittenAs: #"""
                a: word word word word word word word word word word word word word word word word
                  word word word word end
                b:
                  c: word word word word word word word word word word word word word word word word
                    word word word word end
                  d:
                  - word word word word word word word word word word word word word word word word
                    word word word word end
                """#)
    }

    @Test func `long single quoted text is folded`() throws {
        try expect(
            [
                "a": .text("x: " + Self.words), "b": ["c": [.text("- " + Self.words)]],
                "d": .text(" " + Self.words),
            ],
            isWrittenAs: #"""
                a: 'x: word word word word word word word word word word word word word word word
                  word word word word word '
                b:
                  c:
                  - '- word word word word word word word word word word word word word word word
                    word word word word word '
                d: ' word word word word word word word word word word word word word word word word
                  word word word word '
                """#)
    }

    @Test func `long double quoted text is folded`() throws {
        try expect(
            ["a": .text("é " + Self.words), "b": ["c": [.text("é " + Self.words)]]],
            isWrittenAs: #"""
                a: "\xE9 word word word word word word word word word word word word word word word\
                  \ word word word word word "
                b:
                  c:
                  - "\xE9 word word word word word word word word word word word word word word word\
                    \ word word word word word "
                """#)
    }

    @Test func `double quoted text is folded at escapes`() throws {
        try expect(
            ["a": .text(String(repeating: "é", count: 60) + " x y")],
            isWrittenAs: #"""
                a: "\xE9\xE9\xE9\xE9\xE9\xE9\xE9\xE9\xE9\xE9\xE9\xE9\xE9\xE9\xE9\xE9\xE9\xE9\xE9\xE9\
                  \xE9\xE9\xE9\xE9\xE9\xE9\xE9\xE9\xE9\xE9\xE9\xE9\xE9\xE9\xE9\xE9\xE9\xE9\xE9\xE9\
                  \xE9\xE9\xE9\xE9\xE9\xE9\xE9\xE9\xE9\xE9\xE9\xE9\xE9\xE9\xE9\xE9\xE9\xE9\xE9\xE9\
                  \ x y"
                """#)
    }

    @Test func `double quoted text is folded at backslashes`() throws {
        try expect(
            ["a": .text("é" + String(repeating: "\\", count: 45))],
            isWrittenAs: #"""
                a: "\xE9\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\\
                  \\\\\\\\\\\\\\\\"
                """#)
    }

    @Test func `runs of spaces are never folded`() throws {
        try expect(
            [
                "a": .text(String(repeating: "a  b ", count: 20) + "c"),
                "b": .text("x:  " + String(repeating: "a  b ", count: 20)),
            ],
            isWrittenAs: #"""
                a: a  b a  b a  b a  b a  b a  b a  b a  b a  b a  b a  b a  b a  b a  b a  b a  b
                  a  b a  b a  b a  b c
                b: 'x:  a  b a  b a  b a  b a  b a  b a  b a  b a  b a  b a  b a  b a  b a  b a  b
                  a  b a  b a  b a  b a  b '
                """#)
    }
}

extension JSONValue {
    static func text(_ text: String) -> JSONValue { .string(JSONString(text)) }
}
