extension Topic {
    /// The script for bash 3.2 and later: one table of what may stand where, and the code that
    /// looks it up.
    ///
    /// Rows of the table are `<command>:<place>`, where the place is an option that takes a value,
    /// the number of an operand (from 0), or `-` for the names of the options. Values are arrays: a
    /// kind (`nothing`, `choice`, `file`, `directory` or `dynamic`) and its words.
    var bashCompletion: String {
        let function = "_\(name)"
        let commands = all.dropFirst().map(\.command.shellQuoted).joined(separator: " | ")
        let rows = (all.flatMap(\.bashRows) + globals.compactMap { $0.bashRow(command: "*") }).map {
            "        \($0)"
        }
        return #"""
            # Completion of \#(name) for bash. Load it with: source <(\#(name) completion bash)

            # Sets 'kind' to what may stand at place $2 of command $1; fails if that is not known.
            \#(function)_kind() {
                kind=()
                case "$1:$2" in
            \#(rows.joined(separator: "\n"))
                    *) return 1 ;;
                esac
            }

            # Prints the candidates of kind $2 for the word $1, one per line.
            \#(function)_candidates() {
                local word=$1 kind=$2 candidate
                shift 2
                case $kind in
                    nothing) ;;
                    file)
                        if (( ! $# )); then compgen -f -- "$word"; else compgen -d -- "$word"; fi
                        for candidate; do compgen -f -X "!*.$candidate" -- "$word"; done ;;
                    directory)
                        compgen -d -- "$word" ;;
                    *)
                        # Not 'compgen -W', which would run a command substitution in a candidate.
                        while IFS= read -r candidate; do
                            if [[ $candidate == "$word"* ]]; then printf '%s\n' "$candidate"; fi
                        done < <(
                            case $kind in
                                choice) printf '%s\n' "$@" ;;
                                dynamic) \#(name) __complete "$1" -- "$word" 2>/dev/null ;;
                            esac
                        ) ;;
                esac
            }

            \#(function)() {
                local path=\#(name) position=0 option= ended= glued= prefix= index word whole stem
                local -a words=() kind=()
                COMPREPLY=()

                # Readline splits words at ':' and '=': put '--to=py:percent' together again.
                for (( index = 1; index <= COMP_CWORD; index++ )); do
                    word=${COMP_WORDS[index]}
                    if [[ ${#words[@]} -gt 0 && ( $glued || ( $word && $word != *[!:=]* ) ) ]]; then
                        words[${#words[@]} - 1]+=$word
                    else
                        words+=("$word")
                    fi
                    if [[ $word && $word != *[!:=]* ]]; then glued=1; else glued=; fi
                done
                whole=${words[${#words[@]} - 1]}

                # Find the command, and what is expected after the words before the cursor.
                for word in "${words[@]:0:${#words[@]} - 1}"; do
                    if [[ $option ]]; then
                        option=
                    elif [[ ! $ended && $word == -- ]]; then
                        ended=1
                    elif [[ ! $ended && $word == -?* ]]; then
                        if \#(function)_kind "$path" "$word"; then option=$word; fi
                    else
                        case "$path $word" in
                            \#(commands)) path="$path $word" position=0 ;;
                            *) position=$(( position + 1 )) ;;
                        esac
                    fi
                done

                word=$whole
                if [[ $option ]]; then
                    \#(function)_kind "$path" "$option"
                elif [[ ! $ended && $word == --*=* ]]; then
                    prefix=${word%%=*}= word=${word#*=}
                    \#(function)_kind "$path" "${prefix%=}"
                elif [[ ! $ended && $word == -* ]]; then
                    \#(function)_kind "$path" -
                else
                    \#(function)_kind "$path" "$position"
                fi || return 0

                case ${kind[0]} in
                    # Readline quotes and finishes file names; an open quote is its own affair.
                    file | directory) compopt -o filenames 2>/dev/null; word=${word#[\"\']} ;;
                esac
                # Only what follows the last ':' or '=' is replaced, where readline splits there.
                stem=${COMP_WORDBREAKS//[^:=]/}
                if [[ $stem ]]; then stem=${whole%"${whole##*[$stem]}"}; fi
                while IFS= read -r word; do
                    word=$prefix$word
                    COMPREPLY+=("${word#"$stem"}")
                done < <(\#(function)_candidates "$word" "${kind[@]}")
            }

            complete -F \#(function) \#(name)

            """#
    }

    private var bashRows: [String] {
        let command = command.shellQuoted
        var rows = ["\(command):-) kind=(choice \(spellings.shellQuoted)) ;;"]
        rows += understood.compactMap { $0.bashRow(command: command) }
        for (position, operand) in parameters.operands.enumerated() {
            let place = operand.isRepeated ? "[0-9]*" : String(position)
            rows.append("\(command):\(place)) kind=(\(operand.completion.bashKind)) ;;")
        }
        if !subtopics.isEmpty {
            rows.append("\(command):0) kind=(choice \(subtopics.map(\.name).shellQuoted)) ;;")
        }
        return rows
    }
}

extension ParameterInfo {
    /// The row of an option, if it takes a value.
    fileprivate func bashRow(command: String) -> String? {
        guard takesValue else { return nil }
        let places = spellings.map { "\(command):\($0)" }.joined(separator: " | ")
        return "\(places)) kind=(\(completion.bashKind)) ;;"
    }
}

extension Completion {
    fileprivate var bashKind: String {
        switch self {
        case .none: "nothing"
        case .file(let extensions):
            (["file"] + extensions.map(\.shellQuoted)).joined(separator: " ")
        case .directory: "directory"
        case .choices(let choices): "choice \(choices.shellQuoted)"
        case .dynamic(let kind): "dynamic \(kind.shellQuoted)"
        }
    }
}

extension [String] {
    fileprivate var shellQuoted: String { map(\.shellQuoted).joined(separator: " ") }
}
