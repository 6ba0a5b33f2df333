/// A notebook that was read and checked, whose texts may still lie in its file as JSON spells them.
///
/// A script is written from it without a copy of each text: they are taken out one after the other, and what lies
/// before them may leave memory meanwhile.
public struct NotebookContent: Sendable {
    /// Where the text of a cell is.
    enum Source: Sendable {
        /// At this place of the file: a string, or a list of strings.
        case spelled(Range<Int>)
        case text([UInt8])

        /// The bytes that it takes where it is, of which the text itself is the most.
        var count: Int {
            switch self {
            case .spelled(let range): range.count
            case .text(let text): text.count
            }
        }
    }

    struct FileCell: Sendable {
        let kind: CellKind
        let source: Source
        let metadata: JSONObject
    }

    /// The notebook's `metadata`.
    public let metadata: JSONObject
    let cells: [FileCell]
    private let contents: Contents

    init(metadata: JSONObject, cells: [FileCell], in contents: Contents) {
        self.metadata = metadata
        self.cells = cells
        self.contents = contents
    }

    init(_ notebook: Notebook) {
        metadata = notebook.metadata
        cells = notebook.cells.map {
            FileCell(kind: $0.kind, source: .text($0.source), metadata: $0.metadata)
        }
        contents = Contents([])
    }

    /// The notebook with a copy of all texts.
    public var notebook: Notebook {
        var notebook = Notebook(metadata: metadata)
        notebook.cells.reserveCapacity(cells.count)
        eachCell { notebook.cells.append(Cell($0)) }
        return notebook
    }

    /// Hands over all cells from top to bottom.
    func eachCell(_ body: (CellText) -> Void) {
        let file = contents.span
        var text: [UInt8] = []
        var releasedEnd = 0
        for cell in cells {
            switch cell.source {
            case .text(let source):
                body(CellText(kind: cell.kind, source: source.span, metadata: cell.metadata))
            case .spelled(let range):
                text.removeAll(keepingCapacity: true)
                let isText = file.decodeText(at: range, into: &text)
                precondition(isText, "whoever made the content has seen that there is a text")
                body(CellText(kind: cell.kind, source: text.span, metadata: cell.metadata))
                guard range.upperBound - releasedEnd >= Contents.releaseStep else { continue }
                contents.release(upTo: range.upperBound)
                releasedEnd = range.upperBound
            }
        }
    }
}

/// One cell that is looked at, whose text somebody else keeps.
struct CellText: ~Escapable {
    let kind: CellKind
    /// The text of the cell in WTF-8; lines end at LF.
    let source: Span<UInt8>
    let metadata: JSONObject

    @_lifetime(copy source)
    init(kind: CellKind, source: Span<UInt8>, metadata: JSONObject) {
        self.kind = kind
        self.source = source
        self.metadata = metadata
    }
}

extension Cell {
    init(_ cell: borrowing CellText) {
        self.init(kind: cell.kind, source: cell.source.bytes, metadata: cell.metadata)
    }
}
