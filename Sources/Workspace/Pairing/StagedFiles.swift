internal import Git
internal import Notebook
internal import Platform

/// The contents of the index, and those of the last commit.
struct StagedFiles {
    private let checkout: Checkout
    private let changes: [Path: FileChange]
    private let entries: [Path: ObjectID]
    private let ignoreRules: IgnoreRules
    private var finder: PairFinder

    init(_ checkout: Checkout) throws(Failure) {
        self.checkout = checkout
        finder = PairFinder(environment: checkout.repository.environment)
        let all = try checkout.changes(.staged(since: nil), .all)
        changes = Dictionary(all.map { ($0.path, $0) }) { first, _ in first }
        do throws(GitError) {
            let index = try checkout.repository.index()
            let files = index.entries.filter {
                $0.stage == 0 && $0.mode.isFile && !$0.isOnlyAnnounced
            }
            entries = Dictionary(files.map { ($0.path, $0.id) }) { first, _ in first }
            ignoreRules = try checkout.repository.ignoreRules()
        } catch { throw Failure(error) }
    }

    // MARK: Which files

    /// The files that are staged, and are there.
    var changedPaths: [Path] {
        changes.values.filter { $0.new?.mode.isFile ?? false }.map(\.path).sorted()
    }

    /// The files of the index that somebody named, whether they were changed or not.
    func paths(named words: [Path]) throws(Failure) -> [Path] {
        var found: Set<Path> = []
        var patterns: [Path] = []
        for word in words {
            // A name that a hook was given is no pattern, whatever it looks like.
            if let path = try? checkout.relative(word), entries[path] != nil {
                found.insert(path)
            } else {
                patterns.append(word)
            }
        }
        if !patterns.isEmpty {
            let pathspec = try checkout.pathspec(patterns)
            found.formUnion(entries.keys.filter(pathspec.matches))
        }
        return found.sorted()
    }

    // MARK: Contents

    /// What the index has of a file; nil for nothing.
    func content(of path: Path) throws(Failure) -> [UInt8]? {
        try entries[path].map { id throws(Failure) in try content(id) }
    }

    /// What the last commit has of a file, under its old name where it was renamed; nil for nothing.
    private func committedContent(of path: Path) throws(Failure) -> [UInt8]? {
        guard let change = changes[path] else { return try content(of: path) }
        return try change.old?.id.map { id throws(Failure) in try content(id) }
    }

    /// What both faces of a pair said in the last commit.
    ///
    /// - Returns: nil without a commit that has both, and where nothing changed since they disagreed there, so that
    ///   nobody knows which one is behind.
    func committedAgreement(of pair: Pair) throws(Failure) -> PairUpdate.Agreement? {
        guard let notebook = try committedContent(of: pair.notebook),
            let script = try committedContent(of: pair.script)
        else { return nil }
        let isNotebookSame = try content(of: pair.notebook) == notebook
        let isScriptSame = try content(of: pair.script) == script
        if isNotebookSame, isScriptSame { return nil }
        return try? PairUpdate.Agreement(of: notebook, and: script)
    }

    private func content(_ id: ObjectID) throws(Failure) -> [UInt8] {
        do throws(GitError) { return try checkout.repository.content(of: id) } catch {
            throw Failure(error)
        }
    }

    /// Whether git is not to know of a file.
    func keepsOut(_ path: Path) -> Bool {
        entries[path] == nil && ignoreRules.ignores(path, isFolder: false)
    }

    // MARK: Pairs

    /// The pair of a staged file, by paths from the root of the work tree; nil for a file without one.
    ///
    /// - Throws: ``Failure`` for a notebook that cannot be read, or in a language without scripts.
    mutating func pair(of path: Path) throws(Failure) -> Pair? {
        guard FileFormat(fileExtension: path.fileExtension) != nil,
            let bytes = try content(of: path)
        else { return nil }
        return try pair(of: path, holding: bytes)
    }

    private mutating func pair(of path: Path, holding bytes: [UInt8]) throws(Failure) -> Pair? {
        let place = checkout.workTree.appending(path)
        let shown = checkout.shown(path)
        let found: Pair?
        switch FileFormat(fileExtension: path.fileExtension) {
        case .notebook:
            let named = try finder.pair(ofNotebook: place, bytes: bytes, shown: shown)
            found =
                if let named { named } else {
                    try finder.pair(beside: place, bytes: bytes, shown: shown)
                }
        case .percent(let language?):
            let named = try finder.pair(ofScript: place, bytes: bytes, language, shown: shown)
            if let named, try isDisowned(named) { return nil }
            found = named ?? trackedPair(of: path, bytes, language)
        default: return nil
        }
        return found.flatMap { pair in
            guard let notebook = pair.notebook.relative(to: checkout.workTree),
                let script = pair.script.relative(to: checkout.workTree)
            else { return nil }
            return Pair(
                notebook: notebook, script: script, language: pair.language, options: pair.options)
        }
    }

    /// Whether the notebook of a pair, as it is staged, has another script.
    private mutating func isDisowned(_ pair: Pair) throws(Failure) -> Bool {
        guard let notebook = pair.notebook.relative(to: checkout.workTree),
            let bytes = try content(of: notebook),
            let own = try? finder.pair(ofNotebook: pair.notebook, bytes: bytes, shown: notebook)
        else { return false }
        return own.script != pair.script
    }

    /// A script beside a notebook that git knows, too, is its script.
    private func trackedPair(of path: Path, _ script: [UInt8], _ language: Language) -> Pair? {
        let notebook = path.replacingExtension(with: "ipynb")
        guard entries[notebook] != nil, ScriptTraits(of: script, language: language).isPercent
        else { return nil }
        let root = checkout.workTree
        return Pair(
            notebook: root.appending(notebook), script: root.appending(path), language: language,
            options: FormatOptions())
    }

    /// The other face of a renamed file, where it did not come along.
    ///
    /// - Returns: The names it has and should have; nil where nothing was renamed, or both were.
    mutating func leftBehind(by path: Path) -> (path: Path, newName: Path)? {
        guard let old = changes[path]?.old, old.path != path, let id = old.id,
            let former = try? pair(of: old.path, holding: content(id)), entries[old.path] == nil
        else { return nil }
        let isNotebook = former.notebook == old.path
        let other = isNotebook ? former.script : former.notebook
        let pair = try? pair(of: path)
        let newName =
            pair.map { isNotebook ? $0.script : $0.notebook }
            ?? path.replacingExtension(with: "ipynb")
        guard entries[other] != nil, entries[newName] == nil, other != newName else { return nil }
        return (other, newName)
    }
}
