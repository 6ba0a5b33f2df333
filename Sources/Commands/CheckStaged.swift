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

    /// Answers 0 or 1 and nothing else, which hooks go by.
    func run(in context: Context) throws(Failure) -> ExitCode {
        Interrupt.install()
        let console = context.console
        do throws(Failure) {
            let checkout = try Checkout(environment: context.environment)
            let results = try checkout.checkStagedPairs(
                paths, isCheck ? .check : stages ? .stage : .write)
            let isAccepted = results.allSatisfy(\.isAccepted)
            if isJSON {
                try console.put(
                    .object([
                        "operation": "pre-commit", "ok": isAccepted.json, "pairs": results.json,
                    ]))
            }
            if console.tellsWords {
                let namer = StagedNamer(checkout: checkout, environment: context.environment)
                tell(results, console, namer)
            }
            return isAccepted ? .done : .no
        } catch {
            guard console.tellsWords else { throw error }
            console.report(error)
            return .no
        }
    }

    private func tell(_ results: [StagedPair], _ console: Console, _ namer: StagedNamer) {
        var unstaged: [Path] = []
        var writtenCount = 0
        for result in results {
            switch result.outcome {
            case .failed(let failure): console.report(failure)
            case .unstaged(let written, let there):
                unstaged += written + there
                fallthrough
            case .staged:
                for line in namer.lines(for: result) {
                    writtenCount += 1
                    if writtenCount <= Self.longestList {
                        console.say(line)
                    } else {
                        console.whisper(line)
                    }
                }
            default: for line in namer.lines(for: result) { console.say(line) }
            }
        }
        if writtenCount > Self.longestList, !console.isVerbose {
            console.say("… and \(writtenCount - Self.longestList) more; 'nbgit -v' names them")
        }
        guard !unstaged.isEmpty else { return }
        let command =
            unstaged.count <= Self.longestList
            ? "nbgit add \(unstaged.map(namer.word).joined(separator: " "))"
            : "nbgit pre-commit --stage"
        guard namer.checkout.commitsNamedFiles else {
            return console.suggest(
                "look at \(unstaged.count == 1 ? "it" : "them"), then: \(command)")
        }
        let list = unstaged.map(namer.word).joined(separator: " ")
        console.suggest("git commits only the files that you name; name these, too: \(list)")
        console.suggest("before that: nbgit add \(list)")
    }

    /// More files than these make no line that somebody wants to type.
    private static let longestList = 12
}

/// Says what became of staged files, by names that can be typed where the person is.
private struct StagedNamer {
    let checkout: Checkout
    /// Where git was started; it runs hooks in the root of the work tree.
    private let seat: Path

    init(checkout: Checkout, environment: Environment) {
        self.checkout = checkout
        let prefix = environment.path("GIT_PREFIX")?.normalized
        let isHook = checkout.prefix == "."
        seat = (isHook ? prefix.flatMap { $0.isAbsolute ? nil : $0 } : nil) ?? checkout.prefix
    }

    private func name(_ path: Path) -> String { path.seen(from: seat).displayName }

    /// For a line to type.
    func word(_ path: Path) -> String { path.seen(from: seat).shellWord }

    func lines(for result: StagedPair) -> [String] {
        let other = { (path: Path) in
            name(path == result.script ? result.notebook : result.script)
        }
        switch result.outcome {
        case .agreed, .failed: return []
        case .behind(let paths):
            return paths.map { "\(name($0)) is behind what is staged of \(other($0))" }
        case .unstaged(let written, let there):
            return written.map { "wrote \(name($0)), which is not staged yet" }
                + there.map { "\(name($0)) is up to date, but not staged yet" }
        case .staged(let paths): return paths.map { "wrote and staged \(name($0))" }
        case .blocked(let path):
            return [
                "\(name(path)) is behind what is staged of \(other(path)), but has edits that are not "
                    + "staged: stage them, or throw them away with 'nbgit restore \(word(path))'"
            ]
        case .occupied(let path):
            return [
                "\(name(path)) should be staged with \(other(path)), but it says something else, and git does "
                    + "not know it yet: stage it with 'nbgit add \(word(path))', or move it away"
            ]
        case .leftBehind(let path, let newName):
            return [
                "\(other(newName)) was renamed, and \(name(path)) was not: "
                    + "git mv \(word(path)) \(word(newName))"
            ]
        case .conflicting(let cells):
            let list = cells.map(String.init).joined(separator: ", ")
            let place = cells.isEmpty ? "" : " in cell\(cells.count == 1 ? "" : "s") \(list)"
            return [
                "\(name(result.notebook)) and \(name(result.script)), as they are staged, say different "
                    + "things\(place): bring them into step with 'nbgit sync' and stage both"
            ]
        }
    }
}

extension StagedPair: JSONEncodable {
    /// Whether the commit may go on.
    fileprivate var isAccepted: Bool {
        switch outcome {
        case .agreed, .staged: true
        case .behind, .unstaged, .blocked, .occupied, .leftBehind, .conflicting, .failed: false
        }
    }

    /// `{"notebook": …, "script": …, "outcome": …}`, and the files or cells that it is about.
    var json: JSONValue {
        var object: JSONObject = ["notebook": notebook.json, "script": script.json]
        switch outcome {
        case .agreed: object["outcome"] = "agreed"
        case .behind(let paths): (object["outcome"], object["files"]) = ("behind", paths.json)
        case .unstaged(let written, let there):
            object["outcome"] = written.isEmpty ? "unstaged" : "written"
            object["files"] = (written + there).json
        case .staged(let paths): (object["outcome"], object["files"]) = ("staged", paths.json)
        case .blocked(let path), .occupied(let path):
            (object["outcome"], object["files"]) = ("blocked", [path].json)
        case .leftBehind(let path, let newName):
            object["outcome"] = "left behind"
            object["files"] = [path].json
            object["new_name"] = newName.json
        case .conflicting(let cells):
            (object["outcome"], object["conflicting_cells"]) = ("conflicting", cells.json)
        case .failed(let failure):
            (object["outcome"], object["error"]) = ("failed", failure.json)
        }
        return .object(object)
    }
}
