/// Which cells of three versions of a notebook are the same, in the order of the merged notebook.
///
///     base    a b c           a merged row takes the order of the side that moved cells, or else ours;
///     ours    a x b           cells of the other side go behind the cell that they stood behind:
///     theirs  b a y c
///                             theirs moved b, so   b a x y c
///
/// Where both sides moved cells, ours stay as they are and theirs are not moved: no text is lost.
struct CellOrder {
    /// One cell of the merged notebook: where it stands in each version that has it.
    struct Row: Hashable {
        var base: Int?
        var ours: Int?
        var theirs: Int?
    }

    let rows: [Row]

    /// - Parameters:
    ///   - base: The number of cells of the common version.
    ///   - ours: For each of our cells the one in the common version that it was.
    ///   - theirs: The same for theirs.
    ///   - added: For our new cells the new cell of theirs that is the same.
    init(base: Int, ours: [Int?], theirs: [Int?], added: [Int: Int] = [:]) {
        var ourPlaces = [Int?](repeating: nil, count: base)
        for (place, old) in ours.enumerated() { if let old { ourPlaces[old] = place } }
        var theirPlaces = [Int?](repeating: nil, count: base)
        for (place, old) in theirs.enumerated() { if let old { theirPlaces[old] = place } }
        let ourRows = ours.enumerated().map { place, old in
            Row(base: old, ours: place, theirs: old.map { theirPlaces[$0] } ?? added[place])
        }
        let addedByTheirs = Dictionary(uniqueKeysWithValues: added.map { ($1, $0) })
        let theirRows = theirs.enumerated().map { place, old in
            Row(base: old, ours: old.map { ourPlaces[$0] } ?? addedByTheirs[place], theirs: place)
        }
        let followsTheirs =
            Self.isRising(ours.compactMap(\.self)) && !Self.isRising(theirs.compactMap(\.self))
        rows =
            followsTheirs
            ? Self.insert(ourRows, into: theirRows, goesFirst: true)
            : Self.insert(theirRows, into: ourRows, goesFirst: false)
    }

    private static func isRising(_ places: [Int]) -> Bool {
        zip(places, places.dropFirst()).allSatisfy { $0 < $1 }
    }

    /// `rows` with those of `others` that they do not have, each run behind the row that it stood behind.
    ///
    /// With `goesFirst` a run goes before new rows that stand there already.
    private static func insert(_ others: [Row], into rows: [Row], goesFirst: Bool) -> [Row] {
        let known = Set(rows)
        var runs: [Row?: [Row]] = [:]
        var anchor: Row?
        for row in others {
            if known.contains(row) {
                anchor = row
            } else {
                runs[anchor, default: []].append(row)
            }
        }
        let shared = known.intersection(others)
        var result: [Row] = []
        var waiting = runs[nil] ?? []
        for row in rows {
            if goesFirst || shared.contains(row) {
                result += waiting
                waiting = []
            }
            result.append(row)
            waiting += runs[row] ?? []
        }
        return result + waiting
    }
}
