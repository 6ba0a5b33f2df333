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
        let positive = patterns.filter { !$0.isNegated }
        func isMeant(_ path: Path) -> Bool { positive.contains { $0.matchesAnyFolder(of: path) } }
        let tracked: [Path]
        do throws(GitError) {
            let write = { () throws(GitError) in if !missing.isEmpty { try self.write(file) } }
            // The index comes first: where it is locked or broken, the pattern is not written either.
            if untracks {
                tracked = try repository.untrack(isMeant, preparedBy: write)
            } else {
                tracked = try repository.index().entries.map(\.path).filter(isMeant)
                try write()
            }
        } catch {
            throw Failure(error)
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
        if !removed.isEmpty {
            do throws(GitError) { try write(file) } catch { throw Failure(error) }
        }
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
                    "'\(String(decoding: pattern.text, as: UTF8.self))' cannot work: \(mistake.message)",
                    hint: fixed.isEmpty ? nil : "nbgit ignore add \(fixed)")
            }
            try requireUseful(pattern, word)
            patterns.append(pattern)
        }
        return patterns
    }

    /// Refuses a path of this machine, which is no path of the repository, and git's own folder.
    private func requireUseful(_ pattern: IgnorePattern, _ word: Path) throws(Failure) {
        let sign: [UInt8] = pattern.isNegated ? [UInt8(ascii: "!")] : []
        let path = Path(bytes: Array(pattern.text.dropFirst(sign.count)))
        if path.isAbsolute, let relative = path.relative(to: workTree) {
            let end: [UInt8] = pattern.isForFolders ? [UInt8(ascii: "/")] : []
            let rest = relative == "." ? Path("*") : relative
            var line = sign + [UInt8(ascii: "/")] + rest.bytes
            if line.last != end.last { line += end }
            throw Failure(
                "'\(word.displayName)' cannot work: a pattern begins at the root of the work tree",
                hint: "nbgit ignore add '\(Path(bytes: line).displayName)'")
        }
        guard path.components.first(where: { $0 != "/" }) == ".git" else { return }
        throw Failure(
            "'\(word.displayName)' needs no pattern: git never takes its own folder",
            hint: "leave it out; 'nbgit ignore list' shows what is ignored")
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

    private func write(_ file: IgnoreFile) throws(GitError) {
        do throws(SystemError) {
            _ = try File.replace(workTree.appending(Self.ignoreFile), with: file.bytes)
        } catch {
            throw GitError(error)
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
