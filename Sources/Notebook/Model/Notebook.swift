/// A Jupyter notebook as far as a script can show it.
public struct Notebook: Hashable, Sendable {
    /// The notebook's `metadata`.
    public var metadata: JSONObject
    /// The cells from top to bottom; there may be none.
    public var cells: [Cell]

    /// By default an empty notebook that names no kernel and no language.
    public init(metadata: JSONObject = [:], cells: [Cell] = []) {
        self.metadata = metadata
        self.cells = cells
    }
}

/// Something a person should know about a conversion that succeeded: `metadata key 'my key' is not shown`.
public struct Note: Hashable, Sendable {
    /// One line, lower case and without a period.
    public let message: String
    /// The cell that it is about, from 1; nil for the whole file.
    public let cellNumber: Int?

    init(_ message: String, cellNumber: Int? = nil) {
        self.message = message
        self.cellNumber = cellNumber
    }
}
