public import Git
public import Platform

/// What `nbgit add` did.
public struct AddReport: Sendable {
    /// What was put into the index and taken out of it; paths from the root of the work tree.
    public let staging: Staging
    /// The paths of the command line that are ignored and so were left out.
    public let ignored: [Ignored]
    /// What filter programs failed at, whose files were staged as they are, and folders that cannot be read.
    public let notes: [Failure]

    /// A path that was left out.
    public struct Ignored: Sendable {
        /// As the person wrote it.
        public let path: Path
        /// What ignores it, or a folder that it lies in.
        public let rule: IgnoreRules.Rule
    }
}

extension Checkout {
    /// Puts files of the work tree into the index, for the next commit.
    ///
    /// - Parameters:
    ///   - paths: Names, folders and patterns as the person wrote them.
    ///   - everything: Whether all of the work tree is meant; then there are no paths.
    /// - Returns: What was done. That a path is ignored is part of the report.
    /// - Throws: ``Failure`` where a path means nothing at all; nothing is staged then.
    public func add(_ paths: [Path], everything: Bool) throws(Failure) -> AddReport {
        let pathspec = everything ? Pathspec.all : try pathspec(paths)
        do throws(GitError) {
            var ignored: [AddReport.Ignored] = []
            for item in pathspec.items {
                switch try meaning(of: item) {
                case .something: continue
                case .ignored(let rule): ignored.append(.init(path: item.text, rule: rule))
                case .nothing:
                    throw GitError(
                        item.isLiteral ? "no such file or directory" : "no file matches",
                        path: item.text)
                }
            }
            let staging = try repository.stage(pathspec)
            let notes = repository.takeFilterFailures() + repository.takePassedOver()
            return AddReport(
                staging: staging, ignored: ignored, notes: notes.map { Failure($0) })
        } catch {
            throw Failure(error)
        }
    }

    /// What a word of the command line stands for.
    enum Meaning {
        case something
        case ignored(IgnoreRules.Rule)
        case nothing
    }

    func meaning(of item: Pathspec.Item) throws(GitError) -> Meaning {
        guard item.path != "." else { return .something }
        let status = try? File.status(of: workTree.appending(item.path), followingLinks: false)
        if item.isLiteral, let status {
            let rules = try repository.ignoreRules()
            let rule = rules.rule(for: item.path, isFolder: status.kind == .folder)
            guard let rule, !rule.pattern.isNegated else { return .something }
            return try isTracked(item) ? .something : .ignored(rule)
        }
        if try isTracked(item) { return .something }
        guard !item.isLiteral else { return .nothing }
        let files = try repository.untrackedFiles(
            besides: repository.index().entries, Pathspec(item))
        return files.isEmpty ? .nothing : .something
    }

    private func isTracked(_ item: Pathspec.Item) throws(GitError) -> Bool {
        try repository.index().entries.contains { item.matches($0.path) }
    }
}
