/// What a program left behind.
public struct Finished: Sendable {
    /// What it wrote to standard output, and to standard error where that was asked for.
    public let output: [UInt8]
    /// What it wrote to standard error.
    public let errors: [UInt8]
    /// Its exit status; 128 and the signal's number when a signal ended it, as a shell counts.
    public let status: Int32
    /// Whether it ran out of time and was killed.
    public let isTimedOut: Bool

    /// The output as text.
    public var text: String { String(decoding: output, as: UTF8.self) }
    /// The errors as text.
    public var errorText: String { String(decoding: errors, as: UTF8.self) }
}

/// Runs a program to its end.
///
/// The streams are files and not pipes: no amount of output can block the program, and two streams on
/// one file keep the order in which things were written.
///
/// - Parameters:
///   - arguments: The program, looked up in the environment's `PATH`, and its arguments.
///   - folder: The working folder.
///   - environment: All variables the program sees.
///   - input: What it reads from standard input.
///   - timeLimit: After this it is killed, with the programs it started.
///   - mergesErrors: Whether standard error goes where standard output goes, as on a terminal.
/// - Returns: What it left behind, whatever its status; 127 when there is no such program.
/// - Throws: Where no process could be started.
public func run(
    _ arguments: [String], in folder: String, environment: [String: String] = [:],
    input: [UInt8] = [], timeLimit: Duration = .seconds(60), mergesErrors: Bool = false
) throws -> Finished {
    let streams = try TemporaryDirectory()
    for (name, bytes) in [("input", input), ("output", []), ("errors", [])] {
        try streams.write(bytes, to: name)
    }
    let child = try Child(
        arguments, in: folder, environment: environment,
        input: streams.path("input"), output: streams.path("output"),
        errors: mergesErrors ? nil : streams.path("errors"))
    let onTime = child.status(waitingFor: timeLimit)
    return Finished(
        output: try streams.read("output"), errors: try streams.read("errors"),
        status: onTime ?? child.killed(), isTimedOut: onTime == nil)
}
