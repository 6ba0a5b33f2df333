/// Reads what stands above the first cell of a script.
struct HeaderReader {
    /// What was found above the first cell.
    struct Header: Sendable {
        /// What follows `#!` in the first line.
        var executable: JSONString?
        /// The whole line that names the encoding.
        var encoding: JSONString?
        /// The value of `jupyter:`; nil when the script has no such section.
        var metadata: JSONObject?
        /// The YAML lines beside the `jupyter:` section, without comment signs.
        var rootLines: [JSONString] = []
        /// Whether there is a closed block.
        var hasBlock = false
        /// Whether the line behind the block was blank and belongs to it.
        var endsInBlankLine = false
        /// The first line of the first cell, from 0.
        var bodyStart = 0

        /// What jupytext wrote down about the script, or nil.
        var textRepresentation: JSONObject? {
            metadata?["jupytext"]?.object?["text_representation"]?.object
        }
    }

    private let text: ScriptText
    private let comment: Language.Comment

    static func header(of text: ScriptText, comment: Language.Comment) throws(NotebookError)
        -> Header
    {
        let reader = HeaderReader(text: text, comment: comment)
        var header = Header()
        try reader.readFirstLines(into: &header)
        try reader.readBlock(into: &header)
        return header
    }

    private init(text: ScriptText, comment: Language.Comment) {
        self.text = text
        self.comment = comment
    }

    // MARK: Shebang and encoding

    private func readFirstLines(into header: inout Header) throws(NotebookError) {
        guard text.lines.count > 0 else { return }
        if text[0].starts(with: "#!".utf8) {
            header.executable = JSONString(text[0].extracting(2...))
            header.bodyStart = 1
        }
        let number = header.bodyStart
        guard number < text.lines.count,
            !CellMarker(comment, acceptsBareDepth: true).matches(text[number]),
            let encoding = Self.encodingName(in: text[number], comment: comment)
        else {
            return
        }
        guard Self.isUTF8(encoding) else {
            throw NotebookError(
                "the script is written in '\(encoding)', not in utf-8", line: number + 1,
                hint: "save it as UTF-8 and write '# -*- coding: utf-8 -*-'")
        }
        header.encoding = JSONString(text[number])
        header.bodyStart = number + 1
    }

    /// The name behind `coding:` or `coding=` in a comment; PEP 263's pattern.
    static func encodingName(in line: Span<UInt8>, comment: Language.Comment) -> String? {
        var start = 0
        while start < line.count, [.space, .tab, .formFeed].contains(line[start]) { start += 1 }
        guard line.has(comment.prefix, at: start) else { return nil }
        var place = start
        while let found = line.firstIndex(of: Array("coding".utf8), from: place) {
            place = found + 1
            var index = found + 6
            guard index < line.count, line[index] == .colon || line[index] == .equals else {
                continue
            }
            index += 1
            while index < line.count, line[index] == .space || line[index] == .tab { index += 1 }
            let nameStart = index
            while index < line.count, line[index].isNameByte || "-.".utf8.contains(line[index]) {
                index += 1
            }
            if index > nameStart { return String(line.extracting(nameStart..<index)) }
        }
        return nil
    }

    /// Whether Python takes `name` for UTF-8: in any casing, as `utf8`, as `utf_8_sig`.
    static func isUTF8(_ name: String) -> Bool {
        let usual = name.lowercased().split(separator: "_", omittingEmptySubsequences: false)
            .joined(separator: "-")
        return usual == "utf-8" || usual == "utf8" || usual.hasPrefix("utf-8-")
    }

    // MARK: The block

    private func readBlock(into header: inout Header) throws(NotebookError) {
        var isOpen = false
        var isInJupyter = false
        var yaml: [UInt8] = []
        var yamlStart = 0
        var rootLines: [JSONString] = []
        for number in header.bodyStart..<max(text.lines.count, header.bodyStart) {
            guard text[number].has(comment.prefix, at: 0) else { return }
            let line = comment.uncommented(text[number])
            if line.isYAMLFence {
                guard isOpen else {
                    isOpen = true
                    continue
                }
                header.hasBlock = true
                header.rootLines = rootLines
                header.bodyStart = number + 1
                if number + 1 < text.lines.count, isBlankComment(text[number + 1]) {
                    header.endsInBlankLine = true
                    header.bodyStart += 1
                }
                if yamlStart > 0 { header.metadata = try metadata(yaml, firstLine: yamlStart) }
                return
            }
            guard isOpen || line.isBlank else { return }
            if isOpen, !line.isEmpty { isInJupyter = isInJupyter && line.lengthOfSpace(at: 0) > 0 }
            if isOpen, line.isJupyterKey {
                isInJupyter = true
                yamlStart = number + 1
                yaml = []
            }
            if isInJupyter {
                yaml.append(line)
                yaml.append(.lineFeed)
            } else {
                rootLines.append(JSONString(line))
            }
        }
    }

    private func isBlankComment(_ line: Span<UInt8>) -> Bool {
        line.extracting(comment.lengthOfPrefix(of: line)...).isBlank
    }

    private func metadata(_ yaml: [UInt8], firstLine: Int) throws(NotebookError) -> JSONObject {
        let value: JSONValue
        do throws(YAMLError) { value = try YAMLReader.value(of: yaml) } catch {
            throw NotebookError(
                "the header is not YAML: \(error.message)", line: firstLine + error.line - 1,
                column: error.column + comment.prefix.count + 1)
        }
        switch value.object?["jupyter"] {
        case .object(let metadata): return metadata
        case .null: return [:]
        default: throw NotebookError("'jupyter' in the header is not a mapping", line: firstLine)
        }
    }
}

extension Span<UInt8> {
    /// `jupyter:` and nothing else.
    var isJupyterKey: Bool {
        guard starts(with: "jupyter".utf8) else { return false }
        let colon = 7 + countOfSpace(from: 7)
        return colon < count && self[colon] == .colon && extracting((colon + 1)...).isBlank
    }
}

extension HeaderReader.Header {
    /// A notebook's metadata with the choices of this header where the notebook makes none.
    func filling(_ metadata: JSONObject) -> JSONObject {
        var section = metadata["jupytext"]?.object ?? [:]
        for (key, value) in self.metadata?["jupytext"]?.object?.members ?? []
        where section[key] == nil {
            section[key] = value
        }
        section["text_representation"] = nil
        if metadata["kernelspec"]?.object?["language"] != nil,
            metadata["jupytext"]?.object?["main_language"] == nil
        {
            section["main_language"] = nil
        }
        if let executable, section["executable"] == nil {
            section["executable"] = .string(executable)
        }
        if let encoding, section["encoding"] == nil { section["encoding"] = .string(encoding) }
        var metadata = metadata
        metadata["jupytext"] = section.isEmpty ? nil : .object(section)
        return metadata
    }
}
