/// How a command ended, as scripts see it; never a count.
enum ExitCode: Int32 {
    case done = 0
    /// The answer is no: something differs, would change, or was rejected.
    case no = 1
    /// Could not: usage, bad input, files, network.
    case failed = 2
    /// The server refused, or there was no credential to be had.
    case notAuthenticated = 4
    case interrupted = 130
}
