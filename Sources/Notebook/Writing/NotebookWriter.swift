/// Writes a new notebook the way Jupyter does: nbformat 4.5, keys sorted, indented by one space, text as
/// UTF-8, a line end behind the last brace.
public enum NotebookWriter {
    /// The bytes of `notebook` with no outputs.
    ///
    /// Cell ids are eight hexadecimal digits made of the cell's position and content, so that the same
    /// cells give the same bytes (nbformat 4.5 asks for 1 to 64 of `A-Za-z0-9-_`, unique in the notebook).
    public static func bytes(of notebook: Notebook) -> [UInt8] {
        var used: Set<JSONString> = []
        let cells = notebook.cells.enumerated().map { index, cell in
            value(of: cell, id: newID(of: cell, at: index, used: &used))
        }
        let root: JSONObject = [
            "cells": .array(cells), "metadata": .object(notebook.metadata),
            "nbformat": 4, "nbformat_minor": 5,
        ]
        return JSONWriter.block(.object(root)) + [.lineFeed]
    }

    private static func value(of cell: Cell, id: JSONString) -> JSONValue {
        var object: JSONObject = [
            "cell_type": .string(JSONString(cell.kind.name)), "id": .string(id),
            "metadata": .object(cell.metadata), "source": .array(lines(of: cell.source)),
        ]
        if cell.kind == .code {
            object["execution_count"] = .null
            object["outputs"] = .array([])
        }
        return .object(object)
    }

    /// The lines of `source` with their ends, cut where Python's `splitlines` cuts, as Jupyter stores them.
    static func lines(of source: [UInt8]) -> [JSONValue] {
        var lines: [JSONValue] = []
        let bytes = source.span
        var start = 0
        var index = 0
        while index < bytes.count {
            let length = bytes.lengthOfLineEnd(at: index)
            guard length > 0 else {
                index += 1
                continue
            }
            index += length
            lines.append(.string(JSONString(bytes.extracting(start..<index))))
            start = index
        }
        if start < index { lines.append(.string(JSONString(bytes.extracting(start...)))) }
        return lines
    }

    /// An id for the cell at `index` that is not among `used` yet.
    static func newID(of cell: Cell, at index: Int, used: inout Set<JSONString>) -> JSONString {
        var attempt = 0
        while true {
            let id = JSONString(cellID(of: cell, at: index, attempt: attempt))
            if used.insert(id).inserted { return id }
            attempt += 1
        }
    }

    /// FNV-1a over position, kind and source.
    private static func cellID(of cell: Cell, at index: Int, attempt: Int) -> String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in "\(index) \(attempt) \(cell.kind.name) ".utf8 {
            hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
        }
        for byte in cell.source { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        let digits = String(UInt32(truncatingIfNeeded: hash ^ hash >> 32), radix: 16)
        return String(repeating: "0", count: 8 - digits.utf8.count) + digits
    }
}

extension Span<UInt8> {
    /// The number of bytes of the line end at `offset`, of all that Python's `splitlines` knows; 0 if none.
    fileprivate func lengthOfLineEnd(at offset: Int) -> Int {
        switch self[offset] {
        case .carriageReturn: return has([.lineFeed], at: offset + 1) ? 2 : 1
        case 0x0A...0x0C, 0x1C...0x1E: return 1
        case 0xC2: return has([0xC2, 0x85], at: offset) ? 2 : 0
        case 0xE2:
            return has([0xE2, 0x80, 0xA8], at: offset) || has([0xE2, 0x80, 0xA9], at: offset)
                ? 3 : 0
        default: return 0
        }
    }
}
