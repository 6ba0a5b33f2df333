import Laws
@testable import Notebook
import Testing

@Suite struct JSONTextTests {
    private func value(_ text: String) throws -> JSONValue {
        try JSONText(Array(text.utf8)).root.value
    }

    @Test func `values keep order and the text of their numbers`() throws {
        let object = try #require(
            try value(#"{"b": 1.50, "a": [null, true, "x"], "c": {"d": 1e400}}"#).object)
        #expect(object.members.map(\.key.string) == ["b", "a", "c"])
        #expect(object["b"] == .number("1.50"))
        #expect(object["a"] == [.null, true, "x"])
        #expect(object["c"] == ["d": .number("1e400")])
        #expect(object["e"] == nil)
    }

    @Test func `big integers are exact`() throws {
        #expect(
            try value("123456789012345678901234567890") == .number("123456789012345678901234567890")
        )
    }

    @Test func `of duplicate keys the last holds, at the place of the first`() throws {
        let text = #"{"a": 1, "b": 2, "a": {"c": 1, "c": 3}}"#
        let object = try #require(try value(text).object)
        #expect(object.count == 2)
        #expect(object.members.map(\.key.string) == ["a", "b"])
        #expect(object["a"] == ["c": 3])
        let root = try JSONText(Array(text.utf8)).root
        #expect(root["a"]?["c"]?.value == 3)
        #expect(root.members?.count == 3)
    }

    @Test(
        arguments: [
            (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"), (#""\u00e9\u65e5""#, "é日"),
            (#""\ud83d\ude00""#, "😀"), (#""\uD83D\uDE00x""#, "😀x"), (#""\u0000""#, "\u{0}"),
            (#""é😀""#, "é😀"), (#""""#, ""),
        ])
    func `escapes are decoded`(text: String, decoded: String) throws {
        #expect(try value(text) == .string(JSONString(decoded)))
    }

    @Test(
        arguments: [
            (#""\ud83d""#, [0xED, 0xA0, 0xBD]), (#""\ude00""#, [0xED, 0xB8, 0x80]),
            (#""\ude00\ud83d""#, [0xED, 0xB8, 0x80, 0xED, 0xA0, 0xBD]),
            (#""\ud83dx\ude00""#, [0xED, 0xA0, 0xBD, 0x78, 0xED, 0xB8, 0x80]),
            (#""\ud83d\ud83d\ude00""#, [0xED, 0xA0, 0xBD, 0xF0, 0x9F, 0x98, 0x80]),
        ] as [(String, [UInt8])])
    func `lone surrogates are kept`(text: String, bytes: [UInt8]) throws {
        #expect(try value(text) == .string(JSONString(utf8: bytes)))
        #expect(try value(text).line.text == text)
    }

    @Test func `halves of a pair in two strings of a list become one character`() throws {
        let root = try JSONText(Array(#"{"source": ["a\ud83d", "\ude00b"]}"#.utf8)).root
        #expect(root["source"]?.joinedText?.text == "a😀b")
    }

    @Test func `a list of strings is joined, anything else is not`() throws {
        let root = try JSONText(
            Array(#"{"a": ["x\n", "", "y"], "b": [], "c": "z", "d": ["x", 1], "e": 1}"#.utf8)
        ).root
        #expect(root["a"]?.joinedText?.text == "x\ny")
        #expect(root["b"]?.joinedText == [])
        #expect(root["c"]?.joinedText?.text == "z")
        #expect(root["d"]?.joinedText == nil)
        #expect(root["e"]?.joinedText == nil)
    }

    @Test func `nodes know their place in the bytes`() throws {
        let text = "\u{FEFF} {\"a\": [1, \"é\"], \"b\": {}}"
        let bytes = Array(text.utf8)
        let root = try JSONText(bytes).root
        let a = try #require(root["a"])
        #expect(Array(bytes[a.range]).text == "[1, \"é\"]")
        #expect(a.elements?.map { Array(bytes[$0.range]).text } == ["1", "\"é\""])
        #expect(root["b"]?.members?.isEmpty == true)
        #expect(root.elements == nil)
        #expect(a.members == nil)
    }

    @Test func `what lies deeper than the index has a value and no parts`() throws {
        let text = try JSONText(Array(#"{"a": {"b": 1}}"#.utf8), indexedDepth: 1)
        #expect(text.root["a"]?.value == ["b": 1])
        #expect(text.root["a"]?["b"] == nil)
        #expect(text.root["a"]?.members == nil)
    }
}
