/// A whole program: its name, its global options and its commands.
///
/// `Globals` is filled by the options before and after the command's name. `Action` is what a
/// command becomes once it is parsed, usually a protocol of the caller with a `run` in it:
///
///     extension Program.Entry where Action == any Runnable {
///         static func command<C: Runnable>(_ name: String, _ type: C.Type) -> Self {
///             command(name, type) { $0 }
///         }
///     }
///
/// Only the way down to the asked command is walked: a table that is not needed is never built.
public struct Program<Globals: GlobalOptions, Action>: Sendable {
    /// The word that starts the program.
    public let name: String
    private let version: String
    let summary: String
    let discussion: String
    private let listed: [Section]

    /// Commands that the overview lists under one title.
    public struct Section: Sendable {
        let title: String
        let entries: [Entry]

        /// Gathers commands under a title that has no colon.
        public init(_ title: String, _ entries: [Entry]) {
            self.title = title
            self.entries = entries
        }
    }

    /// Describes a program.
    ///
    /// - Parameters:
    ///   - name: The word that starts it.
    ///   - version: The version, without the name.
    ///   - summary: One phrase without a period.
    ///   - discussion: Paragraphs separated by empty lines, for the overview.
    ///   - sections: The commands, in the order in which the overview lists them; `help` is added.
    public init(
        _ name: String, version: String, summary: String, discussion: String = "",
        sections: [Section]
    ) {
        self.name = name
        self.version = version
        self.summary = summary
        self.discussion = discussion
        self.listed = sections
    }

    /// What `--version` prints: the name and the version.
    public var versionLine: String { "\(name) \(version)" }

    /// The sections that the overview shows.
    var sections: [Section] { Self.adding(Section("Help", [help]), to: listed) }

    /// Everything that may follow the program's name.
    var menu: Menu {
        Menu(
            switches: [.version],
            sections: Self.adding(Section("Hidden", [candidates]), to: sections))
    }

    /// For types that a generic program makes at run time, `+` takes as long as half of a small conversion.
    private static func adding(_ section: Section, to sections: [Section]) -> [Section] {
        var sections = sections
        sections.append(section)
        return sections
    }
}

// The commands that every program has.
extension Program {
    private struct Help: Sendable {
        var path: [String] = []
    }

    private var help: Entry {
        Entry("help", Help()) {
            CommandSpec(
                summary: "Show what a command does and what it takes",
                examples: ["\(name) help": "List the commands"],
                parameters: [
                    .operands(
                        "command", \.path, required: false,
                        completion: .choices(Menu(sections: listed).names),
                        help: "Name of the command; without one, list them all")
                ])
        } request: { help, _, _ throws(UsageError) in
            .help(try topic(of: help.path))
        }
    }

    private struct Candidates: Sendable {
        var kind = ""
        var prefix = ""
    }

    /// What the completion scripts call; no page mentions it.
    private var candidates: Entry {
        Entry("__complete", Candidates()) {
            CommandSpec(
                summary: "List what may complete a word",
                parameters: [
                    .operand("kind", \.kind, help: "What is to be listed"),
                    .operand("prefix", \.prefix, required: false, help: "How it begins"),
                ])
        } request: { candidates, _, _ in
            .candidates(kind: candidates.kind, prefix: candidates.prefix)
        }
    }
}
