public import Git
internal import Notebook
public import Platform

/// Makes the notebooks of a repository's percent scripts.
public struct NotebookMaking {
    private let repository: Repository
    private let workTree: Path

    /// Nil for a repository without files to work on.
    public init?(in repository: Repository) {
        guard let workTree = repository.workTree else { return nil }
        self.repository = repository
        self.workTree = workTree
    }

    /// Makes a notebook for each percent script that has none, and remembers which belongs to which.
    ///
    /// A script says in its header where its notebook is, or the settings do; else it lies beside the script.
    /// A notebook that is there is left as it is.
    ///
    /// - Returns: What became of each, in the order of the scripts.
    /// - Throws: ``Failure`` where the working folder cannot be found out.
    public func run() throws(Failure) -> [SyncResult] {
        let folder: Path
        do throws(SystemError) { folder = try WorkingFolder.path() } catch { throw Failure(error) }
        var results: [SyncResult] = []
        let pairs = pairs(seenFrom: folder) { results.append($0) }
        let environment = repository.environment
        Parallel.forEach(count: pairs.count, workers: Processors.usableCount) { number in
            PairSync(pair: pairs[number], environment: environment, workingFolder: folder).run()
        } consume: { _, result in
            results.append(result)
        }
        return results
    }

    private func pairs(seenFrom folder: Path, refuse: (SyncResult) -> Void) -> [Pair] {
        let environment = repository.environment
        var conversion = Conversion(inputs: [.path(workTree)])
        conversion.target = .notebook
        var search = InputSearch(conversion: conversion, environment: environment)
        var finder = PairFinder(environment: environment)
        var scripts: [Path: Path] = [:]
        var pairs: [Pair] = []
        for finding in search.findings() {
            guard let script = finding.file?.path else {
                if case .failure(let failure) = finding {
                    refuse(SyncResult(of: failure.path ?? ".", failed: failure))
                }
                continue
            }
            do throws(Failure) {
                let beside = script.replacingExtension(with: "ipynb")
                var found = try finder.pair(of: script)
                if found == nil { found = try finder.pair(beside, script) }
                guard let pair = found, (try? File.status(of: pair.notebook)) == nil else {
                    continue
                }
                if let other = scripts[pair.notebook] {
                    throw Failure(
                        "would have the same notebook as '\(other.seen(from: folder).displayName)'")
                }
                scripts[pair.notebook] = script
                pairs.append(pair)
            } catch {
                guard !error.isForOthers else { continue }
                var failure = error
                failure.subject = .path(script.seen(from: folder))
                refuse(SyncResult(of: script.seen(from: folder), failed: failure))
            }
        }
        return pairs
    }

    /// Whether there is no notebook here that git knows, but a percent script.
    ///
    /// Not all scripts of a large repository are looked at.
    public func isForScriptsOnly() -> Bool {
        guard let entries = try? repository.index().entries else { return false }
        var countLeft = 500
        var found = false
        for entry in entries {
            switch FileFormat(fileExtension: entry.path.fileExtension) {
            case .notebook: return false
            case .percent(let language?) where !found && countLeft > 0 && entry.mode.isFile:
                countLeft -= 1
                let bytes = (try? File.read(workTree.appending(entry.path))) ?? []
                found = ScriptTraits(of: bytes, language: language).isPercent
            default: continue
            }
        }
        return found
    }

    /// Whether git would take a notebook for a new file.
    ///
    /// - Parameter notebook: As it may be typed.
    /// - Returns: False where git ignores it.
    public func isSeenByGit(_ notebook: Path) -> Bool {
        guard let folder = try? File.resolved(notebook.parent),
            let path = folder.appending(notebook.name).relative(to: workTree),
            let rules = try? repository.ignoreRules()
        else { return false }
        return !rules.ignores(path, isFolder: false)
    }
}
