internal import Arguments
internal import Notebook
internal import Platform
internal import Workspace

/// `nbgit pre-commit`: keeps what is committed of notebooks and scripts in step.
struct CheckStaged: Runnable {
    var paths: [Path] = []
    var isCheck = false
    var stages = false
    var isJSON = false

    static let spec = CommandSpec<CheckStaged>(
        summary: "Keep staged notebooks and scripts in step, before a commit",
        discussion: """
            For hooks: 'nbgit hooks install' sets one up, and .pre-commit-hooks.yaml offers it to the pre-commit \
            framework. Looks at what is staged and never at edits that are not. Where a script is behind its \
            notebook, or the other way round, it is written and the commit stops, so that it can be looked \
            at and staged.
            """,
        examples: [
            "nbgit pre-commit":
                "Bring up to date what is behind, and stop the commit if something was",
            "nbgit pre-commit --check": "Write nothing; stop the commit if something is behind",
        ],
        parameters: [
            .operands(
                "file", \.paths, required: false, completion: .file(extensions: []),
                help: "File to look at; without one, all that are staged"),
            .flag("check", \.isCheck, help: "Write nothing"),
            .flag("stage", \.stages, help: "Stage what was written, and go on with the commit"),
            .flag("json", \.isJSON, help: "Print a report as JSON"),
        ])

    func check() throws(UsageError) {
        if isCheck, stages {
            throw UsageError("--check writes nothing that --stage could stage")
        }
    }

    /// Says 0 or 1 and nothing else, which hooks go by.
    func run(in context: Context) throws(Failure) -> ExitCode {
        Interrupt.install()
        let console = context.console
        let checkout = try Checkout(environment: context.environment)
        let results = try checkout.checkStagedPairs(
            paths, isCheck ? .check : stages ? .stage : .write)
        var unstaged: [Path] = []
        for result in results {
            if case .written(let paths) = result.outcome { unstaged += paths }
            guard !isJSON else { continue }
            if case .failed(let failure) = result.outcome { console.report(failure) }
            for line in lines(for: result, in: checkout) { console.say(line) }
        }
        let isAccepted = results.allSatisfy(\.isAccepted)
        if isJSON {
            try console.put(
                .object([
                    "operation": "pre-commit", "ok": isAccepted.json, "pairs": results.json,
                ]))
        } else if !unstaged.isEmpty {
            let names = unstaged.map { checkout.shown($0).displayName }
            console.suggest("look at it, then: nbgit add \(names.joined(separator: " "))")
        }
        return isAccepted ? .done : .no
    }

    private func lines(for result: StagedPair, in checkout: Checkout) -> [String] {
        let name = { (path: Path) in checkout.shown(path).displayName }
        let other = { (path: Path) in
            name(path == result.script ? result.notebook : result.script)
        }
        switch result.outcome {
        case .agreed, .failed: return []
        case .behind(let paths):
            return paths.map { "\(name($0)) is behind what is staged of \(other($0))" }
        case .written(let paths): return paths.map { "wrote \(name($0)), which is not staged yet" }
        case .staged(let paths): return paths.map { "wrote and staged \(name($0))" }
        case .blocked(let path):
            return [
                "\(name(path)) is behind what is staged of \(other(path)), but has edits that are not "
                    + "staged: stage them, or throw them away with 'nbgit restore \(name(path))'"
            ]
        case .conflicting(let cells):
            let list = cells.map(String.init).joined(separator: ", ")
            return [
                "\(name(result.notebook)) and \(name(result.script)) are both staged and say different "
                    + "things" + (cells.isEmpty ? "" : " in cell \(list)")
                    + ": bring them into step with 'nbgit sync' and stage both"
            ]
        }
    }
}

extension StagedPair: JSONEncodable {
    /// Whether the commit may go on.
    fileprivate var isAccepted: Bool {
        switch outcome {
        case .agreed, .staged: true
        case .behind, .written, .blocked, .conflicting, .failed: false
        }
    }

    /// `{"notebook": …, "script": …, "outcome": …}`, and the files or cells that it is about.
    var json: JSONValue {
        var object: JSONObject = ["notebook": notebook.json, "script": script.json]
        switch outcome {
        case .agreed: object["outcome"] = "agreed"
        case .behind(let paths): (object["outcome"], object["files"]) = ("behind", paths.json)
        case .written(let paths): (object["outcome"], object["files"]) = ("written", paths.json)
        case .staged(let paths): (object["outcome"], object["files"]) = ("staged", paths.json)
        case .blocked(let path): (object["outcome"], object["files"]) = ("blocked", [path].json)
        case .conflicting(let cells):
            (object["outcome"], object["conflicting_cells"]) = ("conflicting", cells.json)
        case .failed(let failure):
            (object["outcome"], object["error"]) = ("failed", failure.json)
        }
        return .object(object)
    }
}
