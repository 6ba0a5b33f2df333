internal import CScan

/// A JSON text that was checked as a whole, and a flat index of its upper levels.
///
///     {"cells": [{"source": ["a"]}]}      entries, in the order of the text; `next` skips all parts:
///     ^                                   0 object  next 6
///      ^        ^                         1 string "cells"   2 array  next 6
///                ^^         ^             3 object  4 string "source"   5 array, not indexed
///
/// Values below the indexed levels are one entry each: checked, never taken apart until someone asks.
/// The bytes are kept as they are, whatever their spelling.
public struct JSONText: Sendable {
    private let storage: Storage
    /// The text as it was given.
    public var bytes: [UInt8] { storage.contents.bytes }
    var span: Span<UInt8> {
        @_lifetime(borrow self)
        get {
            // The storage lives as long as this does, and never changes.
            let contents = storage.contents
            return unsafe _overrideLifetime(contents.span, borrowing: self)
        }
    }
    fileprivate var entries: Span<JSONEntry> {
        @_lifetime(borrow self)
        get {
            // The same.
            let entries = storage.entries
            return unsafe _overrideLifetime(entries.span, borrowing: self)
        }
    }

    /// Shared by all nodes, so that a node is one reference and a number.
    private final class Storage: Sendable {
        let contents: Contents
        let entries: [JSONEntry]

        init(_ contents: Contents, _ entries: [JSONEntry]) {
            self.contents = contents
            self.entries = entries
        }
    }

    /// Checks and indexes `bytes`.
    ///
    /// - Parameters:
    ///   - bytes: The whole text in UTF-8, with or without a byte order mark.
    ///   - indexedDepth: How many levels of objects and arrays get entries for their parts.
    ///   - deepest: How many levels there may be.
    /// - Throws: ``JSONError`` at the first byte that is not JSON or not UTF-8.
    init(
        _ bytes: [UInt8], indexedDepth: Int = 3, deepest: Int = JSONScanner.deepest
    ) throws(JSONError) {
        try self.init(Contents(bytes), indexedDepth: indexedDepth, deepest: deepest)
    }

    /// Checks and indexes `contents`, of which little stays in main memory when it is a mapped file.
    init(
        _ contents: Contents, indexedDepth: Int = 3, deepest: Int = JSONScanner.deepest
    ) throws(JSONError) {
        let bytes = contents.span
        if let entries = bytes.jsonEntries(
            indexedDepth: indexedDepth, deepest: deepest, checked: contents.release(upTo:))
        {
            storage = Storage(contents, entries)
            return
        }
        var scanner = JSONScanner(bytes, indexedDepth: indexedDepth, deepest: deepest)
        try scanner.scan()
        storage = Storage(contents, scanner.entries)
    }

    /// The outermost value.
    public var root: JSONNode { JSONNode(text: self, entry: 0) }
}

/// One value in a ``JSONText``.
public struct JSONNode: Sendable {
    let text: JSONText
    private let entry: Int

    fileprivate init(text: JSONText, entry: Int) {
        self.text = text
        self.entry = entry
    }

    var kind: JSONKind { text.entries[entry].kind }
    /// Where the value lies in the text, in bytes.
    public var range: Range<Int> { text.entries[entry].start..<text.entries[entry].end }

    /// The text of the value.
    var bytes: ArraySlice<UInt8> { text.bytes[range] }

    /// The members of an indexed object, as keys and values in the order of the text; else nil.
    public var members: [(key: JSONString, value: JSONNode)]? {
        guard kind == .object, let parts else { return nil }
        return stride(from: 0, to: parts.count, by: 2).map { index in
            (JSONString(utf8: parts[index].decodedString), parts[index + 1])
        }
    }

    /// The elements of an indexed array; else nil.
    public var elements: [JSONNode]? { kind == .array ? parts : nil }

    /// Hands over the elements of an indexed array one by one.
    func eachElement<Failure: Error>(
        _ body: (JSONNode) throws(Failure) -> Void
    ) throws(Failure) {
        guard kind == .array, text.entries[entry].isIndexed else { return }
        let end = Int(text.entries[entry].next)
        var place = entry + 1
        while place < end {
            try body(JSONNode(text: text, entry: place))
            place = Int(text.entries[place].next)
        }
    }

    /// The last member named `key` of an indexed object.
    public subscript(key: StaticString) -> JSONNode? { member(named: key.span) }

