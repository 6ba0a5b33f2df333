/// What is different between two versions of a notebook, without a look at how its JSON is spelled.
///
/// Bytes are compared first, for each cell and for each of its parts, and only where they differ is anything
/// taken apart: an output that stayed is never decoded. The order of keys is no difference.
public struct NotebookDifference: Sendable {
    /// The parts of a notebook that can change by themselves.
    public struct Parts: OptionSet, Hashable, Sendable {
        /// One bit for each part.
        public let rawValue: UInt8

        /// Takes the bits as they stand.
        public init(rawValue: UInt8) { self.rawValue = rawValue }

        /// The text of a cell, its type, or which cells there are.
        public static let source = Parts(rawValue: 1)
        /// Pictures and files inside a markdown cell.
        public static let attachments = Parts(rawValue: 2)
        /// What a kernel made.
        public static let outputs = Parts(rawValue: 4)
        /// The metadata of the notebook or a cell, a cell's id, and keys nobody knows.
        public static let metadata = Parts(rawValue: 8)
        /// The version of nbformat.
        public static let version = Parts(rawValue: 16)
        /// That a cell ran: its execution count, and the times that were noted.
        public static let runs = Parts(rawValue: 32)
    }

    /// What became of one cell.
    public struct CellChange: Hashable, Sendable {
        /// Its number in the old notebook, from 1; nil when it is new.
        public let oldNumber: Int?
        /// Its number in the new notebook, from 1; nil when it is gone.
        public let newNumber: Int?
        /// What is different in it; ``Parts/source`` for one that is new or gone.
        public let parts: Parts
    }

    /// All that is different, in the notebook's own members and in its cells; empty when only the spelling is.
    public let parts: Parts
    /// What is different beside the cells.
    public let notebookParts: Parts
    /// The cells that are different, in the order of the new notebook, and the others that are gone at the end.
    ///
    /// A cell that only has another place is not among them; cells that changed places make ``parts`` hold
    /// ``Parts/source``.
    public let cells: [CellChange]

    /// Compares two notebooks of any version that can be read.
    ///
    /// - Parameters:
    ///   - old: The notebook as it was.
    ///   - new: The notebook as it is.
    public init(from old: NotebookReader, to new: NotebookReader) {
        var notebookParts: Parts = []
        for key in new.root.keys(and: old.root) where key != "cells" && key != "worksheets" {
            guard JSONNode.differ(new.root[named: key], old.root[named: key]) else { continue }
            notebookParts.insert(
                key == "nbformat" || key == "nbformat_minor" ? .version : .metadata)
        }
        let oldCells = ComparedCell.cells(of: old)
        let newCells = ComparedCell.cells(of: new)
        let matches = Self.matches(from: oldCells, to: newCells)
        var cells: [CellChange] = []
        for (index, match) in matches.enumerated() {
            let parts = match.map { newCells[index].parts(differingFrom: oldCells[$0]) } ?? .source
            guard !parts.isEmpty else { continue }
            cells.append(
                CellChange(oldNumber: match.map { $0 + 1 }, newNumber: index + 1, parts: parts))
        }
        let places = matches.compactMap(\.self)
        let kept = Set(places)
        for index in oldCells.indices where !kept.contains(index) {
            cells.append(CellChange(oldNumber: index + 1, newNumber: nil, parts: .source))
        }
        let isMoved = zip(places, places.dropFirst()).contains { $0 > $1 }
        self.notebookParts = notebookParts
        self.cells = cells
        parts = cells.reduce(into: notebookParts.union(isMoved ? .source : [])) {
            $0.formUnion($1.parts)
        }
    }

    /// The numbers of the cells of the new notebook that differ in a part, and that were there before.
    public func numbers(ofCellsWith part: Parts) -> [Int] {
        cells.compactMap { $0.oldNumber != nil && $0.parts.contains(part) ? $0.newNumber : nil }
    }

    private static func matches(from old: [ComparedCell], to new: [ComparedCell]) -> [Int?] {
        // The usual case, that cells stand where they stood, needs no search.
        let isSameRow = old.count == new.count && zip(old, new).allSatisfy { $0.isSameText(as: $1) }
        if isSameRow { return Array(new.indices) }
        return CellMatching.matches(from: old.map(\.sketch), to: new.map(\.sketch))
    }
}

/// A cell as a reader understood it, and where it stands.
private struct ComparedCell {
    let cell: Cell
    /// Its JSON; nil in a notebook of nbformat 3, which is compared by what a script can show.
    let node: JSONNode?

    static func cells(of reader: NotebookReader) -> [ComparedCell] {
        let nodes = reader.version.major == 4 ? reader.root["cells"]?.elements : nil
        return reader.notebook.cells.enumerated().map { index, cell in
            ComparedCell(cell: cell, node: nodes?[index])
        }
    }

    var sketch: CellMatching.Sketch {
        CellMatching.Sketch(kind: cell.kind, shown: cell.source, source: cell.source)
    }

    func isSameText(as other: ComparedCell) -> Bool {
        cell.kind == other.cell.kind && cell.source == other.cell.source
    }

    func parts(differingFrom old: ComparedCell) -> NotebookDifference.Parts {
        var parts: NotebookDifference.Parts = isSameText(as: old) ? [] : .source
        guard let node, let oldNode = old.node else {
            return cell.metadata == old.cell.metadata ? parts : parts.union(.metadata)
        }
        guard node.bytes != oldNode.bytes else { return parts }
        for key in node.keys(and: oldNode) where key != "source" && key != "cell_type" {
            guard JSONNode.differ(node[named: key], oldNode[named: key]) else { continue }
            switch key {
            case "outputs": parts.insert(.outputs)
            case "execution_count": parts.insert(.runs)
            case "attachments": parts.insert(.attachments)
            case "metadata": parts.formUnion(metadataParts(differingFrom: old))
            default: parts.insert(.metadata)
            }
        }
        return parts
    }

    /// Times that the kernel noted say that the cell ran; all else is metadata.
    private func metadataParts(differingFrom old: ComparedCell) -> NotebookDifference.Parts {
        func lasting(_ metadata: JSONObject) -> JSONObject {
            metadata.filter { !Self.timeKeys.contains($0.key) }
        }
        let isSame = lasting(cell.metadata).isEquivalent(to: lasting(old.cell.metadata))
        return isSame ? .runs : .metadata
    }

    /// Where JupyterLab and its extensions note when a cell ran.
    private static let timeKeys: Set<JSONString> = ["execution", "ExecuteTime"]
}

extension JSONNode {
    /// The keys of two objects, each once, in the order of their texts.
    fileprivate func keys(and other: JSONNode) -> [JSONString] {
        var seen: Set<JSONString> = []
        let all = (members ?? []) + (other.members ?? [])
        return all.map(\.key).filter { seen.insert($0).inserted }
    }

    /// Whether one is missing, or they mean something different.
    fileprivate static func differ(_ one: JSONNode?, _ other: JSONNode?) -> Bool {
        guard let one, let other else { return one != nil || other != nil }
        return one.bytes != other.bytes && !one.value.isEquivalent(to: other.value)
    }
}
