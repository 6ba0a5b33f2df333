/// What stands behind `%%` in a cell's marker: `# %%% Title [markdown] tags=["a"]`.
struct MarkerOptions {
    /// The percent signs beyond the first two.
    var depth = 0
    var title = JSONString("")
    /// The word in brackets, `markdown`, `raw` or `md`; nil for code.
    var type: String?
    var metadata = JSONObject()
    /// What nbgit notes for itself.
    var notes = OwnNotes()
    /// Whether the metadata were or are to be one JSON object instead of `key=value` pairs.
    var isJSON = false

    init() {}

    // MARK: Reading

    /// Reads the text behind `%%`; there is no text that cannot be read.
    ///
    /// Metadata that are neither JSON nor Python are kept as they stand under the key
    /// `incorrectly_encoded_metadata`, as jupytext does.
    init(_ text: Span<UInt8>) {
        let text = text.trimmed
        let equals = text.firstIndex(of: .equals)
        if let brace = text.firstIndex(of: .openBrace), brace < equals ?? text.count {
            isJSON = true
            title = JSONString(text.extracting(..<brace).trimmed)
            let rest = text.extracting(brace...)
            metadata =
                PythonLiteral.value(of: rest)?.object ?? [
                    Self.unreadable: .string(JSONString(rest))
                ]
        } else {
            let end = Self.endOfTitle(text, equals: equals)
            title = JSONString(text.extracting(..<end).trimmed)
            metadata = Self.pairs(text.extracting(end...))
        }
        notes = OwnNotes(takenFrom: &metadata)
        takeType()
        takeDepth()
        for (key, value) in notes.options.members { metadata[key] = value }
        notes.options = [:]
    }

    static let unreadable: JSONString = "incorrectly_encoded_metadata"

    /// The title is all words before the key of the first `=`, but for empty words and `.words` at its end.
    private static func endOfTitle(_ text: Span<UInt8>, equals: Int?) -> Int {
        var end = text.count
        if let equals {
            end = text.extracting(..<equals).endWithoutTrailingSpace
            while end > 0, text[end - 1] != .space { end -= 1 }
        }
        while end > 0 {
            let trimmed = text.extracting(..<end).endWithoutTrailingSpace
            var start = trimmed
            while start > 0, text[start - 1] != .space { start -= 1 }
            guard trimmed == 0 || text[start] == UInt8(ascii: ".") else { return trimmed }
            end = start
        }
        return 0
    }

    /// Reads `a=1 b c="x y"` from its end to its start, because values may hold spaces and `=`.
    private static func pairs(_ text: Span<UInt8>) -> JSONObject {
        var found: [JSONObject.Member] = []
        var rest = text.trimmed
        while !rest.isEmpty {
            guard let pair = lastPair(rest) else {
                found.append((unreadable, .string(JSONString(rest))))
                break
            }
            found.append((pair.key, pair.value))
            rest = rest.extracting(..<pair.start).trimmed
        }
        return JSONObject(found.reversed())
    }

    /// The last `key` or `key=value` of `text`, and where it starts; nil when it is neither.
    private static func lastPair(_ text: Span<UInt8>) -> (
        key: JSONString, value: JSONValue, start: Int
    )? {
        var start = text.count
        while start > 0, text.lengthOfSpace(at: start - 1) == 0 { start -= 1 }
        let last = text.extracting(start...)
        if last.isBareKey, !text.starts(with: "--".utf8) { return (JSONString(last), .null, start) }
        for equals in (0..<text.count).reversed() where text[equals] == .equals {
            let end = text.extracting(..<equals).endWithoutTrailingSpace
            var start = end
            while start > 0, text[start - 1].isKeyByte { start -= 1 }
            guard start < end, start == 0 || text.lengthOfSpace(at: start - 1) > 0,
                let value = PythonLiteral.value(of: text.extracting((equals + 1)...).trimmed)
            else { continue }
            return (JSONString(text.extracting(start..<end)), value, start)
        }
        return nil
    }

    private mutating func takeType() {
        guard !title.utf8.isEmpty else { return }
        for word in ["markdown", "raw", "md"] {
            let tag = Array("[\(word)]".utf8)
            guard let place = title.utf8.span.firstIndex(of: tag) else { continue }
            var rest = title.utf8
            rest.removeSubrange(place..<place + tag.count)
            title = JSONString(rest.span.trimmed)
            type = word
            return
        }
    }

    private mutating func takeDepth() {
        depth = title.utf8.prefix { $0 == .percent }.count
        title = JSONString(title.utf8.span.extracting(depth...).trimmed)
    }

    // MARK: Writing

    /// The text behind `%%`, beginning with a space unless it is empty or begins with `%`.
    ///
    /// Written as jupytext writes it; where that would not be read back as what it is, with everything
    /// spelled out (`title="[raw] data"`, `key=null`), and last as one note of nbgit.
    var text: [UInt8] {
        var text: [UInt8] = []
        append(to: &text)
        return text
    }

    /// Appends ``text``.
    func append(to text: inout [UInt8]) {
        guard isBare else {
            text += explained
            return
        }
        guard let type else { return }
        text.append(" [")
        text.append(contentsOf: type.utf8)
        text.append(.closeBracket)
    }

    /// The whole marker, ended by LF: `# %% [markdown]`.
    func line(_ comment: Language.Comment) -> [UInt8] {
        var line = comment.prefix
        line.append(" %%")
        append(to: &line)
        if !comment.suffix.isEmpty { line += [.space] + comment.suffix }
        line.append(.lineFeed)
        return line
    }

