internal import Arguments
internal import Workspace

/// `nbgit __parse -- <word>...`: says whether a command line would be understood, without running it.
///
/// For the tests of what pages, examples and hints tell people to type.
struct ParseLine: Runnable {
    var words: [String] = []

    static let runsPrograms = false

    static let spec = CommandSpec<ParseLine>(
        summary: "Say whether a command line would be understood",
        parameters: [
            .operands(
                "word", \.words, required: false, help: "What stands behind 'nbgit', after '--'")
        ])

    func run(in context: Context) throws(Failure) -> ExitCode {
        do throws(UsageError) { _ = try Commands.program.request(words) } catch {
            throw Failure(error.message, hint: error.hint)
        }
        return .done
    }
}
