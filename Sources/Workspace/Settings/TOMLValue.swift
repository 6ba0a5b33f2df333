internal import CTOML
internal import Notebook
internal import Platform

/// A value of a TOML document, and the line that it begins in; settings in YAML and JSON are put in the same terms.
///
/// Follows TOML 1.0, https://toml.io/en/v1.0.0.
struct TOMLValue {
    enum Content {
        /// In the order of the keys.
        case table([(key: String, value: TOMLValue)])
        case array([TOMLValue])
        case string(String)
        case boolean(Bool)
        /// A whole number, in decimal digits.
        case number(String)
        /// A fraction, a date or a time, which no setting of ours is.
        case other
    }

    let content: Content
    /// From 1.
    let line: Int

    /// Takes all settings of a YAML or JSON document; one that is null says nothing and is left out.
    init(_ text: SettingsText) {
        line = 1
        content = .table(
            text.members.filter { !$0.value.isNull }.map {
                ($0.key, TOMLValue($0.value, line: $0.line))
            })
    }

    /// Takes a value of YAML or JSON; all in it counts as standing in one line.
    private init(_ value: JSONValue, line: Int) {
        self.line = line
        content =
            switch value {
            case .null: .other
            case .bool(let bool): .boolean(bool)
            case .number(let text): .number(text)
            case .string(let text): .string(text.string)
            case .array(let elements): .array(elements.map { TOMLValue($0, line: line) })
            case .object(let object):
                .table(object.members.map { ($0.key.string, TOMLValue($0.value, line: line)) })
            }
    }

    /// Reads a whole document.
    ///
    /// - Parameters:
    ///   - bytes: The text, in UTF-8.
    ///   - path: What to call it.
    /// - Throws: ``Failure`` with line and column.
    init(document bytes: [UInt8], at path: Path) throws(Failure) {
        var error = ctoml_error()
        // C wants an address, of an empty text as well.
        let text = (bytes + [0]).map { CChar(bitPattern: $0) }
        let document = ctoml_parse(text, bytes.count, &error)
        guard let document else {
            let message = withUnsafeBytes(of: error.message) { buffer in
                String(decoding: buffer.prefix { $0 != 0 }, as: UTF8.self)
            }
            var failure = Failure("not TOML: \(message)", path: path)
            failure.line = Int(error.line)
            failure.column = Int(error.column)
            throw failure
        }
        defer { ctoml_free(document) }
        self.init(ctoml_root(document))
    }

    private init(_ value: OpaquePointer) {
        line = Int(ctoml_line(value))
        switch ctoml_kind_of(value) {
        case CTOML_TABLE:
            content = .table(
                (0..<ctoml_count(value)).map { index in
                    let (key, member) = Self.member(of: value, index)
                    return (key, TOMLValue(member))
                })
        case CTOML_ARRAY:
            content = .array(
                (0..<ctoml_count(value)).map { TOMLValue(Self.member(of: value, $0).value) })
        case CTOML_STRING:
            var count = 0
            let bytes = ctoml_string(value, &count)
            content = .string(
                String(decoding: UnsafeRawBufferPointer(start: bytes, count: count), as: UTF8.self))
        case CTOML_INTEGER: content = .number(String(ctoml_integer(value)))
        case CTOML_BOOLEAN: content = .boolean(ctoml_boolean(value) == 1)
        default: content = .other
        }
    }

    private static func member(
        of value: OpaquePointer, _ index: Int
    ) -> (key: String, value: OpaquePointer) {
        var key: UnsafePointer<CChar>?
        var count = 0
        let member = ctoml_member(value, index, &key, &count)
        let name = UnsafeRawBufferPointer(start: key, count: key == nil ? 0 : count)
        return (String(decoding: name, as: UTF8.self), member)
    }

    /// The version of toml++, which is compiled in.
    static var libraryVersion: String { String(cString: ctoml_version()) }

    /// The members of a table; nil for anything else.
    var members: [(key: String, value: TOMLValue)]? {
        if case .table(let members) = content { members } else { nil }
    }

    /// The member `key` of a table.
    subscript(key: String) -> TOMLValue? { members?.first { $0.key == key }?.value }

    /// Whether both say the same, wherever they stand; what dates and fractions say is not looked at.
    ///
    /// - Parameters:
    ///   - other: Another value.
    ///   - key: A member of this table that is left out.
    /// - Returns: Whether they do.
    func equals(_ other: TOMLValue, except key: String? = nil) -> Bool {
        switch (content, other.content) {
        case (.table(let ours), .table(let theirs)):
            let (ours, theirs) = (ours.filter { $0.key != key }, theirs.filter { $0.key != key })
            return ours.count == theirs.count
                && zip(ours, theirs).allSatisfy { $0.key == $1.key && $0.value.equals($1.value) }
        case (.array(let ours), .array(let theirs)):
            return ours.count == theirs.count
                && zip(ours, theirs).allSatisfy { $0.equals($1) }
        case (.string(let ours), .string(let theirs)): return ours == theirs
        case (.number(let ours), .number(let theirs)): return ours == theirs
        case (.boolean(let ours), .boolean(let theirs)): return ours == theirs
        case (.other, .other): return true
        default: return false
        }
    }

    var string: String? { if case .string(let text) = content { text } else { nil } }

    /// What it is, in a sentence.
    var phrase: String {
        switch content {
        case .table: "a table"
        case .array: "a list"
        case .string: "a text"
        case .boolean: "a boolean"
        case .number: "a number"
        case .other: "a number or a time"
        }
    }
}
