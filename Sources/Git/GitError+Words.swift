/// What libgit2 says, in words of the people who use git.
///
/// Looked for in its messages, as its error numbers say less than these.
enum PlainWords {
    private static let table: [(fragment: String, message: String?, hint: String?)] = [
        (
            "peeled into a tree", "this names the content of a file, not a commit or a folder",
            nil
        ),
        ("peeled into a commit", "this names a file or a folder, not a commit", nil),
        (
            "not unique due to being a multivar", "the setting has more than one value",
            "'git config --get-all <name>' shows them; one value replaces them with "
                + "'git config --replace-all <name> <value>'"
        ),
        ("failed to parse config file", nil, "mend that line of the file"),
        ("corrupted packed references", "'packed-refs' in the git folder is damaged", lookHint),
        ("object not found", "an object of the repository is missing", lookHint),
        ("corrupted loose reference", "a branch or a tag is damaged", lookHint),
        ("failed to inflate", "an object of the repository is damaged", lookHint),
        ("zlib", "an object of the repository is damaged", lookHint),
        ("object hash mismatch", "an object of the repository is damaged", lookHint),
    ]

    private static let lookHint =
        "'git fsck' names what is broken; fetch it again, or take it from a copy"

    /// The message and the hint in place of libgit2's message; nil where that is plain enough.
    static func words(for message: String) -> (message: String, hint: String?)? {
        table.first { message.contains($0.fragment) }.map { entry in
            let digits = message.split { !$0.isHexDigit }.first { $0.utf8.count == 40 }
            return ((entry.message ?? message) + (digits.map { " (\($0))" } ?? ""), entry.hint)
        }
    }
}
