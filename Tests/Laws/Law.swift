/// Something that must hold for every input, whoever wrote it.
///
/// The tests try each law on the seeds in `Fuzz/Seeds`, the fuzzers on what grows out of them.
public struct Law: Sendable {
    /// What it is called on the command line of `Fuzz/run`, and the folder of its seeds.
    public let name: String
    /// What is wrong; nil where the law holds.
    public let violation: @Sendable ([UInt8]) -> String?

    init(_ name: String, _ violation: @escaping @Sendable ([UInt8]) -> String?) {
        self.name = name
        self.violation = violation
    }

    /// All laws.
    public static let all: [Law] = [
        .notebook, .script, .header, .headerEdit, .roundTrip, .update, .merge, .settings,
        .connection, .address,
        .credential, .serverText, .httpHead, .rebase, .ignoreFile, .attributes,
    ]
}

/// A chance that is read off the input, so that a fuzzer decides.
struct InputChance {
    private var rest: ArraySlice<UInt8>

    init(_ input: [UInt8]) { rest = input[...] }

    /// The next byte; zero at the end.
    mutating func byte() -> UInt8 { rest.popFirst() ?? 0 }

    /// One of `choices`.
    mutating func pick<T>(_ choices: [T]) -> T { choices[Int(byte()) % choices.count] }

    /// What was not read.
    var remaining: [UInt8] { Array(rest) }
}
