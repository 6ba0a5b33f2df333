internal import Arguments
internal import Notebook

/// The value of `--to` and `--from`.
struct FormatName: ArgumentValue {
    let format: FileFormat

    init(argument: String) throws(UsageError) {
        guard let format = FileFormat(argument) else { throw Self.error(for: argument) }
        self.format = format
    }

    static var completion: Arguments.Completion { .choices(FileFormat.names) }

    // MARK: What was meant

    private static func error(for argument: String) -> UsageError {
        let parts = argument.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let (name, kind) = (String(parts[0]), parts.count > 1 ? String(parts[1]) : nil)
        guard let meant = FileFormat(name) != nil ? name : likelyName(for: name) else {
            return UsageError(
                "'\(argument)' is not a format",
                hint: "write 'ipynb', or a script's extension such as 'py:percent' or 'R:percent'")
        }
        guard let kind, meant != "ipynb" else {
            return UsageError("'\(argument)' is not a format", hint: "did you mean '\(meant)'?")
        }
        let isSlip = kind == "percent" || closest(to: kind, in: ["percent"]) != nil
        return isSlip
            ? UsageError(
                "'\(argument)' is not a format", hint: "did you mean '\(meant):percent'?")
            : UsageError(
                "'\(argument)': of scripts only the percent format is known",
                hint: "write '\(meant):percent'")
    }

    /// The format that `name` was probably meant to be: it is the name of a language, or nearly one, or an
    /// extension in other letters.
    private static func likelyName(for name: String) -> String? {
        let name = name.lowercased()
        if let word = words.first(where: { $0.word == name }) { return word.format }
        // Nearly everything is close to a word of one or two letters.
        guard name.count > 2 else { return nil }
        let near = closest(to: name, in: words.map(\.word).filter { $0.count > 2 })
        return words.first { $0.word == near }?.format
    }

    /// What people call formats, in small letters.
    private static let words: [(word: String, format: String)] =
        [
            ("ipynb", "ipynb"), ("notebook", "ipynb"), ("jupyter", "ipynb"), ("auto", "auto"),
            ("script", "auto"), ("percent", "auto"),
        ]
        + Languages.all.flatMap { language in
            let name = String(language.fileExtension.dropFirst())
            return [(name.lowercased(), name), (language.name.lowercased(), name)]
        }
}
