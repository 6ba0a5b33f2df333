@testable import Notebook
import Testing

@Suite struct JSONScannerTests {
    private func error(_ bytes: [UInt8]) -> JSONError? {
        do throws(JSONError) {
            _ = try JSONText(bytes)
            return nil
        } catch {
            return error
        }
    }

    private func error(_ text: String) -> JSONError? { error(Array(text.utf8)) }

    @Test(
        arguments: [
            "{}", "[]", "0", "-0", "1", "-1", "1.5", "1e5", "1E+5", "1e-5", "0.1e1", "true",
            "false",
            "null", "\"\"", "NaN", "Infinity", "-Infinity", " \t\r\n{}\r\n", "[1,2,[3]]",
            "{\"a\":{\"b\":[{}]}}", "{\"\":1}", "\"\\u0000\"", "\"\\ud83d\"", "\"\\uD83D\\uDE00\"",
            "\"é日😀\"", "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\u{7F}\u{85}\u{2028}\"", "\u{FEFF}{}",
            "123456789012345678901234567890", "[NaN, -Infinity]",
        ])
    func `valid texts are accepted`(text: String) {
        #expect(error(text) == nil)
    }

    @Test(
        arguments: [
            ("", "the file ends where a value is expected", 1, 1, 0),
            (" \n ", "the file ends where a value is expected", 2, 2, 3),
            ("\u{FEFF}", "the file ends where a value is expected", 1, 1, 3),
            ("{", "the file ends where a member name in double quotes is expected", 1, 2, 1),
            ("[", "the file ends where a value is expected", 1, 2, 1),
            ("[1", "the file ends where ',' or ']' is expected", 1, 3, 2),
            ("[1,", "the file ends where a value is expected", 1, 4, 3),
            ("{\"a\"", "the file ends where ':' is expected", 1, 5, 4),
            ("{\"a\":1", "the file ends where ',' or '}' is expected", 1, 7, 6),
            ("\"a", "the file ends inside a string", 1, 3, 2),
            ("\"a\\", "the file ends inside a string", 1, 3, 2),
            ("[1\u{1}]", "expected ',' or ']'", 1, 3, 2),
            ("[null\u{1}é]", "expected ',' or ']'", 1, 6, 5),
            ("[1,]", "expected a value", 1, 4, 3), ("[,1]", "expected a value", 1, 2, 1),
            ("[1 2]", "expected ',' or ']'", 1, 4, 3),
            ("{a: 1}", "expected a member name in double quotes", 1, 2, 1),
            ("{'a': 1}", "expected a member name in double quotes", 1, 2, 1),
            ("{\"a\":1,}", "expected a member name in double quotes", 1, 8, 7),
            ("{\"a\" 1}", "expected ':'", 1, 6, 5),
            ("{\"a\":1 \"b\":2}", "expected ',' or '}'", 1, 8, 7),
            ("{} x", "expected the end of the file", 1, 4, 3),
            ("{}{}", "expected the end of the file", 1, 3, 2),
            ("truf", "expected a value", 1, 1, 0), ("nul", "expected a value", 1, 1, 0),
            ("+1", "expected a value", 1, 1, 0), ("01", "expected the end of the file", 1, 2, 1),
            ("-", "the file ends where a digit is expected", 1, 2, 1),
            ("-a", "expected a digit", 1, 2, 1),
            ("1.", "the file ends where a digit is expected", 1, 3, 2),
            ("1.e5", "expected a digit", 1, 3, 2),
            ("1e", "the file ends where a digit is expected", 1, 3, 2),
            ("1e+x", "expected a digit", 1, 4, 3),
            (".5", "expected a value", 1, 1, 0), ("-NaN", "expected a digit", 1, 2, 1),
            ("Nan", "expected a value", 1, 1, 0), ("-Inf", "expected a value", 1, 2, 1),
            ("// c\n{}", "expected a value", 1, 1, 0),
            ("\"a\nb\"", "control character 0x0A in a string", 1, 3, 2),
            ("\"\t\"", "control character 0x09 in a string", 1, 2, 1),
            ("\"\u{0}\"", "control character 0x00 in a string", 1, 2, 1),
            ("\"\u{1F}\"", "control character 0x1F in a string", 1, 2, 1),
            ("\"\\x41\"", "unknown escape in a string", 1, 2, 1),
            ("\"\\'\"", "unknown escape in a string", 1, 2, 1),
            ("\"\\u12G4\"", "'\\u' needs four hexadecimal digits", 1, 2, 1),
            ("\"\\u12", "'\\u' needs four hexadecimal digits", 1, 2, 1),
            ("{\n \"é\": \"日\" x}", "expected ',' or '}'", 2, 11, 15),
            ("{\r\n\"a\"\r\n}", "expected ':'", 3, 1, 8),
            ("\u{FEFF}[x]", "expected a value", 1, 2, 4),
            ("[\n\u{FEFF}]", "expected a value", 2, 1, 2),
            ("\u{A0}{}", "expected a value", 1, 1, 0),
        ])
    func `an error says what, and where by line, column and byte`(
        text: String, message: String, line: Int, column: Int, byteOffset: Int
    ) {
        let found = error(text)
        #expect(found?.message == message)
        #expect(found?.line == line)
        #expect(found?.column == column)
        #expect(found?.byteOffset == byteOffset)
    }

