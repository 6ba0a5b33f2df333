internal import Git
internal import Notebook
internal import Platform

/// A file that git has written or removed.
struct TouchedScript: Sendable {
    /// From the root of the work tree.
    let path: Path
    /// What git did to it; nil where only its name is known.
    let change: FileChange?

    init(_ change: FileChange) {
        path = change.path
        self.change = change
    }

    init(_ path: Path) {
        self.path = path
        change = nil
    }

    /// What it said before; nil where that is not known.
    var older: ObjectID? { change?.old.flatMap { $0.mode.isFile ? $0.id : nil } }
}

/// Finds the pairs of files that git has written or removed, and looks at no others.
struct TouchedPairSearch {
    /// Pairs whose notebook is here.
    private(set) var found: [(pair: Pair, script: TouchedScript)] = []
    /// New percent scripts that have no notebook, where others have.
    private(set) var alone: [TouchedScript] = []
    private(set) var failures: [Failure] = []
    private let checkout: Checkout
    private let memory: PairMemory?
    private var finder: PairFinder
    /// The notebooks of remembered scripts, by script; both absolute.
    private lazy var remembered: [Path: Path] = {
        guard let memory else { return [:] }
        let pairs = memory.allEntries().map { ($0.script, $0.notebook) }
        return Dictionary(pairs) { first, _ in first }
    }()

    init(_ checkout: Checkout) {
        self.checkout = checkout
        let environment = checkout.repository.environment
        memory = PairMemory(inRepositoryAround: checkout.workTree, environment: environment)
        finder = PairFinder(environment: environment)
    }

    mutating func look(at file: TouchedScript) {
        guard case .percent(let language?)? = FileFormat(fileExtension: file.path.fileExtension)
        else { return }
        do throws(Failure) {
            guard let pair = try pair(of: file, language) else { return }
            if (try? File.status(of: pair.notebook)) != nil {
                found.append((pair, file))
            } else if isNew(file) {
                alone.append(file)
            }
        } catch {
            if !error.isForOthers { failures.append(error) }
        }
    }

    private func isNew(_ file: TouchedScript) -> Bool {
        file.change.map { $0.old == nil } ?? false
    }

    private mutating func pair(
        of file: TouchedScript, _ language: Language
    ) throws(Failure) -> Pair? {
        let place = checkout.workTree.appending(file.path)
        let beside = place.replacingExtension(with: "ipynb")
        if memory?.entry(for: beside)?.script == place { return try finder.pair(beside, place) }
        guard let status = try? File.status(of: place, followingLinks: false) else {
            return try remembered[place].flatMap { notebook throws(Failure) in
                try finder.pair(notebook, place)
            }
        }
        // What links lead to is not git's to write.
        guard status.kind == .regular, let bytes = try? File.read(place),
            ScriptTraits(of: bytes, language: language).isPercent
        else { return nil }
        let shown = checkout.shown(file.path)
        if let pair = try finder.pair(ofScript: place, bytes: bytes, language, shown: shown) {
            return finder.otherScript(of: pair) == nil ? pair : nil
        }
        if let notebook = remembered[place] { return try finder.pair(notebook, place) }
        if (try? File.status(of: beside)) != nil {
            return try finder.pair(of: beside).flatMap { $0.script == place ? $0 : nil }
        }
        if isNew(file), !remembered.isEmpty { alone.append(file) }
        return nil
    }
}
