internal import Arguments
internal import Notebook
internal import Platform
internal import Workspace

/// `nbgit convert`: notebooks to percent scripts and back.
struct Convert: Runnable {
    var paths: [Path] = []
    var target: FormatName?
    var source: FormatName?
    var output: Path?
    var isForced = false
    var takesAllScripts = false
    var isDry = false
    var isCheck = false
    var isDifference = false
    var verifies = false
    var updates = true
    var clearsStale = false
    var jobs: Int?
    var options: [FormatSetting] = []
    var isJSON = false

    static let runsPrograms = false

    static let spec = CommandSpec<Convert>(
        summary: "Convert notebooks to percent scripts, and scripts to notebooks",
        discussion: """
            A notebook becomes a script in its own language, a script becomes a notebook; '--to' chooses. The \
            result is written beside the input, and a file that has the same bytes already is not touched. \
            In a notebook that exists, only what the script changed is changed: outputs, ids and all that \
            a script does not show stay.

            In a repository, what notebook and script said when they last agreed is remembered, and a result that \
            somebody has edited since is not written over: 'nbgit sync' brings both into step.

            A folder is searched to the bottom for notebooks, or with '--to ipynb' for percent scripts. Hidden \
            folders, virtual environments and what .gitignore leaves out are passed over; notebooks are taken \
            even if .gitignore names them.

            '--opt' sets one of jupytext's format options for this run: \
            \(FormatOptions.names.joined(separator: ", ")). Settings of a team say the same in a file.
            """,
        examples: [
            "nbgit convert analysis.ipynb": "Write analysis.py beside the notebook",
            "nbgit convert notebooks -o scripts": "Convert a folder into another one",
            "nbgit convert analysis.py": "Write analysis.ipynb, or bring it up to date",
            "nbgit convert --check notebooks": "Say which scripts are behind their notebooks",
            "nbgit convert analysis.ipynb -o - | less": "Read a notebook",
        ],
        parameters: [
            .operands(
                "path", \.paths, completion: .file(extensions: ["ipynb", "py", "R", "jl"]),
                help: "Notebook, script or folder; '-' for standard input"),
            .option(
                "to", \.target, "format",
                default: "script for a notebook, notebook for a script",
                help: "Format to write: ipynb, py:percent, auto:percent, …"),
            .option(
                "from", \.source, "format", default: "by the extension", help: "Format to read"),
            .option(
                "output", letter: "o", \.output, "path", default: "beside the input",
                completion: .file(extensions: []),
                help: "File or folder to write; '-' for standard output"),
            .flag("check", \.isCheck, help: "Write nothing; exit 1 if something would change"),
            .flag(
                "diff", \.isDifference,
                help: "Write nothing, show what would change; exit 1 if something would"),
            .flag("verify", \.verifies, help: "Refuse to write what would not come back"),
            .flag(
                "update", \.updates, form: .negative,
                help: "Replace an existing notebook, outputs and all"),
            .flag(
                "clear-stale", \.clearsStale,
                help: "Take out the outputs of cells whose code changes"),
            .flag(
                "force", \.isForced,
                help: "Replace scripts that are not percent scripts, and edited results"),
            .flag(
                "all", \.takesAllScripts,
                help: "Of a folder, take scripts without a cell marker too"),
            .flag("dry-run", \.isDry, help: "Write nothing, only say what would be written"),
            .option(
                "jobs", letter: "j", \.jobs, "n", default: "one per core",
                read: { text throws(UsageError) in try Int(argument: text, in: 1...256) },
                help: "Files to convert at once"),
            .options(
                "opt", \.options, "key=value",
                help: "Format option, such as comment_magics=false"),
            .flag("json", \.isJSON, help: "Print a report as JSON"),
        ])

    func check() throws(UsageError) {
        if paths.count > 1, paths.contains("-") {
            throw UsageError(
                "'-' stands for standard input, which is converted alone",
                hint: "convert it by a command of its own")
        }
        guard result == .standardOutput else { return }
        if isJSON {
            throw UsageError(
                "--json and the result cannot both go to standard output",
                hint: "name a file with '-o'")
        }
        let needsFile = [("--check", isCheck), ("--diff", isDifference), ("--dry-run", isDry)]
        if let (option, _) = needsFile.first(where: \.1) {
            throw UsageError(
                "\(option) has no file to look at where the result goes to standard output",
                hint: "name a file with '-o'")
        }
    }

    func run(in context: Context) throws(Failure) -> ExitCode {
        let stopwatch = Stopwatch()
        Interrupt.install()
        let report = ConversionReport(
            console: context.console,
            mode: isDifference ? .difference : isCheck ? .check : isDry ? .dry : .write,
            isJSON: isJSON, writesData: result == .standardOutput)
        do throws(Failure) {
            report.hint = try Converter(conversion, environment: context.environment).run(
                workers: jobs ?? Processors.usableCount,
                started: { report.total = $0 },
                report: { report.add($0) })
        } catch {
            report.refuse(error)
        }
        return try report.finish(elapsed: stopwatch.elapsed)
    }

    /// Where the results go.
    private var result: Conversion.Output {
        switch output {
        case nil: paths == ["-"] ? .standardOutput : .beside
        case "-": .standardOutput
        case let path?: .path(path)
        }
    }

    private var conversion: Conversion {
        var conversion = Conversion(
            inputs: paths.map { $0 == "-" ? .standardInput : .path($0) })
        conversion.output = result
        conversion.source = source?.format
        conversion.target = target?.format
        conversion.isForced = isForced
        conversion.takesAllScripts = takesAllScripts
        conversion.isDry = isDry || isCheck || isDifference
        conversion.showsDifference = isDifference
        conversion.verifies = verifies
        conversion.updates = updates
        conversion.staleOutputs = clearsStale ? .cleared : .kept
        for setting in options { setting.apply(to: &conversion.options) }
        return conversion
    }
}
