/// A Jupyter notebook as far as a script can show it.
public struct Notebook: Hashable, Sendable {
    /// The notebook's `metadata`.
    public var metadata: JSONObject
    public var cells: [Cell]

    public init(metadata: JSONObject = [:], cells: [Cell] = []) {
        self.metadata = metadata
        self.cells = cells
    }
}

/// Something a person should know about a conversion that succeeded: `metadata key 'my key' is not shown`.
public struct Note: Hashable, Sendable {
    public let message: String
    /// The cell that it is about, from 1; nil for the whole file.
    public let cellNumber: Int?

    init(_ message: String, cellNumber: Int? = nil) {
        self.message = message
        self.cellNumber = cellNumber
    }
}
