/// Two edited versions of a text, brought together line by line.
///
/// Where only one side changed lines, its lines are taken; where both changed them in the same way, they are
/// taken once. What both changed in different ways stands between markers, as git writes them:
///
///     <<<<<<< main
///     x = 2
///     =======
///     x = 3
///     >>>>>>> origin/main
///
/// Follows S. Khanna, K. Kunal, B. Pierce, "A Formal Investigation of Diff3", 2007, and the markers of
/// git-merge(1).
struct LineMerge {
    /// The names of the two sides behind the markers.
    struct Labels: Sendable {
        let ours: String
        let theirs: String
    }

    private typealias Line = ByteKey

    /// The merged text; a line end at its end counts as one more, empty line while lines are compared.
    var text: [UInt8] { Array(lines.map(\.bytes).joined(separator: [.lineFeed])) }
    /// How many pairs of markers stand in ``text``.
    private(set) var conflictCount = 0
    private var lines: [Line] = []
    private let labels: Labels
    private let favored: NotebookMerge.Side?

    /// With a `favored` side its lines are taken instead of markers; they count as conflicts all the same.
    init(
        base: [UInt8], ours: [UInt8], theirs: [UInt8], labels: Labels,
        favored: NotebookMerge.Side? = nil
    ) {
        self.labels = labels
        self.favored = favored
        merge(Self.lines(of: base), Self.lines(of: ours), Self.lines(of: theirs))
    }

    private static func lines(of text: [UInt8]) -> [Line] {
        // An empty text has no line, so that a side without one differs from a side with an empty one.
        guard !text.isEmpty else { return [] }
        return text.split(separator: .lineFeed, omittingEmptySubsequences: false).map(Line.init)
    }

    private mutating func merge(_ base: [Line], _ ours: [Line], _ theirs: [Line]) {
        let inOurs = Self.places(of: base, in: ours)
        let inTheirs = Self.places(of: base, in: theirs)
        var (basePlace, ourPlace, theirPlace) = (0, 0, 0)
        for (place, line) in base.enumerated() {
            guard let ourEnd = inOurs[place], let theirEnd = inTheirs[place] else { continue }
            append(
                base[basePlace..<place], ours[ourPlace..<ourEnd], theirs[theirPlace..<theirEnd])
            lines.append(line)
            (basePlace, ourPlace, theirPlace) = (place + 1, ourEnd + 1, theirEnd + 1)
        }
        append(base[basePlace...], ours[ourPlace...], theirs[theirPlace...])
    }

    private static func places(of base: [Line], in side: [Line]) -> [Int?] {
        var places = [Int?](repeating: nil, count: base.count)
        for (old, new) in SequenceDifference.commonElements(base, side) { places[old] = new }
        return places
    }

    private mutating func append(
        _ base: ArraySlice<Line>, _ ours: ArraySlice<Line>, _ theirs: ArraySlice<Line>
    ) {
        if theirs == base || theirs == ours {
            lines += ours
        } else if ours == base {
            lines += theirs
        } else {
            appendConflict(ours, theirs)
        }
    }

    /// Lines that both sides begin or end with stay outside the markers.
    private mutating func appendConflict(_ ours: ArraySlice<Line>, _ theirs: ArraySlice<Line>) {
        let head = zip(ours, theirs).prefix { $0 == $1 }.count
        let (ourRest, theirRest) = (ours.dropFirst(head), theirs.dropFirst(head))
        let tail = zip(ourRest.reversed(), theirRest.reversed()).prefix { $0 == $1 }.count
        lines += ours.prefix(head)
        switch favored {
        case .ours: lines += ourRest.dropLast(tail)
        case .theirs: lines += theirRest.dropLast(tail)
        case nil: lines += labels.marked(ourRest.dropLast(tail), theirRest.dropLast(tail))
        }
        lines += ourRest.suffix(tail)
        conflictCount += 1
    }

    /// A whole text against one that is not there any more, between markers.
    static func deletion(of text: [UInt8], byUs: Bool, labels: Labels) -> [UInt8] {
        let lines = lines(of: text)[...]
        let marked = byUs ? labels.marked([], lines) : labels.marked(lines, [])
        return Array(marked.map(\.bytes).joined(separator: [.lineFeed]))
    }
}

extension LineMerge.Labels {
    fileprivate func marked(
        _ ourLines: ArraySlice<ByteKey>, _ theirLines: ArraySlice<ByteKey>
    ) -> [ByteKey] {
        [ByteKey(Array("<<<<<<< \(ours)".utf8))] + ourLines + [ByteKey(Array("=======".utf8))]
            + theirLines + [ByteKey(Array(">>>>>>> \(theirs)".utf8))]
    }
}
