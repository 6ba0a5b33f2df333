/// What the text of a cell and jupytext's options cannot say: the key `nbgit` of a marker.
///
///     # %% nbgit={"markers": "escaped"}
struct OwnNotes: Equatable {
    static let key: JSONString = "nbgit"

    /// Whether lines that look like markers carry a backslash, and nothing in the cell hides a marker.
    var areMarkersEscaped = false
    /// What each U+FFFD of the cell stands for; see ``SurrogateEscape``.
    var surrogates: JSONString?
    /// Whether the marker's `language` is metadata of the cell, and no first line `%%language`.
    var keepsLanguage = false
    /// Metadata of the cell that would mean something else in the marker.
    var metadata = JSONObject()
    /// Metadata that belong into the marker and cannot be spelled there.
    var options = JSONObject()

    init() {}

    /// Takes the notes out of a marker's metadata.
    init(takenFrom metadata: inout JSONObject) {
        guard let notes = metadata[Self.key]?.object else { return }
        metadata[Self.key] = nil
        areMarkersEscaped = notes["markers"] == "escaped"
        if case .string(let list)? = notes["surrogates"] { surrogates = list }
        keepsLanguage = notes["language"] == "metadata"
        self.metadata = notes["metadata"]?.object ?? [:]
        options = notes["options"]?.object ?? [:]
    }

    var isEmpty: Bool {
        !areMarkersEscaped && surrogates == nil && !keepsLanguage && metadata.isEmpty
            && options.isEmpty
    }

    /// The value of the key; nil when there is nothing to note.
    var value: JSONValue? {
        var notes = JSONObject()
        if areMarkersEscaped { notes["markers"] = "escaped" }
        if let surrogates { notes["surrogates"] = .string(surrogates) }
        if keepsLanguage { notes["language"] = "metadata" }
        if !metadata.isEmpty { notes["metadata"] = .object(metadata) }
        if !options.isEmpty { notes["options"] = .object(options) }
        return notes.isEmpty ? nil : .object(notes)
    }
}
