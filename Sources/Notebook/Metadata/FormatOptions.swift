/// The choices that shape a script: `--opt key=value`, and the same keys in the `jupytext` metadata.
public struct FormatOptions: Sendable, Equatable {
    enum Kind { case text, bool }

    /// What may be set, with jupytext's names.
    ///
    /// What percent scripts have no use for is noted in the header all the same, as jupytext does: another
    /// program may read it there.
    static let kinds: [(name: String, kind: Kind)] = [
        ("comment_magics", .bool), ("cell_markers", .text), ("cell_metadata_filter", .text),
        ("notebook_metadata_filter", .text), ("cell_metadata_json", .bool),
        ("custom_cell_magics", .text), ("custom_language_magics", .text),
        ("hide_notebook_metadata", .bool), ("root_level_metadata_as_raw_cell", .bool),
        ("root_level_metadata_filter", .text), ("split_at_heading", .bool),
        ("doxygen_equation_markers", .bool), ("rst2md", .bool), ("use_runtools", .bool),
    ]

    /// The names of all options.
    public static let names = kinds.map(\.name)

    /// The options that were given, in the form that the metadata keep them.
    private(set) var values = JSONObject()

    /// No choices: the metadata decide, and where they are silent the defaults of jupytext.
    public init() {}

    /// Why an option was not taken.
    public enum Failure: Error, Equatable {
        case unknownName
        /// The value should be `true` or `false`.
        case notBool
    }

    /// Sets one option; the last value holds.
    public mutating func set(_ name: String, to text: String) throws(Failure) {
        guard let kind = Self.kinds.first(where: { $0.name == name })?.kind else {
            throw .unknownName
        }
        switch kind {
        case .text: values[JSONString(name)] = .string(JSONString(text))
        case .bool:
            guard let bool = Self.bool(text) else { throw .notBool }
            values[JSONString(name)] = .bool(bool)
        }
    }

    /// Whether an option is `true` or `false`; nil when there is none of that name.
    public static func isBool(_ name: String) -> Bool? {
        kinds.first { $0.name == name }.map { $0.kind == .bool }
    }

    /// These options, and of `defaults` those that are not among them.
    public func completed(by defaults: FormatOptions) -> FormatOptions {
        var options = self
        for (key, value) in defaults.values.members where values[key] == nil {
            options.values[key] = value
        }
        return options
    }

    private static func bool(_ text: String) -> Bool? {
        switch text.lowercased() {
        case "true", "yes", "t", "y", "1": true
        case "false", "no", "f", "n", "0": false
        default: nil
        }
    }
}

/// The `jupytext` section of a notebook's metadata, as the writer and the reader use it.
struct JupytextSection {
    /// What of a notebook's metadata a script shows when nobody says otherwise.
    static let shownNotebookKeys = ["jupytext", "kernelspec", "kernel_info", "orphan", "tocdepth"]
    /// What of a cell's metadata a script hides when nobody says otherwise.
    static let hiddenCellKeys = [
        "autoscroll", "collapsed", "scrolled", "trusted", "execution", "ExecuteTime",
    ]
    /// What steers the text of a cell and is never shown.
    static let technicalCellKeys = [
        "skipline", "noskipline", "cell_marker", "lines_to_next_cell",
        "lines_to_end_of_cell_marker",
    ]

    var values: JSONObject

    private let cellKeys: ShownKeys
    private let customCellMagics: [String]

    init(_ metadata: JSONObject) {
        values = metadata["jupytext"]?.object ?? [:]
        let filter = MetadataFilter(values["cell_metadata_filter"]) ?? MetadataFilter()
        cellKeys = filter.cellKeys(hidden: Self.hiddenCellKeys)
        customCellMagics = Self.customCellMagics(values)
    }

    var commentsMagics: Bool? { values["comment_magics"]?.bool }
    var writesJSON: Bool { values["cell_metadata_json"]?.bool ?? false }
    var cellMarkers: JSONString? { text("cell_markers") }
    var mainLanguage: String? { values["main_language"]?.string }
    var keepsRootMetadataAsCell: Bool { values["root_level_metadata_as_raw_cell"]?.bool ?? true }
    /// Whether a first line `%%word` makes a change of language.
    func isCellMagic(_ word: String) -> Bool {
        Languages.cellMagics.contains(word) || customCellMagics.contains(word)
    }

    private static func customCellMagics(_ values: JSONObject) -> [String] {
        ["custom_cell_magics", "custom_language_magics"].flatMap { key in
            let words = values[JSONString(key)]?.string?.split(separator: ",") ?? []
            return words.map { String($0.filter { !$0.isWhitespace }) }
        }
    }

    func text(_ key: JSONString) -> JSONString? {
        if case .string(let text)? = values[key] { text } else { nil }
    }

    /// What of `metadata` belongs into a cell's marker.
    func shownCellMetadata(_ metadata: JSONObject) -> JSONObject {
        guard !metadata.isEmpty else { return metadata }
        return cellKeys.shown(of: metadata).removing(Self.technicalCellPaths)
    }

    /// What of `metadata` belongs into the header.
    func shownNotebookMetadata(_ metadata: JSONObject) -> JSONObject {
        let filter = MetadataFilter(values["notebook_metadata_filter"]) ?? MetadataFilter()
        return filter.notebookKeys(defaults: Self.shownNotebookKeys).shown(of: metadata)
    }

    private static let technicalCellPaths = KeyPaths(technicalCellKeys)
}
