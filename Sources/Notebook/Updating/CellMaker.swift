/// Writes new cells that look like the cells around them.
struct CellMaker {
    let spelling: JSONSpelling
    let bytes: [UInt8]
    let nodes: [JSONNode]
    /// The types of the cells at ``nodes``.
    let kinds: [CellKind]
    let hasIDs: Bool

    /// The bytes of a new cell that is to stand at `index`, without the indentation of its first line.
    ///
    /// It has the keys of the nearest cell of its type, in their order; its id is not among `used`.
    func bytes(of cell: Cell, at index: Int, used: inout Set<JSONString>) -> [UInt8] {
        var values: JSONObject = [
            "cell_type": .string(JSONString(cell.kind.name)),
            "metadata": .object(
                cell.metadata.removing(KeyPaths(JupytextSection.technicalCellKeys))),
        ]
        if cell.kind == .code {
            values["execution_count"] = .null
            values["outputs"] = .array([])
        }
        if hasIDs { values["id"] = .string(NotebookWriter.newID(of: cell, at: index, used: &used)) }
        let template = template(for: cell.kind, at: index)
        let isString = template?["source"]?.kind == .string
        values["source"] =
            isString
            ? .string(JSONString(utf8: cell.source))
            : .array(NotebookWriter.lines(of: cell.source))
        return spelling.value(.object(ordered(values, like: template)), indent: indent)
    }

    /// The members in the order of the template; those that it does not have go last, sorted.
    private func ordered(_ values: JSONObject, like template: JSONNode?) -> JSONObject {
        let keys = template?.members?.map(\.key) ?? []
        var result = JSONObject()
        // As nbformat writes them, whatever type of cell the template is.
        let isSorted = zip(keys, keys.dropFirst()).allSatisfy {
            $0.utf8.lexicographicallyPrecedes($1.utf8)
        }
        if isSorted {
            for (key, value) in values.sorted { result[key] = value }
            return result
        }
        for key in keys where values[key] != nil { result[key] = values[key] }
        for (key, value) in values.sorted where result[key] == nil { result[key] = value }
        return result
    }

    /// The nearest cell of the same type, or else the nearest.
    private func template(for kind: CellKind, at index: Int) -> JSONNode? {
        guard !nodes.isEmpty else { return nil }
        let start = min(index, nodes.count - 1)
        for distance in 0..<nodes.count {
            for place in [start - distance, start + distance] where kinds.indices.contains(place) {
                if kinds[place] == kind { return nodes[place] }
            }
        }
        return nodes[start]
    }

    /// The white space before a cell.
    private var indent: [UInt8] {
        guard let first = nodes.first else {
            return spelling.indentUnit + spelling.indentUnit
        }
        var start = first.range.lowerBound
        while start > 0, [.space, .tab].contains(bytes[start - 1]) { start -= 1 }
        let isAtLineStart = start == 0 || bytes[start - 1] == .lineFeed
        return isAtLineStart ? Array(bytes[start..<first.range.lowerBound]) : []
    }
}
