internal import Arguments
internal import Git
internal import Notebook
internal import Platform
internal import Workspace

/// `nbgit doctor`: says what nbgit depends on here, and what to do where that is not well.
struct Doctor: Runnable {
    var isJSON = false

    static let spec = CommandSpec<Doctor>(
        summary: "Say what works here, what does not, and what to do",
        discussion: """
            Looks at nbgit itself, the repository around this folder, your name, hooks, ignore files, pairs, \
            settings, servers and tokens. Nothing is changed, no server is asked, no secret is shown. Each line \
            begins with 'ok', with 'note' for what is good to know, or with 'todo' for what does not work until it \
            is mended; what to do stands below it. The exit status is 1 where there is something to do.
            """,
        examples: [
            "nbgit doctor": "Look at everything",
            "nbgit doctor --json": "Get it for a script, or for somebody who helps you",
        ],
        parameters: [.flag("json", \.isJSON, help: "Print a report as JSON")])

    func run(in context: Context) throws(Failure) -> ExitCode {
        let remarks = Examination(environment: context.environment).remarks(
            version: Commands.version,
            logins: try? Logins(
                environment: context.environment, programs: context.unattendedPrograms),
            origins: context.knownOrigins,
            variables: Set(context.secrets.values.keys).union(context.tokens.names),
            terminal: terminal(context.console))
        let count = remarks.count { $0.state == .todo }
        if isJSON {
            try context.console.put(.object(object(remarks)))
        }
        if context.console.tellsWords { try show(remarks, context.console) }
        context.console.say(
            count == 0 ? "nothing to do" : count.counted("thing") + " to do")
        return count == 0 ? .done : .no
    }

    /// Whether somebody can be asked for a token.
    private func terminal(_ console: Console) -> Remark {
        if console.hasCaller {
            return .terminal("a notebook cell: you are asked in it for a token where one is needed")
        }
        if console.isMuteCell {
            return .terminal(
                "a notebook cell: nobody can be asked anything",
                hint:
                    "hand a token over with '--token-stdin', or use '%load_ext nbgit' and '%nbgit'")
        }
        guard console.canAsk else {
            return .terminal(
                "there is none: nobody can be asked for a token",
                hint: "log in before, set NBGIT_TOKEN, or hand a token over with '--token-stdin'")
        }
        return .terminal("you are asked for a token where one is needed")
    }

    private func show(_ remarks: [Remark], _ console: Console) throws(Failure) {
        let width = remarks.map(\.topic.rawValue.count).max() ?? 0
        let margin = String(repeating: " ", count: "note  ".count + width + 2)
        for remark in remarks where !console.isQuiet || remark.state == .todo {
            let state = remark.state.rawValue.padded(to: 4)
            let topic = remark.topic.rawValue.padded(to: width)
            let role: Style.Role? =
                switch remark.state {
                case .ok: nil
                case .note: .note
                case .todo: .error
                }
            let mark = role.map { console.outputStyle.text(state, $0) } ?? state
            try console.put(line: "\(mark)  \(topic)  \(remark.finding.sentence)")
            guard let hint = remark.finding.hint ?? remark.finding.suggestion else { continue }
            try console.put(line: margin + console.outputStyle.text(hint.printable, .hint))
        }
    }

    /// `{…, "version": "0.1.0", "libraries": {"libgit2": "1.5.1", …}, "checks": [{"topic": …, "state": …}, …]}`.
    private func object(_ remarks: [Remark]) -> JSONObject {
        var libraries: JSONObject = [:]
        for library in Examination.libraries {
            libraries[JSONString(library.name)] = library.version.json
        }
        return [
            "operation": "doctor", "version": Commands.version.json,
            "libraries": .object(libraries),
            "checks": .array(
                remarks.map { remark in
                    var check: JSONObject = [
                        "topic": remark.topic.rawValue.json, "state": remark.state.rawValue.json,
                        "message": remark.finding.sentence.json,
                    ]
                    check["hint"] = (remark.finding.hint ?? remark.finding.suggestion)?.json
                    return .object(check)
                }),
        ]
    }
}
