/// The edits that turn a notebook's bytes into those of its next version.
struct NotebookEdit {
    private let text: JSONText
    private let spelling: JSONSpelling
    private let original: Notebook
    private let language: Language
    private let hasIDs: Bool
    /// The original's cells as a script shows them, and as they lie in the file.
    private let old: [PercentReader.WrittenCell]
    private let nodes: [JSONNode]
    private let new: [PercentReader.WrittenCell]
    private let matches: [Int?]
    private let clearsStale: Bool
    private let deletesMetadata: Bool
    /// The choices that the notebook makes itself.
    private let ownSection: JupytextSection
    private var splice = Splice()
    private(set) var staleCells: [Int] = []

    /// - Parameters:
    ///   - text: The notebook; nbformat 4.
    ///   - original: The same as a value.
    ///   - version: The version that it names.
    ///   - language: The language of the script.
    ///   - old: The cells of the notebook, read back from its own script.
    ///   - new: The cells of the edited script.
    ///   - clearsStale: Whether outputs that other code made are taken out.
    ///   - deletesMetadata: Whether metadata that a marker does not show any more are deleted.
    init(
        text: JSONText, original: Notebook, version: (major: Int, minor: Int), language: Language,
        old: [PercentReader.WrittenCell], new: [PercentReader.WrittenCell], clearsStale: Bool,
        deletesMetadata: Bool
    ) {
        self.text = text
        self.original = original
        self.language = language
        self.old = old
        self.new = new
        self.clearsStale = clearsStale
        self.deletesMetadata = deletesMetadata
        ownSection = JupytextSection(original.metadata)
        spelling = JSONSpelling(of: text)
        nodes = text.root["cells"]?.elements ?? []
        hasIDs = version.minor >= 5
        // A script without a header does not show the metadata that its cells have.
        let sketch = { (cell: PercentReader.WrittenCell) in
            CellMatching.Sketch(
                kind: cell.cell.kind, shown: deletesMetadata ? cell.text : cell.cell.source,
                source: cell.cell.source)
        }
        matches = CellMatching.matches(from: old.map(sketch), to: new.map(sketch))
    }

    /// The bytes of the notebook with all edits.
    mutating func result() -> [UInt8] {
        for (index, match) in matches.enumerated() {
            if let match { edit(match, into: index) }
        }
        let bytes = text.bytes
        let isSameOrder =
            matches.count == nodes.count && zip(matches, nodes.indices).allSatisfy { $0 == $1 }
        if !isSameOrder, let cells = text.root["cells"] { replaceCells(cells) }
        return splice.isEmpty ? text.bytes : splice.applied(to: bytes.span, in: 0..<bytes.count)
    }
}

// MARK: - One cell

extension NotebookEdit {
    private mutating func edit(_ oldIndex: Int, into newIndex: Int) {
        let before = old[oldIndex]
        let after = new[newIndex]
        guard before.text != after.text, oldIndex < nodes.count else { return }
        let node = nodes[oldIndex]
        let blankEnd = BlankEnd(of: original.cells[oldIndex], in: language)
        if !blankEnd.explains(after, of: original.cells[oldIndex].source, before: before) {
            editSource(of: node, to: after.cell.source)
            if after.cell.kind == .code, node["outputs"].map({ !$0.isEmptyArray }) == true,
                !BlankEnd.isOnlyChange(from: before.cell.source, to: after.cell.source)
            {
                if clearsStale {
                    splice.clearOutputs(of: node)
                } else {
                    staleCells.append(newIndex + 1)
                }
            }
        }
        if let metadata = node["metadata"] {
            let unsaid = unsaidKeys(oldIndex, newIndex)
            editMembers(
                of: metadata, from: before.cell.metadata.filter { !unsaid.contains($0.key) },
                to: after.cell.metadata, deletes: deletesMetadata)
        }
    }

    /// The metadata of an old cell that the marker of the new one lacks, and that the notebook's own rules hide: the
    /// script's rules show more, and that it lacks them says nothing.
    private func unsaidKeys(_ oldIndex: Int, _ newIndex: Int) -> [JSONString] {
        guard oldIndex < original.cells.count else { return [] }
        let own = ownSection.shownCellMetadata(original.cells[oldIndex].metadata)
        let said = new[newIndex].cell.metadata
        return old[oldIndex].cell.metadata.members.map(\.key).filter { key in
            own[key] == nil && said[key] == nil
                && !JupytextSection.technicalCellKeys.contains { key.utf8.elementsEqual($0.utf8) }
        }
    }

    private mutating func editSource(of node: JSONNode, to source: [UInt8]) {
        guard let value = node["source"] else { return }
        let bytes = text.bytes
        let gap = itemGap(for: value)
        splice.replaceText(
            at: value, with: source, spelling: spelling, itemGap: gap, in: bytes.span)
    }

    /// What stands before each element of a list at `node` that has none yet.
    private func itemGap(for node: JSONNode) -> [UInt8] {
        guard !spelling.lineEnd.isEmpty else { return [] }
        return spelling.lineEnd + indent(at: node.range.lowerBound) + spelling.indentUnit
    }

