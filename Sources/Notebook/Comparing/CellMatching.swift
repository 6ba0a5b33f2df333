/// Finds out which cell of a notebook each cell of its edited script was.
///
/// In this order, each step with the cells that the steps before left over:
///
/// 1. the same lines in the script: first those in the same order, then those that were moved; blank lines
///    at the end count only where cells that are alike without them became more or fewer;
/// 2. the same text but for what a formatter changes (white space, quotes, commas, parentheses), as jupytext
///    compares, in order and then anywhere;
/// 3. the same id, where both versions have ids;
/// 4. between two neighbours that are matched: the last piece of a cell that was split, which keeps its
///    outputs; then cells that were edited, the most similar ones in order;
/// 5. cells that were moved and edited: the most similar ones anywhere;
/// 6. the last piece of a split cell anywhere, and what stands where a cell stood, as jupytext does.
///
/// A cell is never matched with one of another type.
struct CellMatching {
    /// What the matching looks at.
    struct Sketch {
        let kind: CellKind
        /// The lines that show the cell in a script.
        let shown: [UInt8]
        let source: [UInt8]
        /// The cell's id; nil when the two versions have none in common.
        var id: [UInt8]?

        fileprivate var text: ArraySlice<UInt8> { shown.withoutBlankLinesAtEnd }
    }

    private let old: [Sketch]
    private let new: [Sketch]
    /// For each new cell the old one that it was.
    private(set) var matches: [Int?]
    private var isTaken: [Bool]

    /// The old cell for each new one; nil for cells that are new.
    static func matches(from old: [Sketch], to new: [Sketch]) -> [Int?] {
        var matching = CellMatching(old: old, new: new)
        let balanced = matching.balancedTexts
        matching.matchEqual { cell in
            balanced.contains(ByteKey(cell.text)) ? cell.text : cell.shown[...]
        }
        matching.matchEqual(\.text)
        matching.matchEqual { Self.formatless($0.source)[...] }
        matching.matchIDs()
        matching.forEachGap { $0.matchPieces($1, $2) }
        matching.forEachGap { $0.matchSimilar($1, $2) }
        matching.matchMoved()
        matching.matchPieces(Array(new.indices), Array(old.indices))
        matching.matchPlaces()
        return matching.matches
    }

    private init(old: [Sketch], new: [Sketch]) {
        self.old = old
        self.new = new
        matches = Array(repeating: nil, count: new.count)
        isTaken = Array(repeating: false, count: old.count)
    }

    private mutating func match(_ newIndex: Int, _ oldIndex: Int) {
        matches[newIndex] = oldIndex
        isTaken[oldIndex] = true
    }

    // MARK: Equal cells

    private struct Key: Hashable {
        let kind: CellKind
        let text: ByteKey
    }

    /// What as many cells say before as after.
    private var balancedTexts: Set<ByteKey> {
        var counts: [ByteKey: Int] = [:]
        for cell in old { counts[ByteKey(cell.text), default: 0] += 1 }
        for cell in new { counts[ByteKey(cell.text), default: 0] -= 1 }
        return Set(counts.filter { $0.value == 0 }.keys)
    }

    /// Matches cells whose texts are equal: the longest common run of cells, then whatever is left.
    private mutating func matchEqual(_ text: (Sketch) -> ArraySlice<UInt8>) {
        let oldLeft = old.indices.filter { !isTaken[$0] }
        let newLeft = new.indices.filter { matches[$0] == nil }
        guard !oldLeft.isEmpty, !newLeft.isEmpty else { return }
        let oldKeys = oldLeft.map { Key(kind: old[$0].kind, text: ByteKey(text(old[$0]))) }
        let newKeys = newLeft.map { Key(kind: new[$0].kind, text: ByteKey(text(new[$0]))) }
        for (oldPlace, newPlace) in SequenceDifference.commonElements(oldKeys, newKeys) {
            match(newLeft[newPlace], oldLeft[oldPlace])
        }
        var moved: [Key: [Int]] = [:]
        for (place, index) in oldLeft.enumerated().reversed() where !isTaken[index] {
            moved[oldKeys[place], default: []].append(index)
        }
        for (place, index) in newLeft.enumerated() where matches[index] == nil {
            if let oldIndex = moved[newKeys[place]]?.popLast() { match(index, oldIndex) }
        }
    }

    /// The text without the characters that formatters such as black add and take away.
    private static func formatless(_ source: [UInt8]) -> [UInt8] {
        source.filter { !" \t\n,'\"()\\".utf8.contains($0) }
    }

    private mutating func matchIDs() {
        var places: [ByteKey: Int] = [:]
        for index in old.indices where !isTaken[index] {
            if let id = old[index].id { places[ByteKey(id)] = index }
        }
        guard !places.isEmpty else { return }
        for index in new.indices where matches[index] == nil {
            guard let id = new[index].id, let place = places[ByteKey(id)], !isTaken[place],
                old[place].kind == new[index].kind
            else { continue }
            match(index, place)
        }
    }

    // MARK: Edited cells

    /// Visits the cells between each two matched neighbours, on both sides.
    private mutating func forEachGap(_ visit: (inout Self, _ new: [Int], _ old: [Int]) -> Void) {
        var start = 0
        var oldStart = 0
        for index in 0...new.count {
            let anchor = index < new.count ? matches[index] : old.count
            guard let anchor else { continue }
            if anchor >= oldStart {
                visit(&self, Array(start..<index), Array(oldStart..<anchor))
                oldStart = anchor + 1
            }
            start = index + 1
        }
    }

