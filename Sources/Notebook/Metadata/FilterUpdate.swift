/// Widens the filters of a `jupytext` section to what a script shows, so that it shows it again.
enum FilterUpdate {
    /// - Parameters:
    ///   - section: The section as the header gives it.
    ///   - cellKeys: The keys in the script's markers, for a section that has a cell filter.
    ///   - notebook: The metadata in the script's header, for one that has none; jupytext does either.
    static func widen(
        _ section: inout JSONObject, forCellKeys cellKeys: [JSONString], notebook: JSONObject
    ) {
        if case .string(let filter)? = section["cell_metadata_filter"] {
            section["cell_metadata_filter"] = .string(widened(filter, to: cellKeys))
            return
        }
        let parts = section["notebook_metadata_filter"]?.string?.split(separator: ",") ?? []
        guard !parts.contains("-all"), !parts.contains("all") else { return }
        let shown = JupytextSection.shownNotebookKeys + parts.map(String.init)
        let added = notebook.members.map(\.key.string).filter { !shown.contains($0) }.sorted()
        guard !added.isEmpty else { return }
        let filter = (parts.map(String.init) + added).joined(separator: ",")
        section["notebook_metadata_filter"] = .string(JSONString(filter))
    }

    /// `key` as a part of a filter; with a sign in front where its own would exclude it.
    static func inclusion(of key: JSONString) -> String {
        key.string.hasPrefix("-") || key.string.hasPrefix("+") ? "+" + key.string : key.string
    }

    private static func widened(_ filter: JSONString, to keys: [JSONString]) -> JSONString {
        var parts = filter.string.split(separator: ",").map(String.init)
        guard !keys.isEmpty, !parts.contains("all") else { return filter }
        let excluded = Set(keys.map { "-" + $0.string })
        parts.removeAll { excluded.contains($0) }
        let known = Set(parts)
        let end = parts.firstIndex { $0.hasPrefix("-") } ?? parts.count
        parts.insert(contentsOf: keys.map(inclusion).filter { !known.contains($0) }, at: end)
        return JSONString(parts.joined(separator: ","))
    }
}
