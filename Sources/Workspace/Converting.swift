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
    /// - Parameters:
    ///   - workers: How many files may be converted at once; at least 1.
    ///   - started: Called once with the number of files.
    ///   - report: Called for each file, in the order in which they were found, on the caller's thread.
    /// - Throws: ``Failure`` when the request cannot be met as a whole, before anything is written.
    public func run(
        workers: Int, started: (Int) -> Void = { _ in }, report: (ConversionResult) -> Void
    ) throws(Failure) {
        let (found, failures) = InputSearch(conversion: conversion, environment: environment)
            .search()
        try checkOutput(found)
        let jobs = jobs(for: found)
        started(jobs.count)
        for failure in failures {
            report(
                ConversionResult(
                    input: failure.path, output: nil, outcome: .failed(failure)))
        }
        Parallel.forEach(count: jobs.count, workers: workers) { index in
            jobs[index].run()
        } consume: { _, result in
            report(result)
        }
    }

    /// Whether the results of many files go into one folder.
    private func fillsFolder(_ found: [InputSearch.Found]) -> Bool {
        guard case .path(let path) = conversion.output else { return false }
        let isFolder =
            (try? File.status(of: path))?.kind == .folder || path.bytes.last == UInt8(ascii: "/")
        return found.count != 1 || found[0].isFromFolder || isFolder
    }

    private func checkOutput(_ found: [InputSearch.Found]) throws(Failure) {
        switch conversion.output {
        case .standardOutput where found.count > 1:
            throw Failure(
                "standard output takes one file, not \(found.count)",
                hint: "name a folder with '-o'")
        case .path(let path) where fillsFolder(found):
            let status: FileStatus?
            do throws(SystemError) { status = try File.status(of: path) } catch {
                throw Failure(error, path: path)
            }
            guard status == nil || status?.kind == .folder else {
                throw Failure(
                    "not a folder, and there are \(found.count) files to write", path: path)
            }
        default: return
        }
    }

    // MARK: Jobs

    private func jobs(for found: [InputSearch.Found]) -> [ConversionJob] {
        let folder = fillsFolder(found)
        var places: [Path: Path] = [:]
        return found.map { file in
            var job = ConversionJob(conversion: conversion, input: file.path)
            switch conversion.output {
            case .standardOutput: job.place = .standardOutput
            case .beside: job.place = file.path.map { .beside($0) } ?? .standardOutput
            case .path(let path):
                job.place = folder ? .beside(path.appending(file.relativePath)) : .file(path)
                job.createsFolder = folder && file.isFromFolder
            }
            // Two files of one name from different folders would overwrite each other.
            if case .beside(let place) = job.place, let path = file.path {
                if let other = places[place], other != path {
                    job.rival = other
                } else {
                    places[place] = path
                }
            }
            return job
        }
    }
}
