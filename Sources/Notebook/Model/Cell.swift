/// What a cell holds.
public enum CellKind: Hashable, Sendable {
    case code, markdown, raw
    /// A `cell_type` that nbformat 4 does not know; it is shown as text.
    case other(String)

    /// Reads the value of `cell_type`; case matters.
    public init(_ name: String) {
        switch name {
        case "code": self = .code
        case "markdown": self = .markdown
        case "raw": self = .raw
        default: self = .other(name)
        }
    }

    /// The value of `cell_type`.
    public var name: String {
        switch self {
        case .code: "code"
        case .markdown: "markdown"
        case .raw: "raw"
        case .other(let name): name
        }
    }
}

/// One cell of a notebook, without what only a kernel can make.
public struct Cell: Hashable, Sendable {
    /// The cell's `cell_type`.
    public var kind: CellKind
    /// The text of the cell in WTF-8; lines end at LF, and no line end is added or taken away.
    public var source: [UInt8]
    /// The cell's `metadata`, with jupytext's own keys such as `lines_to_next_cell`.
    public var metadata: JSONObject

    /// Takes `source` as it is; that it is WTF-8 is not checked.
    public init(kind: CellKind, source: [UInt8], metadata: JSONObject = [:]) {
        self.kind = kind
        self.source = source
        self.metadata = metadata
    }
}
