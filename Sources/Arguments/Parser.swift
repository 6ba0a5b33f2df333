/// Takes the words of a command line one by one and fills the parameters they name.
///
/// Understands `--name value`, `--name=value`, `-n value`, `-nvalue`, bundled switches (`-qv`),
/// options after operands, `--` to end the options and `-` as an operand. An option's value is the
/// next word whatever it looks like, as with getopt_long(3); names are never abbreviated.
struct Parser<Target> {
    /// The command's full name, for hints.
    private let command: String
    private let parameters: [Parameter<Target>]
    /// What has not been taken yet.
    private(set) var words: ArraySlice<String>
    private var optionsHaveEnded = false
    /// The indices of the parameters that have been met.
    private var given: Set<Int> = []

    init(command: String, parameters: [Parameter<Target>], words: ArraySlice<String>) {
        self.command = command
        self.parameters = parameters
        self.words = words
    }

    /// Takes all words.
    mutating func fill(_ target: inout Target) throws(UsageError) {
        var places = parameters.indices.filter { parameters[$0].info.isOperand }[...]
        while let word = try nextOperand(filling: &target) {
            guard let place = places.first else { throw unexpected(word) }
            let name = "<\(parameters[place].info.placeholder)>"
            try read(word, as: place, named: name, into: &target)
            if !parameters[place].info.isRepeated { places.removeFirst() }
        }
        for (index, parameter) in parameters.enumerated()
        where parameter.info.isRequired && !given.contains(index) {
            throw missing(parameter.info)
        }
    }

    /// Takes the options up to the next operand and gives that operand, or nil when no word is
    /// left.
    mutating func nextOperand(filling target: inout Target) throws(UsageError) -> String? {
        while let word = words.popFirst() {
            if optionsHaveEnded || word == "-" || word.utf8.first != UInt8(ascii: "-") {
                return word
            }
            if word == "--" {
                optionsHaveEnded = true
            } else if word.utf8.starts(with: "--".utf8) {
                try takeLong(word, filling: &target)
            } else {
                try takeLetters(word, filling: &target)
            }
        }
        return nil
    }

    private mutating func takeLong(_ word: String, filling target: inout Target) throws(UsageError)
    {
        // By scalars: a combining character after '=' or '-' must not hide it.
        let equals = word.unicodeScalars.firstIndex(of: "=")
        let name = equals.map { String(word[..<$0]) } ?? word
        let value = equals.map { String(word[word.unicodeScalars.index(after: $0)...]) }
        guard let (index, isOn) = option(spelled: name) else { throw unknown(name) }
        switch parameters[index].effect {
        case .read:
            try read(value, as: index, named: name, into: &target)
        case .set(let set):
            guard value == nil else { throw UsageError("option '\(name)' takes no value") }
            set(&target, isOn)
        }
    }

    private mutating func takeLetters(_ word: String, filling target: inout Target)
        throws(UsageError)
    {
        var letters = word.unicodeScalars.dropFirst()
        while let letter = letters.popFirst().map(Character.init) {
            guard let index = parameters.firstIndex(where: { $0.info.letter == letter }) else {
                throw unknown("-\(letter)", in: word)
            }
            switch parameters[index].effect {
            case .read:
                return try read(
                    letters.isEmpty ? nil : String(letters), as: index, named: "-\(letter)",
                    into: &target)
            case .set(let set):
                set(&target, parameters[index].info.kind != .flag(.negative))
            }
        }
    }

    /// Reads `value`, or the next word if it is nil, into the parameter at `index`.
    private mutating func read(
        _ value: String?, as index: Int, named name: String, into target: inout Target
    ) throws(UsageError) {
        let parameter = parameters[index]
        guard case .read(let read) = parameter.effect else { return }
        guard let value = value ?? words.popFirst() else {
            throw UsageError("missing <\(parameter.info.placeholder)> after '\(name)'")
        }
        do { try read(&target, value) } catch { throw error.prefixed(by: name) }
        given.insert(index)
    }

    /// Finds the option that `--name` or `--no-name` spells, and whether that turns it on.
    private func option(spelled name: String) -> (index: Int, isOn: Bool)? {
        for (index, info) in parameters.lazy.map(\.info).enumerated() {
            guard let long = info.long else { continue }
            if name == "--\(long)" { return (index, true) }
            if name == "--no-\(long)",
                info.kind == .flag(.invertible) || info.kind == .flag(.negative)
            {
                return (index, false)
            }
        }
        return nil
    }
}

extension Parser {
    private func unknown(_ name: String, in word: String? = nil) -> UsageError {
        // '-to' is more likely a slip for '--to' than a bundle. The dashes themselves are no likeness.
        let typed = String((word ?? name).drop { $0 == "-" })
        let names = parameters.flatMap(\.info.spellings).filter { $0.utf8.starts(with: "--".utf8) }
            .map { String($0.dropFirst(2)) }
        let positive = typed.hasPrefix("no-") ? String(typed.dropFirst(3)) : typed
        let meant = closest(to: typed, in: names) ?? closest(to: positive, in: names)
        return UsageError(
            "unknown option '\(name)'",
            hint: meant.map { "did you mean '--\($0)'?" }
                ?? "run '\(command) --help' for its options")
    }

    private func unexpected(_ word: String) -> UsageError {
        UsageError("unexpected argument '\(word)'", hint: usage)
    }

    private func missing(_ info: ParameterInfo) -> UsageError {
        let name =
            info.isOperand ? "<\(info.placeholder)>" : "option '\(info.spellings.last ?? "")'"
        return UsageError("missing \(name)", hint: usage)
    }

    private var usage: String { "write '\(command) \(parameters.map(\.info).synopsis)'" }
}
