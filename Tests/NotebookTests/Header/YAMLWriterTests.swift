import Laws
@testable import Notebook
import Testing

/// How values of all kinds are written; ``YAMLFoldingTests`` has what is long.
@Suite struct YAMLWriterTests: YAMLWriterChecks {
    @Test func `keys are sorted, lists lie under their key`() throws {
        try expect(
            ["b": [1, 2, "x"], "a": 1, "c": ["d": .null, "e": true], "B": false, "é": 4],
            isWrittenAs: #"""
                B: false
                a: 1
                b:
                - 1
                - 2
                - x
                c:
                  d: null
                  e: true
                "\xE9": 4
                """#)
    }

    @Test func `empty collections stay on the line`() throws {
        try expect(
            ["a": [], "b": [:], "c": [[], [:], [[:]]]],
            isWrittenAs: #"""
                a: []
                b: {}
                c:
                - []
                - {}
                - - {}
                """#)
    }

    @Test func `collections nest in lists`() throws {
        try expect(
            ["a": [[1, 2], [3]], "b": [["c": 1, "d": 2], ["e": [1]]], "c": [[[1], 2]]],
            isWrittenAs: #"""
                a:
                - - 1
                  - 2
                - - 3
                b:
                - c: 1
                  d: 2
                - e:
                  - 1
                c:
                - - - 1
                  - 2
                """#)
    }

    @Test func `collections nest in mappings`() throws {
        try expect(
            ["a": ["b": ["c": ["d": [1, ["e": "f"]]]]]],
            isWrittenAs: #"""
                a:
                  b:
                    c:
                      d:
                      - 1
                      - e: f
                """#)
    }

    @Test func `numbers`() throws {
        try expect(
            [
                "a": .number("1e100"), "b": .number("1.50"), "c": .number("1e16"),
                "d": .number("1e-7"), "e": .number("NaN"),
                "f": .number("Infinity"), "g": .number("-Infinity"),
                "h": .number("12345678901234567890"),
            ],
            isWrittenAs: #"""
                a: 1.0e+100
                b: 1.5
                c: 1.0e+16
                d: 1.0e-07
                e: .nan
                f: .inf
                g: -.inf
                h: 12345678901234567890
                """#)
    }

    @Test func `keys that need a question mark`() throws {
        try expect(
            ["": 1, "a\nb": 2, "x": 3],
            isWrittenAs: #"""
                ? ''
                : 1
                ? 'a

                  b'
                : 2
                x: 3
                """#)
    }

    @Test func `question marks deeper down`() throws {
        try expect(
            ["a": ["": ["b": 1], "\n": [1]]],
            isWrittenAs: #"""
                a:
                  ? ''
                  : b: 1
                  ? '

                    '
                  : - 1
                """#)
    }

    @Test func `keys that need quotes`() throws {
        try expect(
            [
                "true": 1, "1": 2, "a: b": 3, "- a": 4, "null": 5, "~": 6, "x y": 7, "#a": 8,
                "'": 9, "\"": 10, "%a": 11,
                "a\tb": 12,
            ],
            isWrittenAs: #"""
                '"': 10
                '#a': 8
                '%a': 11
                '''': 9
                '- a': 4
                '1': 2
                "a\tb": 12
                'a: b': 3
                'null': 5
                'true': 1
                x y: 7
                '~': 6
                """#)
    }

    @Test func `lines`() throws {
        try expect(
            [
                "a": "one\ntwo", "b": "one\n\ntwo\n", "c": "\n", "d": " x\n y", "e": "x \ny",
                "f": ["g": "one\ntwo"], "h": ["one\ntwo"],
            ],
            isWrittenAs: #"""
                a: 'one

                  two'
                b: 'one


                  two

                  '
                c: '

                  '
                d: " x\n y"
                e: "x \ny"
                f:
                  g: 'one

                    two'
                h:
                - 'one

                  two'
                """#)
    }

    @Test func `escapes`() throws {
        try expect(
            [
                "a": "\u{0}\u{7}\u{8}\t\u{B}\u{C}\r\u{1B}\"\\",
                "b": "\u{7F}\u{85}\u{A0}\u{2028}\u{2029}\u{FEFF}😀", "c": "\u{1}é",
            ],
            isWrittenAs: #"""
                a: "\0\a\b\t\v\f\r\e\"\\"
                b: "\x7F\N\_\L\P\uFEFF\U0001F600"
                c: "\x01\xE9"
                """#)
    }

    @Test func `apostrophes are doubled`() throws {
        try expect(
            ["a": "it's: so", "b": "it's", "c": "'"],
            isWrittenAs: #"""
                a: 'it''s: so'
                b: it's
                c: ''''
                """#)
    }

    @Test func `a key of 123 characters needs a question mark`() throws {
        let key = String(repeating: "k", count: 122)
        try expect([JSONString(key): 1], isWrittenAs: "\(key): 1")
        try expect([JSONString(key + "é"): 1], isWrittenAs: "? \"\(key)\\xE9\"\n: 1")
    }

    @Test func `an empty mapping has no lines`() {
        #expect(written([:]) == "")
    }

    @Test func `a lone surrogate is shown as U+FFFD, which libyaml reads`() {
        #expect(
            written(["a": .string(JSONString(utf8: [0xED, 0xA0, 0xBD]))]) == "a: \"\\uFFFD\"\n")
    }
}
