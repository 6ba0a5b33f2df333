/// Cuts a script into cells at the lines that are markers and not part of a string or a fenced block.
///
/// The writer asks the same cutter whether what it wrote will be cut where it should be.
struct CellCutter {
    let marker: CellMarker
    let comment: Language.Comment

    /// What hides markers in the lines of one cell.
    struct Hiding {
        /// The language whose strings hide markers; nil when nothing hides them.
        var languageName: String?
        /// The language of the script around the cell.
        var script = Languages.python
        /// Whether fenced code blocks hide markers: in markdown and raw cells.
        var hasFences = false
    }

    /// The first line of the next cell, or the number of lines; and whether a string is still open there.
    struct Cut {
        var end: Int
        var isInString: Bool
    }

    /// The cut behind the cell whose lines start at `start`, of which the first is never a marker to cut at.
    func cut(from start: Int, in lines: [Range<Int>], of text: Span<UInt8>, hiding: Hiding) -> Cut {
        var tracker = QuoteTracker(languageName: hiding.languageName, script: hiding.script)
        var fences = OpenFences(lastLine: start)
        var number = start
        while number < lines.count {
            let line = text.extracting(lines[number])
            if number > start, number > fences.lastLine, !tracker.isInString {
                if marker.matches(line) { break }
                if hiding.hasFences, let fence = CodeFence(opening: comment.uncommented(line)) {
                    open(fence, from: number + 1, in: lines, of: text, &fences)
                }
            }
            if number > start || !marker.matches(line) { tracker.read(line) }
            number += 1
        }
        return Cut(end: number, isInString: tracker.isInString)
    }

    /// What is known of the fences of a cell.
    private struct OpenFences {
        /// The line that closes the fence found last.
        var lastLine: Int
        /// The shortest fence of each sign that nothing closes before ``end``.
        var unclosed: [UInt8: Int] = [:]
        /// The end of the comments that were searched.
        var end = 0
    }

    /// Looks for the line that closes `fence`, with only comments before it.
    ///
    /// An empty line is the end of a cell, and a fence that is still open there hides nothing. What was not
    /// found for a shorter fence is not looked for again.
    private func open(
        _ fence: CodeFence, from start: Int, in lines: [Range<Int>], of text: Span<UInt8>,
        _ fences: inout OpenFences
    ) {
        if start >= fences.end { fences.unclosed = [:] }
        if let shortest = fences.unclosed[fence.sign], fence.length >= shortest { return }
        var number = start
        while number < lines.count {
            let line = text.extracting(lines[number])
            guard line.has(comment.prefix, at: 0) else { break }
            if fence.isClosed(by: comment.uncommented(line)) {
                fences.lastLine = number
                return
            }
            number += 1
        }
        fences.unclosed[fence.sign] = fence.length
        fences.end = number
    }
}
