public import Git
public import Platform

/// What `nbgit ignore add` and `nbgit ignore remove` did.
public struct IgnoreChange: Sendable {
    /// The file, from the root of the work tree.
    public let file: Path
    /// The patterns that were put in or taken out.
    public let changed: [IgnorePattern]
    /// The patterns that were there already, or that nobody had put in.
    public let unchanged: [IgnorePattern]
    /// Tracked files that match, which a pattern does not affect.
    public let tracked: [Path]
    /// Whether those were taken out of the index.
    public let isUntracked: Bool
}

extension Checkout {
    private static let ignoreFile: Path = ".gitignore"

    /// Puts patterns into the `.gitignore` at the root of the work tree, each once.
    ///
    /// - Parameters:
    ///   - words: Patterns as the person wrote them.
    ///   - untracks: Whether tracked files that match are taken out of the index; they stay on the disk.
    /// - Returns: What was done.
    /// - Throws: ``Failure`` for a pattern that cannot work, before anything is written.
    public func ignore(_ words: [Path], untracks: Bool) throws(Failure) -> IgnoreChange {
        let patterns = try patterns(words)
        var file = try readIgnoreFile()
        let missing = file.missing(patterns)
        file.add(missing, comment: Self.comment(for: missing))
        if !missing.isEmpty { try write(file) }
        let tracked = try tracked(matching: patterns.filter { !$0.isNegated })
        if untracks, !tracked.isEmpty {
            do throws(GitError) { try repository.untrack(tracked) } catch { throw Failure(error) }
        }
        return IgnoreChange(
            file: Self.ignoreFile, changed: missing,
            unchanged: patterns.filter { !missing.contains($0) }, tracked: tracked,
            isUntracked: untracks)
    }

    /// Takes patterns out of the `.gitignore` at the root of the work tree.
    ///
    /// - Parameter words: Patterns as they stand there.
    /// - Returns: What was done; that a pattern is not there is part of it.
    /// - Throws: ``Failure`` where the file cannot be read or replaced.
    public func stopIgnoring(_ words: [Path]) throws(Failure) -> IgnoreChange {
        var file = try readIgnoreFile()
        var removed: [IgnorePattern] = []
        var absent: [IgnorePattern] = []
        for word in words {
            guard let pattern = IgnorePattern(line: word.bytes) else {
                throw Failure("'\(word.displayName)' is a comment and no pattern")
            }
            if file.remove(pattern) > 0 { removed.append(pattern) } else { absent.append(pattern) }
        }
        if !removed.isEmpty { try write(file) }
        return IgnoreChange(
            file: Self.ignoreFile, changed: removed, unchanged: absent, tracked: [],
            isUntracked: false)
    }

    /// What the comment line above new patterns says.
    private static func comment(for patterns: [IgnorePattern]) -> String {
        let texts = patterns.map { String(decoding: $0.text, as: UTF8.self) }
        if texts.contains(where: { $0.hasSuffix(".ipynb") }) {
            return "notebooks; their scripts are in git"
        }
        return texts.allSatisfy { $0.hasPrefix(".ipynb_checkpoints") }
            ? "copies that Jupyter keeps" : "put here by 'nbgit ignore add'"
    }

    private func patterns(_ words: [Path]) throws(Failure) -> [IgnorePattern] {
        var patterns: [IgnorePattern] = []
        for word in words {
            guard !word.bytes.contains(0x0A), let pattern = IgnorePattern(line: word.bytes) else {
                let isComment = word.bytes.first == UInt8(ascii: "#") && !word.bytes.contains(0x0A)
                throw Failure(
                    "'\(word.displayName)' is \(isComment ? "a comment and " : "")no pattern",
                    hint: isComment
                        ? "write '\\\(word.displayName)' for a file that is called so" : nil)
            }
            if let mistake = IgnoreMistake(in: word.bytes) {
                let fixed = mistake.fixedLines.filter { $0.first != UInt8(ascii: "#") }
                    .map { "'\(String(decoding: $0, as: UTF8.self))'" }.joined(separator: " ")
                throw Failure(
                    "'\(word.displayName)' cannot work: \(mistake.message)",
                    hint: fixed.isEmpty ? nil : "nbgit ignore add \(fixed)")
            }
            patterns.append(pattern)
        }
        return patterns
    }

    private func readIgnoreFile() throws(Failure) -> IgnoreFile {
        let path = workTree.appending(Self.ignoreFile)
        do throws(SystemError) {
            switch try File.status(of: path, followingLinks: false)?.kind {
            case nil: return IgnoreFile()
            case .regular: return IgnoreFile(try File.read(path))
            default: break
            }
        } catch {
            throw Failure(error)
        }
        throw Failure(
            "not a file of its own, so git does not read it", path: Self.ignoreFile,
            hint: "replace it with a file")
    }

    private func write(_ file: IgnoreFile) throws(Failure) {
        do throws(SystemError) {
            try File.replace(workTree.appending(Self.ignoreFile), with: file.bytes)
        } catch {
            throw Failure(error)
        }
    }

    private func tracked(matching patterns: [IgnorePattern]) throws(Failure) -> [Path] {
        do throws(GitError) {
            return try repository.index().entries.map(\.path).filter { path in
                patterns.contains { $0.matchesAnyFolder(of: path) }
            }
        } catch {
            throw Failure(error)
        }
    }
}

extension IgnorePattern {
    /// Whether it matches the file or a folder that it lies in.
    fileprivate func matchesAnyFolder(of path: Path) -> Bool {
        var place = path
        while place != "." {
            if matches(place.bytes[...], isFolder: place != path) { return true }
            place = place.parent
        }
        return false
    }
}
