/// The difference between two texts, line by line, in hunks of the unified format.
public struct TextDiff: Sendable {
    /// A line and what became of it.
    public enum Line: Sendable, Equatable {
        /// In both texts.
        case same([UInt8])
        /// In the old text only.
        case removed([UInt8])
        /// In the new text only.
        case added([UInt8])
    }

    /// Some changed lines and what stands around them.
    public struct Hunk: Sendable, Equatable {
        /// The first line in each text, from 1; 0 before the first line of an empty range.
        public let oldStart: Int
        /// The number of lines of the old text.
        public let oldCount: Int
        /// As ``oldStart``, in the new text.
        public let newStart: Int
        /// The number of lines of the new text.
        public let newCount: Int
        /// The cell of the new text that the first change is in, from 1; nil above the first cell.
        public let cellNumber: Int?
        /// The lines of both texts, removed ones before those that came in their place.
        public let lines: [Line]
    }

    /// The hunks, from the top; none when the texts are equal.
    public let hunks: [Hunk]

    private static let context = 3

    /// Compares two percent scripts.
    ///
    /// - Parameters:
    ///   - old: The text as it was.
    ///   - new: The text as it is to be.
    ///   - language: The language whose markers begin the cells.
    public init(from old: [UInt8], to new: [UInt8], language: Language) {
        let oldLines = old.splitIntoLines()
        let newLines = new.splitIntoLines()
        let common = SequenceDifference.commonElements(oldLines, newLines)
        let marker = CellMarker(language.comment, acceptsBareDepth: true)
        var cellNumbers: [Int] = []
        var count = 0
        for line in newLines {
            if marker.matches(line.span.trimmed) { count += 1 }
            cellNumbers.append(count)
        }
        var builder = HunkBuilder(oldLines, newLines, cellNumbers, context: Self.context)
        var (oldPlace, newPlace) = (0, 0)
        for (oldSame, newSame) in common + [(oldLines.count, newLines.count)] {
            if oldPlace < oldSame || newPlace < newSame {
                builder.change(oldPlace..<oldSame, newPlace..<newSame)
            }
            (oldPlace, newPlace) = (oldSame + 1, newSame + 1)
        }
        builder.close()
        hunks = builder.hunks
    }
}

/// Gathers changes that stand near each other.
private struct HunkBuilder {
    private let old: [[UInt8]]
    private let new: [[UInt8]]
    private let cellNumbers: [Int]
    private let context: Int
    private var open: [(old: Range<Int>, new: Range<Int>)] = []
    private(set) var hunks: [TextDiff.Hunk] = []

    init(_ old: [[UInt8]], _ new: [[UInt8]], _ cellNumbers: [Int], context: Int) {
        self.old = old
        self.new = new
        self.cellNumbers = cellNumbers
        self.context = context
    }

    mutating func change(_ oldRange: Range<Int>, _ newRange: Range<Int>) {
        if let last = open.last, oldRange.lowerBound - last.old.upperBound > 2 * context { close() }
        open.append((oldRange, newRange))
    }

    mutating func close() {
        guard let first = open.first, let last = open.last else { return }
        let oldStart = max(first.old.lowerBound - context, 0)
        let newStart = first.new.lowerBound - (first.old.lowerBound - oldStart)
        let oldEnd = min(last.old.upperBound + context, old.count)
        let newEnd = last.new.upperBound + oldEnd - last.old.upperBound
        var lines: [TextDiff.Line] = []
        var place = oldStart
        for change in open {
            lines += old[place..<change.old.lowerBound].map { .same($0) }
            lines += old[change.old].map { .removed($0) }
            lines += new[change.new].map { .added($0) }
            place = change.old.upperBound
        }
        lines += old[place..<oldEnd].map { .same($0) }
        let cell =
            cellNumbers.isEmpty ? 0 : cellNumbers[min(first.new.lowerBound, cellNumbers.count - 1)]
        hunks.append(
            TextDiff.Hunk(
                oldStart: oldEnd > oldStart ? oldStart + 1 : oldStart, oldCount: oldEnd - oldStart,
                newStart: newEnd > newStart ? newStart + 1 : newStart, newCount: newEnd - newStart,
                cellNumber: cell > 0 ? cell : nil, lines: lines))
        open = []
    }
}
