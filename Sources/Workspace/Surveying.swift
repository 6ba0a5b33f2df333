public import Git
internal import Notebook
public import Platform

/// What `nbgit status` found.
public struct StatusReport: Sendable {
    /// What git knows.
    public let status: Status
    /// More about the notebooks among the changed files.
    public let notebooks: [Path: NotebookStatus]
    /// The remembered pairs that are not in step, as far as that is not said of a changed notebook.
    public let pairs: [SyncResult]
    /// The submodules that are at the right commit, but have changes of their own.
    public let dirtySubmodules: Set<Path>
    /// What could not be looked at.
    public let passedOver: [Failure]
}

/// What is to be said of a changed notebook.
public struct NotebookStatus: Sendable {
    /// What is staged; nil where nothing is, or the notebook is new or gone.
    public let staged: NotebookChange?
    /// What is not staged yet.
    public let unstaged: NotebookChange?
    /// The script beside it, and whether it lacks something that the notebook has; nil where there is none.
    public let script: (path: Path, isBehind: Bool)?
}

extension Checkout {
    /// Compares the last commit, the index and the work tree, and looks into the notebooks that changed.
    ///
    /// - Throws: ``Failure`` where something cannot be read. A broken notebook is part of the report.
    public func status() throws(Failure) -> StatusReport {
        do throws(GitError) {
            let status = try repository.status()
            var notebooks: [Path: NotebookStatus] = [:]
            for file in status.files where file.path.fileExtension == "ipynb" {
                notebooks[file.path] = NotebookStatus(
                    staged: try change(file.staged), unstaged: try change(file.unstaged),
                    script: script(beside: file.path))
            }
            var dirty: Set<Path> = []
            for change in status.files.compactMap(\.unstaged)
            where try repository.isOnlyDirty(change) { dirty.insert(change.path) }
            let behind = notebooks.filter { $0.value.script?.isBehind ?? false }.map(\.key)
            return StatusReport(
                status: status, notebooks: notebooks,
                pairs: pairsOutOfStep(besides: Set(behind.map(shown))), dirtySubmodules: dirty,
                passedOver: repository.takePassedOver().map { Failure($0) })
        } catch {
            throw Failure(error)
        }
    }

    /// The pairs that 'nbgit sync' would bring into step, or would say something of.
    ///
    /// Git knows nothing of an ignored notebook, and with a commit neither face is behind for it. Of files that are
    /// gone git speaks itself.
    private func pairsOutOfStep(besides known: Set<Path>) -> [SyncResult] {
        let memory = PairMemory(inRepositoryAround: workTree, environment: repository.environment)
        guard let memory else { return [] }
        var syncing = Syncing(
            memory.notebooks().filter { (try? File.status(of: $0)) != nil },
            environment: repository.environment)
        syncing.isDry = true
        syncing.ignoresUnpaired = true
        var results: [SyncResult] = []
        try? syncing.run(workers: Processors.usableCount) { result in
            switch result.outcome {
            case .updated, .merged, .conflicting, .doubted: results.append(result)
            default: break
            }
        }
        return results.filter { !known.contains($0.notebook) }
    }

    private func change(_ change: FileChange?) throws(GitError) -> NotebookChange? {
        guard let old = change?.old, let new = change?.new, old.mode.isFile, new.mode.isFile,
            old.id != new.id
        else { return nil }
        // One that cannot be read is passed over: the status has said so.
        guard let content = try? repository.content(of: new) else { return nil }
        let kind = NotebookChange(from: try repository.content(of: old), to: content)
        return kind == .nothing && old.mode != new.mode ? nil : kind
    }

    /// The script beside a notebook, and whether converting the notebook would change it.
    private func script(beside notebook: Path) -> (path: Path, isBehind: Bool)? {
        var conversion = Conversion(inputs: [.path(workTree.appending(notebook))])
        conversion.isDry = true
        let job = ConversionJob(
            conversion: conversion, input: workTree.appending(notebook),
            place: .beside(workTree.appending(notebook)), createsFolder: false)
        let result = job.run()
        guard let output = result.output?.relative(to: workTree) else { return nil }
        switch result.outcome {
        case .replaced: return (output, true)
        case .unchanged: return (output, false)
        default: return nil
        }
    }
}
