public import Platform

/// What the ignore files of a repository say, read as they are needed.
///
///     .gitignore of the path's own folder        looked at first; in each file the last match decides
///     .gitignore of the folders above it
///     info/exclude
///     core.excludesFile                          looked at last
///
/// Below a folder that is ignored nothing can be taken back, and its `.gitignore` is not read.
/// Follows gitignore(5) and `prep_exclude` of git.
public final class IgnoreRules {
    /// The pattern that decides about a path, and where it stands.
    public struct Rule: Hashable, Sendable {
        /// The file: a path from the work tree, or as it was given for the files beside it.
        public let source: Path
        /// The line, from 1.
        public let lineNumber: Int
        /// What stands there; a negated one takes the path back.
        public let pattern: IgnorePattern
    }

    /// An ignore file and the folder that its patterns are seen from.
    public struct Source: Sendable {
        /// As in ``Rule/source``.
        public let path: Path
        /// The folder's path from the work tree; `.` for the work tree.
        public let base: Path
        /// Its text.
        public let file: IgnoreFile
        fileprivate let entries: [IgnoreFile.Entry]

        /// Its patterns from the top.
        public var rules: [Rule] {
            entries.map { Rule(source: path, lineNumber: $0.lineNumber, pattern: $0.pattern) }
        }

        init(path: Path, base: Path, bytes: [UInt8]) {
            self.path = path
            self.base = base
            file = IgnoreFile(bytes)
            entries = file.entries
        }
    }

    /// What holds inside a folder.
    private enum Folder {
        /// The folder is ignored, by this rule of a folder or of one above it.
        case ignored(Rule)
        /// The sources, the most important last.
        case open([Source])
    }

    private let workTree: Path
    private let ignoresCase: Bool
    private var folders: [Path: Folder]
    /// The folder that was asked for last: paths of one folder come together.
    private var last: (path: Path, folder: Folder)?

    /// - Parameters:
    ///   - workTree: The work tree's path.
    ///   - files: The ignore files beside `.gitignore`, the most important last: `core.excludesFile`, then
    ///     `info/exclude`. One that is missing or cannot be read has no patterns.
    ///   - ignoresCase: What `core.ignoreCase` says.
    public init(workTree: Path, files: [Path], ignoresCase: Bool = false) {
        self.workTree = workTree
        self.ignoresCase = ignoresCase
        var sources = files.compactMap { path in
            (try? File.read(workTree.appending(path))).map {
                Source(path: path, base: ".", bytes: $0)
            }
        }
        if let own = Self.source(in: ".", of: workTree) { sources.append(own) }
        folders = [".": .open(sources)]
    }

    /// The rule that decides about a path, for or against; nil where none does.
    ///
    /// - Parameters:
    ///   - relativePath: The path from the work tree, without a closing slash; it need not exist.
    ///   - isFolder: Whether it is a folder: patterns that end with a slash are for those only.
    /// - Returns: What `git check-ignore --verbose --no-index` shows.
    public func rule(for relativePath: Path, isFolder: Bool) -> Rule? {
        guard !relativePath.isWorkingFolder else { return nil }
        switch folder(of: relativePath) {
        case .ignored(let rule): return rule
        case .open(let sources): return rule(for: relativePath, isFolder: isFolder, in: sources)
        }
    }

    /// Whether a path is left out, by itself or with a folder it lies in.
    ///
    /// A tracked file can be ignored too; git looks at rules only for files it does not track.
    public func ignores(_ relativePath: Path, isFolder: Bool) -> Bool {
        rule(for: relativePath, isFolder: isFolder).map { !$0.pattern.isNegated } ?? false
    }

    /// The files that say something about what lies in a folder, the most important last; none below an
    /// ignored folder.
    public func sources(for folder: Path) -> [Source] {
        if case .open(let sources) = self.folder(folder) { sources } else { [] }
    }

    /// All rules of `source` that are about a path itself, for or against.
    public func rules(of source: Source, for relativePath: Path, isFolder: Bool) -> [Rule] {
        guard let path = relativePath.bytes(below: source.base) else { return [] }
        return source.entries.filter {
            $0.pattern.matches(path, isFolder: isFolder, ignoresCase: ignoresCase)
        }.map { Rule(source: source.path, lineNumber: $0.lineNumber, pattern: $0.pattern) }
    }

    private func rule(for relativePath: Path, isFolder: Bool, in sources: [Source]) -> Rule? {
        for source in sources.reversed() {
            guard let path = relativePath.bytes(below: source.base) else { continue }
            let entry = source.entries.last {
                $0.pattern.matches(path, isFolder: isFolder, ignoresCase: ignoresCase)
            }
            guard let entry else { continue }
            return Rule(
                source: source.path, lineNumber: entry.lineNumber, pattern: entry.pattern)
        }
        return nil
    }

    /// What holds where something lies.
    private func folder(of path: Path) -> Folder {
        if let last, path.isDirectly(in: last.path) { return last.folder }
        let parent = path.parent
        let folder = folder(parent)
        last = (parent, folder)
        return folder
    }

    private func folder(_ path: Path) -> Folder {
        if let known = folders[path] { return known }
        let found = read(path)
        folders[path] = found
        return found
    }

    private func read(_ path: Path) -> Folder {
        let above = folder(path.parent)
        guard case .open(let sources) = above else { return above }
        if let rule = rule(for: path, isFolder: true, in: sources), !rule.pattern.isNegated {
            return .ignored(rule)
        }
        guard let own = Self.source(in: path, of: workTree) else { return above }
        return .open(sources + [own])
    }

    /// The `.gitignore` of a folder; a symbolic link is none, as in git since 2.32.
    private static func source(in folder: Path, of workTree: Path) -> Source? {
        let path = folder.appending(".gitignore")
        let place = workTree.appending(path)
        guard (try? File.status(of: place, followingLinks: false))?.kind == .regular,
            let bytes = try? File.read(place)
        else { return nil }
        return Source(path: path, base: folder, bytes: bytes)
    }
}

extension Path {
    /// The bytes of this path seen from the folder `base`; nil where it does not lie below it.
    func bytes(below base: Path) -> ArraySlice<UInt8>? {
        guard !base.isWorkingFolder else { return bytes[...] }
        guard bytes.count > base.bytes.count + 1, bytes.starts(with: base.bytes),
            bytes[base.bytes.count] == .slash
        else { return nil }
        return bytes[(base.bytes.count + 1)...]
    }
}
