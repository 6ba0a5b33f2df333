internal import Notebook
internal import Platform

/// Finds the pairs that some paths are about.
struct PairSearch {
    /// What a path came to: a pair, or why there is none.
    typealias Finding = Result<Pair, Failure>

    private let environment: Environment
    /// Whether a notebook that names no script gets one beside it; then a file without a pair is no failure.
    private let takesUnpaired: Bool
    private var finder: PairFinder
    /// Notebooks that name no script, and the files in the place of one that are none.
    private(set) var unrelated: [Pair] = []
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
                ? findings(inFolder: path) : [finding(path, isNamed: true)].compactMap(\.self)
        }
    }

    /// Notebooks first, then the scripts that belong to none of them.
    private mutating func findings(inFolder folder: Path) -> [Finding] {
        var toScripts = Conversion(inputs: [.path(folder)])
        toScripts.target = .percent(nil)
        var toNotebooks = Conversion(inputs: [.path(folder)])
        toNotebooks.target = .notebook
        return [toScripts, toNotebooks].flatMap { conversion in
            var search = InputSearch(conversion: conversion, environment: environment)
            return search.findings().compactMap { found in
                switch found {
                case .file(let file): file.path.flatMap { finding($0, isNamed: false) }
                case .failure(let failure): .failure(failure)
                }
            }
        }
    }

    /// What a file came to; nil when that is nothing new, or nothing to say.
    private mutating func finding(_ path: Path, isNamed: Bool) -> Finding? {
        do throws(Failure) {
            var found = try finder.pair(of: path)
            if found == nil, takesUnpaired {
                found = try finder.pair(beside: path)
                if let pair = found, !isScript(pair) {
                    if pair.script.name != path.name { unrelated.append(pair) }
                    return nil
                }
            }
            guard let pair = found else {
                guard isNamed, !takesUnpaired else { return nil }
                throw Failure(
                    "not paired", path: path,
                    hint: "pair it with 'nbgit pair \(path.displayName)'")
            }
            return seen.insert([pair.notebook, pair.script]).inserted ? .success(pair) : nil
        } catch {
            guard !failures.contains(error) else { return nil }
            failures.append(error)
            return .failure(error)
        }
    }

    /// Whether a person's own module is not taken for the script of a notebook that has its name.
    private func isScript(_ pair: Pair) -> Bool {
        guard let bytes = try? File.read(pair.script), !bytes.isEmpty else { return true }
        return ScriptTraits(of: bytes, language: pair.language).isPercent
    }
}
