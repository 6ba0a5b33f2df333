internal import Git
public import Notebook
public import Platform

/// Brings notebooks and their scripts into step.
public struct Syncing: Sendable {
    /// Files and folders to look at; in a folder every pair.
    public var paths: [Path]
    /// The face to believe where both cannot be right.
    public var preferred: PairUpdate.Face?
    /// Whether nothing is to be written.
    public var isDry = false
    /// Whether a notebook that names no script gets one beside it; a file without a pair is passed over then.
    public var takesUnpaired = false
    /// Whether files that belong to no pair are passed over even where they are named.
    public var ignoresUnpaired = false
    private let environment: Environment

    /// Touches no file before ``run(workers:started:report:)``.
    ///
    /// - Parameters:
    ///   - paths: Files and folders.
    ///   - environment: For git's variables, and where pairs outside a repository are remembered.
    public init(_ paths: [Path], environment: Environment) {
        self.paths = paths
        self.environment = environment
    }

    /// Brings each pair into step; one that fails stops no other.
    ///
    /// - Parameters:
    ///   - workers: How many pairs may be worked on at once; asked only for several.
    ///   - report: Called for each pair and each path that could not be looked at, in their order.
    /// - Throws: ``Failure`` where the working folder cannot be found out.
    public func run(
        workers: @autoclosure () -> Int, report: (SyncResult) -> Void
    ) throws(Failure) {
        let folder: Path
        do throws(SystemError) { folder = try WorkingFolder.path() } catch { throw Failure(error) }
        var search = PairSearch(environment: environment, takesUnpaired: takesUnpaired)
        search.ignoresUnpaired = ignoresUnpaired
        let findings = search.findings(for: paths)
        let hasWork = findings.contains { if case .inStep = $0 { false } else { true } }
        var inStep: [(Pair, PairStamp)] = []
        Parallel.forEach(count: findings.count, workers: hasWork ? workers() : 1) { index in
            switch findings[index] {
            case .inStep(let notebook, let script):
                SyncResult(
                    notebook: notebook.seen(from: folder), script: script.seen(from: folder),
                    outcome: .unchanged)
            case .pair(let pair):
                PairSync(
                    pair: pair, environment: environment, preferred: preferred, isDry: isDry,
                    workingFolder: folder
                ).run()
            case .disowned(let pair, let other):
                SyncResult(
                    notebook: pair.notebook.seen(from: folder),
                    script: pair.script.seen(from: folder),
                    outcome: .disowned(by: other.seen(from: folder)))
            case .failure(let failure):
                SyncResult(of: failure.path ?? ".", failed: failure)
            }
        } consume: { index, result in
            if let stamp = result.stamp, case .pair(let pair) = findings[index] {
                inStep.append((pair, stamp))
            }
            report(result)
        }
        for pair in search.unrelated {
            report(
                SyncResult(
                    notebook: pair.notebook.seen(from: folder),
                    script: pair.script.seen(from: folder), outcome: .unrelated))
        }
        if !isDry { search.keep(inStep) }
    }
}
