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
            try follow(
                repository.changes(from: old, to: new).map { change in
                    TouchedScript(
                        path: change.path, older: change.old?.id, isNew: change.old == nil)
                })
        }
    }

    /// Brings notebooks up to date whose scripts git has written; see ``followScripts(from:to:)``.
    ///
    /// - Parameter paths: The files, from the root of the work tree.
    /// - Returns: What was done.
    public func followScripts(_ paths: [Path]) -> FollowReport {
        reported { () throws(GitError) in
            try follow(paths.map { TouchedScript(path: $0, older: nil, isNew: false) })
        }
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
        var report = FollowReport(
            pairs: search.failures.map { SyncResult(of: $0.path ?? ".", failed: $0) },
            scriptsAlone: search.scriptsAlone.map(shown))
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
        } consume: { _, result in
            switch result.outcome {
            case .unchanged: break
            case .missing(.notebook): break
            default: report.pairs.append(result)
            }
        }
        return report
    }
}

/// A file that git has written or removed.
private struct TouchedScript {
    let path: Path
    /// What it was; nil where that is not known.
    let older: ObjectID?
    let isNew: Bool
}

/// Finds the pairs of files that git has written or removed.
private struct TouchedPairSearch {
    private(set) var found: [(pair: Pair, script: TouchedScript)] = []
    /// New percent scripts without a notebook, from the root of the work tree.
    private(set) var scriptsAlone: [Path] = []
    private(set) var failures: [Failure] = []
    private let checkout: Checkout
    private var finder: PairFinder
    private lazy var memory = PairMemory(
        inRepositoryAround: checkout.workTree, environment: checkout.repository.environment)
    /// The notebooks of remembered scripts, by script.
    private lazy var remembered: [Path: Path] = {
        guard let memory else { return [:] }
        let entries = memory.entries(in: memory.base)
        return Dictionary(entries.map { ($0.script, $0.notebook) }) { first, _ in first }
    }()

    init(_ checkout: Checkout) {
        self.checkout = checkout
        finder = PairFinder(environment: checkout.repository.environment)
    }

    mutating func look(at file: TouchedScript) {
        guard case .percent(let language?)? = FileFormat(fileExtension: file.path.fileExtension)
        else { return }
        do throws(Failure) {
            guard let pair = try pair(of: file, language) else { return }
            guard (try? File.status(of: pair.notebook)) != nil else {
                if file.isNew { scriptsAlone.append(file.path) }
                return
            }
            found.append((pair, file))
        } catch { failures.append(error) }
    }

    private mutating func pair(
        of file: TouchedScript, _ language: Language
    ) throws(Failure) -> Pair? {
        let place = checkout.workTree.appending(file.path)
        guard let status = try? File.status(of: place, followingLinks: false) else {
            return try remembered[place].flatMap { notebook throws(Failure) in
                try finder.pair(notebook, place)
            }
        }
        guard status.kind == .regular, let bytes = try? File.read(place),
            ScriptTraits(of: bytes, language: language).isPercent
        else { return nil }
        let shown = checkout.shown(file.path)
        if let pair = try finder.pair(ofScript: place, bytes: bytes, language, shown: shown) {
            return try isOwn(pair) ? pair : nil
        }
        if let notebook = remembered[place] { return try finder.pair(notebook, place) }
        let declared = place.replacingExtension(with: "ipynb")
        if (try? File.status(of: declared)) != nil {
            return try finder.pair(of: declared).flatMap { $0.script == place ? $0 : nil }
        }
        if file.isNew, !remembered.isEmpty { scriptsAlone.append(file.path) }
        return nil
    }

    /// Whether the notebook does not say of another script; what a script says came from elsewhere.
    private mutating func isOwn(_ pair: Pair) throws(Failure) -> Bool {
        guard (try? File.status(of: pair.notebook)) != nil,
            let other = try? finder.pair(of: pair.notebook)
        else { return true }
        return other.script == pair.script
    }
}
