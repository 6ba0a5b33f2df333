internal import Git
internal import Notebook
internal import Platform

/// The conversion of one file.
struct ConversionJob: Sendable {
    enum Place: Sendable {
        case standardOutput
        /// Where the input lies or is mirrored; the extension is the result's.
        case beside(Path)
        case file(Path)
    }

    let conversion: Conversion
    /// nil for standard input.
    let input: Path?
    let place: Place
    /// Whether folders on the way to the result may be made.
    let createsFolder: Bool
    /// Where it is kept what a notebook and the script beside it say; nil outside a repository.
    var memory: PairMemory?
    /// Other jobs whose inputs are called like this one's result but for their extensions.
    var namesakes: [ConversionJob] = []
    /// Earlier jobs whose results are called like this one but for their extensions.
    var rivals: [ConversionJob] = []

    var subject: Failure.Subject { input.map { .path($0) } ?? .standardInput }

    func run() -> ConversionResult {
        var output: Path?
        do throws(Failure) {
            let plan = try ConversionPlan(for: self)
            output = plan.output
            try checkNames(of: output)
            return switch plan.target {
            case .script(let content, let notes, let language):
                try writeScript(of: content, notes, plan.contents, in: language, to: output)
            case .notebook(let language):
                try writeNotebook(of: plan.contents.bytes, in: language, to: output)
            }
        } catch {
            return ConversionResult(input: input, output: output, outcome: .failed(error))
        }
    }

    /// Refuses to write what another job converts or has written.
    ///
    /// What an earlier job writes is worked out again and not remembered, so that no job waits for another
    /// and the first always wins. It happens only where names are alike.
    private func checkNames(of output: Path?) throws(Failure) {
        guard let output else { return }
        let other = namesakes.first { job in
            job.input?.name == output.name && (try? ConversionPlan(for: job)) != nil
        }
        if let other = other?.input {
            throw Failure(
                "would write '\(other.displayName)', which is to be converted itself",
                about: subject, hint: "name one of the two, or another place with '-o'")
        }
        let rival = rivals.first { job in
            (try? ConversionPlan(for: job))?.output?.name == output.name
        }
        if let rival = rival?.input {
            throw Failure("writes the same file as '\(rival.displayName)'", about: subject)
        }
    }

    // MARK: Notebook to script

    private func writeScript(
        of content: NotebookContent, _ readNotes: [Note], _ contents: Contents,
        in language: Language, to output: Path?
    ) throws(Failure) -> ConversionResult {
        let existing = try existing(output)
        let old = existing?.bytes
        let traits = old.map { ScriptTraits(of: $0, language: language) }
        let (script, notes) = PercentWriter.script(
            of: content, language: language, options: conversion.options, replacing: traits)
        let isForeign = traits.map { !$0.isPercent } ?? false
        var isLost = old.map { !$0.isEmpty && $0 != script } ?? false && isForeign
        if isLost, let output, !conversion.isForced {
            throw Failure(
                "'\(output.displayName)' exists and is not a percent script", about: subject,
                hint: "give '--force' to replace it, or '-o' to write elsewhere")
        }
        if conversion.verifies,
            let loss = RoundTrip.loss(
                of: content.notebook, in: script, language: language, options: conversion.options)
        {
            throw Failure(loss, about: subject)
        }
        let pair = contents.span.count <= Self.mostBytesRemembered ? pair(input, output) : nil
        if let old, old != script, let pair, pair.known.map({ $0.script != old }) ?? false {
            let losesEdit = try pair.losesEdit(
                of: .script, notebook: contents.bytes, script: old, language, self)
            isLost = isLost || losesEdit
        }
        let backup = try old.flatMap { old throws(Failure) in
            isLost ? try keep(old, of: output) : nil
        }
        var result = try write(script, to: output, over: existing, isDurable: false)
        result.notes = readNotes + notes
        result.backup = backup
        if let pair { remember(pair, notebook: contents.bytes, script: script) }
        if conversion.showsDifference {
            result.difference = TextDiff(from: old ?? [], to: script, language: language)
        }
        return result
    }

    // MARK: Script to notebook

