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

    /// Compares what is staged of notebooks with what is staged of their scripts.
    ///
    /// Only staged contents count: edits that are not staged are neither looked at nor written over. A notebook
    /// that names no script has it beside itself.
    ///
    /// - Parameters:
    ///   - paths: The files to look at, as the person wrote them; all that are staged when empty.
    ///   - action: What to do about a difference.
    /// - Returns: Each notebook and script of which one is staged.
    /// - Throws: ``Failure`` where the index cannot be read.
    public func checkStagedPairs(
        _ paths: [Path], _ action: StagedPairAction
    ) throws(Failure) -> [StagedPair] {
        let pathspec = paths.isEmpty ? Pathspec.all : try pathspec(paths)
        var staged = try StagedFiles(self)
        var results: [StagedPair] = []
        for path in staged.changedPaths where pathspec.matches(path) {
            do throws(Failure) {
                guard let pair = try staged.pair(of: path),
                    !results.contains(where: { $0.notebook == pair.notebook })
                else { continue }
                results.append(
                    StagedPair(
                        notebook: pair.notebook, script: pair.script,
                        outcome: try check(pair, staged, action)))
            } catch {
                results.append(StagedPair(notebook: path, script: path, outcome: .failed(error)))
            }
        }
        return results
    }

    private func check(
        _ pair: Pair, _ files: StagedFiles, _ action: StagedPairAction
    ) throws(Failure) -> StagedPair.Outcome {
        guard let notebook = try files.content(of: pair.notebook) else { return .agreed }
        let script = try files.content(of: pair.script)
        let oldNotebook = try files.committedContent(of: pair.notebook)
        let oldScript = try files.committedContent(of: pair.script)
        let update: PairUpdate
        do throws(NotebookUpdate.Failure) {
            var agreement: PairUpdate.Agreement?
            if let oldNotebook, let oldScript {
                agreement = try? PairUpdate.Agreement(of: oldNotebook, and: oldScript)
            }
            // Without a script of its own, what is staged is the notebook.
            update = try PairUpdate(
                since: agreement, notebook: notebook, script: script ?? [],
                language: pair.language, options: pair.options,
                preferring: script == nil ? .notebook : nil)
        } catch {
            switch error {
            case .notebook(let error): throw Failure(error, about: .path(shown(pair.notebook)))
            case .script(let error): throw Failure(error, about: .path(shown(pair.script)))
            }
        }
        guard update.outcome != .doubted, update.outcome != .conflicting else {
            return .conflicting(update.conflictingCells)
        }
        let wanted = [
            (path: pair.notebook, old: Optional(notebook), new: update.notebook),
            (path: pair.script, old: script, new: update.script),
        ].filter { $0.old != $0.new }
        guard !wanted.isEmpty else { return .agreed }
        guard action != .check else { return .behind(wanted.map(\.path)) }
        for file in wanted where try !canWrite(file.path, staged: file.old, new: file.new) {
            return .blocked(file.path)
        }
        do throws(SystemError) {
            for file in wanted {
                let place = workTree.appending(file.path)
                try Folder.create(place.parent)
                try File.replace(place, with: file.new, durable: true)
            }
        } catch { throw Failure(error) }
        guard action == .stage else { return .written(wanted.map(\.path)) }
        _ = try add(wanted.map { shown($0.path) }, everything: false)
        return .staged(wanted.map(\.path))
    }

    /// Whether nothing is lost when a file of the work tree is written.
    private func canWrite(
        _ path: Path, staged: [UInt8]?, new: [UInt8]
    ) throws(Failure) -> Bool {
        let place = workTree.appending(path)
        do throws(SystemError) {
            guard try File.status(of: place, followingLinks: false) != nil else { return true }
            let bytes = try File.read(place)
            if bytes == new || bytes.isEmpty { return true }
            guard let staged else { return false }
            if bytes == staged { return true }
        } catch { throw Failure(error) }
        do throws(GitError) {
            // What git stores may have other line ends than the file.
            return try repository.content(ofFileAt: path, mode: .regular) == staged
        } catch { throw Failure(error) }
    }
}
