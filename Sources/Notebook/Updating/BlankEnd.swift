/// Tells blank lines that were edited at the end of a cell from those that a script cannot show.
///
/// A script does not say where the blank lines of a cell end and the gap below it begins. The writer puts
/// both below each other, the reader takes up to two lines of them for the gap:
///
///     in the notebook   written, with a gap of 0, 1 or 2   read
///     0 blank lines     0, 1, 2                            0, 0, 0
///     1                 1, 2, 3                            0, 0, 2
///     2                 2, 3, 4                            0, 2, 3
///     3                 3, 4, 5                            2, 3, 4
///
/// How large the gap is depends on what stands below, which may have changed since the cell was read. So all
/// that a row reads counts as the cell that it was: then no cell changes because of its neighbours, and a
/// script that was applied changes nothing when it is applied again.
struct BlankEnd {
    /// The gaps that may be below the cell.
    private let gaps: ClosedRange<Int>

    /// - Parameters:
    ///   - cell: The cell of the notebook.
    ///   - language: The language of the script.
    init(of cell: Cell, in language: Language) {
        if let gap = cell.metadata.linesToNextCell {
            // At the end of a script one line less is written.
            gaps = max(gap - 1, 0)...gap
        } else {
            gaps = 0...(language.followsPEP8 ? 2 : 1)
        }
    }

    /// Whether `after` is what a script may show of `source`.
    ///
    /// - Parameters:
    ///   - after: The cell in the edited script.
    ///   - source: The cell in the notebook.
    ///   - before: The same, read from the notebook's own script.
    /// - Returns: True when there is nothing to edit.
    func explains(
        _ after: PercentReader.WrittenCell, of source: [UInt8], before: PercentReader.WrittenCell
    ) -> Bool {
        if after.cell.source == before.cell.source || after.cell.source == source { return true }
        guard after.hasBareEnd, before.hasBareEnd,
            Self.isOnlyChange(from: before.cell.source, to: after.cell.source)
        else { return false }
        let shown = after.cell.source.blankLinesAtEnd
        let kept = source.blankLinesAtEnd
        let counts = gaps.map { gap -> Int in
            let count = kept.count + gap
            return count == 2 ? 0 : max(count - 1, 0)
        }
        return counts.contains(shown.count) && zip(kept, shown).allSatisfy { $0 == $1 }
    }

    /// Whether two sources have the same lines but for blank ones at their ends.
    static func isOnlyChange(from before: [UInt8], to after: [UInt8]) -> Bool {
        before.withoutBlankLinesAtEnd == after.withoutBlankLinesAtEnd
    }
}

extension PercentReader.WrittenCell {
    /// Whether the blank lines at the cell's end are blank in the script too, not comments or in quotes.
    fileprivate var hasBareEnd: Bool {
        text.blankLinesAtEnd.count == cell.source.blankLinesAtEnd.count
    }
}

extension [UInt8] {
    /// The text up to the end of its last line that is not blank.
    var withoutBlankLinesAtEnd: ArraySlice<UInt8> { self[..<endOfText] }

    fileprivate var blankLinesAtEnd: [ArraySlice<UInt8>] {
        let end = self[endOfText...]
        guard !end.isEmpty else { return [] }
        let lines = end.split(separator: .lineFeed, omittingEmptySubsequences: false)
        // The first line end belongs to the text.
        return [ArraySlice<UInt8>](lines.dropFirst(endOfText > 0 ? 1 : 0))
    }

    private var endOfText: Int {
        let end = span.endWithoutTrailingSpace
        return end > 0 ? self[end...].firstIndex(of: .lineFeed) ?? count : 0
    }
}
