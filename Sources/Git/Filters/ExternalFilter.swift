internal import Platform

/// The attribute `filter`: content goes through programs of the configuration.
///
/// Follows apply_filter and convert_to_git in convert.c.
final class ExternalFilter: ContentFilter {
    private let programs: FilterPrograms
    /// What drivers that are not required failed with; their files were taken as they were.
    private(set) var failures: [GitError] = []

    init(_ programs: FilterPrograms) {
        self.programs = programs
    }

    func applies(_ value: String, to path: Path) throws(GitError) -> Bool {
        try programs.driver(value) != nil
    }

    func filtered(
        _ bytes: [UInt8], path: Path, value: String, _ direction: FilterDirection, blob: ObjectID?
    ) throws(GitError) -> [UInt8]? {
        guard let driver = try programs.driver(value) else { return nil }
        do throws(FilterFailure) {
            let filtered = try programs.filtered(
                bytes, path: path, direction, blob: blob, by: driver)
            guard filtered == nil, driver.isRequired else { return filtered }
            throw FilterFailure("has no program, but is required")
        } catch {
            if let system = error.system, system.isInterruption { throw GitError(system) }
            let failure = GitError(
                "\(direction) filter '\(driver.name)' \(error.reason)", path: path,
                hint: "'git config --get-regexp filter.\(driver.name)' shows what it runs")
            guard !driver.isRequired else { throw failure }
            failures.append(failure)
            return nil
        }
    }

    /// Gives what failed without being required, and forgets it.
    func takeFailures() -> [GitError] {
        defer { failures = [] }
        return failures
    }

    /// Ends the programs that run.
    func end() {
        programs.end()
    }
}
