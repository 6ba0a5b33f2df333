/// The two faces of a pair, a notebook and its script, brought into step by their contents.
///
/// What both said when they last agreed is what they are compared with:
///
///     notebook   script     what happens
///     as it was  as it was  nothing
///     changed    as it was  the script is written again
///     as it was  changed    the notebook is brought up to date; outputs, ids and attachments stay
///     changed    changed    both are merged, cell by cell and line by line
///
/// Outputs are no change: a script cannot show them. Time stamps are not looked at.
public struct PairUpdate: Sendable {
    /// What the faces said when they last agreed.
    public struct Agreement: Sendable, Equatable {
        /// The notebook, without outputs.
        public let notebook: [UInt8]
        /// The script.
        public let script: [UInt8]

        /// Takes both as they were kept.
        public init(notebook: [UInt8], script: [UInt8]) {
            self.notebook = notebook
            self.script = script
        }

        /// What the two faces say now, to be kept until they are compared again.
        ///
        /// - Throws: ``NotebookError`` when the notebook cannot be read.
        public init(of notebook: [UInt8], and script: [UInt8]) throws(NotebookError) {
            self.notebook = try NotebookReader(notebook).bytesWithoutOutputs
            self.script = script
        }
    }

    /// One of the two faces.
    public enum Face: String, Sendable, CaseIterable {
        case notebook
        case script
    }

    /// How the faces came into step.
    public enum Outcome: Sendable, Equatable {
        /// They were.
        case agreed
        /// One was changed, and the other follows it.
        case followed(Face)
        /// Both were changed, and both have all of it now.
        case merged
        /// They differ, and nobody knows which one was changed; nothing follows from that.
        case doubted
        /// Both changed the same lines or metadata, or one deleted what the other changed; both stay as they are.
        case conflicting
    }

    /// What happened.
    public let outcome: Outcome
    /// The notebook as it is to be; the same bytes when nothing changes.
    public let notebook: [UInt8]
    /// The script as it is to be; the same bytes when nothing changes.
    public let script: [UInt8]
    /// The cells, from 1, where the two say different things that cannot both be kept.
    public private(set) var conflictingCells: [Int] = []
    /// Whether the two also say different things of the notebook as a whole: its kernel, or other metadata.
    public private(set) var hasConflictingHeaders = false
    /// The face whose text went where the preferred one said something else; nil when no text is gone.
    public private(set) var overruled: Face?
    /// The face of whose several cells not a line is left, as the other has new ones; nil when something stayed.
    ///
    /// Nobody knows whether that was meant: a script may have been emptied by accident and then typed into.
    public private(set) var replaced: Face?
    /// The cells of the notebook, from 1, whose outputs were made by other code than they hold now.
    public private(set) var staleCells: [Int] = []

    /// Compares the faces with what they said, and with each other.
    ///
    /// - Parameters:
    ///   - agreement: What both said when they last agreed; nil when that is not known.
    ///   - notebook: The notebook as it is.
    ///   - script: The script as it is.
    ///   - language: The language of the script's extension.
    ///   - options: Choices that go before those in the files.
    ///   - preferred: The face to believe where the two cannot both be right; nil to leave that to a person.
    /// - Throws: ``NotebookUpdate/Failure`` when one of them cannot be read.
    public init(
        since agreement: Agreement?, notebook: [UInt8], script: [UInt8], language: Language,
        options: FormatOptions = FormatOptions(), preferring preferred: Face? = nil
    ) throws(NotebookUpdate.Failure) {
        let writer = FaceWriter(language: language, options: options, like: script)
        let updated = try writer.notebook(notebook, following: script)
        if updated.bytes == notebook {
            self.init(.agreed, notebook, script)
            return
        }
        // An empty file is what a cut-off copy or a full disk leaves, and no wish to be rid of all cells.
        let agreement =
            script.allSatisfy { (0x09...0x0D).contains($0) || $0 == 0x20 } ? nil : agreement
        guard let agreement else {
            let written = try writer.script(of: notebook)
            switch preferred {
            case nil: self.init(.doubted, notebook, script)
            case .notebook: self.init(.followed(.notebook), notebook, written)
            case .script: self.init(.followed(.script), updated.bytes, script)
            }
            overruled = preferred == .notebook ? .script : preferred == .script ? .notebook : nil
            conflictingCells = try writer.changedCells(from: notebook, to: updated.bytes)
            if preferred == .script { staleCells = updated.staleCells }
            return
        }
        let theirs = try writer.notebook(agreement.notebook, following: script).bytes
        let scriptIsSame = theirs == agreement.notebook
        let written = try writer.script(of: notebook)
        let notebookIsSame = try writer.script(of: agreement.notebook) == written
        switch (notebookIsSame, scriptIsSame) {
        case (true, true): self.init(.agreed, notebook, script)
        case (true, false):
            self.init(.followed(.script), updated.bytes, script)
            staleCells = updated.staleCells
            if try writer.isReplaced(notebook, by: updated.bytes) { replaced = .notebook }
        case (false, true):
            self.init(.followed(.notebook), notebook, written)
            if try writer.isReplaced(agreement.notebook, by: notebook) { replaced = .script }
        case (false, false):
            let merge = try writer.merge(
                base: agreement.notebook, notebook, theirs, preferring: preferred)
            let isOpen = !merge.conflicts.isEmpty || !merge.disputes.isEmpty
            if isOpen, preferred == nil {
                self.init(.conflicting, notebook, script)
            } else {
                self.init(.merged, merge.bytes, try writer.script(of: merge.bytes))
                if isOpen { overruled = preferred == .notebook ? .script : .notebook }
                if try writer.isReplaced(notebook, by: merge.bytes) { replaced = .notebook }
            }
            conflictingCells = merge.cellNumbersInConflict
            hasConflictingHeaders = merge.disputes.contains { $0.cellNumber == nil }
        }
    }

