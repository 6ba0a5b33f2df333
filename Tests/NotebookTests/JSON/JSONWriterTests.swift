import Laws
@testable import Notebook
import Testing

/// The spellings are those of Python 3.11's `json.dumps`.
@Suite struct JSONWriterTests {
    private let value: JSONValue = [
        "b": [1, .number("1.50"), .null, true, false, []], "a": ["é": "😀\u{2028}", "z": [:]],
        "": "\"\\\n\r\t\u{8}\u{C}\u{1}\u{1F}\u{7F}/",
    ]

    @Test func `on one line everything is ASCII but DEL and keys keep their order`() {
        #expect(
            value.line.text
                == #"{"b": [1, 1.5, null, true, false, []], "a": {"\u00e9": "\ud83d\ude00\u2028", "z": {}}, "#
                + #""": "\"\\\n\r\t\b\f\u0001\u001f"# + "\u{7F}" + #"/"}"#)
    }

    @Test func `a block is sorted and indented by one`() {
        let expected = #"""
            {
             "": "\"\\\n\r\t\b\f\u0001\u001f∂/",
             "a": {
              "z": {},
              "é": "😀∆"
             },
             "b": [
              1,
              1.5,
              null,
              true,
              false,
              []
             ]
            }
            """#
            .replacing("∂", with: "\u{7F}").replacing("∆", with: "\u{2028}")
        #expect(JSONWriter.block(value).text == expected)
    }

    @Test func `lone surrogates are escaped in both spellings`() {
        let surrogate = JSONValue.string(JSONString(utf8: [0x61, 0xED, 0xA0, 0xBD]))
        #expect(surrogate.line.text == #""a\ud83d""#)
        #expect(JSONWriter.block(surrogate).text == #""a\ud83d""#)
    }

    @Test func `keys are sorted by code point`() {
        let object: JSONObject = ["😀": 1, "\u{FFFD}": 2, "é": 3, "z": 4, "Z": 5, "": 6]
        #expect(object.sorted.map(\.value) == [6, 5, 4, 3, 2, 1])
    }
}