    @Test(
        arguments: [
            ([0x80], 0x80), ([0xBF], 0xBF),  // continuation alone
            ([0xC0, 0x80], 0xC0), ([0xC1, 0xBF], 0xC1),  // overlong in two
            ([0xC3], 0xC3), ([0xC3, 0x28], 0xC3),  // cut short in two
            ([0xE0, 0x80, 0x80], 0xE0), ([0xE0, 0x9F, 0xBF], 0xE0),  // overlong in three
            ([0xE2, 0x82], 0xE2), ([0xE2, 0x28, 0xA1], 0xE2), ([0xE2, 0x82, 0x28], 0xE2),
            ([0xED, 0xA0, 0x80], 0xED), ([0xED, 0xBF, 0xBF], 0xED),  // surrogates
            ([0xED, 0xA0, 0xBD, 0xED, 0xB8, 0x80], 0xED),
            ([0xF0, 0x80, 0x80, 0x80], 0xF0), ([0xF0, 0x8F, 0xBF, 0xBF], 0xF0),  // overlong in four
            ([0xF0, 0x9F, 0x98], 0xF0), ([0xF0, 0x9F, 0x98, 0x28], 0xF0),
            ([0xF0, 0x28, 0x98, 0x80], 0xF0),
            ([0xF4, 0x90, 0x80, 0x80], 0xF4), ([0xF5, 0x80, 0x80, 0x80], 0xF5),  // beyond U+10FFFF
            ([0xFE], 0xFE), ([0xFF], 0xFF), ([0xE9, 0x74], 0xE9),  // Latin-1
        ] as [([UInt8], UInt8)])
    func `bytes that are not UTF-8 are named`(bytes: [UInt8], named: UInt8) {
        let digits = String(named, radix: 16, uppercase: true)
        let inString = error(Array("[\n\"é".utf8) + bytes + Array("\"]".utf8))
        #expect(inString?.message == "not UTF-8: 0x\(digits)")
        #expect(inString?.line == 2)
        #expect(inString?.column == 3)
        #expect(inString?.byteOffset == 5)
        #expect(error(bytes)?.message == "not UTF-8: 0x\(digits)")
        #expect(error(Array("{} ".utf8) + bytes)?.message == "not UTF-8: 0x\(digits)")
    }

    @Test func `the edges of UTF-8 are accepted`() {
        let edges: [[UInt8]] = [
            [0xC2, 0x80], [0xDF, 0xBF], [0xE0, 0xA0, 0x80], [0xED, 0x9F, 0xBF], [0xEE, 0x80, 0x80],
            [0xEF, 0xBF, 0xBF], [0xF0, 0x90, 0x80, 0x80], [0xF4, 0x8F, 0xBF, 0xBF],
        ]
        for edge in edges { #expect(error([.quote] + edge + [.quote]) == nil) }
    }

    @Test(arguments: ["<<<<<<<", "|||||||", "=======", ">>>>>>>"])
    func `a merge conflict is called by its name`(marker: String) {
        let found = error("{\n \"a\": 1,\n\(marker) HEAD\n \"b\": 2\n}")
        #expect(found?.message == "merge conflict marker '\(marker)'")
        #expect(found?.line == 3)
        #expect(found?.column == 1)
        #expect(error("\(marker) x")?.message == "merge conflict marker '\(marker)'")
        #expect(error(" \(marker) x")?.message == "expected a value")
    }

    @Test func `a notebook that ends anywhere is refused`() throws {
        let whole = """
            {"cells":[{"cell_type":"code","source":["é\\n","\\u00e9"],"metadata":{},"n":[1.5e3,true,null]}],
            "metadata":{"a":-1},"nbformat":4,"nbformat_minor":5}
            """
        let bytes = Array(whole.utf8)
        #expect(error(bytes) == nil)
        for length in bytes.indices {
            let found = try #require(error(Array(bytes[..<length])), "\(length) bytes")
            #expect(found.byteOffset <= length)
            let isNamed =
                found.message.contains("ends") || found.message.hasPrefix("not UTF-8")
                || found.message.hasSuffix("hexadecimal digits")
                || found.message == "expected a value"
            #expect(isNamed, "\(found)")
        }
    }

    @Test(arguments: [("[", "]"), ("{\"a\":", "}")])
    func `nesting is allowed to a depth of 1000`(open: String, close: String) {
        func nested(_ depth: Int) -> String {
            String(repeating: open, count: depth - 1) + (open == "[" ? "[" : "{")
                + String(repeating: close, count: depth)
        }
        #expect(error(nested(1000)) == nil)
        #expect(error(nested(1001))?.message == "nested more than 1000 levels deep")
        #expect(error(nested(1001))?.byteOffset == 1000 * open.utf8.count)
        #expect(error(nested(20_000))?.message == "nested more than 1000 levels deep")
        #expect(error(String(repeating: open, count: 20_000)) != nil)
    }
}
