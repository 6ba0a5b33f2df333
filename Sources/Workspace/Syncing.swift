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
        let findings = findings()
        Parallel.forEach(count: findings.count, workers: workers()) { index in
            switch findings[index] {
            case .success(let pair):
                PairSync(
                    pair: pair, environment: environment, preferred: preferred, isDry: isDry,
                    workingFolder: folder
                ).run()
            case .failure(let failure):
                SyncResult(of: failure.path ?? ".", failed: failure)
            }
        } consume: { _, result in
            report(result)
        }
    }

    // MARK: Finding pairs

    /// The pairs of all paths, and why a path has none, each once.
    private func findings() -> [Result<Pair, Failure>] {
        var seen: Set<Pair> = []
        var failures: [Failure] = []
        return paths.flatMap(findings(for:)).filter { finding in
            switch finding {
            case .success(let pair): return seen.insert(pair).inserted
            case .failure(let failure):
                defer { failures.append(failure) }
                return !failures.contains(failure)
            }
        }
    }

    private func findings(for path: Path) -> [Result<Pair, Failure>] {
        let isFolder = (try? File.status(of: path))?.kind == .folder
        guard isFolder else {
            return [
                finding(path) {
                    Failure(
                        "not paired", path: path,
                        hint: "pair it with 'nbgit pair \(path.displayName)'")
                }
            ].compactMap(\.self)
        }
        var toScripts = Conversion(inputs: [.path(path)])
        toScripts.target = .percent(nil)
        var toNotebooks = Conversion(inputs: [.path(path)])
        toNotebooks.target = .notebook
        return [toScripts, toNotebooks].flatMap { conversion in
            var search = InputSearch(conversion: conversion, environment: environment)
            return search.findings().compactMap { found -> Result<Pair, Failure>? in
                switch found {
                case .file(let file): file.path.flatMap { finding($0) { nil } }
                case .failure(let failure): .failure(failure)
                }
            }
        }
    }

    /// The pair of a file, or why there is none; nil when that is nothing to say.
    private func finding(
        _ path: Path, otherwise: () -> Failure?
    ) -> Result<Pair, Failure>? {
        do throws(Failure) {
            if let pair = try PairFinder(environment: environment).pair(of: path) {
                return .success(pair)
            }
            return otherwise().map { .failure($0) }
        } catch {
            return .failure(error)
        }
    }
}