    private init(_ outcome: Outcome, _ notebook: [UInt8], _ script: [UInt8]) {
        self.outcome = outcome
        self.notebook = notebook
        self.script = script
    }
}

extension NotebookMerge {
    /// The cells that a person has to look at, from 1, each once.
    fileprivate var cellNumbersInConflict: [Int] {
        Set(conflicts.map(\.cellNumber) + disputes.compactMap(\.cellNumber)).sorted()
    }
}

/// Writes each face as the other one says.
private struct FaceWriter {
    let language: Language
    let options: FormatOptions
    let traits: ScriptTraits

    init(language: Language, options: FormatOptions, like script: [UInt8]) {
        self.language = language
        self.options = options
        traits = ScriptTraits(of: script, language: language)
    }

    func notebook(
        _ notebook: [UInt8], following script: [UInt8]
    ) throws(NotebookUpdate.Failure) -> NotebookUpdate {
        try NotebookUpdate(
            of: notebook, from: script, language: language, options: options, isDeclared: true)
    }

    func script(of notebook: [UInt8]) throws(NotebookUpdate.Failure) -> [UInt8] {
        let reader = try read(notebook)
        return PercentWriter.script(
            of: reader.content, language: language, options: options, replacing: traits
        ).bytes
    }

    func changedCells(
        from old: [UInt8], to new: [UInt8]
    ) throws(NotebookUpdate.Failure) -> [Int] {
        let difference = NotebookDifference(from: try read(old), to: try read(new))
        return difference.cells.compactMap { $0.oldNumber ?? $0.newNumber }.sorted()
    }

    /// Whether `new` has fewer cells with text than `old`, and not a line of it.
    func isReplaced(
        _ old: [UInt8], by new: [UInt8]
    ) throws(NotebookUpdate.Failure) -> Bool {
        let (old, new) = (try lines(of: old), try lines(of: new))
        return old.count > new.count && Set(old.joined()).isDisjoint(with: new.joined())
    }

    /// The lines of every cell that has any.
    private func lines(of notebook: [UInt8]) throws(NotebookUpdate.Failure) -> [[ArraySlice<UInt8>]]
    {
        try read(notebook).notebook.cells.map { $0.source.split(separator: .lineFeed) }
            .filter { !$0.isEmpty }
    }

    func merge(
        base: [UInt8], _ ours: [UInt8], _ theirs: [UInt8], preferring preferred: PairUpdate.Face?
    ) throws(NotebookUpdate.Failure) -> NotebookMerge {
        let favored = preferred.map { $0 == .notebook ? NotebookMerge.Side.ours : .theirs }
        do throws(NotebookError) {
            return try NotebookMerge(
                base: base, ours: ours, theirs: theirs, ourLabel: "notebook", theirLabel: "script",
                favoring: favored)
        } catch { throw .notebook(error) }
    }

    private func read(_ notebook: [UInt8]) throws(NotebookUpdate.Failure) -> NotebookReader {
        do throws(NotebookError) { return try NotebookReader(notebook) } catch {
            throw .notebook(error)
        }
    }
}
