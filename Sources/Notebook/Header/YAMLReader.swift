internal import CYAML

/// A header's YAML that cannot be read.
struct YAMLError: Error, Equatable {
    let message: String
    /// From 1, in the text that was read.
    let line: Int
    let column: Int
}

/// Reads one YAML document into a value, through libyaml's events (`yaml.h`).
@safe struct YAMLReader: ~Copyable {
    /// Anchors may repeat what they name; more values than this are an attack on the memory.
    private static let mostValues = 100_000
    private static let deepest = 100

    /// libyaml keeps pointers into its own parser, so it must not move.
    private let parser: UnsafeMutablePointer<yaml_parser_t>
    private let text: UnsafeBufferPointer<UInt8>
    private var anchors: [String: (value: JSONValue, count: Int, depth: Int)] = [:]
    private var valueCount = 0
    private var depth = 0
    /// Where the last event began, from 1.
    private var line = 1
    /// Where the keys of the outermost mapping begin, from 1.
    private var keyLines: [JSONString: Int] = [:]

    /// The value of `text`; null when there is no document in it.
    static func value(of text: [UInt8]) throws(YAMLError) -> JSONValue {
        try read(text) { reader throws(YAMLError) in try reader.document() }
    }

    /// The values of all documents in `text`, and the lines that they begin in, from 1.
    static func documents(of text: [UInt8]) throws(YAMLError) -> [(value: JSONValue, line: Int)] {
        try read(text) { reader throws(YAMLError) in try reader.documents() }
    }

    /// The value of `text`, and the lines, from 1, of the keys of its outermost mapping.
    static func valueAndKeyLines(
        of text: [UInt8]
    ) throws(YAMLError) -> (value: JSONValue, keyLines: [JSONString: Int]) {
        try read(text) { reader throws(YAMLError) in
            let value = try reader.document()
            return (value, reader.keyLines)
        }
    }

