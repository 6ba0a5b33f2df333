/// What a shell may offer in the place of a value.
public enum Completion: Sendable, Equatable {
    /// Nothing: the value is free text.
    case none
    /// Files with one of these extensions (without dots), and folders on the way; no extension
    /// means any file.
    case file(extensions: [String] = [])
    /// Folders.
    case directory
    /// These words, which contain no spaces.
    case choices([String])
    /// What the program answers to `__complete <kind> -- <prefix>`: see
    /// ``Program/Request/candidates(kind:prefix:)``.
    case dynamic(kind: String)
}

/// How a switch that can be turned off is written.
public enum FlagForm: Sendable {
    /// Only `--name`, which turns it on.
    case plain
    /// `--name` and `--no-name`, shown as `--[no-]name`.
    case invertible
    /// Shown as `--no-name`, for a switch that is on by default; `--name` is understood too.
    case negative
}

/// The part of a parameter that does not depend on the type it fills: its names and its
/// documentation.
struct ParameterInfo: Sendable {
    enum Kind: Sendable, Equatable {
        case flag(FlagForm)
        case option
        case operand
    }

    let kind: Kind
    /// The name after two dashes.
    let long: String?
    /// A second name after two dashes, which help does not show.
    var alias: String?
    /// The name after one dash.
    let letter: Character?
    var placeholder = ""
    let help: String
    var isRequired = false
    var isRepeated = false
    var defaultText: String?
    /// What its value becomes; nil for a switch.
    private var valueType: (any ArgumentValue.Type)?
    /// What a shell offers in place of what the type of the value would.
    private var ownCompletion: Completion?

    init(kind: Kind, long: String? = nil, letter: Character? = nil, help: String) {
        self.kind = kind
        self.long = long
        self.letter = letter
        self.help = help
    }

    /// Describes an option; a name of one letter has one dash.
    init(_ name: String, _ letter: Character? = nil, _ kind: Kind, help: String) {
        let isLetter = name.utf8.count == 1
        self.init(
            kind: kind, long: isLetter ? nil : name, letter: isLetter ? name.first : letter,
            help: help)
    }

    /// Says what value is expected; nothing else is asked of the type before a shell wants to know.
    mutating func expect(
        _ valueType: any ArgumentValue.Type, _ placeholder: String, _ completion: Completion?
    ) {
        self.valueType = valueType
        self.placeholder = placeholder
        ownCompletion = completion
    }

    /// What a shell offers as its value.
    var completion: Completion { ownCompletion ?? valueType?.completion ?? .none }

    var isOperand: Bool { kind == .operand }
    var takesValue: Bool { kind == .option }
}

// What every command line may hold.
extension ParameterInfo {
    static let help = Self("help", "h", .flag(.plain), help: "Show this help")
    static let version = Self("version", "V", .flag(.plain), help: "Show the version")
}

extension ParameterInfo {
    /// Most choices that the explanation spells out; a longer list is for the author to describe.
    private static let mostListedChoices = 5

    /// Every way to write the option that help and completion show, the short one first.
    var spellings: [String] {
        let short = letter.map { ["-\($0)"] } ?? []
        guard let long else { return short }
        return switch kind {
        case .flag(.invertible): short + ["--\(long)", "--no-\(long)"]
        case .flag(.negative): short + ["--no-\(long)"]
        case .flag(.plain), .option: short + ["--\(long)"]
        case .operand: []
        }
    }

    /// The parameter as a usage line writes it: `-o, --output <path>`, `--[no-]pull`, `<path>...`.
    var notation: String {
        let dots = isRepeated ? "..." : ""
        guard !isOperand else { return "<\(placeholder)>\(dots)" }
        guard !takesValue else {
            return "\(spellings.joined(separator: ", ")) <\(placeholder)>\(dots)"
        }
        guard let long, kind == .flag(.invertible) else { return spellings.joined(separator: ", ") }
        return (letter.map { "-\($0), " } ?? "") + "--[no-]\(long)"
    }

    /// The help text with its choices and its default.
    var explanation: String {
        var text = help
        if case .choices(let choices) = completion, choices.count <= Self.mostListedChoices {
            text += " (\(choices.joined(separator: ", ")))"
        }
        if let defaultText { text += " [default: \(defaultText)]" }
        return text
    }
}

extension [ParameterInfo] {
    var operands: [ParameterInfo] { filter(\.isOperand) }
    var options: [ParameterInfo] { filter { !$0.isOperand } }

    /// What follows the command's name in its usage line: `[<options>] --message <text>
    /// [<path>...]`.
    ///
    /// An optional operand encloses those after it, `[<remote> [<branch>]]`: they are filled from
    /// the left.
    var synopsis: String {
        let required = options.filter(\.isRequired).map {
            "\($0.spellings.last ?? "") <\($0.placeholder)>"
        }
        let places = operands.reversed().reduce("") { tail, operand in
            let words = tail.isEmpty ? operand.notation : "\(operand.notation) \(tail)"
            return operand.isRequired ? words : "[\(words)]"
        }
        return (["[<options>]"] + required + (places.isEmpty ? [] : [places])).joined(
            separator: " ")
    }
}
