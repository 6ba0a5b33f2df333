internal import Git
internal import Notebook
public import Platform

extension Checkout {
    /// What to do where a staged notebook and its script do not say the same.
    public enum StagedPairAction: Sendable {
        /// Only say so.
        case check
        /// Write the one that is behind, for a person to stage.
        case write
        /// Write it and stage it.
        case stage
    }

    /// Whether git commits only the files that were named, from an index made for that.
    ///
    /// What is staged then goes neither into that commit nor stays staged afterwards. Follows
    /// `prepare_index` in builtin/commit.c of git, and names the draft of nbgit's own commit.
    public var commitsNamedFiles: Bool {
        let index = repository.layout.index.name
        return index.bytes.starts(with: Array("next-index-".utf8)) || index.fileExtension == "only"
    }

    /// Compares what is staged of notebooks with what is staged of their scripts.
    ///
    /// Only staged contents count: edits that are not staged are neither looked at nor written over. A notebook
    /// that names no script has it beside itself, unless git is told to ignore that.
    ///
    /// - Parameters:
    ///   - paths: The files to look at, as the person wrote them, changed or not; all changed ones when empty.
    ///   - action: What to do about a difference.
    /// - Returns: Each notebook and script of which one is meant.
    /// - Throws: ``Failure`` where the index cannot be read.
    public func checkStagedPairs(
        _ paths: [Path], _ action: StagedPairAction
    ) throws(Failure) -> [StagedPair] {
        var staged = try StagedFiles(self)
        var results: [StagedPair] = []
        var seen: Set<Path> = []
        for path in paths.isEmpty ? staged.changedPaths : try staged.paths(named: paths) {
            do throws(Failure) {
                guard let pair = try staged.pair(of: path) else {
                    if let left = staged.leftBehind(by: path) {
                        results.append(
                            StagedPair(
                                notebook: left.newName, script: path,
                                outcome: .leftBehind(left.path, newName: left.newName)))
                    }
                    continue
                }
                guard seen.insert(pair.notebook).inserted else { continue }
                let outcome =
                    if let left = staged.leftBehind(by: path) {
                        StagedPair.Outcome.leftBehind(left.path, newName: left.newName)
                    } else {
                        try check(pair, staged, action)
                    }
                results.append(
                    StagedPair(notebook: pair.notebook, script: pair.script, outcome: outcome))
            } catch {
                results.append(StagedPair(notebook: path, script: path, outcome: .failed(error)))
            }
        }
        return results
    }

    private func check(
        _ pair: Pair, _ files: StagedFiles, _ action: StagedPairAction
    ) throws(Failure) -> StagedPair.Outcome {
        guard let notebook = try files.content(of: pair.notebook), !files.keepsOut(pair.script)
        else { return .agreed }
        let script = try files.content(of: pair.script)
        let oldNotebook = try files.committedContent(of: pair.notebook)
        let oldScript = try files.committedContent(of: pair.script)
        let update: PairUpdate
        do throws(NotebookUpdate.Failure) {
            var agreement: PairUpdate.Agreement?
            // Where nothing changed since they disagreed, nobody knows which one is behind.
            if let oldNotebook, let oldScript, (oldNotebook, oldScript) != (notebook, script) {
                agreement = try? PairUpdate.Agreement(of: oldNotebook, and: oldScript)
            }
            // Without a script of its own, what is staged is the notebook.
            update = try PairUpdate(
                since: agreement, notebook: notebook, script: script ?? [],
                language: pair.language, options: pair.options,
                preferring: script == nil ? .notebook : nil)
        } catch { throw Failure(error, pair, in: self) }
        guard update.outcome != .doubted, update.outcome != .conflicting else {
            return .conflicting(update.conflictingCells)
        }
        let wanted = [
            StagedFace(path: pair.notebook, old: notebook, new: update.notebook),
            StagedFace(path: pair.script, old: script, new: update.script),
        ].filter { $0.old != $0.new }
        guard !wanted.isEmpty else { return .agreed }
        guard action != .check else { return .behind(wanted.map(\.path)) }
        return try StagedFaceWriter(checkout: self, pair: pair, script: update.script)
            .write(wanted, stages: action == .stage && !commitsNamedFiles)
    }
}

extension Failure {
    init(_ error: NotebookUpdate.Failure, _ pair: Pair, in checkout: Checkout) {
        switch error {
        case .notebook(let error): self.init(error, about: .path(checkout.shown(pair.notebook)))
        case .script(let error): self.init(error, about: .path(checkout.shown(pair.script)))
        }
    }
}
