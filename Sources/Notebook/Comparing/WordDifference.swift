extension TextDiff.Hunk {
    /// The words that changed in lines which came in place of others, as ranges of bytes for each line.
    ///
    /// Lines that were only removed, only added, or changed in most of their words have none: all of such a
    /// line is different.
    public var changedWords: [[Range<Int>]] {
        var changed = [[Range<Int>]](repeating: [], count: lines.count)
        var index = 0
        while index < lines.count {
            let removed = run(from: index) { if case .removed(let line) = $0 { line } else { nil } }
            let start = index + removed.count
            let added = run(from: start) { if case .added(let line) = $0 { line } else { nil } }
            if let ranges = WordDifference(from: removed, to: added) {
                changed.replaceSubrange(index..<start, with: ranges.removed)
                changed.replaceSubrange(start..<(start + added.count), with: ranges.added)
            }
            index = max(start + added.count, index + 1)
        }
        return changed
    }

    private func run(
        from start: Int, _ text: (TextDiff.Line) -> [UInt8]?
    ) -> [[UInt8]] {
        var run: [[UInt8]] = []
        while start + run.count < lines.count, let line = text(lines[start + run.count]) {
            run.append(line)
        }
        return run
    }
}

/// Which words differ between some lines and those that came in their place.
private struct WordDifference {
    let removed: [[Range<Int>]]
    let added: [[Range<Int>]]

    /// More words than these are not compared.
    private static let mostWords = 2_000

    private struct Word {
        let lineIndex: Int
        let range: Range<Int>
        let text: ArraySlice<UInt8>
        /// White space and signs are not what makes two lines alike.
        let weight: Int
    }

    /// Compares the words; nil where too little is the same to point at the rest.
    init?(from old: [[UInt8]], to new: [[UInt8]]) {
        guard !old.isEmpty, !new.isEmpty else { return nil }
        let oldWords = Self.words(of: old)
        let newWords = Self.words(of: new)
        guard oldWords.count <= Self.mostWords, newWords.count <= Self.mostWords else { return nil }
        let common = SequenceDifference.commonElements(
            oldWords.map(\.text), newWords.map(\.text))
        let total = (oldWords + newWords).reduce(0) { $0 + $1.weight }
        let same = common.reduce(0) { $0 + oldWords[$1.old].weight }
        guard 5 * 2 * same >= 2 * total else { return nil }
        removed = Self.ranges(oldWords, except: Set(common.map(\.old)), lineCount: old.count)
        added = Self.ranges(newWords, except: Set(common.map(\.new)), lineCount: new.count)
    }

    /// Names and numbers, runs of white space, and single signs; without line ends.
    private static func words(of lines: [[UInt8]]) -> [Word] {
        var words: [Word] = []
        for (lineIndex, line) in lines.enumerated() {
            var index = 0
            let end = line.last == .lineFeed ? line.count - 1 : line.count
            while index < end {
                let start = index
                let isBlank = line[start].isBlank
                let isName = line[start].isWordByte
                repeat {
                    index += 1
                } while index < end
                    && (isBlank && line[index].isBlank || isName && line[index].isWordByte)
                let weight = isName ? index - start : 0
                words.append(
                    Word(
                        lineIndex: lineIndex, range: start..<index, text: line[start..<index],
                        weight: weight))
            }
        }
        return words
    }

    /// The words that are not in `common`, neighbours joined.
    private static func ranges(
        _ words: [Word], except common: Set<Int>, lineCount: Int
    ) -> [[Range<Int>]] {
        var ranges = [[Range<Int>]](repeating: [], count: lineCount)
        for (index, word) in words.enumerated() where !common.contains(index) {
            if let last = ranges[word.lineIndex].last, last.upperBound == word.range.lowerBound {
                ranges[word.lineIndex].removeLast()
                ranges[word.lineIndex].append(last.lowerBound..<word.range.upperBound)
            } else {
                ranges[word.lineIndex].append(word.range)
            }
        }
        return ranges
    }
}

extension UInt8 {
    fileprivate var isBlank: Bool { self == .space || self == .tab }
    fileprivate var isWordByte: Bool { isNameByte || self >= 0x80 }
}
