internal import Git
internal import Platform
internal import Workspace

extension Checkout {
    /// What the first word of a command line stands for, where it is a revision and no file is called so.
    ///
    /// - Parameters:
    ///   - word: The word.
    ///   - isRevision: Whether paths follow behind `--`, so that it can be nothing else.
    ///   - mayBeGone: Whether a file that is there no more can be meant.
    /// - Returns: The revision, or nil for a path or a pattern.
    /// - Throws: ``Failure`` where it is neither or could be both.
    func range(
        _ word: Path, isRevision: Bool, mayBeGone: Bool = false
    ) throws(Failure) -> RevisionRange? {
        guard let text = word.string else { return nil }
        let range: RevisionRange?
        do throws(GitError) { range = try repository.revisionRange(text) } catch {
            throw Failure(error)
        }
        let isFile = isFile(word)
        guard let range else {
            if !isRevision, mayBeGone || isKnown(word) { return nil }
            throw Failure(
                isRevision ? "not a revision" : "neither a revision nor a file", path: word,
                hint: "'nbgit log' shows commits, 'nbgit status' shows files")
        }
        guard isRevision || !isFile else {
            throw Failure(
                "both a revision and a file", path: word,
                hint: "write '-- \(text)' for the file, or 'refs/heads/\(text)' for the branch")
        }
        return range
    }

    /// Whether a path is a pattern, a file that is there or one that is tracked.
    func isKnown(_ word: Path) -> Bool {
        isFile(word) || tracks(word) || word.bytes.contains(where: "*?[:".utf8.contains)
    }

    private func isFile(_ word: Path) -> Bool {
        isInWorkTree && (try? File.status(of: word, followingLinks: false)) ?? nil != nil
    }

    private func tracks(_ path: Path) -> Bool {
        guard let relative = try? relative(path), let entries = try? repository.index().entries
        else {
            return false
        }
        return entries.contains { $0.path.relative(to: relative) != nil }
    }
}
