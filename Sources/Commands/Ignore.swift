internal import Arguments
internal import Git
internal import Notebook
internal import Platform
internal import Workspace

/// `nbgit ignore add`: keeps files out of git.
struct AddIgnored: Runnable {
    var patterns: [Path] = []
    var untracks = false
    var isJSON = false

    static let spec = CommandSpec<AddIgnored>(
        summary: "Put patterns into .gitignore",
        discussion: """
            The patterns go to the .gitignore at the root of the work tree, each once, below a comment line. Files \
            that git tracks already are not affected by a pattern; they are named, and '--untrack' takes them out \
            of the index and leaves them on the disk.
            """,
        examples: [
            "nbgit ignore add '*.ipynb' .ipynb_checkpoints/": "Keep notebooks out of git",
            "nbgit ignore add --untrack '*.ipynb'": "Stop tracking those that are in it too",
        ],
        parameters: [
            .operands("pattern", \.patterns, help: "Pattern as in gitignore(5); quote the stars"),
            .flag("untrack", \.untracks, help: "Take tracked files that match out of the index"),
            .flag("json", \.isJSON, help: "Print a report as JSON"),
        ])

    func run(in context: Context) throws(Failure) -> ExitCode {
        let checkout = try Checkout(environment: context.environment)
        let change = try checkout.ignore(patterns, untracks: untracks)
        let console = context.console
        if isJSON {
            try console.put(
                .object([
                    "operation": "ignore add", "file": change.file.json,
                    "added": change.changed.json, "present": change.unchanged.json,
                    (change.isUntracked ? "untracked" : "tracked"): change.tracked.json,
                ]))
            guard console.tellsWords else { return .done }
        }
        let file = checkout.shown(change.file).displayName
        for pattern in change.changed { console.say("added '\(pattern.shown)' to \(file)") }
        for pattern in change.unchanged { console.say("'\(pattern.shown)' is in \(file) already") }
        tellTracked(change, checkout, console)
        if change.changed.contains(where: { $0.shown == "*.ipynb" }) {
            offerCheckpoints(checkout, console)
        }
        return .done
    }

    private func tellTracked(_ change: IgnoreChange, _ checkout: Checkout, _ console: Console) {
        guard !change.tracked.isEmpty else { return }
        let verb = change.isUntracked ? "no longer tracked" : "still tracked"
        let most = 10
        for path in change.tracked.prefix(most) {
            console.say("\(verb): \(checkout.shown(path).displayName)")
        }
        let rest = change.tracked.count - most
        if rest > 0 { console.say("\(verb): \(rest) more") }
        guard !change.isUntracked else { return }
        let words = patterns.map { "'\($0.displayName)'" }.joined(separator: " ")
        console.suggest(
            "a pattern does not affect what git tracks; to take it out of the index and leave it on the "
                + "disk: nbgit ignore add --untrack \(words)")
    }

    /// Jupyter's checkpoints hold copies of scripts as well.
    private func offerCheckpoints(_ checkout: Checkout, _ console: Console) {
        let answers = try? checkout.ignoreAnswers(for: [
            Path(bytes: Array(".ipynb_checkpoints/".utf8))
        ])
        guard answers?.first?.isIgnored == false else { return }
        console.suggest(
            "Jupyter keeps copies of what you edit: nbgit ignore add .ipynb_checkpoints/")
    }
}

/// `nbgit ignore remove`: takes patterns out again.
struct RemoveIgnored: Runnable {
    var patterns: [Path] = []
    var isJSON = false

    static let spec = CommandSpec<RemoveIgnored>(
        summary: "Take patterns out of .gitignore",
        examples: ["nbgit ignore remove '*.ipynb'": "Let notebooks into git again"],
        parameters: [
            .operands("pattern", \.patterns, help: "Pattern as it stands in the file"),
            .flag("json", \.isJSON, help: "Print a report as JSON"),
        ])

    func run(in context: Context) throws(Failure) -> ExitCode {
        let checkout = try Checkout(environment: context.environment)
        let change = try checkout.stopIgnoring(patterns)
        let console = context.console
        if isJSON {
            try console.put(
                .object([
                    "operation": "ignore remove", "file": change.file.json,
                    "removed": change.changed.json, "missing": change.unchanged.json,
                ]))
        }
        if console.tellsWords {
            let file = checkout.shown(change.file).displayName
            for pattern in change.changed { console.say("took '\(pattern.shown)' out of \(file)") }
            for pattern in change.unchanged {
                console.report(
                    Failure(
                        "'\(pattern.shown)' does not stand there", path: change.file,
                        hint: "'nbgit ignore list' shows the patterns of all files"))
            }
        }
        return change.unchanged.isEmpty ? .done : .no
    }
}

/// `nbgit ignore list`: all patterns and where they stand.
struct ListIgnored: Runnable {
    var isJSON = false

    static let spec = CommandSpec<ListIgnored>(
        summary: "List the patterns of all ignore files",
        discussion: "Those of .gitignore files, of .git/info/exclude and of core.excludesFile.",
        examples: ["nbgit ignore": "See what is left out, and which file says so"],
        parameters: [.flag("json", \.isJSON, help: "Print a report as JSON")])

