/// Reads notebooks of nbformat 3 and 4.
///
/// Accepts what jupyter opens: unknown keys, missing ids and outputs, a `source` as a string or as a list
/// of strings. What a script needs must be there and of the right type, or the error names the cell.
public struct NotebookReader: Sendable {
    /// What the file holds, without outputs and ids.
    public let content: NotebookContent
    /// The version the file names; the notebook is always shown as nbformat 4.
    public let version: (major: Int, minor: Int)
    /// Says when the file was read as another version than it names.
    public let notes: [Note]
    /// The JSON of the file.
    let root: JSONNode

    /// What the file holds, made anew each time it is asked for; see ``content``.
    public var notebook: Notebook { content.notebook }

    /// Reads an array; see ``init(_:)-(Contents)``.
    public init(_ bytes: [UInt8]) throws(NotebookError) { try self.init(Contents(bytes)) }

    /// - Parameter contents: The whole file in UTF-8, with or without a byte order mark.
    /// - Throws: ``NotebookError`` with line, column and byte where the JSON is broken, with the cell where
    ///   its content is.
    public init(_ contents: Contents) throws(NotebookError) {
        let root = try Self.root(of: contents)
        self.root = root
        version = try Self.version(of: root)
        switch version.major {
        case 4:
            content = try Self.content4(root, of: contents)
            let isNewer = version.minor > 5
            notes =
                isNewer ? [Note("nbformat 4.\(version.minor) is newer than 4.5; read as 4.5")] : []
        case 3:
            content = NotebookContent(try Notebook(nbformat3: root))
            notes = [Note("nbformat 3 is read as nbformat 4")]
        case ..<3:
            throw NotebookError(
                "nbformat \(version.major) is too old",
                hint: "open and save it in Jupyter, or run 'jupyter nbconvert --to notebook'")
        default:
            throw NotebookError(
                "nbformat \(version.major) is not known",
                hint: "it is newer than this nbgit: save it as nbformat 4, or update nbgit")
        }
    }

    private static func root(of contents: Contents) throws(NotebookError) -> JSONNode {
        let bytes = contents.span
        let markLength = bytes.starts(with: byteOrderMark) ? byteOrderMark.count : 0
        let text = bytes.extracting(markLength...)
        let start = markLength + text.countOfJSONSpace
        guard start < bytes.count else { throw NotebookError("the file is empty, not a notebook") }
        if bytes.isUTF16 { throw .utf16 }
        let json: JSONText
        do throws(JSONError) { json = try JSONText(contents) } catch {
            var failure = NotebookError(error)
            if error.byteOffset == start, error.message == "expected a value" {
                failure.message = "not a notebook: expected '{'"
                if text.starts(with: "version https://git-lfs.github.com/spec/".utf8) {
                    throw NotebookError(
                        "the file is a git-lfs pointer, not the notebook itself",
                        hint: "run 'git lfs pull'")
                }
            }
            throw failure
        }
        guard json.root.kind == .object else {
            throw NotebookError(
                "not a notebook: the file holds \(json.root.kind.phrase), not an object")
        }
        return json.root
    }

    private static func version(of root: JSONNode) throws(NotebookError) -> (major: Int, minor: Int)
    {
        guard let major = try wholeNumber("nbformat", in: root) else {
            throw NotebookError("not a notebook: 'nbformat' is missing")
        }
        return (major, try wholeNumber("nbformat_minor", in: root) ?? 0)
    }

    private static func wholeNumber(_ key: StaticString, in root: JSONNode) throws(NotebookError)
        -> Int?
    {
        guard let node = root[key] else { return nil }
        guard case .number(let text) = node.value else {
            throw NotebookError("'\(key)' is \(node.kind.phrase), not a whole number")
        }
        guard let number = Int(text) else {
            throw NotebookError("'\(key)' is \(text.prefix(20)), not a version of the format")
        }
        return number
    }

    // MARK: nbformat 4

    private static func content4(
        _ root: JSONNode, of contents: Contents
    ) throws(NotebookError) -> NotebookContent {
        let metadata = try metadata(in: root["metadata"], cellNumber: nil)
        guard let cells = root["cells"] else { throw NotebookError("'cells' is missing") }
        guard cells.kind == .array else {
            throw NotebookError("'cells' is \(cells.kind.phrase), not an array")
        }
        var read: [NotebookContent.FileCell] = []
        var releasedEnd = 0
        try cells.eachElement { element throws(NotebookError) in
            read.append(try cell(element, number: read.count + 1))
            let end = element.range.upperBound
            guard end - releasedEnd >= Contents.releaseStep else { return }
            contents.release(upTo: end)
            releasedEnd = end
        }
        return NotebookContent(metadata: metadata, cells: read, in: contents)
    }

    private static func cell(
        _ node: JSONNode, number: Int
    ) throws(NotebookError) -> NotebookContent.FileCell {
        guard node.kind == .object else {
            throw NotebookError(
                "the cell is \(node.kind.phrase), not an object", cellNumber: number)
        }
        let (type, source, metadata) = node.members(named: "cell_type", "source", "metadata")
        guard let type else {
            throw NotebookError("'cell_type' is missing", cellNumber: number)
        }
        let kind = try kind(saidBy: type, cellNumber: number)
        guard let source else {
            throw NotebookError("'source' is missing", cellNumber: number)
        }
        guard source.isText else {
            throw NotebookError(source.value.whyNotStrings(key: "source"), cellNumber: number)
        }
        return NotebookContent.FileCell(
            kind: kind, source: .spelled(source.range),
            metadata: try self.metadata(in: metadata, cellNumber: number))
    }

    private static func kind(saidBy type: JSONNode, cellNumber: Int) throws(NotebookError)
        -> CellKind
    {
        if type.isSpelled(#""code""#) { return .code }
        if type.isSpelled(#""markdown""#) { return .markdown }
        guard let name = type.value.string else {
            throw NotebookError(
                "'cell_type' is \(type.kind.phrase), not a string", cellNumber: cellNumber)
        }
        guard !name.isEmpty, name.utf8.allSatisfy(\.isNameByte) else {
            throw NotebookError(
                "'cell_type' is '\(name)', which is no type of cell", cellNumber: cellNumber)
        }
        return CellKind(name)
    }

    private static func metadata(in metadata: JSONNode?, cellNumber: Int?) throws(NotebookError)
        -> JSONObject
    {
        guard let metadata else {
            throw NotebookError("'metadata' is missing", cellNumber: cellNumber)
        }
        if metadata.isBareObject { return JSONObject() }
        guard let object = metadata.value.object else {
            throw NotebookError(
                "'metadata' is \(metadata.kind.phrase), not an object", cellNumber: cellNumber)
        }
        return object
    }
}

extension JSONKind {
    /// The kind in a sentence: "'source' is a number".
    var phrase: String {
        switch self {
        case .null: "null"
        case .bool: "a boolean"
        case .number: "a number"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }
}

extension JSONValue {
    /// What is wrong with a value that should be a string or a list of strings.
    func whyNotStrings(key: String) -> String {
        guard case .array(let elements) = self else {
            return "'\(key)' is \(phrase), not a string or a list of strings"
        }
        let place = elements.firstIndex { if case .string = $0 { false } else { true } } ?? 0
        return "item \(place + 1) of '\(key)' is \(elements[place].phrase), not a string"
    }

    private var phrase: String {
        switch self {
        case .null: JSONKind.null.phrase
        case .bool: JSONKind.bool.phrase
        case .number: JSONKind.number.phrase
        case .string: JSONKind.string.phrase
        case .array: JSONKind.array.phrase
        case .object: JSONKind.object.phrase
        }
    }
}
