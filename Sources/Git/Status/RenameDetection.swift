internal import Platform

/// Finds out which of the added files were deleted ones under another name.
///
/// 1. the same content, first with the same last component;
/// 2. at least three quarters the same, where only one deleted and one added file are called so;
/// 3. at least half the same, the most similar pair first.
///
/// Follows diffcore-rename.c of git without copies, step by step, so that the answers are the same.
struct RenameDetection {
    /// The score of equal files.
    static let wholeScore = 60_000
    private static let leastScore = wholeScore / 2
    private static let leastScoreOfNamesakes = leastScore + (wholeScore - leastScore) / 2
    /// So many deleted files are remembered for each added one.
    private static let candidateCount = 4

    private struct Deleted {
        let side: FileChange.Side
        var isUsed = false
    }

    private struct Added {
        let side: FileChange.Side
        var rename: (source: Int, score: Int)?
    }

    private var deleted: [Deleted]
    private var added: [Added]
    private let content: (FileChange.Side) -> [UInt8]?
    private var pieces: [ObjectID: ContentPieces] = [:]

    /// Replaces deleted and added files by renamed ones.
    ///
    /// - Parameters:
    ///   - changes: In the order of their paths.
    ///   - limit: Where more pairs than its square would have to be compared, only equal files are renames;
    ///     0 for no limit. `diff.renameLimit`.
    ///   - content: The bytes of a side; nil where they are missing.
    /// - Returns: The changes, again in the order of their paths.
    static func applied(
        to changes: [FileChange], limit: Int, content: @escaping (FileChange.Side) -> [UInt8]?
    ) -> [FileChange] {
        var detection = RenameDetection(changes, content: content)
        guard !detection.deleted.isEmpty, !detection.added.isEmpty else { return changes }
        detection.findEqual()
        detection.findNamesakes()
        detection.findSimilar(limit: limit)
        return detection.result(changes)
    }

    private init(_ changes: [FileChange], content: @escaping (FileChange.Side) -> [UInt8]?) {
        deleted = changes.filter { $0.kind == .deleted }.compactMap(\.old).map { Deleted(side: $0) }
        added = changes.filter { $0.kind == .added }.compactMap(\.new).map { Added(side: $0) }
        self.content = content
    }

    private func result(_ changes: [FileChange]) -> [FileChange] {
        var result = changes.filter { $0.kind != .deleted && $0.kind != .added }
        result += deleted.filter { !$0.isUsed }.compactMap { FileChange(old: $0.side, new: nil) }
        for file in added {
            if let (source, score) = file.rename {
                result.append(
                    FileChange(
                        renamed: deleted[source].side, to: file.side,
                        similarity: score * 100 / Self.wholeScore))
            } else if let change = FileChange(old: nil, new: file.side) {
                result.append(change)
            }
        }
        return result.sorted { $0.path < $1.path }
    }

    private mutating func pair(_ source: Int, _ target: Int, _ score: Int) {
        deleted[source].isUsed = true
        added[target].rename = (source, score)
    }

    // MARK: Equal files

    private mutating func findEqual() {
        let sources = Dictionary(grouping: deleted.indices) { deleted[$0].side.id }
        for target in added.indices {
            guard let id = added[target].side.id, let candidates = sources[id] else { continue }
            let side = added[target].side
            let fitting = candidates.filter { source in
                let other = deleted[source].side.mode
                return !deleted[source].isUsed
                    && (other.isFile && side.mode.isFile || other == side.mode)
            }
            let namesake = fitting.first { deleted[$0].side.path.name == side.path.name }
            if let source = namesake ?? fitting.first { pair(source, target, Self.wholeScore) }
        }
    }

    // MARK: Similar files

    /// Looks first at files whose last component is theirs alone on both sides.
    private mutating func findNamesakes() {
        let sources = Dictionary(grouping: deleted.indices.filter { !deleted[$0].isUsed }) {
            deleted[$0].side.path.name
        }
        let targets = Dictionary(grouping: added.indices.filter { added[$0].rename == nil }) {
            added[$0].side.path.name
        }
        for source in deleted.indices where !deleted[source].isUsed {
            let name = deleted[source].side.path.name
            guard sources[name]?.count == 1, let targets = targets[name], targets.count == 1 else {
                continue
            }
            let score = score(source, targets[0], atLeast: Self.leastScoreOfNamesakes)
            if score >= Self.leastScoreOfNamesakes { pair(source, targets[0], score) }
        }
    }

    private struct Candidate {
        let source: Int
        let target: Int
        let score: Int
        let isNamesake: Bool

        func isBetter(than other: Candidate) -> Bool {
            score != other.score ? score > other.score : isNamesake && !other.isNamesake
        }
    }

    private mutating func findSimilar(limit: Int) {
        let sources = deleted.indices.filter { !deleted[$0].isUsed }
        let targets = added.indices.filter { added[$0].rename == nil }
        guard limit <= 0 || sources.count * targets.count <= limit * limit else { return }
        var candidates: [Candidate] = []
        for target in targets {
            var best: [Candidate] = []
            for source in sources {
                let candidate = Candidate(
                    source: source, target: target,
                    score: score(source, target, atLeast: Self.leastScore),
                    isNamesake: deleted[source].side.path.name == added[target].side.path.name)
                Self.keep(candidate, among: &best)
            }
            candidates += best
        }
        // The order of equals is the order in which they were found.
        let order = candidates.indices.sorted { one, other in
            if candidates[one].isBetter(than: candidates[other]) { return true }
            return !candidates[other].isBetter(than: candidates[one]) && one < other
        }
        for candidate in order.map({ candidates[$0] }) {
            guard candidate.score >= Self.leastScore else { break }
            guard added[candidate.target].rename == nil, !deleted[candidate.source].isUsed else {
                continue
            }
            pair(candidate.source, candidate.target, candidate.score)
        }
    }

    /// Takes a candidate in place of the worst, as git's table of four does.
    private static func keep(_ candidate: Candidate, among best: inout [Candidate]) {
        guard best.count == candidateCount else { return best.append(candidate) }
        var worst = 0
        for index in best.indices where best[worst].isBetter(than: best[index]) { worst = index }
        if candidate.isBetter(than: best[worst]) { best[worst] = candidate }
    }

    private mutating func score(_ source: Int, _ target: Int, atLeast least: Int) -> Int {
        let (old, new) = (deleted[source].side, added[target].side)
        guard old.mode.isFile, new.mode.isFile, let oldPieces = pieces(of: old),
            let newPieces = pieces(of: new)
        else { return 0 }
        return ContentPieces.score(from: oldPieces, to: newPieces, atLeast: least)
    }

    private mutating func pieces(of side: FileChange.Side) -> ContentPieces? {
        if let id = side.id, let known = pieces[id] { return known }
        let made = content(side).map(ContentPieces.init)
        if let id = side.id { pieces[id] = made }
        return made
    }
}
