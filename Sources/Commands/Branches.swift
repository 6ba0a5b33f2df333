internal import Arguments
internal import Git
internal import Notebook
internal import Platform
internal import Workspace

/// `nbgit branch list`: the branches and their last commits.
struct ListBranches: Runnable {
    var includesRemote = false
    var isJSON = false

    static let spec = CommandSpec<ListBranches>(
        summary: "List the branches",
        discussion: """
            The one you are on is marked '*', one that another work tree is on '+'. Make a branch with \
            'nbgit switch -c <branch>'.
            """,
        examples: ["nbgit branch --all": "List those of the server too, as last fetched"],
        parameters: [
            .flag("all", letter: "a", \.includesRemote, help: "List those of remotes too"),
            .flag("json", \.isJSON, help: "Print a report as JSON"),
        ])

    func run(in context: Context) throws(Failure) -> ExitCode {
        let checkout = try Checkout(environment: context.environment)
        let (tips, head) = try checkout.branches(includesRemote: includesRemote)
        if isJSON {
            try context.console.put(.array(tips.map { .object($0.object) }))
            guard context.console.tellsWords else { return .done }
        }
        if case .detached(let commit) = head {
            try context.console.put(line: "* no branch, at \(commit.abbreviated)")
        }
        if case .unborn(let name) = head {
            try context.console.put(line: "* \(name.short.displayName)  nothing committed yet")
        }
        let width = tips.map { $0.branch.name.short.displayName.count }.max() ?? 0
        for tip in tips {
            let branch = tip.branch
            let sign = branch.isCurrent ? "*" : branch.otherWorkTree != nil ? "+" : " "
            let name = branch.name.short.displayName
            let gap = String(repeating: " ", count: width - name.count)
            let line = [
                "\(sign) \(name)\(gap)", tip.commit.id.abbreviated, branch.upstream?.sentence,
                tip.commit.subject.printable,
            ].compactMap(\.self).joined(separator: "  ")
            try context.console.put(line: line)
        }
        return .done
    }
}

/// `nbgit branch rm`: removes branches.
struct RemoveBranches: Runnable {
    var names: [Path] = []
    var isForced = false
    var isJSON = false

    static let spec = CommandSpec<RemoveBranches>(
        summary: "Remove branches",
        discussion: """
            A branch with commits that are nowhere else is refused without '--force': neither the branch that it \
            follows has them nor, if it follows none, the one you are on.
            """,
        examples: ["nbgit branch rm fix-plots": "Remove a branch that is merged"],
        parameters: [
            .operands("branch", \.names, help: "Branch to remove"),
            .flag(
                "force", letter: "f", \.isForced,
                help: "Remove it with commits that nobody else has"),
            .flag("json", \.isJSON, help: "Print a report as JSON"),
        ])

    func run(in context: Context) throws(Failure) -> ExitCode {
        let checkout = try Checkout(environment: context.environment)
        let removed = try checkout.removeBranches(names, isForced: isForced)
        if isJSON {
            let objects = removed.map { branch in
                JSONValue.object([
                    "name": branch.name.short.json, "commit": branch.commit.description.json,
                ])
            }
            try context.console.put(
                .object(["operation": "branch rm", "ok": true, "removed": .array(objects)]))
            guard context.console.tellsWords else { return .done }
        }
        for branch in removed {
            let name = branch.name.short.displayName
            context.console.say("removed \(name), which was at \(branch.commit.abbreviated)")
            context.console.whisper(
                "to have it again: nbgit switch -c '\(name)' \(branch.commit.abbreviated)")
        }
        return .done
    }
}

extension Checkout.BranchTip {
    fileprivate var object: JSONObject {
        [
            "name": branch.name.short.json, "ref": branch.name.path.json,
            "current": branch.isCurrent.json, "remote": branch.isRemote.json,
            "commit": commit.id.description.json, "subject": commit.subject.json,
            "upstream": (branch.upstream?.name).json,
            "ahead": (branch.upstream?.distance?.ahead).json,
            "behind": (branch.upstream?.distance?.behind).json,
            "work_tree": branch.otherWorkTree.json,
        ]
    }
}

extension Upstream {
    /// Such as `[origin/main: 2 ahead, 1 behind]`.
    fileprivate var sentence: String {
        guard let distance else { return "[\(name.printable): gone]" }
        let parts = [
            distance.ahead > 0 ? "\(distance.ahead) ahead" : nil,
            distance.behind > 0 ? "\(distance.behind) behind" : nil,
        ].compactMap(\.self)
        let text = parts.isEmpty ? "" : ": " + parts.joined(separator: ", ")
        return "[\(name.printable)\(text)]"
    }
}
