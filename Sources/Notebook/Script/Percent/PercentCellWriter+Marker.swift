/// What the marker of a cell says.
extension PercentCellWriter {
    func options(for kind: CellKind, shown: JSONObject) -> MarkerOptions {
        var options = MarkerOptions()
        options.isJSON = section.writesJSON
        options.metadata = shown
        if kind == .raw, shown["active"]?.string == "" { options.metadata["active"] = nil }
        let isShownAsCode =
            kind == .code || kind == .raw && CellRules.saysWhereActive(shown)
        if !isShownAsCode {
            options.type = kind.name
            if kind == .markdown, shown["region_name"]?.string == "md" {
                options.type = "md"
                options.metadata["region_name"] = nil
            }
        }
        if case .string(let title)? = shown["title"], !title.utf8.isEmpty {
            options.title = title
            options.metadata["title"] = nil
        }
        if let depth = shown["cell_depth"]?.integer, depth > 0, depth < 100 {
            options.depth = depth
            options.metadata["cell_depth"] = nil
        }
        // A cell without a type is read as code when it is active in notebooks, else as raw.
        if isShownAsCode, kind != (rules.isActive(shown, in: "ipynb") ? .code : .raw) {
            options.metadata["cell_type"] = .string(JSONString(kind.name))
        }
        return options
    }

    /// Takes out of `shown` what the reader would take for a first line `%%language arguments`, or drop.
    func takeAmbiguousKeys(
        from shown: inout JSONObject, into notes: inout OwnNotes, of cell: borrowing CellText
    ) {
        let isMagicLike = shown["language"]?.string.map {
            section.isCellMagic($0) || Language.mainName($0) == rules.mainLanguage
        }
        notes.keepsLanguage = isMagicLike ?? false
        for key in Self.ambiguousKeys where shown[key] != nil {
            if key == "magic_args", !notes.keepsLanguage, !hasMagicLine(cell) { continue }
            notes.metadata[key] = shown[key]
            shown[key] = nil
        }
    }

    private func hasMagicLine(_ cell: borrowing CellText) -> Bool {
        cell.source.starts(with: "%%".utf8) || cell.source.starts(with: "#!".utf8)
    }

    /// Keys that mean something in a marker, so that metadata of that name must be noted elsewhere.
    private static let ambiguousKeys: [JSONString] = ["cell_type", "magic_args", OwnNotes.key]
}
