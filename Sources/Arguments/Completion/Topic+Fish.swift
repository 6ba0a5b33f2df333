extension Topic {
    /// The script for fish: `complete` lines, each with the command that it is for as its
    /// condition.
    var fishCompletion: String {
        let valued = globals.filter(\.takesValue).flatMap(\.spellings).map(\.fishQuoted)
        let commands = all.dropFirst().map(\.command.fishQuoted)
        return """
            # Completion of \(name) for fish. Load it with: \(name) completion fish | source

            # Succeeds where the words before the cursor name the command $argv.
            function __\(name)_at
                set -l path \(name)
                set -l isValue no
                for word in (commandline -opc)[2..]
                    if test $isValue = yes
                        set isValue no
                    else if contains -- $word \(valued.joined(separator: " "))
                        set isValue yes
                    else if contains -- "$path $word" \(commands.joined(separator: " "))
                        set path "$path $word"
                    end
                end
                test "$path" = "$argv"
            end

            complete -c \(name) -f
            \(globals.map { "complete -c \(name)\($0.fishOption(name))" }.joined(separator: "\n"))
            \(all.flatMap { $0.fishLines(name) }.joined(separator: "\n"))

            """
    }

    private func fishLines(_ program: String) -> [String] {
        let start = "complete -c \(program) -n \("__\(program)_at \(command)".fishQuoted)"
        let commands = subtopics.map { " -a \($0.name.fishQuoted) -d \($0.summary.fishQuoted)" }
        let options = understood.options.map { $0.fishOption(program) }
        let operands = parameters.operands.map { $0.completion.fishCandidates(program) }
        return (commands + options + operands).filter { !$0.isEmpty }.map { start + $0 }
    }
}

extension ParameterInfo {
    fileprivate func fishOption(_ program: String) -> String {
        let names = spellings.map { name in
            name.hasPrefix("--") ? " -l \(name.dropFirst(2))" : " -s \(name.dropFirst())"
        }
        let value = takesValue ? " -x\(completion.fishCandidates(program))" : ""
        return "\(names.joined())\(value) -d \(help.fishQuoted)"
    }
}

extension Completion {
    fileprivate func fishCandidates(_ program: String) -> String {
        switch self {
        case .none: ""
        case .file(let extensions) where extensions.isEmpty: " -a '(__fish_complete_path)'"
        case .file(let extensions):
            // Not '__fish_complete_suffix', which offers other files too.
            " -a "
                + "(__fish_complete_path | string match -r \(fishPattern(extensions).fishQuoted))"
                .fishQuoted
        case .directory: " -a '(__fish_complete_directories)'"
        case .choices(let choices): " -a \(choices.joined(separator: " ").fishQuoted)"
        case .dynamic(let kind):
            " -a '(\(program) __complete \(kind) -- (commandline -ct) 2>/dev/null)'"
        }
    }
}

/// Matches a path with one of `extensions`, or a folder; fish puts a tab and a description after
/// it.
private func fishPattern(_ extensions: [String]) -> String {
    #"^[^\t]*(?:/|\.(?:\#(extensions.joined(separator: "|"))))(?:\t.*)?$"#
}

extension String {
    /// The text in single quotes, in which fish knows two escapes.
    fileprivate var fishQuoted: String {
        "'\(replacing("\\", with: #"\\"#).replacing("'", with: #"\'"#))'"
    }
}
