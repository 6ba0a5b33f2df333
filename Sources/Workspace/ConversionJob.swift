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
    var place = Place.standardOutput
    /// Whether folders on the way to the result may be made.
    var createsFolder = false
    /// Another input whose result would have the same name.
    var rival: Path?

    func run() -> ConversionResult {
        do throws(Failure) {
            if let rival {
                throw Failure("writes the same file as '\(rival.displayName)'", path: input)
            }
            let bytes = try read()
            let source = try sourceFormat(of: bytes)
            return source.isNotebook
                ? try writeScript(of: bytes) : try writeNotebook(of: bytes, source)
        } catch {
            return ConversionResult(input: input, output: nil, outcome: .failed(error))
        }
    }

    private func read() throws(Failure) -> [UInt8] {
        do throws(SystemError) {
            guard let input else { return try StandardStream.input.read() }
            return try File.read(input)
        } catch {
            throw Failure(error, path: input)
        }
    }

    // MARK: Formats

    private func sourceFormat(of bytes: [UInt8]) throws(Failure) -> FileFormat {
        if let source = conversion.source {
            guard source == .percent(nil) else { return source }
            return .percent(try scriptLanguage(of: bytes))
        }
        if let input {
            guard let format = FileFormat(fileExtension: input.fileExtension) else {
                throw Failure(
                    "neither a notebook nor a script in a language that nbgit knows", path: input,
                    hint: "say what it is with '--from', for example '--from py:percent'")
            }
            return format
        }
        let first = bytes.first { ![0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF].contains($0) }
        return first == UInt8(ascii: "{") ? .notebook : .percent(try scriptLanguage(of: bytes))
    }

    private func scriptLanguage(of bytes: [UInt8]) throws(Failure) -> Language {
        if let input, case .percent(let language?)? = FileFormat(fileExtension: input.fileExtension)
        {
            return language
        }
        return Languages.language(ofScript: bytes) ?? Languages.python
    }

    /// The format of the result: as asked for, else as the output's name tells.
    private func targetFormat() throws(Failure) -> FileFormat? {
        guard case .file(let path) = place,
            let named = FileFormat(fileExtension: path.fileExtension)
        else {
            return conversion.target
        }
        guard let target = conversion.target, target != .percent(nil) else { return named }
        guard target == named else {
            throw Failure(
                "the name ends in '.\(named.fileExtension ?? "")', but the format is "
                    + "'\(target.fileExtension ?? "")'", path: path)
        }
        return target
    }

    // MARK: Notebook to script

    private func writeScript(of bytes: [UInt8]) throws(Failure) -> ConversionResult {
        let target = try targetFormat()
        guard target != .notebook else { throw Failure("already a notebook", path: input) }
        let reader: NotebookReader
        do throws(NotebookError) { reader = try NotebookReader(bytes) } catch {
            throw Failure(error, path: input)
        }
        let language = try language(for: reader.notebook, target)
        let output = outputPath(fileExtension: String(language.fileExtension.dropFirst()))
        let old = try existing(output)
        let traits = old.map { ScriptTraits(of: $0, language: language) }
        let (script, notes) = PercentWriter.script(
            of: reader.notebook, language: language, options: conversion.options, replacing: traits)
        if let old, let traits, !old.isEmpty, old != script, !traits.isPercent, !conversion.isForced
        {
            throw Failure(
                "not written by nbgit: this is no percent script", path: output,
                hint: "give '--force' to replace it, or '-o' to write elsewhere")
        }
        if conversion.verifies,
            let loss = RoundTrip.loss(
                of: reader.notebook, in: script, language: language, options: conversion.options)
        {
            throw Failure(loss, path: input)
        }
        var result = try write(script, to: output, old: old, isDurable: false)
        result.notes = reader.notes + notes
        if conversion.showsDifference {
            result.difference = TextDiff(from: old ?? [], to: script, language: language)
        }
        return result
    }

    private func language(for notebook: Notebook, _ target: FileFormat?) throws(Failure) -> Language
    {
        if case .percent(let language?)? = target { return language }
        guard let language = Languages.language(of: notebook.metadata) else {
            throw Failure(
                "the notebook is in a language that nbgit has no script form for", path: input,
                hint: "choose one with '--to', for example '--to py:percent'")
        }
        return language
    }

    // MARK: Script to notebook

    private func writeNotebook(of bytes: [UInt8], _ source: FileFormat) throws(Failure)
        -> ConversionResult
    {
        guard case .percent(let language?) = source else {
            throw Failure("not a script", path: input)
        }
        guard try targetFormat() ?? .notebook == .notebook else {
            throw Failure(
                "already a script", path: input, hint: "convert it to a notebook with '--to ipynb'")
        }
        let output = outputPath(fileExtension: "ipynb")
        let old = try existing(output)
        let update: NotebookUpdate
        do throws(NotebookUpdate.Failure) {
            let existing = conversion.updates ? old.flatMap { $0.isEmpty ? nil : $0 } : nil
            update = try NotebookUpdate(
                of: existing, from: bytes, language: language, options: conversion.options,
                isDeclared: conversion.source != nil, staleOutputs: conversion.staleOutputs)
        } catch {
            switch error {
            case .script(let error): throw Failure(error, path: input)
            case .notebook(var error):
                error.hint = error.hint ?? "repair it, or give '--no-update' to replace it"
                throw Failure(error, path: output)
            }
        }
        if conversion.verifies, let loss = update.loss { throw Failure(loss, path: input) }
        var result = try write(update.bytes, to: output, old: old, isDurable: old != nil)
        result.staleCells = update.staleCells
        if conversion.showsDifference {
            result.difference = TextDiff(
                from: update.scriptBefore, to: update.scriptAfter, language: language)
        }
        return result
    }

    // MARK: Output

    /// The file to write; nil for standard output.
    private func outputPath(fileExtension: String) -> Path? {
        switch place {
        case .standardOutput: nil
        case .beside(let path): path.replacingExtension(with: fileExtension)
        case .file(let path): path
        }
    }

    /// What `output` holds now; nil when there is no such file.
    private func existing(_ output: Path?) throws(Failure) -> [UInt8]? {
        guard let output else { return nil }
        do throws(SystemError) {
            guard let status = try File.status(of: output) else { return nil }
            let isInput =
                try input.map { input throws(SystemError) in try File.isSame(input, output) }
                ?? false
            guard isInput || status.kind == .regular || status.kind == .folder else { return nil }
            if !isInput { return try File.read(output) }
        } catch {
            throw Failure(error, path: output)
        }
        throw Failure("the output is the input", path: output)
    }

    private func write(
        _ bytes: [UInt8], to output: Path?, old: [UInt8]?, isDurable: Bool
    ) throws(Failure) -> ConversionResult {
        func result(_ outcome: ConversionResult.Outcome) -> ConversionResult {
            ConversionResult(input: input, output: output, outcome: outcome)
        }
        guard let output else { return result(.produced(bytes)) }
        guard !conversion.isDry else {
            return result(old == bytes ? .unchanged : old == nil ? .created : .replaced)
        }
        do throws(SystemError) {
            if createsFolder { try Folder.create(output.parent) }
            switch try File.replace(output, with: bytes, durable: isDurable) {
            case .created: return result(.created)
            case .replaced: return result(.replaced)
            case .unchanged: return result(.unchanged)
            }
        } catch {
            throw Failure(error, path: output)
        }
    }
}
