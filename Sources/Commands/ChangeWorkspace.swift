internal import Arguments
internal import Git
internal import Notebook
internal import Platform
internal import Workspace

/// `nbgit workspace add`: one more repository.
struct AddToWorkspace: Runnable {
    var source = ""
    var name: String?
    var isInside = false
    var mostAdditional: Int?
    var readsToken = false
    var isJSON = false

    static let spec = CommandSpec<AddToWorkspace>(
        summary: "Clone one more repository into the workspace",
        discussion: "When it cannot be cloned, the workspace stays as it was.",
        examples: [
            "nbgit workspace add notes": "Clone what a connection leads to",
            "nbgit workspace add https://example.com/team/maps.git --name atlas":
                "Clone it into the folder 'atlas'",
        ],
        parameters: [
            .operand("name|url", \.source, help: "A connection, or an address"),
            .option("name", \.name, "name", help: "What to call it, and its folder"),
            .flag("inside", \.isInside, help: "Clone it into the work tree of the default"),
            .option(
                "max-additional", \.mostAdditional, "n", help: "Allow <n> additional ones, not 3"),
            .tokenFromStandardInput(\.readsToken),
            .flag("json", \.isJSON, help: "Print a report as JSON"),
        ])

    func check() throws(UsageError) { try InitWorkspace.check(mostAdditional) }

    func run(in context: Context) throws(Failure) -> ExitCode {
        Interrupt.install()
        let context = context.forWorkspaces
        let before = try context.workspace()
        var workspace = before
        if let mostAdditional { workspace.allow(additional: mostAdditional) }
        var source = try context.source(source)
        if let name { source = try WorkspaceSource(source, name: name) }
        let member = try workspace.add(source, isInside: isInside)
        let cloning = try MemberCloning(
            WorkspaceRound("workspace add", workspace, in: context, isJSON: isJSON),
            [member], readsToken: readsToken)
        let code = try cloning.round.run(over: [member], "could not be cloned") {
            member throws(Failure) in
            do throws(Failure) {
                let outcome = try cloning.clone(member)
                // Somebody may have changed it meanwhile.
                var now = try WorkspaceFolder(at: workspace.path, environment: context.environment)
                if let mostAdditional { now.allow(additional: mostAdditional) }
                _ = try now.add(source, isInside: isInside)
                try now.write()
                return outcome
            } catch {
                try? cloning.round.exclude(before)
                throw error
            }
        }
        return code
    }
}

/// `nbgit workspace rm`: removes a repository that has nothing of its own.
struct RemoveFromWorkspace: Runnable {
    var name = ""
    var isForced = false
    var isJSON = false

    static let spec = CommandSpec<RemoveFromWorkspace>(
        summary: "Remove a repository and its folder from the workspace",
        discussion: """
            Refused while anything in it is nowhere else: changes that are not committed, files that git does not \
            know, ignored notebooks whose scripts lack something, stashes, commits that no server is known to have, \
            a merge or a rebase that is not finished. Other ignored files go with it. No server is asked.
            """,
        examples: [
            "nbgit workspace rm notes": "Remove it, if nothing is lost",
            "nbgit workspace rm notes --force": "Remove it with what is only there",
        ],
        parameters: [
            .operand("name", \.name, help: "The repository"),
            .flag("force", letter: "f", \.isForced, help: "Throw away what is nowhere else"),
            .flag("json", \.isJSON, help: "Print a report as JSON"),
        ])

    func run(in context: Context) throws(Failure) -> ExitCode {
        Interrupt.install()
        let context = context.forWorkspaces
        let console = context.console
        var workspace = try context.workspace()
        let member = try workspace.member(named: name)
        let round = try WorkspaceRound("workspace rm", workspace, in: context, isJSON: isJSON)
        try workspace.remove(member)
        let losses = try losses(of: member, round)
        if !losses.isEmpty, !isForced {
            if isJSON { try put(false, round.workspace, member, losses, console) }
            console.report(
                Failure(
                    "is not removed, as this is nowhere else", path: Path(name),
                    hint:
                        "save it with 'nbgit save' and push every branch; or throw all of it away: "
                        + "nbgit workspace rm \(Path(name).shellWord) --force"))
            console.show(example: losses)
            return .no
        }
        try workspace.discard(member) { () throws(Failure) in
            if workspace.members.isEmpty { try workspace.unwrite() } else { try workspace.write() }
            try? round.exclude(workspace)
        }
        if isJSON { try put(true, round.workspace, member, losses, console) }
        console.say(losses.isEmpty ? "removed \(name)" : "removed \(name), and with it:")
        if !console.isQuiet { console.show(example: losses) }
        return .done
    }

    /// What would be lost, in words; with `--force` also that this could not be found out.
    private func losses(
        of member: WorkspaceMember, _ round: WorkspaceRound
    ) throws(Failure) -> [String] {
        guard try round.workspace.place(of: member) != nil else { return [] }
        do throws(Failure) {
            return try round.visit(member) { checkout throws(Failure) in
                try checkout.requireOwnGitFolder()
                return try checkout.unsavedWork(environment: round.context.environment)
            }.sentences(in: nil)
        } catch {
            guard isForced, !error.isInterruption else { throw error }
            return ["what was in it could not be found out: \(error.sentence)"]
        }
    }

    private func put(
        _ isDone: Bool, _ workspace: WorkspaceFolder, _ member: WorkspaceMember,
        _ losses: [String], _ console: Console
    ) throws(Failure) {
        var object: JSONObject = ["operation": "workspace rm", "ok": isDone.json]
        object.add(workspace.object(of: member))
        object[isDone ? "lost" : "unsaved"] = losses.json
        try console.put(.object(object))
    }
}

extension UnsavedWork {
    /// What would be lost, a line for each kind.
    fileprivate func sentences(in folder: Path?) -> [String] {
        func list(_ paths: [Path]) -> String {
            let shown = paths.prefix(5).map { path in
                (folder.map { $0.appending(path) } ?? path).displayName
            }
            let rest = paths.count > 5 ? ", and \(paths.count - 5) more" : ""
            return shown.joined(separator: ", ") + rest
        }
        let place = folder.map { " in \($0.displayName)" } ?? ""
        var sentences: [String] = []
        if !changed.isEmpty { sentences.append("changed and not committed: \(list(changed))") }
        if !untracked.isEmpty { sentences.append("not in git: \(list(untracked))") }
        if !notebooks.isEmpty {
            sentences.append("ignored, and no script in git says the same: \(list(notebooks))")
        }
        for branch in branches {
            let count = branch.commitCount.counted("commit")
            let name = branch.name == "HEAD" ? "no branch" : "'\(branch.name.displayName)'"
            sentences.append("not pushed: \(count) on \(name)\(place)")
        }
        if stashCount > 0 {
            sentences.append(
                "put aside: \(stashCount.counted("entry", "entries")) of 'git stash'\(place)")
        }
        if let operation { sentences.append("not finished: \(operation.phrase)\(place)") }
        if !workTrees.isEmpty {
            let names = workTrees.map(\.displayName).joined(separator: ", ")
            sentences.append("made of it by 'git worktree': \(names)")
        }
        for (path, work) in inner {
            sentences += work.sentences(in: folder.map { $0.appending(path) } ?? path)
        }
        return sentences
    }
}
