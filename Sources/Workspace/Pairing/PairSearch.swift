internal import Notebook
internal import Platform

/// Finds the pairs that some paths are about.
struct PairSearch {
    /// What a path came to.
    enum Finding {
        /// A pair that need not be read; by absolute paths.
        case inStep(notebook: Path, script: Path)
        indirect case pair(Pair)
        /// A script that names a notebook, which has another script.
        indirect case disowned(Pair, by: Path)
        /// Why there is none.
        indirect case failure(Failure)
    }

    private let environment: Environment
    /// Whether a notebook that names no script gets one beside it; then a file without a pair is no failure.
    private let takesUnpaired: Bool
    /// Whether files without a pair are passed over even where they are named.
    var ignoresUnpaired = false
    private var finder: PairFinder
    /// Notebooks that name no script, and the files in the place of one that are none.
    private(set) var unrelated: [Pair] = []
    private var inStep = PairsInStep()
    private var seen: Set<[Path]> = []
    private var failures: [Failure] = []

    init(environment: Environment, takesUnpaired: Bool = false) {
        self.environment = environment
        self.takesUnpaired = takesUnpaired
        finder = PairFinder(environment: environment)
    }

    /// The pairs of all paths, and why a path has none, each once.
    mutating func findings(for paths: [Path]) -> [Finding] {
        paths.flatMap { path in
            (try? File.status(of: path))?.kind == .folder
                ? findings(inFolder: path) : [finding(ofNamed: path)].compactMap(\.self)
        }
    }

    /// Notebooks first, then the scripts that belong to none of them.
    private mutating func findings(inFolder folder: Path) -> [Finding] {
        var search = InputSearch(
            conversion: Conversion(inputs: [.path(folder)]), environment: environment,
            takesBothFaces: true)
        var notebooks: [InputSearch.Found] = []
        var scripts: [InputSearch.Found] = []
        var failures: [Finding] = []
        for found in search.findings() {
            switch found {
            case .file(let file) where file.format == .notebook: notebooks.append(file)
            case .file(let file): scripts.append(file)
            case .failure(let failure): failures.append(.failure(failure))
            }
        }
        for folder in search.foldersWithoutSettings {
            if let place = try? finder.place(ofFolder: folder) {
                finder.settings.noteNoSettings(in: place)
            }
        }
        inStep.reserveCapacity(scripts.count)
        for file in scripts {
            if let path = file.path, let stamp = file.stamp { inStep.note(path, stamp, &finder) }
        }
        var findings: [Finding] = []
        findings.reserveCapacity(max(notebooks.count, scripts.count))
        for files in [notebooks, scripts] {
            for file in files {
                guard let path = file.path,
                    let finding = finding(path, file.format, file.stamp, isNamed: false)
                else { continue }
                findings.append(finding)
            }
        }
        return findings + failures
    }

    private mutating func finding(ofNamed path: Path) -> Finding? {
        let format = FileFormat(fileExtension: path.fileExtension)
        guard ignoresUnpaired else { return finding(path, format, nil, isNamed: true) }
        switch format {
        case .notebook, .percent(_?): return finding(path, format, nil, isNamed: false)
        default: return nil
        }
    }

    /// What a file came to; nil when that is nothing new, or nothing to say.
    private mutating func finding(
        _ path: Path, _ format: FileFormat?, _ stamp: FileStamp?, isNamed: Bool
    ) -> Finding? {
        switch inStep.finding(path, format, stamp, &finder) {
        case .pair(let notebook, let script)?:
            return .inStep(notebook: notebook, script: script)
        case .known?: return nil
        case nil: break
        }
        do throws(Failure) {
            var found = try finder.pair(of: path)
            if let pair = found, pair.source != nil, !leadsBack(pair) { found?.source = nil }
            if found == nil, takesUnpaired {
                found = try finder.pair(beside: path)
                if let pair = found, !isScript(pair) {
                    if pair.script.name != path.name { unrelated.append(pair) }
                    return nil
                }
            }
            guard let pair = found else {
                guard isNamed, !takesUnpaired else { return nil }
                guard (try? File.status(of: path, followingLinks: false)) != nil else {
                    throw Failure("no such file or directory", path: path)
                }
                throw Failure(
                    "not paired", path: path,
                    hint: "pair it with 'nbgit pair \(path.displayName)'")
            }
            guard seen.insert([pair.notebook, pair.script]).inserted else { return nil }
            if format != .notebook, let other = finder.otherScript(of: pair) {
                return .disowned(pair, by: other)
            }
            return .pair(pair)
        } catch {
            var failure = error
            // Who names a file wants to know why it is not brought into step.
            if isNamed, !takesUnpaired { failure.isForOthers = false }
            // Of a pair that others look after, the notebook is mentioned.
            if failure.isForOthers, format != .notebook { return nil }
            guard !failures.contains(failure) else { return nil }
            failures.append(failure)
            return .failure(failure)
        }
    }

    /// Whether a person's own module is not taken for the script of a notebook that has its name.
    private func isScript(_ pair: Pair) -> Bool {
        guard let bytes = try? File.read(pair.script), !bytes.isEmpty else { return true }
        return ScriptTraits(of: bytes, language: pair.language).isPercent
    }
    /// Whether the script of a pair leads to its notebook, so that the pair is found by either name.
    private mutating func leadsBack(_ pair: Pair) -> Bool {
        do throws(Failure) {
            let other = try finder.pair(of: pair.script)
            return other.map { $0.notebook == pair.notebook } ?? false
        } catch { return false }
    }

    /// Keeps that pairs are in step, so that they need not be read again while they look the same.
    mutating func keep(_ pairs: [(pair: Pair, stamp: PairStamp)]) { inStep.keep(pairs) }
}
