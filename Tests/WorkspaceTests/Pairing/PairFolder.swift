import Platform
import Support

@testable import Workspace

/// A repository in which notebooks and scripts are brought into step.
struct PairFolder {
    let sandbox: GitSandbox
    let scratch: TemporaryDirectory
    let environment: Environment

    init() throws {
        sandbox = try GitSandbox()
        scratch = try TemporaryDirectory()
        environment = Environment(sandbox.environment)
        try sandbox.git("init", "-q", in: scratch.path)
    }

    /// What becomes of the pairs of some files, else of all.
    func sync(_ names: String..., isDry: Bool = false) throws -> [SyncResult.Outcome] {
        let paths = (names.isEmpty ? ["."] : names).map { Path(scratch.path($0)).normalized ?? "." }
        var syncing = Syncing(paths, environment: environment)
        syncing.isDry = isDry
        var outcomes: [SyncResult.Outcome] = []
        try syncing.run(workers: 1) { outcomes.append($0.outcome) }
        return outcomes
    }
}
