/// What a cell holds.
public enum CellKind: Hashable, Sendable {
    case code, markdown, raw
    /// A `cell_type` that nbformat 4 does not know; it is shown as text.
    case other(String)

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
    public var kind: CellKind
    /// The text of the cell in WTF-8; lines end at LF, and no line end is added or taken away.
    public var source: [UInt8]
    public var metadata: JSONObject

    public init(kind: CellKind, source: [UInt8], metadata: JSONObject = [:]) {
        self.kind = kind
        self.source = source
        self.metadata = metadata
    }
}