    /// Pairs cells in order so that the similarities add up to the most.
    private mutating func matchSimilar(_ newIndices: [Int], _ oldIndices: [Int]) {
        let newIndices = newIndices.filter { matches[$0] == nil }
        let oldIndices = oldIndices.filter { !isTaken[$0] }
        guard !newIndices.isEmpty, !oldIndices.isEmpty,
            newIndices.count * oldIndices.count <= Self.mostPairs
        else { return }
        // best[i][j]: the most that the first i new cells and the first j old cells can add up to.
        var best = [[Double]](
            repeating: Array(repeating: 0, count: oldIndices.count + 1), count: newIndices.count + 1
        )
        var scores = best
        let newWords = newIndices.map { WordCounts(new[$0].source) }
        let oldWords = oldIndices.map { WordCounts(old[$0].source) }
        for i in newIndices.indices {
            for j in oldIndices.indices {
                let score = similarity(newIndices[i], oldIndices[j], newWords[i], oldWords[j])
                scores[i + 1][j + 1] = score
                best[i + 1][j + 1] = max(best[i][j + 1], best[i + 1][j], best[i][j] + score)
            }
        }
        var (i, j) = (newIndices.count, oldIndices.count)
        while i > 0, j > 0 {
            if best[i][j] == best[i - 1][j] {
                i -= 1
            } else if best[i][j] == best[i][j - 1] {
                j -= 1
            } else {
                match(newIndices[i - 1], oldIndices[j - 1])
                (i, j) = (i - 1, j - 1)
            }
        }
    }

    /// How much two cells have in common, from 0 to 1; 0 when it is not enough to be the same cell.
    private func similarity(
        _ newIndex: Int, _ oldIndex: Int, _ newWords: WordCounts, _ oldWords: WordCounts
    ) -> Double {
        guard new[newIndex].kind == old[oldIndex].kind else { return 0 }
        let score = newWords.similarity(to: oldWords)
        return score >= Self.leastSimilarity ? score : 0
    }

    private static let leastSimilarity = 0.4
    /// Where more cells than these could be pairs, only equal cells are matched, and those in one place.
    private static let mostPairs = 250_000

    /// Pairs cells that were moved and edited, the most similar first.
    private mutating func matchMoved() {
        let newLeft = new.indices.filter { matches[$0] == nil && !new[$0].source.isBlank }
        let oldLeft = old.indices.filter { !isTaken[$0] && !old[$0].source.isBlank }
        guard !newLeft.isEmpty, !oldLeft.isEmpty, newLeft.count * oldLeft.count <= Self.mostPairs
        else {
            return
        }
        let newWords = newLeft.map { WordCounts(new[$0].source) }
        let oldWords = oldLeft.map { WordCounts(old[$0].source) }
        var candidates: [(score: Double, new: Int, old: Int)] = []
        for i in newLeft.indices {
            for j in oldLeft.indices {
                let score = similarity(newLeft[i], oldLeft[j], newWords[i], oldWords[j])
                if score > 0 { candidates.append((score, newLeft[i], oldLeft[j])) }
            }
        }
        candidates.sort { ($1.score, $0.new, $0.old) < ($0.score, $1.new, $1.old) }
        for candidate in candidates where matches[candidate.new] == nil && !isTaken[candidate.old] {
            match(candidate.new, candidate.old)
        }
    }

    // MARK: What jupytext does

    /// The last piece of a cell that was split keeps its outputs.
    private mutating func matchPieces(_ newIndices: [Int], _ oldIndices: [Int]) {
        let newLeft = newIndices.filter { matches[$0] == nil }
        let oldLeft = oldIndices.filter { !isTaken[$0] }
        guard newLeft.count * oldLeft.count <= Self.mostPairs else { return }
        let wholes = oldLeft.map { Self.formatless(old[$0].source) }
        for index in newLeft {
            let text = Self.formatless(new[index].source)
            guard !text.isEmpty else { continue }
            let place = oldLeft.indices.first { place in
                !isTaken[oldLeft[place]] && old[oldLeft[place]].kind == new[index].kind
                    && wholes[place].suffix(text.count).elementsEqual(text)
            }
            if let place { match(index, oldLeft[place]) }
        }
    }

    /// A cell that stands right behind a matched one was the one that stood there before.
    private mutating func matchPlaces() {
        var previous = -1
        for index in new.indices {
            if let matched = matches[index] {
                previous = matched
            } else if previous + 1 < old.count, !isTaken[previous + 1], !new[index].source.isBlank,
                old[previous + 1].kind == new[index].kind
            {
                previous += 1
                match(index, previous)
            }
        }
    }
}

/// How often each word of a text occurs; names, numbers and signs are words.
private struct WordCounts {
    private var counts: [ByteKey: Int] = [:]
    private var total = 0

    init(_ text: [UInt8]) {
        var index = 0
        while index < text.count {
            let start = index
            while index < text.count, text[index].isNameByte || text[index] >= 0x80 { index += 1 }
            if index == start { index += 1 }
            guard text[start] > 0x20 else { continue }
            counts[ByteKey(text[start..<index]), default: 0] += 1
            total += 1
        }
    }

    /// Twice the common words over all words (Dice).
    func similarity(to other: WordCounts) -> Double {
        guard total + other.total > 0 else { return 1 }
        var common = 0
        for (word, count) in counts { common += min(count, other.counts[word] ?? 0) }
        return Double(2 * common) / Double(total + other.total)
    }
}

extension [UInt8] {
    fileprivate var isBlank: Bool { span.isBlank }
}
