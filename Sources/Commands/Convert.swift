internal import Arguments
internal import Notebook
internal import Platform
internal import Workspace

/// `nbgit convert`: notebooks to percent scripts and back.
struct Convert: Runnable {
    var paths: [String] = []
    var target: FormatName?
    var source: FormatName?
    var output: String?
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

    static let spec = CommandSpec<Convert>(
        summary: "Convert notebooks to percent scripts, and scripts to notebooks",
        discussion: """
            A notebook becomes a script in its own language, a script becomes a notebook; '--to' chooses. The \
            result is written beside the input, and a file that has the same bytes already is not touched. \
            In a notebook that exists, only what the script changed is changed: outputs, ids and all that \
            a script does not show stay.

            A folder is searched to the bottom for notebooks, or with '--to ipynb' for percent scripts. Hidden \
            folders, virtual environments and what .gitignore leaves out are passed over; notebooks are taken \
            even if .gitignore names them.
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
                "to", \.target, "format", default: "the other one",
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
                "no-update", \.updates, form: .negative,
                help: "Replace an existing notebook, outputs and all"),
            .flag(
                "clear-stale", \.clearsStale,
                help: "Take out the outputs of cells whose code changed"),
            .flag("force", \.isForced, help: "Replace scripts that nbgit did not write"),
            .flag("all", \.takesAllScripts, help: "Take scripts of a folder that have no marker"),
            .flag("dry-run", \.isDry, help: "Write nothing, only say what would be written"),
            .option(
                "jobs", letter: "j", \.jobs, "n", default: "one per core",
                read: { text throws(UsageError) in try Int(argument: text, in: 1...256) },
                help: "Files to convert at once"),
            .options(
                "opt", \.options, "key=value",
                help: "Format option, for example comment_magics=false"),
            .flag("json", \.isJSON, help: "Print a report as JSON"),
        ])

    func run(in context: Context) throws(Failure) -> ExitCode {
        let started = ContinuousClock.now
        let conversion = try conversion()
        Interrupt.install()
        let report = ConversionReport(
            console: context.console,
            mode: isDifference ? .difference : isCheck ? .check : isDry ? .dry : .write,
            isJSON: isJSON, writesData: conversion.output == .standardOutput)
        try Converter(conversion, environment: context.environment).run(
            workers: jobs ?? Processors.usableCount,
            started: { report.total = $0 },
            report: { report.add($0) })
        return try report.finish(elapsed: ContinuousClock.now - started)
    }

    private func conversion() throws(Failure) -> Conversion {
        var conversion = Conversion(
            inputs: paths.map { $0 == "-" ? .standardInput : .path(Path($0)) })
        if paths.contains("") { throw Failure("'' is not a path") }
        if paths.count(where: { $0 == "-" }) > 1 {
            throw Failure("standard input can be read once")
        }
        switch output {
        case nil: conversion.output = paths == ["-"] ? .standardOutput : .beside
        case "-": conversion.output = .standardOutput
        case "": throw Failure("--output: '' is not a path")
        case let path?: conversion.output = .path(Path(path))
        }
        if isJSON, conversion.output == .standardOutput {
            throw Failure(
                "--json and the result cannot both go to standard output",
                hint: "name a file with '-o'")
        }
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

/// The value of `--to` and `--from`.
struct FormatName: ArgumentValue {
    let format: FileFormat

    init(argument: String) throws(UsageError) {
        guard let format = FileFormat(argument) else {
            let hasKind = argument.contains(":")
            throw UsageError(
                "'\(argument)' is not a format", mistaken: argument,
                for: FileFormat.names.map { hasKind ? $0 : String($0.prefix { $0 != ":" }) },
                otherwise:
                    "write 'ipynb', or a script's extension such as 'py:percent' or 'R:percent'")
        }
        self.format = format
    }

    static var completion: Arguments.Completion { .choices(FileFormat.names) }
}

/// One `--opt key=value`, checked.
struct FormatSetting: ArgumentValue {
    private let name: String
    private let value: String

    init(argument: String) throws(UsageError) {
        guard let equals = argument.firstIndex(of: "=") else {
            throw UsageError("'\(argument)' has no value", hint: "write '\(argument)=<value>'")
        }
        name = String(argument[..<equals])
        value = String(argument[argument.index(after: equals)...])
        var options = FormatOptions()
        do throws(FormatOptions.Failure) { try options.set(name, to: value) } catch {
            switch error {
            case .unknownName:
                throw UsageError(
                    "'\(name)' is not a format option", mistaken: name, for: FormatOptions.names,
                    otherwise: "choose from \(FormatOptions.names.joined(separator: ", "))")
            case .notBool:
                throw UsageError("\(name): '\(value)' is neither true nor false")
            }
        }
    }

    static var completion: Arguments.Completion { .choices(FormatOptions.names.map { $0 + "=" }) }

    func apply(to options: inout FormatOptions) { try? options.set(name, to: value) }
}
