/// Edits what the faces of a pair say of their formats: `jupytext.formats`, and nothing else.
public enum FormatsEdit {
    /// The notebook with other formats.
    ///
    /// - Parameters:
    ///   - notebook: A notebook of nbformat 4.
    ///   - formats: What it is to say; nil for nothing.
    /// - Returns: The notebook; the same bytes when it says so already.
    /// - Throws: ``NotebookError`` for anything else.
    public static func notebook(
        _ notebook: [UInt8], formats: String?
    ) throws(NotebookError) -> [UInt8] {
        let side = try MergeSide(notebook)
        guard let node = side.text.root["metadata"], let members = node.keyedMembers else {
            throw NotebookError("'metadata' is missing")
        }
        var section = node["jupytext"]?.value.object ?? [:]
        let new = formats.map { JSONValue.string(JSONString($0)) }
        guard section["formats"] != new else { return notebook }
        section["formats"] = new
        var sorted = JSONObject()
        for (key, value) in section.sorted { sorted[key] = value }
        var edit = MemberEdit(
            node: node, members: members, spelling: side.spelling, bytes: notebook)
        if sorted.isEmpty {
            edit.delete("jupytext")
        } else {
            edit.set("jupytext", to: .object(sorted))
        }
        edit.keepsOrder = true
        var splice = Splice()
        edit.note(in: &splice)
        return splice.applied(to: notebook.span, in: 0..<notebook.count)
    }

    /// The script without the line of its header that names formats.
    ///
    /// - Parameters:
    ///   - script: The script.
    ///   - language: Its language.
    /// - Returns: The script; the same bytes when it names none, or none that stand on one line.
    public static func scriptWithoutFormats(_ script: [UInt8], language: Language) -> [UInt8] {
        guard let text = try? ScriptText(script),
            let header = try? HeaderReader.header(of: text, comment: language.comment),
            header.metadata?["jupytext"]?.object?["formats"]?.string != nil
        else { return script }
        let key = Array("formats:".utf8)
        let number = (0..<header.bodyStart).first { number in
            let line: [UInt8] = language.comment.uncommented(text[number]).bytes
            return line.first == .space && line.drop { $0 == .space }.starts(with: key)
        }
        guard let number else { return script }
        let start = text.lines[number].lowerBound
        let end = number + 1 < text.lines.count ? text.lines[number + 1].lowerBound : script.count
        return Array(script[..<start] + script[end...])
    }
}
