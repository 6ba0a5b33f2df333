internal import Arguments
internal import Git
internal import Notebook
internal import Platform
internal import Workspace

/// `nbgit save`: the whole day in one command.
struct Save: Runnable {
    var messages: [String] = []
    var paths: [Path] = []
    var pulls = true
    var pushes = true
    var readsToken = false
    var isJSON = false

    static let spec = CommandSpec<Save>(
        summary: "Convert, commit, pull and push in one go",
        discussion: """
            Brings notebooks and scripts into step, stages what changed and the scripts of your notebooks (the notebooks \
            too, if the repository has notebooks), commits, pulls, brings the notebooks up to date, and pushes. A step \
            that cannot be done stops it and says what is left; run again, it goes on from there. A merge or a rebase \
            whose conflicts you have settled is finished first.

            Without a path, all changes to files that git knows are committed, and what you have staged; new files that \
            are neither notebooks nor scripts of one are left alone. With paths, only those are committed, new files \
            among them too: a notebook stands for its script, and a script brings its notebook up to date. What else \
            is changed or staged stays as it is, for another commit.
            """,
        examples: [
            "nbgit save -m \"Plot sales by month\"": "Save the day's work",
            "nbgit save -m \"Fix the axis\" plots.ipynb README.md": "Save two files and no other",
            "nbgit save -m \"Try a log scale\" --no-pull --no-push": "Commit, and keep it here",
        ],
        parameters: [
            .operands(
                "path", \.paths, required: false, completion: .file(extensions: []),
                help: "Files to save; without one, all"),
            .options(
                "message", letter: "m", \.messages, "text",
                help: "What changed and why; each one is a paragraph"),
            .flag("pull", \.pulls, form: .negative, help: "Do not pull"),
            .flag("push", \.pushes, form: .negative, help: "Do not push"),
            .tokenFromStandardInput(\.readsToken),
            .flag("json", \.isJSON, help: "Print a report as JSON"),
        ])

    func check() throws(UsageError) {
        if messages.isEmpty {
            throw UsageError(
                "a message is missing", hint: "say what changed: nbgit save -m \"…\"")
        }
    }

    func run(in context: Context) throws(Failure) -> ExitCode {
        Interrupt.install()
        let checkout = try Checkout(environment: context.environment)
        try checkout.requireWritable(environment: context.environment, "nothing is saved")
        let day = SavedDay(self, context, checkout)
        let failure: Failure?
        var code = ExitCode.failed
        do throws(Failure) {
            code = try day.run()
            failure = nil
        } catch {
            failure = error
            code = context.console.end(with: error)
        }
        if let stopped = day.stopped {
            let done = day.done.map(\.rawValue).joined(separator: ", ")
            let left = day.left.map(\.rawValue).joined(separator: ", ")
            context.console.say(
                "stopped at '\(stopped.rawValue)': "
                    + (done.isEmpty ? "nothing is done" : "done: \(done)") + "; not done: \(left)")
            context.console.suggest(
                "when that is settled, run the same line again; it goes on from there")
        }
        if isJSON { try context.console.put(day.json(failure)) }
        return code
    }
}