    func run(in context: Context) throws(Failure) -> ExitCode {
        let checkout = try Checkout(environment: context.environment)
        let lines = try checkout.ignoreLines()
        if isJSON {
            try context.console.put(.array(lines.map { .object($0.object) }))
        }
        if context.console.tellsWords {
            for line in lines {
                let place = "\(checkout.shownFile(line.file)):\(line.lineNumber):"
                try context.console.put(line: "\(place) \(line.pattern.shown)")
            }
        }
        return .done
    }
}

/// `nbgit ignore check`: what is wrong with the patterns, or which one is about a path.
struct CheckIgnored: Runnable {
    var paths: [Path] = []
    var isJSON = false

    static let spec = CommandSpec<CheckIgnored>(
        summary: "Find patterns that cannot work, or the rule for a path",
        discussion: """
            Without a path, names the lines of ignore files that cannot do what they look like, with the line to \
            write instead, and the patterns that are about nothing that exists. Exits 1 when a line cannot work.

            With paths, says which rule decides about each of them. Exits 1 when none is ignored.
            """,
        examples: [
            "nbgit ignore check": "Look for mistakes",
            "nbgit ignore check analysis.ipynb": "Say why a file is ignored, or that it is not",
        ],
        parameters: [
            .operands(
                "path", \.paths, required: false, completion: .file(extensions: []),
                help: "File or folder to ask about; need not exist"),
            .flag("json", \.isJSON, help: "Print a report as JSON"),
        ])

    func run(in context: Context) throws(Failure) -> ExitCode {
        let checkout = try Checkout(environment: context.environment)
        return paths.isEmpty
            ? try checkLines(checkout, context.console) : try answer(checkout, context.console)
    }

    private func checkLines(_ checkout: Checkout, _ console: Console) throws(Failure) -> ExitCode {
        let lines = try checkout.ignoreLines()
        let mistakes = lines.filter { $0.mistake != nil }
        let unused = lines.filter { $0.mistake == nil && !$0.isUsed }
        if isJSON {
            try console.put(
                .object([
                    "mistakes": .array(mistakes.map { .object($0.object) }),
                    "unused": .array(unused.map { .object($0.object) }),
                ]))
            guard console.tellsWords else { return mistakes.isEmpty ? .done : .no }
        }
        for line in mistakes {
            guard let mistake = line.mistake else { continue }
            let place = "\(checkout.shownFile(line.file)):\(line.lineNumber):"
            try console.put(line: "\(place) '\(line.pattern.shown)': \(mistake.message.printable)")
            for fixed in mistake.fixedLines {
                try console.put(
                    line: "    write: \(String(decoding: fixed, as: UTF8.self).printable)")
            }
        }
        for line in unused {
            let place = "\(checkout.shownFile(line.file)):\(line.lineNumber):"
            try console.put(line: "\(place) '\(line.pattern.shown)' matches nothing that exists")
        }
        if lines.isEmpty { console.say("no patterns") }
        if !lines.isEmpty, mistakes.isEmpty { console.say("all \(lines.count) patterns can work") }
        return mistakes.isEmpty ? .done : .no
    }

    private func answer(_ checkout: Checkout, _ console: Console) throws(Failure) -> ExitCode {
        let answers = try checkout.ignoreAnswers(for: paths)
        if isJSON {
            try console.put(answers.json)
        }
        if console.tellsWords {
            for (path, answer) in zip(paths, answers) {
                try console.put(line: "\(path.displayName): \(words(answer, checkout))")
            }
        }
        return answers.contains(where: \.isIgnored) ? .done : .no
    }

    private func words(_ answer: IgnoreAnswer, _ checkout: Checkout) -> String {
        guard let rule = answer.rule else { return "not ignored" }
        let place = "\(checkout.shownFile(rule.source)):\(rule.lineNumber): \(rule.pattern.shown)"
        if rule.pattern.isNegated { return "not ignored, taken back by \(place)" }
        return answer.isTracked ? "tracked, so not ignored by \(place)" : "ignored by \(place)"
    }
}

extension Checkout {
    /// The name of an ignore file as a person may type it.
    func shownFile(_ file: Path) -> String {
        (file.isAbsolute ? file : shown(file)).displayName
    }
}

extension IgnorePattern: JSONEncodable {
    /// The pattern as a terminal may show it.
    var shown: String { String(decoding: text, as: UTF8.self).printable }

    var json: JSONValue { Path(bytes: text).json }
}

extension IgnoreLine {
    fileprivate var object: JSONObject {
        var object: JSONObject = [
            "file": file.json, "line": lineNumber.json, "pattern": pattern.json,
        ]
        if let mistake {
            object["message"] = mistake.message.json
            object["fixed"] = mistake.fixedLines.map { String(decoding: $0, as: UTF8.self) }.json
        }
        return object
    }
}

extension IgnoreAnswer: JSONEncodable {
    var json: JSONValue {
        .object([
            "path": path.json, "ignored": isIgnored.json, "tracked": isTracked.json,
            "file": (rule?.source).json, "line": (rule?.lineNumber).json,
            "pattern": (rule?.pattern).json,
        ])
    }
}
