/// One version of a notebook that is merged, as a value and as it lies in its file.
struct MergeSide {
    let text: JSONText
    let cells: [Cell]
    let nodes: [JSONNode]
    let spelling: JSONSpelling
    let minorVersion: Int

    init(_ bytes: [UInt8]) throws(NotebookError) {
        let reader = try NotebookReader(bytes)
        guard reader.version.major == 4 else {
            throw NotebookError(
                "nbformat \(reader.version.major) cannot be merged",
                hint: "save it in Jupyter as nbformat 4")
        }
        text = try JSONText(editing: bytes)
        cells = reader.notebook.cells
        minorVersion = reader.version.minor
        nodes = text.root["cells"]?.elements ?? []
        spelling = JSONSpelling(of: text)
    }

    func id(at place: Int) -> JSONString? {
        nodes[place]["id"]?.joinedText.map { JSONString(utf8: $0) }
    }

    var sketches: [CellMatching.Sketch] {
        cells.enumerated().map { place, cell in
            CellMatching.Sketch(
                kind: cell.kind, shown: cell.source, source: cell.source, id: id(at: place)?.utf8)
        }
    }

    /// The bytes of a cell of this version, or of one made from it, as they are to stand in `other`.
    func cell(_ bytes: [UInt8], spelledLike other: MergeSide) -> [UInt8] {
        guard spelling.layout != other.spelling.layout else { return bytes }
        var decoder = JSONDecoder(bytes.span, at: 0)
        let unit = other.spelling.indentUnit
        let indent = other.nodes.first.map {
            other.spelling.indent(at: $0.range.lowerBound, in: other.text.bytes)
        }
        return other.spelling.value(decoder.value(), indent: indent ?? unit + unit)
    }
}

extension JSONNode {
    /// The members without those named `keys`.
    func object(without keys: Set<JSONString>) -> JSONObject {
        JSONObject(
            (members ?? []).filter { !keys.contains($0.key) }.map { ($0.key, $0.value.value) })
    }
}
