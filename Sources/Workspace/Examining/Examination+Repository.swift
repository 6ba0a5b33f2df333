internal import Git
internal import Platform

extension Examination {
    /// Why nbgit does not work in the repository, all of it; none where it does, and where there is none.
    var refusals: [GitError] {
        guard let repository, repository.workTree != nil else { return [] }
        do throws(GitError) {
            var found = try repository.refusals()
            do throws(GitError) { _ = try repository.index() } catch  where found.isEmpty {
                found.append(error)
            } catch {}
            return found
        } catch { return [error] }
    }

    var repositoryRemarks: [Remark] {
        guard let repository else {
            guard !problems.contains(where: { $0.topic == .repository }) else { return [] }
            if let folder,
                let workspace = try? WorkspaceFolder(around: folder, environment: environment)
            {
                return [
                    Remark(
                        .repository, .note,
                        "none, but a workspace with "
                            + workspace.members.count.counted("repository", "repositories"),
                        hint: "see how they are: nbgit workspace status")
                ]
            }
            return [
                Remark(
                    .repository, .note, "there is none around this folder",
                    hint: "make one here with 'nbgit init', or go to one with 'nbgit -C <dir>'")
            ]
        }
        return [headline(repository)] + refusals.map { Remark(.repository, Failure($0)) }
            + repository.foreignLocks.map { Remark(.repository, Failure($0)) }
            + progress(repository) + unsent(repository) + limits(repository)
    }

    /// Where it is, and on what branch.
    private func headline(_ repository: Repository) -> Remark {
        guard let workTree = repository.workTree else {
            return Remark(
                .repository, .note,
                "\(repository.layout.gitFolder.displayName) is bare: there are no files to work on",
                hint: "clone it to work on its files: nbgit clone <folder>")
        }
        let place = workTree.displayName
        guard !isInGitFolder else {
            return Remark(
                .repository, .note,
                "\(place); this folder is git's own, where nothing is worked on",
                hint: "nbgit -C \(workTree.shellWord) doctor")
        }
        do throws(GitError) {
            switch try repository.head() {
            case .branch(let name, _):
                return Remark(.repository, "\(place), on branch \(name.short.displayName)")
            case .unborn(let name):
                return Remark(
                    .repository,
                    "\(place), on branch \(name.short.displayName), which has no commit yet")
            case .detached(let commit):
                return Remark(
                    .repository, .note, "\(place), at commit \(commit.abbreviated), on no branch",
                    hint:
                        "go to one: nbgit switch <branch>; or make one here: nbgit switch -c <name>"
                )
            }
        } catch { return Remark(.repository, Failure(error)) }
    }

    /// What was begun and waits for the person.
    private func progress(_ repository: Repository) -> [Remark] {
        // An index that cannot be read is a refusal.
        guard let conflicts = try? repository.index().conflicts else { return [] }
        if let operation = repository.operation {
            return [
                Remark(
                    .repository, .todo, operation.advice(hasConflicts: !conflicts.isEmpty))
            ]
        }
        guard let first = conflicts.first else { return [] }
        return [
            Remark(
                .repository, .todo, "\(conflicts.count.counted("file")) in conflict",
                hint:
                    "take a side with 'nbgit resolve --ours|--theirs \(first.displayName)', or edit "
                    + "it and 'nbgit add \(first.displayName)'")
        ]
    }

    /// What a day's work that stopped has left here.
    private func unsent(_ repository: Repository) -> [Remark] {
        guard let upstream = try? repository.currentUpstream() else { return [] }
        guard let distance = upstream.distance else {
            // A branch without a commit has none, whatever the server has.
            guard (try? repository.head().commit) ?? nil != nil else { return [] }
            return [
                Remark(
                    .repository, .note,
                    "the branch follows '\(upstream.name)', which is gone there",
                    hint: "push it again: nbgit push")
            ]
        }
        guard distance.ahead > 0 else { return [] }
        return [
            Remark(
                .repository, .note,
                "\(distance.ahead.counted("commit")) that '\(upstream.name)' does not have",
                hint: "send \(distance.ahead == 1 ? "it" : "them"): nbgit push, or nbgit save")
        ]
    }

    /// What can be done there, and what cannot.
    private func limits(_ repository: Repository) -> [Remark] {
        var remarks: [Remark] = []
        let gitFolder = repository.layout.gitFolder
        let closed = [repository.workTree, gitFolder, repository.layout.commonFolder]
            .compactMap(\.self).first { !File.isWritable($0) }
        if let closed {
            remarks.append(
                Remark(
                    .repository, .todo, "nothing can be written into \(closed.displayName)",
                    hint: "see whose it is: ls -ld \(closed.shellWord)"))
        }
        if environment["GIT_DIR"] != nil {
            remarks.append(
                Remark(
                    .repository, .note, "GIT_DIR says where it is, wherever you are",
                    hint: "unset GIT_DIR, unless that is meant"))
        }
        if repository.isShallow {
            remarks.append(
                Remark(
                    .repository, .note, "it is shallow: older commits were left out",
                    hint: "get them where you need them: git fetch --unshallow"))
        }
        let entries = (try? repository.index().entries) ?? []
        let submodules = entries.count { $0.mode == .submodule }
        if submodules > 0 {
            remarks.append(
                Remark(
                    .repository, .note,
                    "\(submodules.counted("submodule")), whose changes are committed there",
                    hint: "look there first: nbgit -C <dir> status"))
        }
        if let checkout = try? folder.map({ try Checkout(around: $0, environment: environment) }),
            let isReadOnly = try? checkout.isReadOnly(Connections(environment: environment)),
            isReadOnly
        {
            remarks.append(
                Remark(
                    .repository, .note,
                    "it is for reading only: nbgit does not commit, push or restore here",
                    hint: "if it need not be: git config --unset nbgit.readOnly, or "
                        + "nbgit connection set <name> --no-read-only"))
        }
        return remarks
    }

    // MARK: Who commits

    var identity: [Remark] {
        guard let configuration else { return [] }
        return remarks(on: .identity) { () throws(GitError) in
            let author = try Identity(
                .author, configuration: configuration, environment: environment)
            let committer = try Identity(
                .committer, configuration: configuration, environment: environment)
            if let problem = author.problem ?? committer.problem {
                return [Remark(.identity, Failure(problem))]
            }
            guard let name = author.name, let email = author.email else { return [] }
            let sources = [name, email].map { source($0.source, configuration) }
            let places = sources[0] == sources[1] ? sources[0] : sources.joined(separator: " and ")
            return [Remark(.identity, "\(name.value) <\(email.value)>, from \(places)")]
        }
    }

    /// Where a part of the identity is from: a variable, or a file.
    private func source(_ source: Identity.Source, _ configuration: Configuration) -> String {
        switch source {
        case .variable(let name): name
        case .setting(let entry):
            configuration.files.files[entry.level]?.displayName ?? "the environment"
        }
    }
}
