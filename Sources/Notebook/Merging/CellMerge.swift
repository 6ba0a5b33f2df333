/// One cell of a merged notebook: the cell of one side, with what the other side changed.
struct CellMerge {
    /// The version whose bytes the cell is made of.
    let side: MergeSide
    /// Whether that is ours.
    let isOurs: Bool
    /// Whether the favoured side deleted what the other changed.
    private(set) var isDeleted = false
    /// What a person has to look at.
    private(set) var conflict: NotebookMerge.Conflict.Kind?
    /// The members that both sides changed in different ways, by their keys from the outermost.
    private(set) var disputed: [[JSONString]] = []
    private let place: Int
    private var source: [UInt8]
    private var changes: [(key: JSONString, value: JSONValue?)] = []

    /// - Returns: nil when one side deleted the cell, and no person changed it on the other.
    init?(
        _ row: CellOrder.Row, base: MergeSide, ours: MergeSide, theirs: MergeSide,
        labels: LineMerge.Labels, favored: NotebookMerge.Side?
    ) {
        let old = row.base.map { base.cells[$0] }
        let our = row.ours.map { ours.cells[$0] }
        let their = row.theirs.map { theirs.cells[$0] }
        isOurs = our != nil && (their == nil || our?.kind != old?.kind || their?.kind == old?.kind)
        side = isOurs ? ours : theirs
        guard let place = isOurs ? row.ours : row.theirs else { return nil }
        self.place = place
        source = side.cells[place].source
        guard let our, let their else {
            guard let old else { return }
            let left = side.cells[place]
            if left.kind == old.kind, left.source == old.source,
                Self.saysTheSame(side.nodes[place], row.base.map { base.nodes[$0] })
            {
                return nil
            }
            conflict = our == nil ? .deletedByUs : .deletedByThem
            isDeleted = favored.map { ($0 == .ours) == (our == nil) } ?? false
            if favored == nil {
                setSource(LineMerge.deletion(of: source, byUs: our == nil, labels: labels))
            }
            return
        }
        let other = isOurs ? theirs : ours
        let otherPlace = (isOurs ? row.theirs : row.ours) ?? 0
        mergeSource(old: old?.source ?? [], our: our.source, their: their.source, labels, favored)
        let otherNode = other.nodes[otherPlace]
        let oldNode = row.base.map { base.nodes[$0] }
        mergeMembers(
            from: oldNode, with: otherNode,
            takingOthers: favored.map { ($0 == .ours) != isOurs } ?? false)
        let hasRun = oldNode.map { !Self.isSameRun(node, $0) } ?? true
        if source == other.cells[otherPlace].source,
            source != side.cells[place].source || !hasRun, !Self.isSameRun(node, otherNode)
        {
            for key in Self.runKeys { changes.append((key, otherNode[named: key]?.value)) }
        }
    }

    private var node: JSONNode { side.nodes[place] }

    /// What a kernel writes when a cell runs.
    private static let runKeys: [JSONString] = ["execution_count", "outputs"]

    private static func isSameRun(_ one: JSONNode, _ other: JSONNode) -> Bool {
        runKeys.allSatisfy { one[named: $0]?.bytes == other[named: $0]?.bytes }
    }

    // MARK: What changes

    private mutating func setSource(_ text: [UInt8]) {
        source = text
        let isString = node["source"]?.kind == .string
        changes.append(
            (
                "source",
                isString
                    ? .string(JSONString(utf8: text)) : .array(NotebookWriter.lines(of: text))
            ))
    }

    private mutating func mergeSource(
        old: [UInt8], our: [UInt8], their: [UInt8], _ labels: LineMerge.Labels,
        _ favored: NotebookMerge.Side?
    ) {
        let merge = LineMerge(
            base: old, ours: our, theirs: their, labels: labels, favored: favored)
        if merge.conflictCount > 0 { conflict = .source }
        if merge.text != source { setSource(merge.text) }
    }

    /// All but these members of a cell is merged key by key.
    private static let ownKeys: Set<JSONString> = [
        "source", "cell_type", "id", "execution_count", "outputs",
    ]

    /// The metadata that Jupyter and its extensions write, and no person.
    static let keysOfPrograms = JupytextSection.hiddenCellKeys

    /// Whether two versions of a cell differ in nothing but what programs wrote beside its text.
    private static func saysTheSame(_ one: JSONNode, _ other: JSONNode?) -> Bool {
        func words(_ node: JSONNode?) -> JSONObject {
            var object = node?.object(without: ownKeys) ?? [:]
            object["metadata"] = .object(
                (object["metadata"]?.object ?? [:]).filter {
                    !keysOfPrograms.contains($0.key.string)
                })
            return object
        }
        return words(one).isEquivalent(to: words(other))
    }

    private mutating func mergeMembers(
        from old: JSONNode?, with other: JSONNode, takingOthers takesOthers: Bool
    ) {
        let mine = node.object(without: Self.ownKeys)
        let merged = mine.merged(
            from: old?.object(without: Self.ownKeys) ?? [:],
            with: other.object(without: Self.ownKeys), takingTheirs: takesOthers,
            disputed: &disputed)
        for (key, value) in merged.members where mine[key] != value { changes.append((key, value)) }
        for (key, _) in mine.members where merged[key] == nil { changes.append((key, nil)) }
    }

    // MARK: The result

    /// The id that the cell has on its side.
    var id: JSONString? { side.id(at: place) }

    /// The cell as a script would show it.
    var cell: Cell { Cell(kind: side.cells[place].kind, source: source) }

    /// The bytes of the cell, spelled as its side does, called `newID` instead of ``id`` when there is one.
    func bytes(newID: JSONString?) -> [UInt8] {
        guard let members = node.keyedMembers else { return [] }
        var edit = MemberEdit(
            node: node, members: members, spelling: side.spelling, bytes: side.text.bytes)
        for (key, value) in changes {
            if let value { edit.set(key, to: value) } else { edit.delete(key) }
        }
        if let newID { edit.set("id", to: .string(newID)) }
        var splice = Splice()
        edit.note(in: &splice)
        return splice.applied(to: side.text.bytes.span, in: node.range)
    }
}