    private func writeNotebook(
        of script: [UInt8], in language: Language, to output: Path?
    ) throws(Failure) -> ConversionResult {
        let existing = try existing(output)
        let old = existing?.bytes
        let update: NotebookUpdate
        do throws(NotebookUpdate.Failure) {
            let updated = conversion.updates ? old.flatMap { $0.isEmpty ? nil : $0 } : nil
            update = try NotebookUpdate(
                of: updated, from: script, language: language, options: conversion.options,
                isDeclared: conversion.source != nil, staleOutputs: conversion.staleOutputs)
        } catch {
            switch error {
            case .script(let error): throw Failure(error, about: subject)
            case .notebook(var error):
                error.hint = error.hint ?? "repair it, or give '--no-update' to replace it"
                throw Failure(error, about: output.map { .path($0) } ?? .standardOutput)
            }
        }
        let isReplaced = old.map { !$0.isEmpty && $0 != update.bytes } ?? false
        let isForeign =
            conversion.source == nil && !ScriptTraits(of: script, language: language).isPercent
        if let output, isReplaced, isForeign, !conversion.isForced {
            throw Failure(
                "not a percent script, and would replace the cells of '\(output.displayName)'",
                about: subject,
                hint: "give '--force' to do that, or '-o' to write elsewhere")
        }
        if conversion.verifies, let loss = update.loss { throw Failure(loss, about: subject) }
        let pair = pair(output, input)
        // Who starts afresh, or from what is no script of a notebook, throws its cells away.
        var isLost = isReplaced && (isForeign || !conversion.updates)
        if let old, isReplaced, conversion.updates, let pair {
            let losesEdit = try pair.losesEdit(
                of: .notebook, notebook: old, script: script, language, self)
            isLost = isLost || losesEdit
        }
        let backup = try old.flatMap { old throws(Failure) in
            isLost ? try keep(old, of: output) : nil
        }
        var result = try write(update.bytes, to: output, over: existing, isDurable: old != nil)
        result.staleCells = update.staleCells
        result.backup = backup
        if let pair { remember(pair, notebook: update.bytes, script: script) }
        if conversion.showsDifference {
            result.difference = TextDiff(
                from: update.scriptBefore, to: update.scriptAfter, language: language)
        }
        return result
    }

    // MARK: Output

    /// What is at the place of the output.
    private struct Existing {
        var snapshot: File.Snapshot
        /// What it holds; nil when there is no such file.
        var bytes: [UInt8]?
    }

    /// What is at `output` now; nil for standard output.
    private func existing(_ output: Path?) throws(Failure) -> Existing? {
        guard let output else { return nil }
        let found: Existing?
        do throws(SystemError) { found = try look(at: output) } catch {
            throw Failure(error, about: .path(output))
        }
        guard let found else { throw Failure("the output is the input", path: output) }
        if found.snapshot.isLink, !conversion.isForced { try refuseLinkOutOfWorkTree(output) }
        return found
    }

    /// What is at `output`; nil where that is the input.
    private func look(at output: Path) throws(SystemError) -> Existing? {
        var existing = Existing(snapshot: try File.Snapshot(of: output))
        guard let status = existing.snapshot.status else { return existing }
        if let input, try File.status(of: input)?.identity == status.identity { return nil }
        guard status.kind == .regular || status.kind == .folder else { return existing }
        existing.bytes = try existing.snapshot.bytes()
        return existing
    }

    /// A repository may hold links to any place; what they lead to outside of it is not its business.
    private func refuseLinkOutOfWorkTree(_ output: Path) throws(Failure) {
        let environment = Environment([:])
        guard let workTree = Repository.workTree(around: output.parent, environment: environment),
            // There need not be a file yet.
            let end = try? File.endOfLinks(from: output),
            let folder = try? File.resolved(end.parent),
            case let target = folder.appending(end.name), target.relative(to: workTree) == nil
        else { return }
        throw Failure(
            "'\(output.displayName)' is a link out of the work tree, to '\(target.displayName)'",
            about: subject,
            hint: "give '--force' to write there, or '-o' to write elsewhere")
    }

    private func write(
        _ bytes: [UInt8], to output: Path?, over existing: Existing?, isDurable: Bool
    ) throws(Failure) -> ConversionResult {
        func result(_ outcome: ConversionResult.Outcome) -> ConversionResult {
            ConversionResult(input: input, output: output, outcome: outcome)
        }
        guard let output else { return result(.produced(bytes)) }
        guard !conversion.isDry else {
            let old = existing?.bytes
            return result(old == bytes ? .unchanged : old == nil ? .created : .replaced)
        }
        do throws(SystemError) {
            switch try replace(output, with: bytes, over: existing?.snapshot, isDurable) {
            case .created: return result(.created)
            case .replaced: return result(.replaced)
            case .unchanged: return result(.unchanged)
            }
        } catch {
            throw Failure(error, about: .path(output))
        }
    }

    /// Writes the file, and makes its folder if that turns out to be missing.
    private func replace(
        _ output: Path, with bytes: [UInt8], over snapshot: File.Snapshot?, _ isDurable: Bool
    ) throws(SystemError) -> File.Outcome {
        do throws(SystemError) {
            return try File.replace(output, with: bytes, over: snapshot, durable: isDurable)
        } catch let error where createsFolder && error.isNotFound {
            try Folder.create(output.parent)
            return try File.replace(output, with: bytes, over: snapshot, durable: isDurable)
        }
    }
}
