extension Program {
    /// One name in a table of commands: a command, or a group of further ones.
    public struct Entry: Sendable {
        let name: String
        let content: Content

        /// Whether it is left out of every page: its name begins with an underscore.
        var isHidden: Bool { name.hasPrefix("_") }

        enum Content: Sendable {
            case command(
                describe: @Sendable (_ path: [String]) -> Topic,
                parse: @Sendable (Descent) throws(UsageError) -> Request)
            case group(summary: String, Menu)
        }
    }

    /// The entries between which the next word chooses.
    struct Menu: Sendable {
        /// What may stand there besides the options that stand everywhere: `--version`, or nothing.
        var switches: [ParameterInfo] = []
        /// The entries, as the overview lists them.
        let sections: [Section]
        /// The name of the entry that is meant when none is named.
        var defaultName: String?

        /// The names that may be suggested.
        var names: [String] {
            sections.flatMap { $0.entries }.filter { !$0.isHidden }.map { $0.name }
        }

        func entry(named name: String?) -> Entry? {
            // Every line comes by here: nothing is gathered first.
            for section in sections {
                for entry in section.entries where entry.name == name { return entry }
            }
            return nil
        }
    }
}

extension Program.Entry {
    /// A command, and what it becomes when it is to be run.
    ///
    /// A name that begins with an underscore is for scripts: it is understood and never shown.
    public static func command<C: Command>(
        _ name: String, _: C.Type, action: @escaping @Sendable (C) -> Action
    ) -> Self {
        Self(name, C()) {
            C.spec
        } request: { command, globals, path throws(UsageError) in
            try command.check()
            // `joined` would find out more about its types than the whole line has to say.
            let name = path.dropFirst().reduce("") { $0.isEmpty ? $1 : "\($0) \($1)" }
            return .run(action(command), globals, name: name)
        }
    }

    /// Further commands below one name: `nbgit ignore add`.
    ///
    /// - Parameters:
    ///   - name: The word that stands before theirs.
    ///   - summary: One imperative phrase without a period.
    ///   - defaultName: The entry that is meant when none is named: `nbgit branch` lists branches.
    ///   - entries: The commands, or groups of them.
    /// - Returns: One entry for all of them.
    public static func group(
        _ name: String, summary: String, default defaultName: String? = nil, _ entries: [Self]
    ) -> Self {
        let menu = Program.Menu(sections: [.init("Commands", entries)], defaultName: defaultName)
        precondition(
            defaultName == nil || menu.entry(named: defaultName) != nil,
            "the default of a group must be one of its entries, for a line that names none"
        )
        return Self(name: name, content: .group(summary: summary, menu))
    }

    /// A command that starts as `own`, is filled from the line, and is answered by `request`.
    init<Own: Sendable>(
        _ name: String, _ own: @autoclosure @escaping @Sendable () -> Own,
        spec: @escaping @Sendable () -> CommandSpec<Own>,
        request:
            @escaping @Sendable (Own, Globals, _ path: [String]) throws(UsageError) ->
            Program.Request
    ) {
        let describe = { @Sendable path in
            Topic(path: path, spec: spec(), globals: Self.globals)
        }
        self.name = name
        self.content = .command(describe: describe) { descent throws(UsageError) in
            guard let (own, globals) = try descent.filled(own(), spec()) else {
                return .help(describe(descent.path))
            }
            do throws(UsageError) { return try request(own, globals, descent.path) } catch {
                throw error.attributed(to: descent.command)
            }
        }
    }
}
