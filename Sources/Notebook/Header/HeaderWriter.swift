/// Writes what stands above the first cell: shebang, encoding and the commented YAML block.
struct HeaderWriter {
    let language: Language
    /// The script that is replaced: what people added to its header stays, and its `jupytext_version`.
    var replaced: ScriptTraits?

    /// The metadata that the block shows, and the lines above it, taken out of a notebook's metadata.
    struct Content {
        var executable: JSONString?
        var encoding: JSONString?
        /// Lines of YAML that stand before `jupyter:`, without comment signs and joined by LF.
        var rootText: [UInt8]?
        /// Metadata that stand beside `jupyter:`.
        var root = JSONObject()
        var jupyter = JSONObject()
        var notes: [Note] = []
    }

    /// Follows the order of jupytext's writer: old keys are moved, options and format are noted, then the
    /// filter chooses what is shown.
    func content(of metadata: JSONObject) -> Content {
        var metadata = metadata.withLegacyKeysMoved
        var section = JupytextSection(metadata)
        var content = Content()
        if let executable = section.text("executable"), executable.utf8.isOneLine {
            content.executable = executable
            section.values["executable"] = nil
        }
        if let line = section.text("encoding"), line.utf8.isOneLine,
            HeaderReader.encodingName(in: line.utf8.span, comment: language.comment)
                .map(HeaderReader.isUTF8) == true
        {
            content.encoding = line
            section.values["encoding"] = nil
        }
        if !section.keepsRootMetadataAsCell,
            let root = section.values["root_level_metadata"]?.object
        {
            content.root = root
            section.values["root_level_metadata"] = nil
        }
        let kernelLanguage = metadata["kernelspec"]?.object?["language"]?.string
        if let main = section.mainLanguage,
            Language.mainName(main) == Language.mainName(kernelLanguage ?? language.name)
        {
            section.values["main_language"] = nil
        }
        section.values["text_representation"] = .object(textRepresentation)
        if let formats = section.values["formats"]?.string {
            section.values["formats"] = namingFormat(in: formats).map { .string(JSONString($0)) }
        }
        metadata["jupytext"] = .object(section.values)
        var shown = section.shownNotebookMetadata(metadata)
        // A filter that hides the kernelspec must not hide the language as well.
        if let kernelLanguage, shown["kernelspec"]?.object?["language"] == nil,
            !Language.isSame(kernelLanguage, language.name), var visible = shown["jupytext"]?.object
        {
            visible["main_language"] =
                visible["main_language"] ?? .string(JSONString(kernelLanguage))
            shown["jupytext"] = .object(visible)
        }
        for (key, value) in replaced?.header.metadata?.members ?? [] where shown[key] == nil {
            shown[key] = metadata[key] ?? value
        }
        if let lines = replaced?.header.rootLines, !lines.isEmpty {
            content.rootText = Array(lines.map(\.utf8).joined(separator: [.lineFeed]))
        }
        content.jupyter = shown.expressible
        for (key, _) in shown.members where content.jupyter[key] == nil {
            content.notes.append(Note("notebook metadata '\(key)' cannot be shown in a script"))
        }
        return content
    }

    private var textRepresentation: JSONObject {
        var representation: JSONObject = [
            "extension": .string(JSONString(language.fileExtension)), "format_name": "percent",
            "format_version": "1.3",
        ]
        if let jupytextVersion = replaced?.jupytextVersion {
            representation["jupytext_version"] = .string(JSONString(jupytextVersion))
        }
        return representation
    }

    /// The pair of formats with this one named in it: `ipynb,py` becomes `ipynb,py:percent` and `auto` the
    /// extension; nil when this script is not one of the pair.
    private func namingFormat(in formats: String) -> String? {
        let bare = String(language.fileExtension.dropFirst())
        var isPaired = false
        let named = formats.split(separator: ",", omittingEmptySubsequences: false).map {
            format -> String in
            let parts = format.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            var path = String(parts[0])
            if path == "auto" || path.hasSuffix(".auto") || path.hasSuffix("/auto") {
                path = path.dropLast(4) + bare
            }
            guard path == bare || path.hasSuffix("/" + bare) || path.hasSuffix("." + bare) else {
                return parts.count == 1 ? path : path + ":" + parts[1]
            }
            isPaired = true
            return path + ":percent"
        }
        return isPaired ? named.joined(separator: ",") : nil
    }

    /// The header's lines, each ended by LF; empty when there is nothing to say.
    func bytes(of content: Content, needsEncoding: Bool) -> (text: [UInt8], hasBlock: Bool) {
        var text: [UInt8] = []
        if let executable = content.executable {
            text.append("#!")
            text += executable.utf8 + [.lineFeed]
        }
        if let encoding = content.encoding {
            text += encoding.utf8 + [.lineFeed]
        } else if needsEncoding {
            append("-*- coding: utf-8 -*-", to: &text)
        }
        var block = content.root
        if !content.jupyter.isEmpty { block["jupyter"] = .object(content.jupyter) }
        guard content.rootText != nil || !block.isEmpty else { return (text, false) }
        append("---", to: &text)
        if let rootText = content.rootText { append(rootText, to: &text) }
        if !block.isEmpty { append(Array(YAMLWriter.block(block).dropLast()), to: &text) }
        append("---", to: &text)
        return (text, true)
    }

    private func append(_ line: String, to text: inout [UInt8]) {
        append(Array(line.utf8), to: &text)
    }

    private func append(_ lines: [UInt8], to text: inout [UInt8]) {
        language.comment.append(
            linesOf: lines.span, lineFeeds: lines.span.traits.lineFeedCount, to: &text)
    }
}

extension JSONObject {
    /// The metadata with the keys of jupytext before 1.0 where they belong today.
    fileprivate var withLegacyKeysMoved: JSONObject {
        var metadata = self
        var section = self["jupytext"]?.object ?? [:]
        for (old, new) in [
            ("jupytext_formats", "formats"), ("nbrmd_formats", "formats"),
            ("main_language", "main_language"),
            ("encoding", "encoding"), ("executable", "executable"),
        ] as [(JSONString, JSONString)] where metadata[old] != nil {
            if section[new] == nil { section[new] = metadata[old] }
            metadata[old] = nil
        }
        if let filters = section["metadata_filter"]?.object {
            if let notebook = filters["notebook"] { section["notebook_metadata_filter"] = notebook }
            if let cells = filters["cells"] { section["cell_metadata_filter"] = cells }
            section["metadata_filter"] = nil
        }
        if !section.isEmpty { metadata["jupytext"] = .object(section) }
        return metadata
    }
}
