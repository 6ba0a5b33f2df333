public import Git
public import Notebook
public import Platform

/// Two states of the files to compare.
public enum DifferenceSides: Sendable {
    /// The index and the work tree.
    case unstaged
    /// A commit, the last one if nil, and the index.
    case staged(since: ObjectID?)
    /// A commit and the work tree.
    case workTree(since: ObjectID)
    /// Two commits.
    case commits(ObjectID, ObjectID)
}

/// How one file differs.
public struct FileDifference: Sendable {
    /// The two sides.
    public let change: FileChange
    /// The name of the new content; nil when it is gone.
    public let newID: ObjectID?
    /// What is to be shown of it.
    public let content: Content

    /// What is to be shown of a file.
    public enum Content: Sendable {
        /// The lines of the percent script, and what changed beside them.
        case notebook(TextDiff, NotebookDifference?)
        /// The lines of the file.
        case text(TextPatch)
        /// The lines of a notebook that cannot be read as one, and why.
        case brokenNotebook(TextPatch, NotebookError)
        /// Not text.
        case binary
        /// Only the name or the mode is different.
        case same
    }
}

extension Checkout {
    /// The files that differ, in the order of their paths.
    ///
    /// - Parameters:
    ///   - sides: What to compare.
    ///   - pathspec: Which files.
    ///   - readsFiles: Whether a file of the work tree is read where its time or size is another one; else
    ///     ``eachDifference(in:_:)`` finds those that hold the same.
    /// - Returns: One change for each file; files in conflict are left out.
    /// - Throws: ``Failure`` where something cannot be read.
    public func changes(
        _ sides: DifferenceSides, _ pathspec: Pathspec, readsFiles: Bool = true
    ) throws(Failure) -> [FileChange] {
        do throws(GitError) {
            let changes: [FileChange]
            switch sides {
            case .unstaged:
                let index = try repository.index()
                changes =
                    try readsFiles
                    ? repository.contentChanges(since: index)
                    : repository.possibleContentChanges(since: index)
            case .staged(let commit):
                var since = commit
                if since == nil { since = try repository.head().commit }
                changes = try repository.changes(from: since, to: repository.index())
            case .workTree(let commit):
                changes = try repository.workTreeChanges(sinceCommit: commit)
            case .commits(let old, let new):
                changes = try repository.changes(from: old, to: new)
            }
            // As in git, a file that is not meant is not where a meant one came from.
            return try repository.withRenames(changes.filter { pathspec.matches($0.path) })
        } catch {
            throw Failure(error)
        }
    }

    /// The files in conflict, which have more than two sides.
    public func conflicts(_ pathspec: Pathspec) throws(Failure) -> [Path] {
        do throws(GitError) {
            return try repository.index().conflicts.filter(pathspec.matches)
        } catch {
            throw Failure(error)
        }
    }

    /// Tells what is different in each file that does not hold the same; a notebook is compared as a percent
    /// script.
    ///
    /// The repository is asked on this thread, the contents are compared on several.
    ///
    /// - Parameters:
    ///   - changes: Which files.
    ///   - body: Is given them in order.
    /// - Throws: ``Failure`` where a content cannot be read, and what `body` throws.
    public func eachDifference(
        in changes: [FileChange], _ body: (FileDifference) throws(Failure) -> Void
    ) throws(Failure) {
        // So many files are in memory at once.
        let step = 32
        for start in stride(from: 0, to: changes.count, by: step) {
            let changes = Array(changes[start..<min(start + step, changes.count)])
            let contents = try changes.map { change throws(Failure) in
                do throws(GitError) {
                    return (old: try content(of: change.old), new: try content(of: change.new))
                } catch {
                    throw Failure(error)
                }
            }
            var differences: [Result<FileDifference, GitError>] = []
            Parallel.forEach(count: changes.count, workers: Processors.usableCount) { index in
                Result { () throws(GitError) in
                    try FileDifference(
                        changes[index], from: contents[index].old, to: contents[index].new)
                }
            } consume: { _, result in
                differences.append(result)
            }
            do throws(SystemError) { try Interrupt.check() } catch { throw Failure(error) }
            for result in differences {
                let difference: FileDifference
                do throws(GitError) { difference = try result.get() } catch { throw Failure(error) }
                if !difference.isEmpty { try body(difference) }
            }
        }
    }

    private func content(of side: FileChange.Side?) throws(GitError) -> [UInt8] {
        guard let side else { return [] }
        guard side.mode != .submodule else {
            var commit = side.id
            if commit == nil { commit = try repository.commit(ofSubmoduleAt: side.path) }
            return Array("Subproject commit \(commit?.description ?? "unknown")\n".utf8)
        }
        return try repository.content(of: side)
    }
}

extension FileDifference {
    /// Compares two contents, of nothing but memory.
    fileprivate init(
        _ change: FileChange, from old: [UInt8], to new: [UInt8]
    ) throws(GitError) {
        self.change = change
        content = try Self.content(change, from: old, to: new)
        var id = change.new?.id
        if id == nil, change.new != nil { id = try Repository.id(ofContent: new) }
        newID = id
    }

    /// Whether only the time of the file is another one.
    fileprivate var isEmpty: Bool {
        guard case .same = content else { return false }
        return change.kind == .modified && change.old?.mode == change.new?.mode
    }

    private static func content(
        _ change: FileChange, from old: [UInt8], to new: [UInt8]
    ) throws(GitError) -> Content {
        // What was of one kind and is of another is shown in two halves.
        guard old != new, change.kind != .typeChanged else { return .same }
        let sides = [change.old, change.new].compactMap(\.self)
        guard sides.allSatisfy({ $0.mode.isFile && $0.path.fileExtension == "ipynb" }) else {
            let isBinary = TextPatch.isBinary(old) || TextPatch.isBinary(new)
            return isBinary ? .binary : .text(try TextPatch(from: old, to: new))
        }
        do throws(NotebookError) {
            return try notebookContent(
                from: change.old == nil ? nil : NotebookReader(old),
                to: change.new == nil ? nil : NotebookReader(new))
        } catch {
            if TextPatch.isBinary(old) || TextPatch.isBinary(new) { return .binary }
            return .brokenNotebook(try TextPatch(from: old, to: new), error)
        }
    }

    private static func notebookContent(
        from old: NotebookReader?, to new: NotebookReader?
    ) -> Content {
        let contents = [new, old].compactMap { $0?.content }
        let language =
            contents.lazy.compactMap { Languages.language(of: $0.metadata) }.first
            ?? Languages.python
        func script(_ reader: NotebookReader?) -> [UInt8] {
            reader.map { PercentWriter.script(of: $0.content, language: language).bytes } ?? []
        }
        let text = TextDiff(from: script(old), to: script(new), language: language)
        guard let old, let new else { return .notebook(text, nil) }
        return .notebook(text, NotebookDifference(from: old, to: new))
    }
}
