internal import Platform
internal import Workspace

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

extension Console {
    /// Says why something could not be done; in a notebook cell, where nobody can be asked, also what works there.
    ///
    /// - Returns: How the command is to end.
    func end(with failure: Failure) -> ExitCode {
        report(failure)
        if failure.isNotAuthenticated, isMuteCell {
            NotebookCellAdvice(words: CommandLineWords.all).give(self)
        }
        guard !Interrupt.isRequested else { return .interrupted }
        return failure.isNotAuthenticated ? .notAuthenticated : .failed
    }
}
