/// The candidate that `word` was probably meant to be, or nil when none is close.
///
/// Close is what begins with the word, or else what is at most one slip per three characters of the
/// longer one away, one slip in any case. A single character is close to nothing. Of equals the
/// first wins.
///
/// - Complexity: O(word × candidate) for each candidate of similar length; others are not compared.
public func closest(to word: String, in candidates: some Collection<String>) -> String? {
    let typed = Array(word)
    guard typed.count > 1 else { return nil }
    if let longer = candidates.first(where: { $0.hasPrefix(word) }) { return longer }
    var best: (candidate: String, slips: Int)?
    for candidate in candidates {
        let meant = Array(candidate)
        let limit = min(
            max(1, max(typed.count, meant.count) / 3), best.map { $0.slips - 1 } ?? .max)
        guard abs(typed.count - meant.count) <= limit else { continue }
        let slips = editDistance(typed, meant)
        if slips <= limit { best = (candidate, slips) }
    }
    return best?.candidate
}

/// The number of insertions, deletions, replacements and swaps of neighbours that turn `source`
/// into `target`.
///
/// The optimal string alignment form of the Damerau–Levenshtein distance: no part is edited twice.
func editDistance(_ source: [Character], _ target: [Character]) -> Int {
    // rows[i][j] is the distance between the first i characters of source and the first j of
    // target.
    var rows = [Array(0...target.count)]
    for i in source.indices {
        var row = [i + 1]
        for j in target.indices {
            let replacement = rows[i][j] + (source[i] == target[j] ? 0 : 1)
            var distance = min(rows[i][j + 1] + 1, row[j] + 1, replacement)
            if i > 0, j > 0, source[i] == target[j - 1], source[i - 1] == target[j] {
                distance = min(distance, rows[i - 1][j - 1] + 1)
            }
            row.append(distance)
        }
        rows.append(row)
    }
    return rows[source.count][target.count]
}
