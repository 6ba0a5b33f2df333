/// Settings in YAML or JSON: the members of the outermost object, and where each begins.
public struct SettingsText: Sendable {
    /// One setting.
    public struct Member: Sendable {
        /// Its name.
        public let key: String
        /// What it is set to.
        public let value: JSONValue
        /// The line that it begins in, from 1.
        public let line: Int
    }

    /// The settings, in the order of the text; of those with one name the last one.
    public let members: [Member]

    /// Reads YAML, typed as PyYAML does; a text with nothing in it has no members.
    ///
    /// - Throws: ``NotebookError`` with line and column for what is not YAML, and for anything but a mapping.
    public init(yaml text: [UInt8]) throws(NotebookError) {
        let value: JSONValue
        let lines: [JSONString: Int]
        do throws(YAMLError) { (value, lines) = try YAMLReader.valueAndKeyLines(of: text) } catch {
            throw NotebookError(
                "not YAML: \(error.message)", line: error.line, column: error.column)
        }
        guard let object = value.isNull ? [:] : value.object else {
            throw NotebookError("not names and values", line: 1)
        }
        members = object.members.map {
            Member(key: $0.key.string, value: $0.value, line: lines[$0.key] ?? 1)
        }
    }

    /// Reads JSON.
    ///
    /// - Throws: ``NotebookError`` with line and column for what is not JSON, and for anything but an object.
    public init(json text: [UInt8]) throws(NotebookError) {
        let root: JSONNode
        do throws(JSONError) { root = try JSONText(text).root } catch {
            throw NotebookError(
                "not JSON: \(error.message)", line: error.line, column: error.column)
        }
        guard let object = root.value.object, let found = root.keyedMembers else {
            throw NotebookError("not names and values", line: 1)
        }
        var lines: [[UInt8]: Int] = [:]
        for member in found {
            let before = text[..<member.key.range.lowerBound]
            lines[member.key.joinedText ?? []] = 1 + before.count { $0 == .lineFeed }
        }
        members = object.members.map {
            Member(key: $0.key.string, value: $0.value, line: lines[Array($0.key.utf8)] ?? 1)
        }
    }
}
