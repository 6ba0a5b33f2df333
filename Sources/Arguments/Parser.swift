/// Takes the words of a command line one by one and says which parameters they fill.
///
/// Understands `--name value`, `--name=value`, `-n value`, `-nvalue`, bundled switches (`-qv`),
/// options after operands, `--` to end the options and `-` as an operand. An option's value is the
/// next word whatever it looks like, as with getopt_long(3); names are never abbreviated.
struct Parser {
    /// Takes what the command line says of the parameter at `index`.
    typealias Taker = (_ index: Int, _ setting: Setting) throws(UsageError) -> Void

    /// The command's full name, for hints.
    private var command: String { path.joined(separator: " ") }
    private let path: [String]
    private let parameters: [ParameterInfo]
    /// What has not been taken yet.
    private(set) var words: ArraySlice<String>
    private var optionsHaveEnded = false
    /// Options of other programs, and what to do instead.
    var elsewhere: KeyValuePairs<String, String> = [:]

    /// - Parameters:
    ///   - path: The command's name and those before it, for hints.
    ///   - parameters: What may stand on the line; where names are the same, the first wins.
    ///   - words: The line from behind that name.
    init(path: [String], parameters: [ParameterInfo], words: ArraySlice<String>) {
        self.path = path
        self.parameters = parameters
        self.words = words
    }

    /// Takes all words.
    mutating func takeAll(_ take: Taker) throws(UsageError) {
        var isGiven = Array(repeating: false, count: parameters.count)
        var place = 0
        func note(_ index: Int, _ setting: Setting) throws(UsageError) {
            try take(index, setting)
            isGiven[index] = true
        }
        while let word = try nextOperand(note) {
            while place < parameters.count, !parameters[place].isOperand { place += 1 }
            guard place < parameters.count else { throw unexpected(word) }
            try read(word, as: place, named: "<\(parameters[place].placeholder)>", note)
            if !parameters[place].isRepeated { place += 1 }
        }
        for (index, parameter) in parameters.enumerated()
        where parameter.isRequired && !isGiven[index] {
            throw missing(parameter)
        }
    }

    /// Takes the options up to the next operand and gives that operand, or nil when no word is
    /// left.
    mutating func nextOperand(_ take: Taker) throws(UsageError) -> String? {
        while let word = words.popFirst() {
            if optionsHaveEnded || word == "-" || word.utf8.first != UInt8(ascii: "-") {
                return word
            }
            if word == "--" {
                optionsHaveEnded = true
            } else if word.utf8.starts(with: "--".utf8) {
                try takeLong(word, take)
            } else {
                try takeLetters(word, take)
            }
        }
        return nil
    }

    private mutating func takeLong(_ word: String, _ take: Taker) throws(UsageError) {
        // By scalars: a combining character after '=' or '-' must not hide it.
        let equals = word.unicodeScalars.firstIndex(of: "=")
        let name = equals.map { String(word[..<$0]) } ?? word
        let value = equals.map { String(word[word.unicodeScalars.index(after: $0)...]) }
        guard let (index, isOn) = option(spelled: name) else { throw unknown(name) }
        if parameters[index].takesValue {
            try read(value, as: index, named: name, take)
        } else {
            guard value == nil else { throw UsageError("option '\(name)' takes no value") }
            try take(index, .flag(isOn: isOn))
        }
    }

    private mutating func takeLetters(_ word: String, _ take: Taker) throws(UsageError) {
        // '-5' is '-n 5', as in git, head and tail.
        if word.utf8.dropFirst().allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains),
            let index = parameters.firstIndex(where: { $0.letter == "n" && $0.takesValue })
        {
            return try read(String(word.dropFirst()), as: index, named: "-n", take)
        }
        var letters = word.unicodeScalars.dropFirst()
        while let letter = letters.popFirst().map(Character.init) {
            guard let index = parameters.firstIndex(where: { $0.letter == letter }) else {
                throw unknown("-\(letter)", in: word)
            }
            if parameters[index].takesValue {
                return try read(
                    letters.isEmpty ? nil : String(letters), as: index, named: "-\(letter)", take)
            }
            try take(index, .flag(isOn: parameters[index].kind != .flag(.negative)))
        }
    }

    /// Takes `value`, or the next word if it is nil, for the parameter at `index`.
    private mutating func read(
        _ value: String?, as index: Int, named name: String, _ take: Taker
    ) throws(UsageError) {
        guard let value = value ?? words.popFirst() else {
            throw UsageError("missing <\(parameters[index].placeholder)> after '\(name)'")
        }
        let isClosed = optionsHaveEnded && parameters[index].isOperand
        do throws(UsageError) {
            try take(index, isClosed ? .closedValue(value) : .value(value))
        } catch {
            throw error.prefixed(by: name)
        }
    }

    /// Finds the option that `--name` or `--no-name` spells, and whether that turns it on.
    private func option(spelled name: String) -> (index: Int, isOn: Bool)? {
        let positive = name.dropFirst("--".utf8.count)
        let negated =
            name.utf8.starts(with: "--no-".utf8) ? name.dropFirst("--no-".utf8.count) : nil
        for (index, parameter) in parameters.enumerated() {
            guard let long = parameter.long else { continue }
            if positive == long || positive == parameter.alias.map({ $0[...] }) {
                return (index, true)
            }
            if negated == long[...],
                parameter.kind == .flag(.invertible) || parameter.kind == .flag(.negative)
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
        let names = parameters.flatMap(\.spellings).filter { $0.utf8.starts(with: "--".utf8) }
            .map { String($0.dropFirst(2)) }
        let positive = typed.hasPrefix("no-") ? String(typed.dropFirst(3)) : typed
        if let (_, hint) = elsewhere.first(where: { $0.key == name }) {
            return UsageError("unknown option '\(name)'", hint: hint)
        }
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

    private var usage: String { "write '\(command) \(parameters.synopsis)'" }
}
