/// A command line that cannot be understood: what is wrong with it, and what to type instead.
///
/// Texts are one line, lower case, without a final period. Characters that could steer a terminal
/// are made visible here, so a message may quote the user's words as they came.
public struct UsageError: Error, Equatable, Sendable {
    /// What is wrong, for example `unknown option '--chekc'`.
    public let message: String
    /// What to do about it, for example `did you mean '--check'?`.
    public let hint: String?
    /// The command whose line it is, for example `nbgit ignore add`; nil until the parser has added
    /// it.
    public private(set) var command: String?

    /// Creates an error with a reason and, where one is known, a way out.
    public init(_ message: String, hint: String? = nil) {
        self.message = message.printable
        self.hint = hint?.printable
    }

    /// Creates an error about a word that may be a slip of the pen.
    ///
    /// - Parameters:
    ///   - message: What is wrong.
    ///   - word: The word as it was typed.
    ///   - candidates: The words that would have been right; the hint names the closest.
    ///   - hint: The hint if none of them is close.
    public init(
        _ message: String, mistaken word: String, for candidates: some Collection<String>,
        otherwise hint: String? = nil
    ) {
        self.init(
            message, hint: closest(to: word, in: candidates).map { "did you mean '\($0)'?" } ?? hint
        )
    }

    /// The error with the place it is about in front, as a compiler names a file: `--jobs: 'x' is
    /// not …`.
    func prefixed(by place: String) -> Self { Self("\(place): \(message)", hint: hint) }

    /// The error with the command it belongs to.
    func attributed(to command: String) -> Self {
        var error = self
        error.command = error.command ?? command
        return error
    }
}

extension String {
    /// The text with control, format, private and line separator characters written as escapes:
    /// `\u{1B}`, `\n`.
    ///
    /// Format characters (Unicode category Cf) include those that reverse the order of what is
    /// shown; private ones may carry bytes that are not UTF-8.
    fileprivate var printable: String {
        unicodeScalars.reduce(into: "") { text, scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .privateUse, .lineSeparator, .paragraphSeparator:
                text += scalar.escaped(asASCII: true)
            default: text.unicodeScalars.append(scalar)
            }
        }
    }
}
