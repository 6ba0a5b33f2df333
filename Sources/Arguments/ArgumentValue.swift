/// Makes a value of one word of the command line, or says why it cannot.
public typealias Reader<Value> = @Sendable (String) throws(UsageError) -> Value

/// A type that can be read from one word of the command line.
public protocol ArgumentValue: Sendable {
    /// Creates the value that `argument` stands for.
    ///
    /// - Throws: ``UsageError`` that quotes the word; the option's name is put before it.
    init(argument: String) throws(UsageError)

    /// What a shell offers where such a value is expected.
    static var completion: Completion { get }
}

extension ArgumentValue {
    /// Offers nothing.
    public static var completion: Completion { .none }
}

extension String: ArgumentValue {
    /// Takes the word as it is, empty or not.
    public init(argument: String) { self = argument }
}

extension Int: ArgumentValue {
    /// Reads a whole number in decimal digits.
    public init(argument: String) throws(UsageError) {
        guard let number = Int(argument) else {
            throw UsageError("'\(argument)' is not a whole number")
        }
        self = number
    }

    /// Reads a whole number that must lie in `range`.
    public init(argument: String, in range: ClosedRange<Int>) throws(UsageError) {
        guard let number = Int(argument), range.contains(number) else {
            let end = range.upperBound == .max ? "up" : "to \(range.upperBound)"
            throw UsageError("'\(argument)' is not a whole number from \(range.lowerBound) \(end)")
        }
        self = number
    }
}

extension Optional: ArgumentValue where Wrapped: ArgumentValue {
    /// Reads the wrapped value; a word that is given is never nil.
    public init(argument: String) throws(UsageError) { self = try Wrapped(argument: argument) }

    /// Offers what the wrapped type offers.
    public static var completion: Completion { Wrapped.completion }
}

extension ArgumentValue where Self: RawRepresentable<String> & CaseIterable {
    /// Finds the case whose raw value is the word.
    public init(argument: String) throws(UsageError) {
        guard let value = Self(rawValue: argument) else {
            let choices = Self.allCases.map(\.rawValue)
            throw UsageError(
                "'\(argument)' is not one of \(choices.joined(separator: ", "))",
                mistaken: argument, for: choices)
        }
        self = value
    }

    /// Offers the raw values in the order of the cases.
    public static var completion: Completion { .choices(allCases.map(\.rawValue)) }
}