    private func indent(at offset: Int) -> [UInt8] { spelling.indent(at: offset, in: text.bytes) }
}

// MARK: - Metadata

extension NotebookEdit {
    /// Edits the notebook's metadata as the header was edited; nothing is deleted, because a short header is
    /// no statement about the notebook.
    ///
    /// - Parameters:
    ///   - before: The header that the notebook's script has by the rules of the other one.
    ///   - after: The header of the edited script.
    ///   - options: Choices that go before those of both files, and are in a header because of that.
    mutating func editMetadata(
        from before: HeaderReader.Header, to after: HeaderReader.Header, options: FormatOptions
    ) {
        guard var changed = after.metadata, let node = text.root["metadata"] else { return }
        editSection(of: node, to: after, options)
        changed["jupytext"] = nil
        var shown = before.metadata ?? [:]
        // What the script's own rules hide may still be in the notebook.
        for (key, _) in changed.members where shown[key] == nil {
            shown[key] = original.metadata[key]
        }
        editMembers(of: node, from: shown, to: changed, deletes: false)
    }

    /// Edits those choices of the `jupytext` section that the notebook made itself.
    ///
    /// It would write them into the script again. The others stay in the script, and a pair's formats are the
    /// notebook's own affair.
    private mutating func editSection(
        of node: JSONNode, to header: HeaderReader.Header, _ options: FormatOptions
    ) {
        guard let own = original.metadata["jupytext"]?.object?.expressible,
            let section = node["jupytext"],
            // As it would be read from a header.
            let shown = try? YAMLReader.value(of: YAMLWriter.block(own)).object
        else { return }
        var changed = header.metadata?["jupytext"]?.object ?? [:]
        for key in ["text_representation", "formats"] as [JSONString] { changed[key] = nil }
        changed["executable"] = header.executable.map { .string($0) }
        changed["encoding"] = header.encoding.map { .string($0) }
        changed = changed.filter { key, _ in shown[key] != nil && options.values[key] == nil }
        // Taken over, it would say that these were deleted.
        let isAhead = matches.enumerated().contains { index, match in
            match.map { !unsaidKeys($0, index).isEmpty } ?? false
        }
        if isAhead { changed["cell_metadata_filter"] = nil }
        editMembers(of: section, from: shown, to: changed, deletes: false)
    }

    /// Makes the members of the object at `node` follow the changes between `before` and `after`.
    private mutating func editMembers(
        of node: JSONNode, from before: JSONObject, to after: JSONObject, deletes: Bool
    ) {
        guard let members = node.keyedMembers else { return }
        let technical = JupytextSection.technicalCellKeys.map { JSONString($0) }
        let changed = after.filter { key, value in
            !technical.contains(key) && before[key].map { !$0.isEquivalent(to: value) } ?? true
        }
        let gone =
            deletes
            ? before.members.map(\.key).filter { after[$0] == nil && !technical.contains($0) } : []
        var edit = MemberEdit(node: node, members: members, spelling: spelling, bytes: text.bytes)
        for (key, value) in changed.members {
            let old = members.last { $0.key.joinedText == key.utf8 }?.value.value
            edit.set(key, to: old.map { merged(value, over: $0) } ?? value)
        }
        for key in gone { edit.delete(key) }
        edit.note(in: &splice)
    }

    /// `value`, with the members of `old` that it does not have where both are objects and nothing is to be
    /// deleted.
    private func merged(_ value: JSONValue, over old: JSONValue) -> JSONValue {
        guard !deletesMetadata, case .object(var new) = value, let old = old.object else {
            return value
        }
        for (key, value) in old.members where new[key] == nil { new[key] = value }
        return .object(new)
    }
}

// MARK: - The list of cells

extension NotebookEdit {
    /// Lays the cells anew: those that stay with their bytes, new ones beside them.
    private mutating func replaceCells(_ cells: JSONNode) {
        let bytes = text.bytes
        var used = Set(nodes.compactMap { $0["id"]?.joinedText.map { JSONString(utf8: $0) } })
        let maker = CellMaker(
            spelling: spelling, bytes: text.bytes, nodes: nodes, kinds: original.cells.map(\.kind),
            hasIDs: hasIDs)
        let made = matches.enumerated().map { index, match -> [UInt8] in
            if let match, match < nodes.count {
                return splice.applied(to: bytes.span, in: nodes[match].range)
            }
            return maker.bytes(of: new[index].cell, at: index, used: &used)
        }
        // The edits inside are in the cells now.
        var rest = Splice()
        rest.replace(
            cells.range, with: spelling.list(of: made, like: cells, elements: nodes, in: bytes.span)
        )
        for edit in splice.edits(outside: cells.range) { rest.replace(edit.range, with: edit.text) }
        splice = rest
    }
}

extension JSONValue {
    /// Whether both say the same, whatever the order of members and the spelling of numbers.
    func isEquivalent(to other: JSONValue) -> Bool {
        JSONWriter.block(self) == JSONWriter.block(other)
    }
}
