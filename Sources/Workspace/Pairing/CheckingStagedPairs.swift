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
        let memory = try PairMemory(for: workTree, environment: repository.environment)
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
                        try check(pair, staged, memory, action)
                    }
                results.append(
                    StagedPair(notebook: pair.notebook, script: pair.script, outcome: outcome))
            } catch {
                guard !error.isForOthers else { continue }
                results.append(StagedPair(notebook: path, script: path, outcome: .failed(error)))
            }
        }
        return results
    }

    private func check(
        _ pair: Pair, _ files: StagedFiles, _ memory: PairMemory, _ action: StagedPairAction
    ) throws(Failure) -> StagedPair.Outcome {
        guard let notebook = try files.content(of: pair.notebook), !files.keepsOut(pair.script)
        else { return .agreed }
        let script = try files.content(of: pair.script)
        // Without a script of its own, what is staged is the notebook; one that is gone is no empty one.
        var update = try self.update(
            pair, notebook, script ?? [],
            since: script == nil ? nil : files.committedAgreement(of: pair),
            preferring: script == nil ? .notebook : nil)
        if update.outcome == .doubted, let script {
            let present = try presentFaces(of: pair)
            if present.notebook == notebook, present.script == script {
                update = try self.update(
                    pair, notebook, script, since: memory.entry(for: pair, in: self)?.agreement)
            } else if present.notebook == notebook || present.script == script,
                let agreed = try? self.update(pair, present.notebook, present.script),
                agreed.outcome == .agreed
            {
                // The files agree: the one that is not staged as it is belongs to the other.
                update = agreed
            }
        }
        guard update.outcome != .doubted, update.outcome != .conflicting else {
            return .conflicting(update.conflictingCells)
        }
        let wanted = [
            StagedFace(path: pair.notebook, old: notebook, new: update.notebook),
            StagedFace(path: pair.script, old: script, new: update.script),
        ].filter { $0.old != $0.new }
        guard action != .check else {
            return wanted.isEmpty ? .agreed : .behind(wanted.map(\.path))
        }
        let writer = StagedFaceWriter(
            checkout: self, memory: memory, pair: pair, script: update.script)
        let outcome =
            try wanted.isEmpty
            ? .agreed : writer.write(wanted, stages: action == .stage && !commitsNamedFiles)
        // Before the first commit nothing else says later which of them was changed. What was remembered may
        // be of later edits, unless the files are now as they are staged.
        if outcome.isInStep, outcome != .agreed || memory.entry(for: pair, in: self) == nil,
            let agreement = try? PairUpdate.Agreement(of: update.notebook, and: update.script)
        {
            let place = workTree.appending(pair.notebook)
            try? memory.remember(agreement, of: place, and: workTree.appending(pair.script))
        }
        return outcome
    }

    private func update(
        _ pair: Pair, _ notebook: [UInt8], _ script: [UInt8],
        since agreement: PairUpdate.Agreement? = nil, preferring preferred: PairUpdate.Face? = nil
    ) throws(Failure) -> PairUpdate {
        do throws(NotebookUpdate.Failure) {
            return try PairUpdate(
                since: agreement, notebook: notebook, script: script, language: pair.language,
                options: pair.options, preferring: preferred)
        } catch { throw Failure(error, pair, in: self) }
    }

    /// What git would store of the files in the work tree; nothing for one that is not there.
    private func presentFaces(
        of pair: Pair
    ) throws(Failure) -> (notebook: [UInt8], script: [UInt8]) {
        func content(_ path: Path) throws(Failure) -> [UInt8] {
            guard (try? File.status(of: workTree.appending(path)))?.kind == .regular else {
                return []
            }
            do throws(GitError) {
                return try repository.content(ofFileAt: path, mode: .regular)
            } catch { throw Failure(error) }
        }
        return (try content(pair.notebook), try content(pair.script))
    }
}

extension PairMemory {
    /// What is remembered of a pair that is named from the root of the work tree.
    fileprivate func entry(for pair: Pair, in checkout: Checkout) -> Entry? {
        let entry = entry(for: checkout.workTree.appending(pair.notebook))
        return entry?.script == checkout.workTree.appending(pair.script) ? entry : nil
    }
}

extension StagedPair.Outcome {
    /// Whether both say the same now, be it staged or not.
    fileprivate var isInStep: Bool {
        switch self {
        case .agreed, .unstaged, .staged: true
        case .behind, .blocked, .occupied, .leftBehind, .conflicting, .failed: false
        }
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
