internal import Notebook
internal import Platform

/// The notebook and the script of a conversion, and what is remembered of them.
struct ConvertedPair {
    let memory: PairMemory
    let notebook: Path
    let script: Path
    /// What both said when they last agreed; nil when that is not known.
    let known: PairUpdate.Agreement?

    /// Tells whether what a person has written since both agreed would be lost, and refuses that unless it is forced.
    ///
    /// - Parameters:
    ///   - face: The face that would be written.
    ///   - notebookBytes: What the notebook says now.
    ///   - scriptBytes: What the script says now.
    ///   - language: The language of the script.
    ///   - job: The conversion.
    /// - Returns: Whether what a person has written would be lost.
    /// - Throws: ``Failure`` with the line to type.
    func losesEdit(
        of face: PairUpdate.Face, notebook notebookBytes: [UInt8], script scriptBytes: [UInt8],
        _ language: Language, _ job: ConversionJob
    ) throws(Failure) -> Bool {
        guard let known else { return false }
        if face == .notebook,
            NotebookReader.bytesWithoutOutputs(of: notebookBytes) == known.notebook
        {
            return false
        }
        let update = try? PairUpdate(
            since: known, notebook: notebookBytes, script: scriptBytes, language: language,
            options: job.conversion.options)
        let other: PairUpdate.Face = face == .notebook ? .script : .notebook
        guard let update else { return false }
        switch update.outcome {
        case .agreed, .followed(other), .doubted: return false
        case .followed, .merged, .conflicting: break
        }
        guard !job.conversion.isForced else { return true }
        let name = job.displayName(of: face == .notebook ? notebook : script)
        throw Failure(
            "'\(name)' was edited since both said the same, and would lose that",
            about: job.subject,
            hint: "bring them into step: nbgit sync '\(name)'; or give '--force' to replace it")
    }
}

extension ConversionJob {
    /// Notebooks of more bytes are not kept a second time.
    static let mostBytesRemembered = 1 << 25

    /// The notebook and the script, where they lie beside each other in a repository and may be written.
    ///
    /// Who only wants to see the difference sees it, whatever would be refused.
    func pair(_ notebook: Path?, _ script: Path?) -> ConvertedPair? {
        guard !conversion.isDry || !conversion.showsDifference, let memory, let notebook,
            let script,
            let folder = try? File.resolved(notebook.parent),
            (try? File.resolved(script.parent)) == folder
        else { return nil }
        let place = folder.appending(notebook.name)
        let other = folder.appending(script.name)
        let entry = memory.entry(for: place)
        // Who only looks at a notebook as a script beside it does not give it another script.
        if let entry, entry.script != other, (try? File.status(of: entry.script)) != nil {
            return nil
        }
        return ConvertedPair(
            memory: memory, notebook: place, script: other,
            known: entry?.script == other ? entry?.agreement : nil)
    }

    /// Keeps what both say, so that it is known later which one was edited.
    ///
    /// That it cannot be kept is no reason to fail: later a person is asked.
    func remember(_ pair: ConvertedPair, notebook: [UInt8], script: [UInt8]) {
        guard !conversion.isDry, let new = try? PairUpdate.Agreement(of: notebook, and: script),
            new != pair.known
        else { return }
        try? pair.memory.remember(new, of: pair.notebook, and: pair.script)
    }

    /// Keeps what is written over because somebody forces it.
    ///
    /// - Returns: Where it is, as it may be typed; nil where nothing can be kept: outside a repository, or in a
    ///   dry run.
    func keep(_ bytes: [UInt8], of output: Path?) throws(Failure) -> Path? {
        guard !conversion.isDry, let memory, let output,
            let folder = try? File.resolved(output.parent)
        else { return nil }
        do throws(SystemError) {
            return try memory.keep(bytes, of: folder.appending(output.name))
                .seen(from: WorkingFolder.path())
        } catch { throw Failure(error) }
    }

    /// A face as it may be typed: beside the input.
    fileprivate func displayName(of place: Path) -> String {
        (input?.parent ?? ".").appending(place.name).displayName
    }
}
