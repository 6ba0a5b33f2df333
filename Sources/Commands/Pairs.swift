internal import Arguments
internal import Notebook
internal import Platform
internal import Workspace

/// `nbgit pair`: says that a notebook and a script are two faces of one thing.
struct MakePair: Runnable {
    var paths: [Path] = []
    var formats = Pairing.defaultFormats
    var isJSON = false

    static let spec = CommandSpec<MakePair>(
        summary: "Pair notebooks with their scripts",
        discussion: """
            Writes into the notebook where its script is, as jupytext does, and makes the one that is not \
            there. From then on 'nbgit sync' keeps both in step.
            """,
        examples: [
            "nbgit pair analysis.ipynb": "Pair it with analysis.py",
            "nbgit pair --formats ipynb,scripts//py:percent *.ipynb": "Keep scripts in a folder",
        ],
        parameters: [
            .operands(
                "path", \.paths, completion: .file(extensions: ["ipynb", "py", "R", "jl"]),
                help: "Notebook or script"),
            .option(
                "formats", \.formats, "formats", default: Pairing.defaultFormats,
                help: "Where both lie: ipynb,py:percent or ipynb,scripts//py:percent"),
            .flag("json", \.isJSON, help: "Print a report as JSON"),
        ])

    func run(in context: Context) throws(Failure) -> ExitCode {
        Interrupt.install()
        let pairing = try Pairing(environment: context.environment)
        let report = SyncReport(console: context.console, isCheck: false, isJSON: isJSON)
        report.stateWords = "they are paired, and both say what they said"
        for path in paths {
            do throws(Failure) {
                let result = try pairing.pair(path, formats: formats)
                report.add(result)
                guard result.isInStep, context.console.tellsWords else { continue }
                context.console.say(
                    "paired: \(result.notebook.displayName) and \(result.script.displayName)")
            } catch {
                report.add(SyncResult(of: path, failed: error))
            }
        }
        return try report.finish("pair")
    }
}

/// `nbgit unpair`: ends pairs.
struct EndPair: Runnable {
    var paths: [Path] = []
    var isJSON = false

    static let spec = CommandSpec<EndPair>(
        summary: "End pairs; both files stay",
        examples: ["nbgit unpair analysis.ipynb": "Let the notebook and its script go their ways"],
        parameters: [
            .operands(
                "path", \.paths, completion: .file(extensions: ["ipynb", "py", "R", "jl"]),
                help: "Notebook or script"),
            .flag("json", \.isJSON, help: "Print a report as JSON"),
        ])

    func run(in context: Context) throws(Failure) -> ExitCode {
        let pairing = try Pairing(environment: context.environment)
        var ended: [JSONValue] = []
        var failures: [Failure] = []
        for path in paths {
            do throws(Failure) {
                let faces = try pairing.unpair(path)
                ended.append(.object(["notebook": faces[0].json, "script": faces[1].json]))
                guard context.console.tellsWords else { continue }
                context.console.say(
                    "no pair any more: \(faces[0].displayName) and \(faces[1].displayName)")
            } catch {
                failures.append(error)
                context.console.report(error)
            }
        }
        if isJSON {
            try context.console.put(
                .object([
                    "operation": "unpair", "ok": failures.isEmpty.json, "ended": .array(ended),
                    "errors": failures.json,
                ]))
        }
        return failures.isEmpty ? .done : .failed
    }
}
