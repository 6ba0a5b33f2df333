/// A shell for which a completion script can be written.
public enum Shell: String, CaseIterable, ArgumentValue {
    case bash, zsh, fish
}

extension Program {
    /// The script that teaches `shell` the program's commands, options and values.
    ///
    /// The scripts need nothing but the shell. Candidates of ``Completion/dynamic(kind:)`` are
    /// asked of the program and are never evaluated, whatever characters they contain.
    public func completionScript(for shell: Shell) -> String {
        switch shell {
        case .bash: topic.bashCompletion
        case .zsh: topic.zshCompletion
        case .fish: topic.fishCompletion
        }
    }
}

extension Topic {
    /// What is understood here and not everywhere: its own parameters, and for a group those of its
    /// default.
    var understood: [ParameterInfo] {
        parameters + (subtopics.first { $0.name == defaultName }?.parameters.options ?? [])
    }

    /// Every option that may be offered here, as it is spelled.
    var spellings: [String] { (understood + globals).flatMap(\.spellings) }
}

extension String {
    /// The text in single quotes, as one word of a Bourne shell.
    var shellQuoted: String { "'\(replacing("'", with: #"'\''"#))'" }

    func replacing(_ character: Character, with replacement: String) -> String {
        reduce(into: "") { $0 += $1 == character ? replacement : String($1) }
    }
}
