internal import Git
internal import Notebook
internal import Platform

/// What the faces of pairs said when they last agreed, kept in files.
///
///     .git/nbgit/pairs/notebooks/a.ipynb     one file for each pair, called like the notebook
///     .git/nbgit/backup/notebooks/a.py       what was written over because the other face was preferred
///     .git/nbgit/index                       which pairs need not be read again, see ``PairIndex``
///
/// Outside a repository the same lies below `$XDG_STATE_HOME/nbgit`.
struct PairMemory: Sendable {
    /// What is remembered of a pair.
    struct Entry: Sendable {
        let notebook: Path
        let script: Path
        let agreement: PairUpdate.Agreement
    }

    /// The folder that all names begin from: the work tree, or the root of the system.
    let base: Path
    private let folder: Path

    /// The memory for files in `place`, an absolute folder without links that may still have to be made.
    ///
    /// - Throws: ``Failure`` outside a repository when there is no home folder to remember in.
    init(for place: Path, environment: Environment) throws(Failure) {
        if let memory = PairMemory(inRepositoryAround: place, environment: environment) {
            self = memory
            return
        }
        let state = environment.path("XDG_STATE_HOME").flatMap { $0.isAbsolute ? $0 : nil }
        let home = environment.path("HOME")?.appending(".local/state")
        guard let folder = state ?? home else {
            throw Failure(
                "neither in a repository nor with a home folder to remember pairs in",
                hint: "set HOME, or make a repository here with 'nbgit init'")
        }
        base = "/"
        self.folder = folder.appending("nbgit")
    }

    /// The memory of the repository around `place`; nil where there is none.
    init?(inRepositoryAround place: Path, environment: Environment) {
        var place = place
        while (try? File.status(of: place)) == nil, place.parent != place { place = place.parent }
        guard Repository.workTree(around: place, environment: environment) != nil,
            let repository = try? Repository.discover(from: place, environment: environment),
            let workTree = repository.workTree
        else { return nil }
        base = workTree
        folder = repository.layout.gitFolder.appending("nbgit")
    }

    /// Where a ``PairIndex`` lies.
    var index: Path { folder.appending("index") }

    /// Whether anything is remembered.
    var isThere: Bool { (try? File.status(of: folder.appending("pairs"))) != nil }

    /// Where it is kept what is remembered of the pair of `notebook`.
    private func file(of notebook: Path) -> Path {
        folder.appending("pairs").appending(name(of: notebook))
    }

    /// The path from ``base``.
    func name(of path: Path) -> Path { path.relative(to: base) ?? path }

    /// Whether `path`, an absolute one, lies below ``base`` and outside the git folder, links and all; the
    /// file and its folders need not exist.
    func holds(_ path: Path) -> Bool {
        guard path.components.allSatisfy({ $0 != ".." && $0 != ".git" }) else { return false }
        var existing = path
        while (try? File.status(of: existing, followingLinks: false)) == nil {
            guard existing.parent != existing else { return false }
            existing = existing.parent
        }
        return (try? File.resolved(existing))?.relative(to: base) != nil
    }

    // MARK: Reading and writing

    /// What is remembered of the pair of `notebook`, an absolute path; nil when nothing is, or nothing that
    /// can be read.
    func entry(for notebook: Path) -> Entry? {
        guard let bytes = try? File.read(file(of: notebook)),
            let record = PairRecord(bytes), record.notebookName == name(of: notebook)
        else { return nil }
        return Entry(
            notebook: notebook, script: base.appending(record.scriptName),
            agreement: record.agreement)
    }

    /// What is remembered of the notebooks in `place`, whether they are there or not.
    func entries(in place: Path) -> [Entry] {
        let walk = Folder.walk(file(of: place)) { $0.kind == .regular ? .take : .skip }
        return walk.taken.compactMap { entry(for: place.appending($0.relativePath)) }
    }

    /// Everything that is remembered.
    func allEntries() -> [Entry] { notebooks().compactMap(entry(for:)) }

    /// The notebooks of which something is remembered, whether they are there or not.
    func notebooks() -> [Path] {
        let walk = Folder.walk(folder.appending("pairs")) { entry in
            switch entry.kind {
            case .regular: .take
            case .folder: .descend
            default: .skip
            }
        }
        return walk.taken.map { base.appending($0.relativePath) }
    }

    func remember(
        _ agreement: PairUpdate.Agreement, of notebook: Path, and script: Path
    ) throws(SystemError) {
        let record = PairRecord(
            notebookName: name(of: notebook), scriptName: name(of: script), agreement: agreement)
        let file = file(of: notebook)
        // Who was in step with another script need not be in step with this one.
        if let old = entry(for: notebook), old.script != script { try? File.remove(index) }
        try Folder.create(file.parent)
        try File.replace(file, with: record.bytes)
    }

    func forget(_ notebook: Path) {
        try? File.remove(index)
        try? File.remove(file(of: notebook))
    }

    /// Keeps what is to be written over.
    ///
    /// - Returns: Where it is.
    func keep(_ bytes: [UInt8], of path: Path) throws(SystemError) -> Path {
        let place = folder.appending("backup").appending(name(of: path))
        try Folder.create(place.parent)
        var candidate = place
        var number = 1
        while let status = try File.status(of: candidate, followingLinks: false) {
            if status.kind == .regular, try File.read(candidate) == bytes { return candidate }
            candidate = place.numbered(number)
            number += 1
        }
        try File.replace(candidate, with: bytes, durable: true)
        return candidate
    }
}

extension Path {
    /// The path with a number before its extension: `a-2.py`.
    fileprivate func numbered(_ number: Int) -> Path {
        let ending = fileExtension.map { ".\($0)" } ?? ""
        return Path(bytes: withoutExtension.bytes + Array("-\(number)\(ending)".utf8))
    }
}
