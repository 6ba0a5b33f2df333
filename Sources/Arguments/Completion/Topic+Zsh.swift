extension Topic {
    /// The script for zsh: one function per topic, each a call of `_arguments` (zshcompsys(1)).
    var zshCompletion: String {
        """
        #compdef \(name)
        # Completion of \(name) for zsh. Load it with: source <(\(name) completion zsh)
        # or put it on the $fpath as '_\(name)'.

        # Offers what the program answers for a kind, the last argument; the others are for compadd.
        _\(name)__ask() {
          local kind=$argv[-1]
          local -a candidates
          candidates=(${(f)"$(\(name) __complete $kind -- $PREFIX 2>/dev/null)"})
          compadd "${@[1,-2]}" -a candidates
        }

        \(all.map(\.zshFunction).joined(separator: "\n"))
        if [[ $funcstack[1] == _\(name) ]]; then _\(name) "$@"; else compdef _\(name) \(name); fi

        """
    }

    private var zshName: String { "_" + path.joined(separator: "_") }

    private var zshFunction: String {
        let program = path.first ?? ""
        let specs = (understood.options + globals).flatMap { $0.zshOption(program) }
        guard !sections.isEmpty else {
            let operands = parameters.operands.map { $0.zshOperand(program) }
            return "\(zshName)() {\n\(zshArguments("-s -S", specs + operands))\n}\n"
        }
        let places = ["'(-): :->command'", "'(-)*:: :->arguments'"]
        let names = subtopics.map { "\($0.name.zshText):\($0.summary)".shellQuoted }
        let branches = subtopics.map { "      \($0.name)) \($0.zshName) && result=0 ;;" }
        return """
            \(zshName)() {
              local curcontext=$curcontext result=1
              local -a state line commands
            \(zshArguments("-C -s -S", specs + places)) && result=0
              case $state in
              command)
                commands=(\(names.joined(separator: " ")))
                _describe -t commands command commands && result=0 ;;
              arguments)
                case $words[1] in
            \(branches.joined(separator: "\n"))
                esac ;;
              esac
              return result
            }

            """
    }

    private func zshArguments(_ flags: String, _ specs: [String]) -> String {
        (["  _arguments \(flags)"] + specs).joined(separator: " \\\n    ")
    }
}

extension ParameterInfo {
    /// One specification for each spelling; one spelling given excludes the others unless it may be
    /// repeated.
    fileprivate func zshOption(_ program: String) -> [String] {
        spellings.map { spelling in
            let others = isRepeated ? "*" : "(\(spellings.joined(separator: " ")))"
            let join = !takesValue ? "" : spelling.hasPrefix("--") ? "=" : "+"
            let value = takesValue ? ":\(placeholder.zshText):\(completion.zshAction(program))" : ""
            return "\(others)\(spelling)\(join)[\(help.zshText)]\(value)".shellQuoted
        }
    }

    fileprivate func zshOperand(_ program: String) -> String {
        let start = isRepeated ? "*" : isRequired ? "" : ":"
        return "\(start):\(placeholder.zshText):\(completion.zshAction(program))".shellQuoted
    }
}

extension Completion {
    fileprivate func zshAction(_ program: String) -> String {
        switch self {
        // A command that offers nothing: the message of an empty action hinders options after it.
        case .none: "true"
        case .file(let extensions) where extensions.isEmpty: "_files"
        case .file(let extensions): #"_files -g "*.(\#(extensions.joined(separator: "|")))""#
        case .directory: "_files -/"
        case .choices(let choices): "(\(choices.map(\.zshText).joined(separator: " ")))"
        case .dynamic(let kind): "_\(program)__ask \(kind)"
        }
    }
}

extension String {
    /// The text with the characters escaped that separate the parts of a specification.
    fileprivate var zshText: String {
        reduce(into: "") { text, character in
            if #"\:[]"#.contains(character) { text.append("\\") }
            text.append(character)
        }
    }
}
