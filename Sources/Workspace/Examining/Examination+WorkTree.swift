internal import Git
internal import Notebook
internal import Platform

extension Examination {
    // MARK: Hooks

    /// Whether git calls nbgit before a commit, and hooks that git passes over.
    var hooks: [Remark] {
        guard let repository else { return [] }
        let hook: CommitHook
        do throws(Failure) { hook = try CommitHook(environment: environment) } catch {
            return [Remark(.hooks, error)]
        }
        let idle = remarks(on: .hooks) { () throws(GitError) in
            var idle: [Remark] = []
            for hook in Hook.allCases where hook != .preCommit {
                let file = try repository.file(of: hook)
                let isThere = (try? File.status(of: file)) != nil
                guard isThere, !File.isExecutable(file) else { continue }
                idle.append(
                    Remark(
                        .hooks, .todo,
                        "git passes over '\(hook.rawValue)', which is not executable",
                        hint: "make it so: chmod +x \(file.shellWord)"))
            }
            return idle
        }
        return [remark(hook)] + idle
    }

    private func remark(_ hook: CommitHook) -> Remark {
        let name = hook.file.displayName
        switch hook.state {
        case .installed:
            return Remark(.hooks, "\(name): git calls nbgit before a commit")
        case .foreign(_, callsNbgit: true):
            return Remark(.hooks, "\(name): not nbgit's, but calls it")
        case .foreign(let author, callsNbgit: false):
            return Remark(
                .hooks, .note,
                "\(name) does not call nbgit, so a script may be committed that is "
                    + "behind its notebook", hint: author.advice)
        case .notExecutable(let isOurs):
            return Remark(
                .hooks, .todo, "git passes over \(name), which is not executable",
                hint: isOurs ? "nbgit hooks install" : "make it so: chmod +x \(hook.file.shellWord)"
            )
        case .absent:
            let config = repository?.workTree?.appending(".pre-commit-config.yaml")
            let hasFramework = config.flatMap { try? File.status(of: $0) } != nil
            return Remark(
                .hooks, .note, "git does not call nbgit before a commit",
                hint: hasFramework
                    ? "have .pre-commit-config.yaml do it: pre-commit install"
                    : "keep scripts from falling behind: nbgit hooks install")
        }
    }

    // MARK: Ignore files

    /// What is kept out of git, and what of it is missing.
    var ignoring: [Remark] {
        guard let repository else { return [] }
        return remarks(on: .ignoring) { () throws(GitError) in
            let rules = try repository.ignoreRules()
            let tracked = try repository.index().entries.map(\.path)
            let copies = tracked.filter { $0.components.contains(".ipynb_checkpoints") }
            let notebooks = tracked.filter { $0.fileExtension == "ipynb" }.count - copies.count
            return [onNotebooks(notebooks, isIgnored: rules.ignores("a.ipynb", isFolder: false))]
                + onCopies(
                    copies.count, isIgnored: rules.ignores(".ipynb_checkpoints", isFolder: true))
                + mistakes(in: rules.sources(for: "."))
        }
    }

    private func onNotebooks(_ tracked: Int, isIgnored: Bool) -> Remark {
        switch (tracked > 0, isIgnored) {
        case (false, true): return Remark(.ignoring, "notebooks are kept out of git")
        case (true, false): return Remark(.ignoring, "git keeps \(tracked.counted("notebook"))")
        case (true, true):
            return Remark(
                .ignoring, .note,
                "git keeps \(tracked.counted("notebook")), though new ones are ignored",
                hint: "keep all of them out, and on the disk: nbgit ignore add '*.ipynb' --untrack")
        case (false, false):
            return Remark(
                .ignoring, .note, "notebooks are neither kept in git nor out of it",
                hint: "keep them out, as their scripts are in it: nbgit ignore add '*.ipynb'")
        }
    }

    private func onCopies(_ tracked: Int, isIgnored: Bool) -> [Remark] {
        let line = "nbgit ignore add .ipynb_checkpoints/"
        if tracked > 0 {
            return [
                Remark(
                    .ignoring, .todo,
                    "git keeps \(tracked.counted("copy", "copies")) that Jupyter made for itself",
                    hint: "\(line) --untrack")
            ]
        }
        guard !isIgnored else { return [] }
        return [
            Remark(
                .ignoring, .note, "Jupyter's own copies of notebooks are not kept out of git",
                hint: line)
        ]
    }

    private func mistakes(in sources: [IgnoreRules.Source]) -> [Remark] {
        sources.flatMap { source in
            source.rules.compactMap { rule in
                guard let mistake = IgnoreMistake(in: source.file.line(rule.lineNumber)) else {
                    return nil
                }
                var failure = Failure(
                    mistake.message, path: source.path,
                    hint: "see what to write instead: nbgit ignore check")
                failure.line = rule.lineNumber
                return Remark(.ignoring, failure)
            }
        }
    }

    // MARK: Pairs

    /// How many pairs there are in the work tree, and what is wrong with those that have something wrong.
    var pairs: [Remark] {
        guard let workTree = repository?.workTree, let folder else { return [] }
        var syncing = Syncing([workTree.seen(from: folder)], environment: environment)
        syncing.isDry = true
        var results: [SyncResult] = []
        do throws(Failure) {
            try syncing.run(workers: Processors.usableCount) { results.append($0) }
        } catch { return [Remark(.pairs, error)] }
        let open = results.filter { !$0.isInStep && !$0.isLeftToOthers && $0.failure == nil }
        let changed = results.count(where: \.isChange)
        var remarks = results.compactMap { result in
            result.failure.map { Remark(.pairs, $0) }
        }
        if let first = open.first {
            remarks.append(
                Remark(
                    .pairs, .todo,
                    "\(open.count.counted("pair")) to decide on, as both sides were edited or one is gone: "
                        + first.notebook.displayName + (open.count > 1 ? ", …" : ""),
                    hint: "see what is to be decided: nbgit sync --check"))
        }
        if changed > 0 {
            remarks.append(
                Remark(
                    .pairs, .note, "\(changed.counted("pair")) to be brought into step",
                    hint: "nbgit sync"))
        }
        let others = results.count(where: \.isLeftToOthers)
        guard remarks.isEmpty else { return remarks }
        let same = results.count - others
        let left = others > 0 ? ", \(others) left to jupytext" : ""
        return [Remark(.pairs, results.isEmpty ? "none here" : "\(same) in step\(left)")]
    }

    // MARK: Settings

    /// The file of settings that counts here, if it can be read.
    var settings: [Remark] {
        guard let folder else { return [] }
        var finder = SettingsFinder(environment: environment)
        do throws(Failure) {
            guard let found = try finder.settings(for: folder) else {
                return [Remark(.settings, "none, and none are needed")]
            }
            return [Remark(.settings, found.file.displayName)]
        } catch { return [Remark(.settings, error)] }
    }
}
