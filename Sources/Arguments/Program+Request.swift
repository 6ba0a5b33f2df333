extension Program {
    /// What a command line asks for.
    public enum Request {
        /// To run a command; `name` is what it is called behind the program's name, such as `auth login`.
        case run(Action, Globals, name: String)
        /// To read about the program, a group or a command: see ``Topic/help(columns:)``.
        case help(Topic)
        /// To print ``Program/versionLine``.
        case version
        /// A completion script's question: what begins with `prefix`, one per line, where
        /// ``Completion/dynamic(kind:)`` is offered. An unknown kind has no candidates.
        case candidates(kind: String, prefix: String)
    }

    /// Finds out what the words after the program's name ask for.
    ///
    /// Once help is asked for, what is wrong with the rest of the line does not matter.
    ///
    /// - Throws: ``UsageError`` with the command it belongs to.
    public func request(_ words: [String]) throws(UsageError) -> Request {
        try choose(from: menu, Descent(path: [name], words: words[...], globals: Globals()))
    }

    /// Takes the options before the next name, and goes on with the entry of that name.
    private func choose(from menu: Menu, _ descent: Descent) throws(UsageError) -> Request {
        var line = Line(globals: descent.globals)
        var parser = descent.parser(menu.switches + Line.infos)
        var asksForVersion = false
        let name: String?
        do throws(UsageError) {
            name = try parser.nextOperand { index, setting throws(UsageError) in
                if menu.switches.indices.contains(index) {
                    // There is no other switch.
                    asksForVersion = true
                } else {
                    try line.take(index - menu.switches.count, setting)
                }
            }
        } catch {
            if line.asksForHelp { return .help(try topic(of: descent.path.dropFirst())) }
            // An option that is not known here may be one of the default's.
            guard let entry = menu.entry(named: menu.defaultName) else {
                throw error.attributed(to: descent.command)
            }
            return try follow(entry, descent.entering(entry))
        }
        if line.asksForHelp { return .help(try topic(of: descent.path.dropFirst())) }
        if asksForVersion { return .version }
        if let entry = menu.entry(named: name) {
            return try follow(
                entry, descent.entering(entry, globals: line.globals, words: parser.words))
        }
        if let entry = menu.entry(named: menu.defaultName), name == nil || entry.takesOperands {
            return try follow(entry, descent.entering(entry))
        }
        if let name {
            throw .unknownCommand(
                name, after: descent.path, candidates: menu.names,
                options: menu.switches.flatMap(\.spellings))
        }
        guard descent.path.count > 1 else { return .help(topic) }
        throw .missingCommand(after: descent.path)
    }

    private func follow(_ entry: Entry, _ descent: Descent) throws(UsageError) -> Request {
        switch entry.content {
        case .command(_, let parse): try parse(descent)
        case .group(_, let menu): try choose(from: menu, descent)
        }
    }
}

extension Program {
    /// How far the way down to a command has come.
    struct Descent {
        /// The program's name and the names taken so far.
        let path: [String]
        /// What has not been taken yet.
        let words: ArraySlice<String>
        /// What the options before the command's name have set.
        let globals: Globals

        var command: String { path.joined(separator: " ") }

        func entering(_ entry: Entry) -> Self { entering(entry, globals: globals, words: words) }

        func entering(_ entry: Entry, globals: Globals, words: ArraySlice<String>) -> Self {
            Self(path: path + [entry.name], words: words, globals: globals)
        }

        func parser(_ parameters: [ParameterInfo]) -> Parser {
            Parser(path: path, parameters: parameters, words: words)
        }

        /// Takes all that is left for a command; nil when help is asked for.
        func filled<Own>(
            _ own: Own, _ spec: CommandSpec<Own>
        ) throws(UsageError) -> (Own, Globals)? {
            let parameters = spec.parameters
            var own = own
            var line = Line(globals: globals)
            var parser = parser(parameters.map { $0.info } + Line.infos)
            parser.elsewhere = spec.elsewhere
            do throws(UsageError) {
                try parser.takeAll { index, setting throws(UsageError) in
                    if index < parameters.count {
                        try parameters[index].fill(&own, setting)
                    } else {
                        try line.take(index - parameters.count, setting)
                    }
                }
            } catch {
                guard line.asksForHelp else { throw error.attributed(to: command) }
            }
            return line.asksForHelp ? nil : (own, line.globals)
        }
    }
}

extension UsageError {
    /// The error for a `name` behind `path` that is none of `candidates`.
    ///
    /// It may be one of `options` without its dashes: many programs have a command `version`.
    static func unknownCommand(
        _ name: String, after path: [String], candidates: [String], options: [String] = []
    ) -> Self {
        let words = path.dropFirst() + [name]
        return Self(
            "unknown command '\(words.joined(separator: " "))'", mistaken: name, for: candidates,
            otherwise: options.contains("--\(name)")
                ? "did you mean '--\(name)'?" : listHint(path)
        ).attributed(to: path.joined(separator: " "))
    }

    static func missingCommand(after path: [String]) -> Self {
        Self("missing <command>", hint: listHint(path)).attributed(to: path.joined(separator: " "))
    }

    private static func listHint(_ path: [String]) -> String {
        "run '\(path.joined(separator: " ")) --help' for the list of commands"
    }
}

extension Program {
    /// What may stand anywhere on the command line.
    struct Line {
        private(set) var globals: Globals
        private(set) var asksForHelp = false

        init(globals: Globals) { self.globals = globals }

        /// The documentation of it.
        static var infos: [ParameterInfo] { [.help] + Globals.parameters.map { $0.info } }

        /// Takes what the line says of the parameter at `index` of ``infos``.
        mutating func take(_ index: Int, _ setting: Setting) throws(UsageError) {
            guard index > 0 else { return asksForHelp = true }
            try Globals.parameters[index - 1].fill(&globals, setting)
        }
    }
}
