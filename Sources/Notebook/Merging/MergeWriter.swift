/// Writes a merged notebook: our bytes, with what changed on the other side.
struct MergeWriter {
    private let base: MergeSide
    private let ours: MergeSide
    private let theirs: MergeSide
    private let labels: LineMerge.Labels
    private let favored: NotebookMerge.Side?
    private let minorVersion: Int
    private var usedIDs: Set<JSONString>
    private(set) var conflicts: [NotebookMerge.Conflict] = []
    private(set) var disputes: [NotebookMerge.Dispute] = []

    init(
        base: MergeSide, ours: MergeSide, theirs: MergeSide, labels: LineMerge.Labels,
        favored: NotebookMerge.Side?
    ) {
        self.base = base
        self.ours = ours
        self.theirs = theirs
        self.labels = labels
        self.favored = favored
        minorVersion = max(ours.minorVersion, theirs.minorVersion)
        usedIDs = Set(ours.nodes.indices.compactMap { ours.id(at: $0) })
    }

    /// The bytes of the merged notebook.
    mutating func notebook() -> [UInt8] {
        var splice = Splice()
        mergeMembers(in: &splice)
        let bytes = ours.text.bytes
        if let list = ours.text.root["cells"] {
            splice.replace(
                list.range,
                with: ours.spelling.list(
                    of: mergedCells(), like: list, elements: ours.nodes, in: bytes.span))
        }
        return splice.applied(to: bytes.span, in: 0..<bytes.count)
    }

    private mutating func mergedCells() -> [[UInt8]] {
        var cells: [[UInt8]] = []
        for row in rows {
            guard
                let cell = CellMerge(
                    row, base: base, ours: ours, theirs: theirs, labels: labels, favored: favored)
            else { continue }
            if cell.isDeleted {
                note(cell, number: cells.count + 1)
                continue
            }
            let bytes = cell.bytes(newID: newID(for: cell, in: row, at: cells.count))
            cells.append(cell.side.cell(bytes, spelledLike: ours))
            note(cell, number: cells.count)
        }
        return cells
    }

    private mutating func note(_ cell: CellMerge, number: Int) {
        if let kind = cell.conflict { conflicts.append(.init(cellNumber: number, kind: kind)) }
        disputes += cell.disputed.map { .init(of: $0, cellNumber: number) }
    }

    /// The id that a cell must get: our own, one that nobody has, or none when its own may stay.
    private mutating func newID(
        for cell: CellMerge, in row: CellOrder.Row, at index: Int
    ) -> JSONString? {
        if cell.isOurs, cell.id != nil { return nil }
        if let place = row.ours, let id = ours.id(at: place) { return id == cell.id ? nil : id }
        if let id = cell.id {
            if usedIDs.insert(id).inserted { return nil }
        } else if minorVersion < 5 || cell.side.minorVersion >= 5 {
            return nil
        }
        return NotebookWriter.newID(of: cell.cell, at: index, used: &usedIDs)
    }

    /// Which cells belong together.
    private var rows: [CellOrder.Row] {
        let (old, our, their) = (base.sketches, ours.sketches, theirs.sketches)
        let ourMatches = CellMatching.matches(from: old, to: our)
        let theirMatches = CellMatching.matches(from: old, to: their)
        let ourNew = our.indices.filter { ourMatches[$0] == nil }
        let theirNew = their.indices.filter { theirMatches[$0] == nil }
        // Both may have added the same cell.
        let same = SequenceDifference.commonElements(
            ourNew.map { AddedCell(our[$0]) }, theirNew.map { AddedCell(their[$0]) })
        let pairs = same.map { (ourNew[$0.old], theirNew[$0.new]) }
        return CellOrder(
            base: old.count, ours: ourMatches, theirs: theirMatches,
            added: Dictionary(uniqueKeysWithValues: pairs)
        ).rows
    }

    private mutating func mergeMembers(in splice: inout Splice) {
        guard let members = ours.text.root.keyedMembers else { return }
        let others: Set<JSONString> = ["cells", "nbformat", "nbformat_minor"]
        let our = ours.text.root.object(without: others)
        var paths: [[JSONString]] = []
        var merged = our.merged(
            from: base.text.root.object(without: others),
            with: theirs.text.root.object(without: others), takingTheirs: favored == .theirs,
            disputed: &paths)
        // Which program wrote a script last is no person's word.
        paths.removeAll { $0.starts(with: ["metadata", "jupytext", "text_representation"]) }
        disputes += paths.map { .init(of: $0, cellNumber: nil) }
        if ours.minorVersion < minorVersion {
            merged["nbformat_minor"] = .number(String(minorVersion))
        }
        var edit = MemberEdit(
            node: ours.text.root, members: members, spelling: ours.spelling, bytes: ours.text.bytes)
        for (key, value) in merged.members where our[key] != value { edit.set(key, to: value) }
        for (key, _) in our.members where merged[key] == nil { edit.delete(key) }
        edit.note(in: &splice)
    }
}

extension NotebookMerge.Dispute {
    /// What Jupyter writes of the kernel that runs: two people seldom have the same.
    private static let keysOfPrograms = ["language_info", "kernelspec", "widgets"]

    fileprivate init(of path: [JSONString], cellNumber: Int?) {
        self.cellNumber = cellNumber
        name = path.map(\.string).joined(separator: ".")
        let keys = cellNumber == nil ? Self.keysOfPrograms : CellMerge.keysOfPrograms
        isOfPrograms = path.count > 1 && path[0] == "metadata" && keys.contains(path[1].string)
    }
}

/// What makes a new cell the same on both sides.
private struct AddedCell: Hashable {
    let kind: CellKind
    let source: ByteKey

    init(_ sketch: CellMatching.Sketch) {
        kind = sketch.kind
        source = ByteKey(sketch.source)
    }
}
