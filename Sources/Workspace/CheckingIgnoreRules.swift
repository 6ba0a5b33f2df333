public import Git
public import Platform

/// A line of an ignore file that was looked at.
public struct IgnoreLine: Sendable {
    /// The file, from the root of the work tree or absolute.
    public let file: Path
    /// The line, from 1.
    public let lineNumber: Int
    /// What stands there.
    public let pattern: IgnorePattern
    /// Why it cannot work; nil when it can.
    public let mistake: IgnoreMistake?
    /// Whether it is about any file or folder that exists.
    public let isUsed: Bool
}

/// Which rule decides about a path.
public struct IgnoreAnswer: Sendable {
    /// From the root of the work tree.
    public let path: Path
    /// The last rule that matches; nil when none does.
    public let rule: IgnoreRules.Rule?
    /// Whether git knows the file, so that no rule affects it.
    public let isTracked: Bool

    /// Whether the path is left out.
    public var isIgnored: Bool { !isTracked && rule.map { !$0.pattern.isNegated } ?? false }
}

extension Checkout {
    /// All patterns of all ignore files that git reads, with what is wrong with them.
    ///
    /// - Returns: Those of `core.excludesFile` and `info/exclude` first, then those of `.gitignore` files in the
    ///   order of their folders.
    /// - Throws: ``Failure`` where the configuration cannot be read.
    public func ignoreLines() throws(Failure) -> [IgnoreLine] {
        let rules = try ignoreRules()
        var sources: [IgnoreRules.Source] = rules.sources(for: ".")
        var used: Set<IgnoreRules.Rule> = []
        _ = Folder.walk(workTree) { entry in
            guard entry.name != ".git" else { return .skip }
            let isFolder = entry.kind == .folder
            for source in rules.sources(for: entry.relativePath.parent) {
                used.formUnion(rules.rules(of: source, for: entry.relativePath, isFolder: isFolder))
            }
            guard isFolder, !rules.ignores(entry.relativePath, isFolder: true) else { return .skip }
            if let own = rules.sources(for: entry.relativePath).last, own.base == entry.relativePath
            {
                sources.append(own)
            }
            return .descend
        }
        return sources.flatMap { source in
            source.rules.map { rule in
                let line = source.file.line(rule.lineNumber)
                return IgnoreLine(
                    file: source.path, lineNumber: rule.lineNumber, pattern: rule.pattern,
                    mistake: IgnoreMistake(in: line)
                        ?? IgnoreMistake(takingBack: rule.pattern, in: source, rules),
                    isUsed: used.contains(rule))
            }
        }
    }

    /// Which rule decides about each path.
    ///
    /// - Parameter paths: As the person wrote them; they need not exist.
    /// - Returns: An answer for each path.
    /// - Throws: ``Failure`` for a path that is not below the work tree.
    public func ignoreAnswers(for paths: [Path]) throws(Failure) -> [IgnoreAnswer] {
        let rules = try ignoreRules()
        let tracked: Set<Path>
        do throws(GitError) { tracked = Set(try repository.index().entries.map(\.path)) } catch {
            throw Failure(error)
        }
        var answers: [IgnoreAnswer] = []
        for path in paths {
            let relative = try relative(path)
            let status = try? File.status(of: workTree.appending(relative), followingLinks: false)
            let isFolder = status?.kind == .folder || path.bytes.last == UInt8(ascii: "/")
            answers.append(
                IgnoreAnswer(
                    path: relative, rule: rules.rule(for: relative, isFolder: isFolder),
                    isTracked: tracked.contains(relative)))
        }
        return answers
    }

    private func ignoreRules() throws(Failure) -> IgnoreRules {
        do throws(GitError) { return try repository.ignoreRules() } catch { throw Failure(error) }
    }
}

extension IgnoreMistake {
    /// Finds out that a negated pattern names something below a folder that is ignored.
    fileprivate init?(
        takingBack pattern: IgnorePattern, in source: IgnoreRules.Source, _ rules: IgnoreRules
    ) {
        guard pattern.isNegated, let folder = pattern.namedFolder,
            let rule = rules.rule(for: source.base.appending(folder), isFolder: true),
            !rule.pattern.isNegated
        else { return nil }
        let culprit = String(decoding: rule.pattern.text, as: UTF8.self)
        self.init(
            "nothing is taken back below a folder that is ignored; '\(culprit)' in "
                + "\(rule.source.displayName):\(rule.lineNumber) ignores '\(folder.displayName)'")
    }
}
