internal import Notebook
internal import Platform

/// What is to be done about each finding, so that no two jobs write one file.
struct ConversionSchedule {
    enum Step: Sendable {
        case job(ConversionJob)
        /// There is nothing to convert, only to report.
        case failure(Failure)
    }

    private(set) var steps: [Step] = []
    private let conversion: Conversion
    /// The folder that all results go into, if there is one.
    private let folder: Path?

    /// - Parameters:
    ///   - conversion: What was asked for.
    ///   - findings: What its inputs came to.
    ///   - hasFolders: Whether one of the inputs was a folder, be it an empty one.
    ///   - environment: Where a person keeps settings.
    /// - Throws: ``Failure`` when the results cannot all go where they shall, and for settings that cannot be
    ///   read.
    init(
        for conversion: Conversion, _ findings: [InputSearch.Finding], hasFolders: Bool,
        environment: Environment
    ) throws(Failure) {
        self.conversion = conversion
        let files = findings.compactMap(\.file)
        folder =
            files.isEmpty
            ? nil : try Self.folder(of: conversion, count: findings.count, hasFolders: hasFolders)
        if folder != nil, files.contains(where: { $0.path == nil }) {
            throw Failure(
                "standard input has no name to lie in a folder by",
                hint: "name a file with '-o'")
        }
        if conversion.output == .standardOutput, files.count > 1 {
            throw Failure(
                "standard output takes one file, not \(files.count)",
                hint: "name a folder with '-o'")
        }
        var finder = SettingsFinder(environment: environment)
        var memories: [Path: PairMemory?] = [:]
        steps = try findings.map { finding throws(Failure) in
            switch finding {
            case .file(let file):
                let settings = try finder.settings(around: file.path ?? ".")
                var job = job(for: file, settings)
                if let folder = file.path?.parent, case .beside = conversion.output {
                    let known = memories[folder]
                    let memory =
                        known ?? PairMemory(inRepositoryAround: folder, environment: environment)
                    memories[folder] = .some(memory)
                    job.memory = memory
                }
                return .job(job)
            case .failure(let failure): return .failure(failure)
            }
        }
        matchNames()
    }

    // MARK: The output folder

    private static func folder(
        of conversion: Conversion, count: Int, hasFolders: Bool
    ) throws(Failure) -> Path? {
        guard case .path(let path) = conversion.output else { return nil }
        let status: FileStatus?
        do throws(SystemError) { status = try File.status(of: path) } catch {
            throw Failure(error, about: .path(path))
        }
        if status?.kind == .folder || path.bytes.last == UInt8(ascii: "/") { return path }
        guard count > 1 || hasFolders else { return nil }
        // Where only files were named, '-o all.py' is more likely a slip than a folder to be made.
        let isNamedLikeFile = FileFormat(fileExtension: path.fileExtension) != nil
        guard status == nil, hasFolders || !isNamedLikeFile else {
            let are = count == 1 ? "is 1 file" : "are \(count) files"
            throw Failure("not a folder, and there \(are) to write", path: path)
        }
        return path
    }

    private func job(for file: InputSearch.Found, _ settings: Settings?) -> ConversionJob {
        var conversion = conversion
        if let settings {
            conversion.options = conversion.options.completed(by: settings.options)
        }
        let place: ConversionJob.Place =
            switch conversion.output {
            case .standardOutput: .standardOutput
            case .beside: file.path.map { .beside($0) } ?? .standardOutput
            case .path(let path):
                folder.map { .beside($0.appending(file.relativePath)) } ?? .file(path)
            }
        return ConversionJob(
            conversion: conversion, input: file.path, place: place, createsFolder: folder != nil)
    }

    // MARK: Names

    /// Tells each job of inputs and of earlier jobs that its result might overwrite.
    ///
    /// Which extension a result gets is known once its input is read. Until then the rest of the name
    /// must do: what differs there cannot be the same file.
    private mutating func matchNames() {
        guard steps.count > 1 else { return }
        var finder = Location.Finder()
        var readers: [Location: JobIndices] = [:]
        readers.reserveCapacity(steps.count)
        for (index, step) in steps.enumerated() {
            guard case .job(let job) = step, let input = job.input else { continue }
            readers[finder.location(of: input).stem, default: .init()].append(index)
        }
        var writers: [Location: JobIndices] = [:]
        writers.reserveCapacity(steps.count)
        for index in steps.indices {
            guard case .job(var job) = steps[index], case .beside(let path) = job.place else {
                continue
            }
            let stem = finder.location(of: path).stem
            job.namesakes = jobs(readers[stem]).filter { $0.input != job.input }
            job.rivals = jobs(writers[stem])
            writers[stem, default: .init()].append(index)
            if !job.namesakes.isEmpty || !job.rivals.isEmpty { steps[index] = .job(job) }
        }
    }

    private func jobs(_ indices: JobIndices?) -> [ConversionJob] {
        guard let indices else { return [] }
        return indices.all.compactMap { index in
            if case .job(let job) = steps[index] { job } else { nil }
        }
    }

    /// The steps that have a name in common: nearly always one, for which no array is made.
    private struct JobIndices {
        private var first: Int?
        private var others: [Int] = []

        var all: [Int] { (first.map { [$0] } ?? []) + others }

        mutating func append(_ index: Int) {
            if first == nil { first = index } else { others.append(index) }
        }
    }
}
