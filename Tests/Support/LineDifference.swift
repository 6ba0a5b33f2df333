/// The lines that differ, as `diff -U3` shows them: `-` expected, `+` happened.
///
/// - Returns: An empty text when there is no difference.
public func lineDifference(from expected: String, to actual: String) -> String {
    let old = expected.split(separator: "\n", omittingEmptySubsequences: false)
    let new = actual.split(separator: "\n", omittingEmptySubsequences: false)
    let difference = new.difference(from: old)
    guard !difference.isEmpty else { return "" }
    let removed = Set(difference.removals.map(\.offset))
    let inserted = Set(difference.insertions.map(\.offset))

    var lines: [(mark: String, text: Substring)] = []
    var (oldIndex, newIndex) = (0, 0)
    while oldIndex < old.count || newIndex < new.count {
        if removed.contains(oldIndex) {
            lines.append(("-", old[oldIndex]))
            oldIndex += 1
        } else if inserted.contains(newIndex) {
            lines.append(("+", new[newIndex]))
            newIndex += 1
        } else {
            lines.append((" ", old[oldIndex]))
            oldIndex += 1
            newIndex += 1
        }
    }
    return shortened(lines).map { $0 + "\n" }.joined()
}

/// Leaves out what is more than three lines away from a difference.
private func shortened(_ lines: [(mark: String, text: Substring)]) -> [String] {
    let changes = lines.indices.filter { lines[$0].mark != " " }
    let kept = Set(changes.flatMap { max(0, $0 - 3)...min(lines.count - 1, $0 + 3) })
    return kept.sorted().flatMap { index in
        let isAfterGap = index > 0 && !kept.contains(index - 1)
        let line = lines[index].mark + lines[index].text
        return isAfterGap ? ["…", line] : [line]
    }
}

extension CollectionDifference.Change {
    fileprivate var offset: Int {
        switch self {
        case .insert(let offset, _, _), .remove(let offset, _, _): offset
        }
    }
}