    private var explained: [UInt8] {
        let plain = spelled(isExplicit: false)
        guard title.utf8.count + metadata.count > 0 || !notes.isEmpty else { return plain }
        if isRead(from: plain) || isReadAsUnreadableTitle(from: plain) { return plain }
        let explicit = spelled(isExplicit: true)
        if isRead(from: explicit) { return explicit }
        var noted = self
        noted.title = ""
        noted.notes.options = metadata
        noted.metadata = [:]
        if !title.utf8.isEmpty { noted.notes.options["title"] = .string(title) }
        return noted.spelled(isExplicit: true)
    }

    /// Whether there is nothing but a type to say, as with most cells.
    var isBare: Bool {
        metadata.isEmpty && title.utf8.isEmpty && depth == 0 && notes.isEmpty
    }

    private func spelled(isExplicit: Bool) -> [UInt8] {
        var metadata = metadata
        metadata[OwnNotes.key] = notes.value ?? metadata[OwnNotes.key]
        var title = title
        if isExplicit, !title.utf8.isEmpty {
            metadata["title"] = .string(title)
            title = ""
        }
        var words: [[UInt8]] = []
        if depth > 0 { words.append([UInt8](repeating: .percent, count: depth)) }
        if !title.utf8.isEmpty { words.append(title.utf8) }
        if let type { words.append(Array("[\(type)]".utf8)) }
        if isJSON {
            if !metadata.isEmpty { words.append(JSONWriter.line(.object(metadata))) }
        } else {
            words += metadata.members.map { Self.word(for: $0, isExplicit: isExplicit) }
        }
        var text = Array(words.joined(separator: [.space]))
        if let first = text.first, first != .percent { text.insert(.space, at: 0) }
        // Without the space, jupytext would not take `# %%%` for a marker.
        if text.last == .percent, text.count == depth { text.append(.space) }
        return text
    }

    private static func word(for member: JSONObject.Member, isExplicit: Bool) -> [UInt8] {
        if member.key == unreadable, case .string(let text) = member.value { return text.utf8 }
        if member.value.isNull, !isExplicit { return member.key.utf8 }
        var text = JSONWriter.line(member.value)
        if member.key == OwnNotes.key {
            // All `=` are inside strings, where a reader might take them for the one behind a key.
            text = text.flatMap { $0 == .equals ? Array("\\u003d".utf8) : [$0] }
        }
        return member.key.utf8 + [.equals] + text
    }

    private func isRead(from text: [UInt8]) -> Bool {
        guard text.canFollowSigns else { return false }
        let read = MarkerOptions(text.span)
        var expected = metadata
        if read.title.utf8.isEmpty, !title.utf8.isEmpty { expected["title"] = .string(title) }
        return read.depth == depth && (read.title == title || read.title.utf8.isEmpty)
            && read.type == type && read.metadata.isEquivalent(to: expected) && read.notes == notes
            && read.isJSON == (isJSON && !(metadata.isEmpty && notes.value == nil))
    }

    /// A title such as `a=b` is read as metadata that are not understood, which keeps its text.
    private func isReadAsUnreadableTitle(from text: [UInt8]) -> Bool {
        guard text.canFollowSigns, !isJSON else { return false }
        let read = MarkerOptions(text.span)
        var expected = metadata
        expected[Self.unreadable] = .string(title)
        return metadata[Self.unreadable] == nil && read.depth == depth && read.type == type
            && read.notes == notes
            && read.title.utf8.isEmpty && !read.isJSON && read.metadata.isEquivalent(to: expected)
    }
}

extension JSONObject {
    /// Whether both hold the same members, in any order, and numbers of the same value.
    func isEquivalent(to other: JSONObject) -> Bool {
        self == other || JSONWriter.block(.object(self)) == JSONWriter.block(.object(other))
    }

    /// The members whose keys can stand in a marker or a header.
    var expressible: JSONObject {
        filter { !$0.key.utf8.isEmpty && $0.key.utf8.allSatisfy(\.isKeyByte) }
    }
}

extension [UInt8] {
    /// Whether a line with this behind `%%` is still a marker, in UTF-8.
    fileprivate var canFollowSigns: Bool {
        isOneLine && (first { $0 != .percent } ?? .space) == .space
    }

    /// Whether this can stand in a line of a UTF-8 file.
    var isOneLine: Bool {
        !contains(.lineFeed) && !contains(.carriageReturn) && span.firstInvalidUTF8 == nil
    }
}

extension JSONString {
    init(_ text: Span<UInt8>) {
        self.init(utf8: text.bytes)
    }
}

extension UInt8 {
    /// The characters of a metadata key that jupytext shows: `A-Za-z0-9_.@/-`.
    fileprivate var isKeyByte: Bool {
        switch self {
        case UInt8(ascii: "."), UInt8(ascii: "@"), UInt8(ascii: "/"), UInt8(ascii: "-"): true
        default: isNameByte
        }
    }
}

extension Span<UInt8> {
    /// Whether this is a key that may stand without a value.
    fileprivate var isBareKey: Bool {
        guard !isEmpty, !self[0].isDigit else { return false }
        for index in indices where !self[index].isNameByte && self[index] != UInt8(ascii: ".") {
            return false
        }
        return true
    }
}
