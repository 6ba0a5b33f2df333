/// One command of a program: a plain value whose stored properties are its parsed parameters.
///
///     struct Convert: Command {
///         var paths: [String] = []
///         var checks = false
///
///         static let spec = CommandSpec<Convert>(
///             summary: "Convert between notebooks and percent scripts",
///             examples: ["nbgit convert analysis.ipynb": "Write analysis.py beside the notebook"],
///             parameters: [
///                 .operands("path", \.paths, help: "Notebook, script or folder"),
///                 .flag("check", \.checks, help: "Exit 1 if something would change"),
///             ])
///     }
///
/// The table is a `static let`, so it is built when the command is asked for and not before. The
/// command's name stands in the ``Program``'s table, which can thus be searched without the others.
public protocol Command: Sendable {
    /// Everything there is to say about the command before it runs.
    static var spec: CommandSpec<Self> { get }

    /// Creates the command with every parameter at its default.
    init()

    /// Says what is wrong with parameters that are right each by itself; does nothing if not implemented.
    func check() throws(UsageError)
}

extension Command {
    /// Finds nothing wrong.
    public func check() {}
}

/// What a command is for, and the table of its parameters.
///
/// Parsing, help, manual page, Markdown and completion are all derived from it.
public struct CommandSpec<Target>: Sendable {
    let summary: String
    /// Made when it is shown: putting it together can take longer than reading the command line.
    let discussion: @Sendable () -> String
    let examples: KeyValuePairs<String, String>
    let parameters: [Parameter<Target>]
    let elsewhere: KeyValuePairs<String, String>

    /// Describes a command.
    ///
    /// - Parameters:
    ///   - summary: One imperative phrase without a period.
    ///   - discussion: Paragraphs separated by empty lines; lines indented by four are kept.
    ///   - examples: A command line as it is typed, and what it does.
    ///   - parameters: In the order in which help lists them and operands are filled.
    ///   - elsewhere: Options that people know from other programs, dashes included, and what to do instead.
    public init(
        summary: String, discussion: @autoclosure @escaping @Sendable () -> String = "",
        examples: KeyValuePairs<String, String> = [:],
        parameters: [Parameter<Target>], elsewhere: KeyValuePairs<String, String> = [:]
    ) {
        self.summary = summary
        self.discussion = discussion
        self.examples = examples
        self.parameters = parameters
        self.elsewhere = elsewhere
    }
}

/// The options that every command of a program takes, before its name and after it.
public protocol GlobalOptions: Sendable {
    /// The table of the global options; it has no operands.
    static var parameters: [Parameter<Self>] { get }

    /// Creates the options with every one at its default.
    init()
}
