/// One document of a YAML text: a value, and where it begins.
public struct YAMLDocument: Sendable {
    /// Its value, as JSON can hold it: numbers keep their text, dates are texts.
    public let value: JSONValue
    /// The line that it begins in, from 1.
    public let line: Int

    /// Reads all documents of a text.
    ///
    /// - Parameter text: In UTF-8.
    /// - Returns: None for a text without any.
    /// - Throws: ``NotebookError`` with line and column.
    public static func all(in text: [UInt8]) throws(NotebookError) -> [YAMLDocument] {
        do throws(YAMLError) {
            return try YAMLReader.documents(of: text).map { YAMLDocument(value: $0, line: $1) }
        } catch {
            throw NotebookError(
                "not YAML: \(error.message)", line: error.line, column: error.column)
        }
    }
}

extension JSONObject {
    /// The members as lines of YAML, as PyYAML writes them, sorted by key.
    public var yaml: [UInt8] { YAMLWriter.block(self) }
}

extension JSONValue {
    /// Reads a whole JSON text.
    ///
    /// - Parameter text: In UTF-8.
    /// - Throws: ``NotebookError`` with line and column.
    public init(json text: [UInt8]) throws(NotebookError) {
        do throws(JSONError) { self = try JSONText(text, indexedDepth: 0).root.value } catch {
            throw NotebookError(error)
        }
    }
}