    /// The same for a key that a text has.
    subscript(named key: JSONString) -> JSONNode? { member(named: key.utf8.span) }

    private func member(named key: Span<UInt8>) -> JSONNode? {
        var found: Int?
        eachKey { place, spelled in if isKey(place, spelled, key) { found = place + 1 } }
        return found.map { JSONNode(text: text, entry: $0) }
    }

    /// The last members of three names, which are looked for in one go.
    func members(
        named first: StaticString, _ second: StaticString, _ third: StaticString
    ) -> (JSONNode?, JSONNode?, JSONNode?) {
        var found: (Int?, Int?, Int?)
        eachKey { place, spelled in
            if isKey(place, spelled, first.span) {
                found.0 = place + 1
            } else if isKey(place, spelled, second.span) {
                found.1 = place + 1
            } else if isKey(place, spelled, third.span) {
                found.2 = place + 1
            }
        }
        func node(_ entry: Int) -> JSONNode { JSONNode(text: text, entry: entry) }
        return (found.0.map(node), found.1.map(node), found.2.map(node))
    }

    /// Hands over the entries of all keys of an indexed object, and where they lie in the text.
    @inline(__always)
    private func eachKey(_ body: (_ place: Int, _ spelled: Range<Int>) -> Void) {
        let entries = text.entries
        guard entries[entry].kind == .object, entries[entry].isIndexed else { return }
        let end = Int(entries[entry].next)
        var place = entry + 1
        while place < end {
            body(place, entries[place].start..<entries[place].end)
            place = Int(entries[place + 1].next)
        }
    }

    /// Whether the key at `place` among the entries says `key`, escaped or not.
    @inline(__always)
    private func isKey(_ place: Int, _ spelled: Range<Int>, _ key: Span<UInt8>) -> Bool {
        let length = spelled.count - 2
        guard length >= key.count else { return false }
        let raw = text.span.extracting((spelled.lowerBound + 1)..<(spelled.upperBound - 1))
        if length == key.count { return raw.equals(key) }
        return (raw[0] == .backslash || raw.starts(like: key)) && raw.contains(.backslash)
            && JSONNode(text: text, entry: place).decodedString.span.equals(key)
    }

    /// The values inside: elements, or keys and values in turn; nil below the indexed levels.
    var parts: [JSONNode]? {
        let entries = text.entries
        guard entries[entry].isIndexed else { return nil }
        var parts: [JSONNode] = []
        var index = entry + 1
        while index < entries[entry].next {
            parts.append(JSONNode(text: text, entry: index))
            index = Int(entries[index].next)
        }
        return parts
    }

    /// The members of an indexed object with the nodes of their keys; else nil.
    var keyedMembers: [(key: JSONNode, value: JSONNode)]? {
        guard kind == .object, let parts else { return nil }
        return stride(from: 0, to: parts.count, by: 2).map { (parts[$0], parts[$0 + 1]) }
    }

    /// Whether the text of the value is just this.
    func isSpelled(_ spelling: StaticString) -> Bool {
        text.span.extracting(range).equals(spelling.span)
    }

    /// Whether an object is spelled `{}`; one with white space in it is not.
    var isBareObject: Bool { kind == .object && range.count == 2 }

    var isEmptyArray: Bool {
        guard kind == .array else { return false }
        let inside = text.span.extracting((range.lowerBound + 1)..<(range.upperBound - 1))
        return inside.countOfJSONSpace == inside.count
    }

    /// The value with all its parts.
    public var value: JSONValue {
        var decoder = JSONDecoder(text.span, at: range.lowerBound)
        return decoder.value()
    }

    /// Whether ``joinedText`` has an answer for a value whose parts are not indexed.
    var isText: Bool { kind == .string || kind == .array && !text.entries[entry].hasOthers }

    /// The text of a string, or of a list of strings without separators as nbformat joins them; nil for
    /// anything else.
    public var joinedText: [UInt8]? {
        guard kind == .string || kind == .array else { return nil }
        var decoded: [UInt8] = []
        return text.span.decodeText(at: range, into: &decoded) ? decoded : nil
    }

    fileprivate var decodedString: [UInt8] {
        var decoder = JSONDecoder(text.span, at: range.lowerBound)
        var decoded: [UInt8] = []
        decoder.string(into: &decoded)
        return decoded
    }
}
