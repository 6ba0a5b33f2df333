/// What can be read about the program, a group of commands or one command.
///
/// The pages of all kinds are written from it. Making the topic of a command reads that command's
/// table; making the topic of a group or of the program reads every table below it.
public struct Topic: Sendable {
    /// The names that lead to it, the program's first: `["nbgit", "ignore", "add"]`.
    public let path: [String]
    /// One imperative phrase without a period.
    public let summary: String
    var discussion = ""
    var examples: KeyValuePairs<String, String> = [:]
    /// What it takes that others do not.
    var parameters: [ParameterInfo] = []
    /// The options that every command takes.
    let globals: [ParameterInfo]
    /// The commands below it.
    var sections: [Section] = []
    /// The name of the command below it that is meant when none is named.
    var defaultName: String?

    struct Section: Sendable {
        let title: String
        let topics: [Topic]
    }
}

extension Topic {
    init<Target>(path: [String], spec: CommandSpec<Target>, globals: [ParameterInfo]) {
        self.init(
            path: path, summary: spec.summary, discussion: spec.discussion(),
            examples: spec.examples, parameters: spec.parameters.map(\.info), globals: globals)
    }

    /// The topic itself and all below it, in the order of the tables.
    public var all: [Topic] { [self] + subtopics.flatMap(\.all) }

    /// The name of a page about it: `nbgit-ignore-add`.
    public var pageName: String { path.joined(separator: "-") }

    /// The name that is typed: `nbgit ignore add`.
    public var command: String { path.joined(separator: " ") }

    var name: String { path.last ?? "" }
    var subtopics: [Topic] { sections.flatMap(\.topics) }

    /// How the command line is written.
    var usage: String {
        guard !sections.isEmpty else { return "\(command) \(parameters.synopsis)" }
        let mayBeLeftOut = defaultName != nil || path.count == 1
        return "\(command) [<options>] \(mayBeLeftOut ? "[<command>]" : "<command>")"
    }

    /// What every kind of page lists: the commands below it, then what it takes; no table is empty.
    var tables: [Table] {
        let commands = sections.map { section in
            Table(title: section.title, rows: section.topics.map { row(for: $0) })
        }
        let parameters = [
            ("Arguments", parameters.operands), ("Options", parameters.options),
            ("Global options", globals),
        ].map { title, infos in
            Table(title: title, rows: infos.map { .init(label: $0.notation, text: $0.explanation) })
        }
        return (commands + parameters).filter { !$0.rows.isEmpty }
    }

    private func row(for topic: Topic) -> Table.Row {
        let mark = topic.name == defaultName ? " [default]" : ""
        return .init(label: topic.name, text: topic.summary + mark, page: topic.pageName)
    }

    struct Table {
        let title: String
        let rows: [Row]

        struct Row {
            let label: String
            let text: String
            /// The name of the page about it.
            var page: String?
        }
    }
}

extension Program {
    /// The program's own topic, with all others below it.
    public var topic: Topic {
        Topic(
            path: [name], summary: summary, discussion: discussion,
            parameters: menu.switches, globals: Entry.globals,
            sections: sections.topics(below: [name]))
    }

    /// The topic of the command with these names after the program's.
    ///
    /// - Throws: ``UsageError`` if there is no such command.
    public func topic(of names: some Sequence<String>) throws(UsageError) -> Topic {
        var topic = topic
        for name in names {
            guard let next = topic.subtopics.first(where: { $0.name == name }) else {
                throw .unknownCommand(
                    name, after: topic.path, candidates: topic.subtopics.map(\.name))
            }
            topic = next
        }
        return topic
    }
}

extension Program.Entry {
    /// The options that every command takes.
    static var globals: [ParameterInfo] { Program.Line.infos }

    var takesOperands: Bool { !topic(below: []).parameters.operands.isEmpty }

    func topic(below path: [String]) -> Topic {
        let path = path + [name]
        switch content {
        case .command(let describe, _):
            return describe(path)
        case .group(let summary, let menu):
            return Topic(
                path: path, summary: summary, globals: Self.globals,
                sections: menu.sections.topics(below: path), defaultName: menu.defaultName)
        }
    }
}

extension Array {
    /// The sections' topics, of which hidden entries have none.
    fileprivate func topics<Globals, Action>(below path: [String]) -> [Topic.Section]
    where Element == Program<Globals, Action>.Section {
        map { section in
            let shown = section.entries.filter { !$0.isHidden }
            return .init(title: section.title, topics: shown.map { $0.topic(below: path) })
        }
    }
}
