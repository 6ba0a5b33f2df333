/// Knows which lines of a script begin a cell.
///
///     # %%              # %% Title [markdown] tags=["a"]          # %%% Deeper
///     # <codecell>      # In[3]:          and all of them indented
struct CellMarker {
    private let comment: Language.Comment
    /// Whether `# %%%` without a space behind is a marker too; jupytext writes it and does not read it.
    private let acceptsBareDepth: Bool

    init(_ comment: Language.Comment, acceptsBareDepth: Bool) {
        self.comment = comment
        self.acceptsBareDepth = acceptsBareDepth
    }

    func matches(_ line: Span<UInt8>) -> Bool { endOfSigns(line) != nil }

    /// What stands behind the first `%%` of a marker line; empty for the markers of other programs.
    func options(of line: Span<UInt8>) -> MarkerOptions {
        guard let signs = placeOfSigns(line), line.has("%%".utf8, at: signs) else {
            return MarkerOptions()
        }
        return MarkerOptions(comment.withoutSuffix(line).extracting((signs + 2)...))
    }

    /// Where `%%`, `<codecell>` or `In[` stands, behind the comment sign.
    private func placeOfSigns(_ line: Span<UInt8>) -> Int? {
        let start = line.countOfLeadingSpace
        guard line.has(comment.prefix, at: start) else { return nil }
        let behind = start + comment.prefix.count
        return behind + line.countOfSpace(from: behind)
    }

    private func endOfSigns(_ line: Span<UInt8>) -> Int? {
        guard let start = placeOfSigns(line) else { return nil }
        if line.has("%%".utf8, at: start) {
            var end = start + 2
            while end < line.count, line[end] == .percent { end += 1 }
            if line.lengthOfSpace(at: end) > 0 { return end }
            return end == line.count && (end == start + 2 || acceptsBareDepth) ? end : nil
        }
        let end: Int
        if line.has("<codecell>".utf8, at: start) {
            end = start + 10
        } else if line.has("In[".utf8, at: start) {
            var index = start + 3
            while index < line.count, line[index].isDigit || line[index] == .space { index += 1 }
            guard index < line.count, line[index] == .closeBracket else { return nil }
            index += 1
            end = index < line.count && line[index] == .colon ? index + 1 : index
        } else {
            return nil
        }
        return line.extracting(end...).isBlank ? end : nil
    }

    // MARK: Lines of a cell that look like markers

    /// Whether `line` is a marker, or one behind further comment signs: the lines that an escaped cell
    /// gives one sign more.
    func needsEscape(_ line: Span<UInt8>) -> Bool { extraSigns(line) != nil }

    /// `line` with one more comment sign.
    func escaped(_ line: Span<UInt8>) -> [UInt8] {
        let start = line.countOfLeadingSpace
        var text: [UInt8] = []
        text.append(line.extracting(..<start))
        text.append(contentsOf: comment.prefix)
        text.append(.space)
        text.append(line.extracting(start...))
        return text
    }

    /// `line` without the sign that ``escaped(_:)`` added, or nil when it has none.
    func unescaped(_ line: Span<UInt8>) -> [UInt8]? {
        guard let extra = extraSigns(line), extra > 0 else { return nil }
        let start = line.countOfLeadingSpace
        var text: [UInt8] = []
        text.append(line.extracting(..<start))
        text.append(line.extracting((start + comment.lengthOfPrefix(of: line, at: start))...))
        return text
    }

    private func extraSigns(_ line: Span<UInt8>) -> Int? {
        var start = line.countOfLeadingSpace
        var extra = 0
        while true {
            if matches(line.extracting(start...)) { return extra }
            let length = comment.lengthOfPrefix(of: line, at: start)
            guard length > comment.prefix.count else { return nil }
            start += length
            extra += 1
        }
    }
}
