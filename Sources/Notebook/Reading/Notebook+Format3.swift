extension Notebook {
    /// Upgrades a notebook of nbformat 3, as `nbformat.v4.convert.upgrade` does for what a script shows.
    ///
    /// Worksheets are laid end to end, a heading becomes markdown (`## text`), `input` becomes the source
    /// and html cells become markdown.
    init(nbformat3 root: JSONNode) throws(NotebookError) {
        guard let worksheets = root["worksheets"]?.value else {
            throw NotebookError("'worksheets' is missing")
        }
        guard let worksheets = worksheets.array else {
            throw NotebookError("'worksheets' is not an array")
        }
        self.init(metadata: root["metadata"]?.value.object ?? [:])
        metadata["orig_nbformat"] = nil
        for worksheet in worksheets {
            guard let content = worksheet.object else {
                throw NotebookError("a worksheet is not an object")
            }
            guard let cells = content["cells"] else { continue }
            guard let cells = cells.array else { throw NotebookError("'cells' is not an array") }
            for value in cells {
                self.cells.append(try Self.cell(nbformat3: value, number: self.cells.count + 1))
            }
        }
    }

    private static func cell(nbformat3 value: JSONValue, number: Int) throws(NotebookError) -> Cell
    {
        guard let cell = value.object else {
            throw NotebookError("the cell is not an object", cellNumber: number)
        }
        guard let type = cell["cell_type"]?.string else {
            throw NotebookError("'cell_type' is missing or not a string", cellNumber: number)
        }
        let key: JSONString = type == "code" ? "input" : "source"
        guard let value = cell[key] else {
            throw NotebookError("'\(key)' is missing", cellNumber: number)
        }
        guard let source = value.joinedStrings else {
            throw NotebookError(value.whyNotStrings(key: key.string), cellNumber: number)
        }
        var metadata = cell["metadata"]?.object ?? [:]
        if type == "code", cell["collapsed"]?.bool == true { metadata["collapsed"] = true }
        switch type {
        case "heading":
            let level = min(max(cell["level"]?.integer ?? 1, 1), 6)
            let lines = source.map { $0 == .lineFeed ? .space : $0 }
            let heading = [UInt8](repeating: UInt8(ascii: "#"), count: level) + [.space] + lines
            return Cell(kind: .markdown, source: heading, metadata: metadata)
        case "html":
            return Cell(kind: .markdown, source: source, metadata: metadata)
        default:
            return Cell(kind: CellKind(type), source: source, metadata: metadata)
        }
    }
}

extension JSONValue {
    /// The text of a string or of a list of strings, or nil.
    var joinedStrings: [UInt8]? {
        switch self {
        case .string(let text): return text.utf8
        case .array(let elements):
            var joined: [UInt8] = []
            for element in elements {
                guard case .string(let text) = element else { return nil }
                joined += text.utf8
            }
            return joined
        default: return nil
        }
    }
}
