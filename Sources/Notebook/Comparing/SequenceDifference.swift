/// Finds what two sequences have in common, with few edits between.
///
/// Follows E. W. Myers, "An O(ND) Difference Algorithm and Its Variations", 1986.
enum SequenceDifference {
    /// More edits than this are not looked for between two anchors: the elements in common are found in the
    /// order of the new side then, which may be fewer than there are.
    private static let mostEdits = 2_000

    /// The places of equal elements in both sequences, rising on both sides.
    static func commonElements<Element: Hashable>(_ old: [Element], _ new: [Element]) -> [(
        old: Int, new: Int
    )] {
        var start = 0
        while start < min(old.count, new.count), old[start] == new[start] { start += 1 }
        var end = 0
        while end < min(old.count, new.count) - start,
            old[old.count - 1 - end] == new[new.count - 1 - end]
        { end += 1 }
        let middle = between(
            Array(old[start..<(old.count - end)]), Array(new[start..<(new.count - end)]))
        return (0..<start).map { ($0, $0) } + middle.map { ($0.old + start, $0.new + start) }
            + (0..<end).reversed().map { (old.count - 1 - $0, new.count - 1 - $0) }
    }

    private static func between<Element: Hashable>(_ old: [Element], _ new: [Element]) -> [(
        old: Int, new: Int
    )] {
        guard !old.isEmpty, !new.isEmpty else { return [] }
        // Elements that the other side does not have only make the search longer.
        let oldSet = Set(old)
        let newSet = Set(new)
        let oldPlaces = old.indices.filter { newSet.contains(old[$0]) }
        let newPlaces = new.indices.filter { oldSet.contains(new[$0]) }
        return myers(oldPlaces.map { old[$0] }, newPlaces.map { new[$0] })
            .map { (oldPlaces[$0.old], newPlaces[$0.new]) }
    }

    private static func myers<Element: Hashable>(_ old: [Element], _ new: [Element]) -> [(
        old: Int, new: Int
    )] {
        let most = min(old.count + new.count, mostEdits)
        // furthest[k + most]: how far into `old` the diagonal k (old place - new place) is reached.
        var furthest = [Int](repeating: 0, count: 2 * most + 2)
        var trail: [[Int]] = []
        for edits in 0...most {
            trail.append(Array(furthest[(most - edits)...(most + edits + 1)]))
            for diagonal in stride(from: -edits, through: edits, by: 2) {
                let goesDown =
                    diagonal == -edits
                    || diagonal != edits
                        && furthest[most + diagonal - 1] < furthest[most + diagonal + 1]
                var place =
                    goesDown ? furthest[most + diagonal + 1] : furthest[most + diagonal - 1] + 1
                while place < old.count, place - diagonal < new.count, place - diagonal >= 0,
                    old[place] == new[place - diagonal]
                {
                    place += 1
                }
                furthest[most + diagonal] = place
                if place >= old.count, place - diagonal >= new.count {
                    return path(back: trail, edits: edits, old.count, new.count)
                }
            }
        }
        return greedy(old, new)
    }

    /// Follows the furthest places back from the end to the start.
    private static func path(
        back trail: [[Int]], edits: Int, _ oldCount: Int, _ newCount: Int
    ) -> [(old: Int, new: Int)] {
        var common: [(old: Int, new: Int)] = []
        var (place, other) = (oldCount, newCount)
        for edits in stride(from: edits, through: 0, by: -1) {
            let diagonal = place - other
            let furthest = { (diagonal: Int) in trail[edits][diagonal + edits] }
            let goesDown =
                diagonal == -edits
                || diagonal != edits && furthest(diagonal - 1) < furthest(diagonal + 1)
            let before = goesDown ? diagonal + 1 : diagonal - 1
            let start = edits == 0 ? 0 : furthest(before)
            let startOther = start - (edits == 0 ? 0 : before)
            let (first, firstOther) =
                edits == 0 ? (0, 0) : goesDown ? (start, startOther + 1) : (start + 1, startOther)
            while place > first, other > firstOther {
                (place, other) = (place - 1, other - 1)
                common.append((place, other))
            }
            (place, other) = (start, startOther)
        }
        return common.reversed()
    }

    private static func greedy<Element: Hashable>(_ old: [Element], _ new: [Element]) -> [(
        old: Int, new: Int
    )] {
        var places: [Element: [Int]] = [:]
        for (index, element) in old.enumerated().reversed() {
            places[element, default: []].append(index)
        }
        var common: [(old: Int, new: Int)] = []
        var last = -1
        for (index, element) in new.enumerated() {
            while let place = places[element]?.last, place <= last { places[element]?.removeLast() }
            guard let place = places[element]?.popLast() else { continue }
            common.append((place, index))
            last = place
        }
        return common
    }
}
