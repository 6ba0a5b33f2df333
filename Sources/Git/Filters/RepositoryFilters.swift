internal import Clibgit2
internal import Platform

/// All that content goes through in one repository beside what libgit2 does by itself.
///
///                 filter     working-tree-encoding     ident     text, eol
///     work tree ──( 200 )──────────( 150 )─────────────( 100 )─────( 0 )── repository
///
/// Follows convert_to_git and convert_to_working_tree in convert.c for the order.
final class RepositoryFilters {
    private let external: ExternalFilter
    private let registrations: [FilterRegistration]

    init(
        repository: OpaquePointer, programs: FilterPrograms
    ) throws(GitError) {
        external = ExternalFilter(programs)
        registrations = [
            try FilterRegistration(
                external, attribute: "filter", priority: GIT_FILTER_DRIVER_PRIORITY,
                repository: repository),
            try FilterRegistration(
                EncodingFilter(), attribute: "working-tree-encoding", priority: 150,
                repository: repository),
        ]
    }

    deinit {
        external.end()
    }

    /// What a filter said, in place of the little that libgit2 hands on of it.
    func explanation(of error: GitError) -> GitError {
        for registration in registrations {
            if let failure = registration.takeFailure() { return failure }
        }
        return error
    }

    /// What failed without being required: the files were taken as they were.
    func takeFailures() -> [GitError] {
        external.takeFailures()
    }
}
