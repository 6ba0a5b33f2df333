public import Git
internal import Notebook
public import Platform

/// What became of notebooks when git had written their scripts.
public struct FollowReport: Sendable {
    /// The notebooks of which there is something to say.
    public var pairs: [SyncResult] = []
    /// New scripts that have no notebook here, as they may be typed.
    public var scriptsAlone: [Path] = []

    /// There was nothing to follow.
    public static let nothing = FollowReport()

    /// Whether each notebook has all that its script says, as far as it was to have it.
    public var isDone: Bool {
        pairs.allSatisfy { pair in
            switch pair.outcome {
            case .conflicting, .doubted, .failed: false
            default: true
            }
        }
    }
}

extension Checkout {
    /// Brings notebooks up to date whose scripts are different in two commits.
    ///
    /// The scripts are as git wrote them and stay so; a notebook keeps its outputs, and edits that its script
    /// does not have. A pair counts when it is remembered, or when notebook, script or settings declare it.
    ///
    /// - Parameters:
    ///   - old: What the files were; nil for nothing.
    ///   - new: What git has made of them.
    /// - Returns: What was done. That a notebook could not be brought up to date is part of it.
    public func followScripts(from old: ObjectID?, to new: ObjectID?) -> FollowReport {
        guard old != new else { return .nothing }
        return reported { () throws(GitError) in
            try follow(repository.changes(from: old, to: new).map(TouchedScript.init))
        }
    }

    /// Brings notebooks up to date whose scripts git has written; see ``followScripts(from:to:)``.
    ///
    /// - Parameter paths: The files, from the root of the work tree.
    /// - Returns: What was done.
    public func followScripts(_ paths: [Path]) -> FollowReport {
        reported { () throws(GitError) in try follow(paths.map(TouchedScript.init)) }
    }

    private func reported(
        _ following: () throws(GitError) -> FollowReport
    ) -> FollowReport {
        do throws(GitError) { return try following() } catch {
            return FollowReport(pairs: [SyncResult(of: shown("."), failed: Failure(error))])
        }
    }

    private func follow(_ touched: [TouchedScript]) throws(GitError) -> FollowReport {
        var search = TouchedPairSearch(self)
        for file in touched { search.look(at: file) }
        let renamed = try newNames(search.found.map(\.script), search.alone)
        let alone = search.alone.map(\.path).filter { path in
            !renamed.values.contains { $0.path == path }
        }
        var report = FollowReport(
            pairs: search.failures.map { SyncResult(of: $0.path ?? ".", failed: $0) },
            scriptsAlone: alone.map(shown))
        let found = search.found
        guard !found.isEmpty else { return report }
        let folder = prefix == "." ? workTree : workTree.appending(prefix)
        let tracked = Set(try repository.index().entries.map(\.path))
        let older = try found.map { found throws(GitError) in
            try found.script.older.map { id throws(GitError) in try repository.content(of: id) }
        }
        let environment = repository.environment
        let root = workTree
        Parallel.forEach(count: found.count, workers: Processors.usableCount) { number in
            let pair = found[number].pair
            return PairSync(pair: pair, environment: environment, workingFolder: folder).follow(
                since: older[number],
                isTracked: pair.notebook.relative(to: root).map(tracked.contains) ?? false)
        } consume: { number, result in
            switch result.outcome {
            case .unchanged, .missing(.notebook): break
            case .missing(.script):
                let old = found[number].script.path
                let new = renamed[old].map { new in
                    SyncResult(
                        notebook: result.notebook, script: shown(new.path),
                        outcome: .renamed(.script, from: result.script))
                }
                report.pairs.append(new ?? result)
            default: report.pairs.append(result)
            }
        }
        return report
    }

    /// What scripts that are gone are called now, as far as git can tell.
    private func newNames(
        _ found: [TouchedScript], _ alone: [TouchedScript]
    ) throws(GitError) -> [Path: FileChange] {
        let gone = found.compactMap(\.change).filter { $0.new == nil }
        guard !gone.isEmpty, !alone.isEmpty else { return [:] }
        let changes = (gone + alone.compactMap(\.change)).sorted { $0.path < $1.path }
        let renames = try repository.withRenames(changes).filter { $0.kind == .renamed }
        return Dictionary(renames.map { ($0.old?.path ?? $0.path, $0) }) { first, _ in first }
    }
}
