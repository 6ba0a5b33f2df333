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

    func matches(_ line: Span<UInt8>) -> Bool {
        guard let start = placeOfSigns(line) else { return false }
        return hasSigns(line, at: start)
    }

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

    /// Whether the signs of a marker stand at `start`, with what may follow them.
    private func hasSigns(_ line: Span<UInt8>, at start: Int) -> Bool {
        if line.has("%%".utf8, at: start) {
            var end = start + 2
            while end < line.count, line[end] == .percent { end += 1 }
            return line.lengthOfSpace(at: end) > 0
                || end == line.count && (end == start + 2 || acceptsBareDepth)
        }
        if line.has("<codecell>".utf8, at: start) {
            return line.extracting((start + 10)...).isBlank
        }
        guard line.has("In[".utf8, at: start) else { return false }
        var index = start + 3
        while index < line.count, line[index].isDigit || line[index] == .space { index += 1 }
        guard index < line.count, line[index] == .closeBracket else { return false }
        index += line.has(":".utf8, at: index + 1) ? 2 : 1
        return line.extracting(index...).isBlank
    }

    // MARK: Lines of a cell that look like markers

    /// `line` with a backslash before the signs of the marker that it looks like; nil for other lines.
    ///
    ///     # %% note      # \%% note
    ///     # \%% note     # \\%% note
    func escaped(_ line: Span<UInt8>) -> [UInt8]? {
        guard let (start, _) = escape(in: line) else { return nil }
        return line.extracting(..<start).bytes + [.backslash] + line.extracting(start...).bytes
    }

    /// `line` without the backslash that ``escaped(_:)`` added; nil when it has none.
    func unescaped(_ line: Span<UInt8>) -> [UInt8]? {
        guard let (start, signs) = escape(in: line), signs > start else { return nil }
        return line.extracting(..<start).bytes + line.extracting((start + 1)...).bytes
    }

    /// Where backslashes may stand behind the comment sign, and the signs behind them.
    private func escape(in line: Span<UInt8>) -> (start: Int, signs: Int)? {
        guard let start = placeOfSigns(line) else { return nil }
        var signs = start
        while signs < line.count, line[signs] == .backslash { signs += 1 }
        return hasSigns(line, at: signs) ? (start, signs) : nil
    }
}
