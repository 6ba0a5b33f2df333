internal import Arguments
internal import Git
internal import Notebook
internal import Platform
internal import Workspace

/// `nbgit workspace list`: which repositories there are.
struct ListWorkspace: Runnable {
    var isJSON = false

    static let spec = CommandSpec<ListWorkspace>(
        summary: "List the repositories and where they come from",
        discussion: "The first one is the default.",
        examples: ["nbgit workspace list": "See what is here"],
        parameters: [.flag("json", \.isJSON, help: "Print a report as JSON")])

    static var runsPrograms: Bool { false }

    func run(in context: Context) throws(Failure) -> ExitCode {
        let workspace = try context.workspace()
        if isJSON {
            try context.console.put(
                .object([
                    "operation": "workspace list", "ok": true, "workspace": workspace.path.json,
                    "repositories": .array(
                        workspace.members.map { .object(workspace.object(of: $0)) }),
                ]))
            guard context.console.tellsWords else { return .done }
        }
        for member in workspace.members {
            let words = [
                member == workspace.main ? "default" : nil,
                member.isInside ? "in \(member.folder.displayName)" : nil,
                member.connection.map { "connection \($0)" },
            ].compactMap(\.self)
            let note = words.isEmpty ? "" : " (\(words.joined(separator: ", ")))"
            let url = member.url.description.printable
            try context.console.put(line: "\(member.name)\t\(url)\(note)")
        }
        return .done
    }
}

/// `nbgit workspace path`: where a repository lies.
struct ShowWorkspacePath: Runnable {
    var name: String?
    var isJSON = false

    static let spec = CommandSpec<ShowWorkspacePath>(
        summary: "Print the folder of a repository",
        examples: [
            "cd \"$(nbgit workspace path notes)\"": "Go to a repository",
            "cd \"$(nbgit workspace path)\"": "Go to the default one",
        ],
        parameters: [
            .operand(
                "name", \.name, required: false,
                help: "The repository; the default one if left out"),
            .flag("json", \.isJSON, help: "Print a report as JSON"),
        ])

    static var runsPrograms: Bool { false }

    func run(in context: Context) throws(Failure) -> ExitCode {
        let workspace = try context.workspace()
        guard let member = try name.map(workspace.member) ?? workspace.main else {
            throw Failure("the workspace has no repository", path: workspace.path)
        }
        guard let place = try workspace.place(of: member) else {
            throw Failure(
                "'\(member.name)' is not cloned",
                hint: "clone what is missing: nbgit workspace init "
                    + workspace.path.shellWord)
        }
        if isJSON {
            var object: JSONObject = ["operation": "workspace path", "ok": true]
            object.add(workspace.object(of: member))
            try context.console.put(.object(object))
        }
        if context.console.tellsWords {
            try context.console.put(place.bytes + [UInt8(ascii: "\n")])
        }
        return .done
    }
}

/// `nbgit workspace status`: how all of them are.
struct ShowWorkspaceStatus: Runnable {
    var isJSON = false

    static let spec = CommandSpec<ShowWorkspaceStatus>(
        summary: "Show in a line each how the repositories are",
        discussion: "Nothing is fetched: 'nbgit workspace pull' asks the servers.",
        examples: ["nbgit workspace status": "See what is left to commit, push and pull"],
        parameters: [.flag("json", \.isJSON, help: "Print a report as JSON")])

    func run(in context: Context) throws(Failure) -> ExitCode {
        let context = context.forWorkspaces
        let workspace = try context.workspace()
        let round = try WorkspaceRound(
            "workspace status", workspace, in: context, isJSON: isJSON)
        return try round.runThere("could not be looked at") { _, checkout throws(Failure) in
            do throws(GitError) {
                let status = try checkout.repository.status()
                var outcome = MemberOutcome(.done, status.line)
                outcome.object = [
                    "branch": (status.head.branch?.short).json,
                    "commit": (status.head.commit?.description).json,
                    "upstream": status.upstream.json,
                    "in_progress": (status.operation?.rawValue).json,
                    "clean": status.isClean.json, "changed": status.files.count.json,
                    "untracked": status.untracked.count.json,
                    "conflicts": status.conflicts.map(\.path).json,
                ]
                return outcome
            } catch { throw Failure(error) }
        }
    }
}

extension Git.Operation {
    /// As in `a merge is not finished`.
    var phrase: String {
        switch self {
        case .merge: "a merge"
        case .rebase: "a rebase"
        case .applyingMail: "'git am'"
        case .cherryPick: "a cherry-pick"
        case .revert: "a revert"
        case .bisect: "a bisection"
        }
    }
}

extension Status {
    /// All of it in short.
    fileprivate var line: String {
        let counts = [
            (conflicts.count, "in conflict"), (files.count, "changed"),
            (untracked.count, "untracked"),
        ]
        let changes = counts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
        let parts = [
            headline, operation.map { "\($0.phrase) is not finished" },
            changes.isEmpty ? nil : changes.joined(separator: ", "),
        ]
        return parts.compactMap(\.self).joined(separator: "; ")
    }
}