    private static func read<Answer>(
        _ text: [UInt8], _ body: (inout YAMLReader) throws(YAMLError) -> Answer
    ) throws(YAMLError) -> Answer {
        let result: Result<Answer, YAMLError> = unsafe text.withUnsafeBufferPointer { bytes in
            var reader = unsafe YAMLReader(bytes)
            do throws(YAMLError) { return .success(try body(&reader)) } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    private init(_ bytes: UnsafeBufferPointer<UInt8>) {
        unsafe text = bytes
        unsafe parser = .allocate(capacity: 1)
        unsafe yaml_parser_initialize(parser)
        unsafe yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        unsafe yaml_parser_set_input_string(parser, bytes.baseAddress, bytes.count)
    }

    deinit {
        unsafe yaml_parser_delete(parser)
        unsafe parser.deallocate()
    }

    // MARK: Events

    /// What of a libyaml event is needed, copied out of its memory.
    private enum Event {
        case value(Scalar, anchor: String?)
        case alias(String)
        case beginSequence(anchor: String?)
        case beginMapping(anchor: String?)
        case end
        case other
        case endOfStream
    }

    private struct Scalar {
        let text: JSONString
        let isPlain: Bool
        let tag: String?
    }

    private mutating func next() throws(YAMLError) -> Event {
        var event = unsafe yaml_event_t()
        guard unsafe yaml_parser_parse(parser, &event) != 0 else { throw parserError }
        defer { unsafe yaml_event_delete(&event) }
        line = unsafe Int(event.start_mark.line) + 1
        switch unsafe event.type {
        case YAML_SCALAR_EVENT:
            let scalar = unsafe event.data.scalar
            let bytes = unsafe UnsafeBufferPointer(start: scalar.value, count: scalar.length)
            let value = unsafe Scalar(
                text: JSONString(utf8: Array(bytes)),
                isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE,
                tag: Self.string(scalar.tag))
            return unsafe .value(value, anchor: Self.string(scalar.anchor))
        case YAML_ALIAS_EVENT: return unsafe .alias(Self.string(event.data.alias.anchor) ?? "")
        case YAML_SEQUENCE_START_EVENT:
            return unsafe .beginSequence(anchor: Self.string(event.data.sequence_start.anchor))
        case YAML_MAPPING_START_EVENT:
            return unsafe .beginMapping(anchor: Self.string(event.data.mapping_start.anchor))
        case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: return .end
        case YAML_STREAM_END_EVENT: return .endOfStream
        default: return .other
        }
    }

    private static func string(_ text: UnsafeMutablePointer<UInt8>?) -> String? {
        unsafe text.map { unsafe String(cString: $0) }
    }

    // MARK: Values

    private mutating func document() throws(YAMLError) -> JSONValue {
        while true {
            let event = try next()
            switch event {
            case .other: continue
            case .endOfStream: return .null
            default:
                let value = try value(event)
                try expectEnd()
                return value
            }
        }
    }

    private mutating func documents() throws(YAMLError) -> [(value: JSONValue, line: Int)] {
        var documents: [(value: JSONValue, line: Int)] = []
        while true {
            let event = try next()
            switch event {
            case .other: anchors = [:]
            case .endOfStream: return documents
            default:
                let line = line
                documents.append((try value(event), line))
            }
        }
    }

    private mutating func expectEnd() throws(YAMLError) {
        while true {
            switch try next() {
            case .other: continue
            case .endOfStream: return
            default: throw error("more than one document")
            }
        }
    }

    private mutating func value(_ event: Event) throws(YAMLError) -> JSONValue {
        valueCount += 1
        guard valueCount <= Self.mostValues else { throw error("too many values") }
        guard depth < Self.deepest else { throw tooDeep }
        depth += 1
        defer { depth -= 1 }
        let value: JSONValue
        let anchor: String?
        switch event {
        case .value(let scalar, let name):
            (value, anchor) = (self.value(of: scalar), name)
        case .alias(let name):
            guard let known = anchors[name] else { throw error("unknown anchor '\(name)'") }
            valueCount += known.count
            guard valueCount <= Self.mostValues else { throw error("too many values") }
            guard depth + known.depth <= Self.deepest else { throw tooDeep }
            return known.value
        case .beginSequence(let name):
            (value, anchor) = (try sequence(), name)
        case .beginMapping(let name):
            (value, anchor) = (try mapping(), name)
        case .end, .other, .endOfStream:
            throw error("a value is missing")
        }
        if let anchor { anchors[anchor] = (value, value.count, value.depth) }
        return value
    }

    private func value(of scalar: Scalar) -> JSONValue {
        let isText = scalar.tag == "tag:yaml.org,2002:str"
        guard scalar.isPlain, !isText else { return .string(scalar.text) }
        return YAMLScalar.value(ofPlain: scalar.text.string)
    }

    private mutating func sequence() throws(YAMLError) -> JSONValue {
        var elements: [JSONValue] = []
        while true {
            let event = try next()
            if case .end = event { return .array(elements) }
            elements.append(try value(event))
        }
    }

    private mutating func mapping() throws(YAMLError) -> JSONValue {
        var object = JSONObject()
        while true {
            let event = try next()
            if case .end = event { return .object(object) }
            guard case .value(let key, _) = event else { throw error("a key is not a plain text") }
            if depth == 1 { keyLines[key.text] = line }
            object[key.text] = try value(try next())
        }
    }

    // MARK: Errors

    private var tooDeep: YAMLError { error("nested more than \(Self.deepest) levels deep") }

    private var parserError: YAMLError {
        let problem = unsafe parser.pointee.problem.map { unsafe String(cString: $0) } ?? "not YAML"
        return unsafe error(problem, at: parser.pointee.problem_mark)
    }

    private func error(_ message: String) -> YAMLError {
        unsafe error(message, at: parser.pointee.mark)
    }

    private func error(_ message: String, at mark: yaml_mark_t) -> YAMLError {
        let (line, column) = (Int(mark.line) + 1, Int(mark.column) + 1)
        let scalars = unsafe String(decoding: text, as: UTF8.self).unicodeScalars
        guard column == 1, mark.index >= scalars.count, let last = scalars.last,
            !"\n\r\u{85}\u{2028}\u{2029}".unicodeScalars.contains(last)
        else { return YAMLError(message: message, line: line, column: column) }
        // Behind a last line without an end libyaml begins one that is not there.
        let lastLine = scalars.reversed().prefix { $0 != "\n" }
        return YAMLError(message: message, line: line - 1, column: lastLine.count + 1)
    }
}

extension JSONValue {
    /// The levels of arrays and objects, this one included; 0 for a scalar.
    fileprivate var depth: Int {
        switch self {
        case .array(let elements): 1 + (elements.lazy.map(\.depth).max() ?? 0)
        case .object(let object): 1 + (object.members.lazy.map(\.value.depth).max() ?? 0)
        default: 0
        }
    }

    /// This value and all values in it.
    fileprivate var count: Int {
        switch self {
        case .array(let elements): elements.reduce(1) { $0 + $1.count }
        case .object(let object): object.members.reduce(1) { $0 + $1.value.count }
        default: 1
        }
    }
}
