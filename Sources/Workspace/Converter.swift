internal import Notebook
public import Platform

/// Converts notebooks to scripts and scripts to notebooks, each file by itself.
public struct Converter: Sendable {
    private let conversion: Conversion
    private let environment: Environment

    /// Touches no file before ``run(workers:started:report:)``.
    ///
    /// - Parameters:
    ///   - conversion: What to convert.
    ///   - environment: What git goes by when it says which files of a folder are ignored.
    public init(_ conversion: Conversion, environment: Environment) {
        self.conversion = conversion
        self.environment = environment
    }

    /// Converts everything that `conversion` names; one file that fails stops no other.
    ///
    /// A file that is named twice is converted once. After an ``Interrupt`` nothing is reported of the
    /// files that were not finished.
    ///
    /// - Parameters:
    ///   - workers: How many files may be converted at once, at least 1; asked only for several.
    ///   - started: Called once with the number of results to come, failures included.
    ///   - report: Called for each file and for each input that could not be looked at, in the order in
    ///     which they were given and found, on the caller's thread.
    /// - Returns: What to try when nothing was found but something was passed over; else nil.
    /// - Throws: ``Failure`` when the request cannot be met as a whole, before anything is written.
    @discardableResult
    public func run(
        workers: @autoclosure () -> Int, started: (Int) -> Void = { _ in },
        report: (ConversionResult) -> Void
    ) throws(Failure) -> String? {
        var search = InputSearch(conversion: conversion, environment: environment)
        let findings = search.findings()
        let schedule = try ConversionSchedule(
            for: conversion, findings, hasFolders: search.hasFolders,
            environment: environment)
        let steps = schedule.steps
        started(steps.count)
        Parallel.forEach(count: steps.count, workers: workers()) { index in
            switch steps[index] {
            case .job(let job): job.run()
            case .failure(let failure):
                ConversionResult(input: failure.path, output: nil, outcome: .failed(failure))
            }
        } consume: { _, result in
            if result.failure?.isInterruption != true { report(result) }
        }
        return findings.isEmpty ? search.hint : nil
    }
}
