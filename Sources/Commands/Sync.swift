internal import Arguments
internal import Notebook
internal import Platform
internal import Workspace

/// `nbgit sync`: brings notebooks and their scripts into step.
struct Sync: Runnable {
    var paths: [Path] = []
    var preferred: FaceName?
    var isCheck = false
    var ignoresUnpaired = false
    var isJSON = false

    static let spec = CommandSpec<Sync>(
        summary: "Bring notebooks and their scripts into step",
        discussion: """
            What a notebook and its script said when they last agreed is remembered, so the one that was \
            changed is known by its contents: the other follows, and outputs stay. Where both were changed, \
            both get all changes. Where both changed the same lines nothing is written, and the cells are named.

            A pair is made by 'nbgit pair', or by jupytext's formats in the notebook or the script. A folder is \
            searched to the bottom; without a path it is the one you are in.
            """,
        examples: [
            "nbgit sync": "Bring every pair in this folder into step",
            "nbgit sync --check": "Say which pairs are not",
            "nbgit sync --prefer script analysis.ipynb": "Believe the script where both differ",
        ],
        parameters: [
            .operands(
                "path", \.paths, required: false,
                completion: .file(extensions: ["ipynb", "py", "R", "jl"]),
                help: "Notebook, script or folder"),
            .option(
                "prefer", \.preferred, "notebook|script",
                help: "The face to believe where both cannot be right"),
            .flag("check", \.isCheck, help: "Write nothing; exit 1 if a pair is not in step"),
            .flag(
                "ignore-unpaired", \.ignoresUnpaired,
                help: "Say nothing of a file that is named and belongs to no pair"),
            .flag("json", \.isJSON, help: "Print a report as JSON"),
        ])

    func run(in context: Context) throws(Failure) -> ExitCode {
        Interrupt.install()
        var syncing = Syncing(paths.isEmpty ? ["."] : paths, environment: context.environment)
        syncing.preferred = preferred?.face
        syncing.isDry = isCheck
        syncing.ignoresUnpaired = ignoresUnpaired
        let report = SyncReport(console: context.console, isCheck: isCheck, isJSON: isJSON)
        try syncing.run(workers: Processors.usableCount) { report.add($0) }
        return try report.finish("sync")
    }
}

/// The value of `--prefer`.
struct FaceName: ArgumentValue {
    let face: PairUpdate.Face

    init(argument: String) throws(UsageError) {
        guard let face = PairUpdate.Face(rawValue: argument) else {
            throw UsageError(
                "'\(argument)' is no side of a pair", hint: "write 'notebook' or 'script'")
        }
        self.face = face
    }

    static var completion: Arguments.Completion {
        .choices(PairUpdate.Face.allCases.map(\.rawValue))
    }
}
