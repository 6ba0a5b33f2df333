internal import Notebook
internal import Platform

/// Brings one pair into step.
struct PairSync {
    let pair: Pair
    let environment: Environment
    /// The face to believe where both cannot be right.
    var preferred: PairUpdate.Face?
    /// Whether nothing may be written.
    var isDry = false
    /// The formats that the notebook is to name from now on; nil for those that it names.
    ///
    /// They are written unless the pair fails, and a script that says the same gets them in its header.
    var newFormats: String?
    /// The folder that results are named from.
    let workingFolder: Path
    /// A test's door: called when both faces were read, and nothing is written yet.
    var whenRead: (@Sendable () -> Void)?

    func run() -> SyncResult {
        do throws(Failure) { return try sync() } catch { return result(.failed(error)) }
    }

    private func sync() throws(Failure) -> SyncResult {
        let memory = try memory()
        let before = stamp
        let entry = memory.entry(for: pair.notebook)
        let agreement = entry.flatMap { $0.script == pair.script ? $0.agreement : nil }
        let found = try read()
        let notebook = try notebook(in: found)
        var result = try settle(notebook, found, since: agreement, memory)
        if result.outcome == .unchanged { result.stamp = before }
        if newFormats != nil, let notebook, !result.isInStep, !isDry {
            try write([(found.notebook, notebook)])
        }
        return result
    }

    /// The notebook as it is, but for new formats; as the script says where there is none yet.
    private func notebook(in found: FoundFaces) throws(Failure) -> [UInt8]? {
        guard let newFormats else { return found.notebook.bytes }
        var bytes = found.notebook.bytes
        if bytes == nil, let script = found.script.bytes { bytes = try notebook(of: script) }
        do throws(NotebookError) {
            return try bytes.map { bytes throws(NotebookError) in
                try FormatsEdit.notebook(bytes, formats: newFormats)
            }
        } catch { throw Failure(error, about: .path(shown(pair.notebook))) }
    }

    private func settle(
        _ notebook: [UInt8]?, _ found: FoundFaces, since agreement: PairUpdate.Agreement?,
        _ memory: PairMemory
    ) throws(Failure) -> SyncResult {
        switch (notebook, found.script.bytes) {
        case (let notebook?, let script?):
            let files = Files(notebook: notebook, script: script)
            return try settle(files, found, since: agreement, memory)
        case (let notebook?, nil):
            guard agreement == nil || preferred == .notebook else {
                return result(.missing(.script))
            }
            if let old = try renamed(.notebook, notebook, memory) { return old }
            let made = try self.script(of: notebook, like: [])
            try requireNoMarkers(in: made)
            return try make(.script, Files(notebook: notebook, script: made), found, memory)
        case (nil, let script?):
            guard agreement == nil || preferred == .script else {
                return result(.missing(.notebook))
            }
            if let old = try renamed(.script, script, memory) { return old }
            let made = try self.notebook(of: script)
            return try make(.notebook, Files(notebook: made, script: script), found, memory)
        case (nil, nil):
            throw Failure("no such file or directory", path: shown(pair.notebook))
        }
    }

    func memory() throws(Failure) -> PairMemory {
        if let known = pair.memory { return known }
        return try PairMemory(for: pair.notebook.parent, environment: environment)
    }

    /// What to say of a face that seems to have had another name; nil when it is new, or when it is to be
    /// believed.
    private func renamed(
        _ face: PairUpdate.Face, _ bytes: [UInt8], _ memory: PairMemory
    ) throws(Failure) -> SyncResult? {
        guard preferred != face else { return nil }
        for entry in memory.entries(in: pair.notebook.parent) {
            let old = face == .notebook ? entry.notebook : entry.script
            guard (try? File.status(of: old)) == nil else { continue }
            let text = face == .notebook ? entry.agreement.notebook : entry.agreement.script
            let now = face == .notebook ? NotebookReader.bytesWithoutOutputs(of: bytes) : bytes
            if now == text { return result(.renamed(face, from: shown(old))) }
        }
        return nil
    }

    private func settle(
        _ old: Files, _ found: FoundFaces, since agreement: PairUpdate.Agreement?,
        _ memory: PairMemory
    ) throws(Failure) -> SyncResult {
        let (notebook, script) = (old.notebook, old.script)
        let update: PairUpdate
        do throws(NotebookUpdate.Failure) {
            update = try comparison(of: old, since: agreement, memory)
        } catch { throw failure(error) }
        var result = result(outcome(of: update))
        result.conflictingCells = update.conflictingCells
        result.hasConflictingHeaders = update.hasConflictingHeaders
        result.staleCells = update.staleCells
        guard result.isInStep, !isDry else { return result }
        if update.script != script { try requireNoMarkers(in: update.script) }
        var files = Files(notebook: update.notebook, script: update.script)
        if newFormats != nil { files.script = try self.script(of: files.notebook, like: script) }
        try write(files, over: found) { () throws(SystemError) in
            guard let face = update.overruled ?? update.replaced else { return }
            result.backup = shown(
                try face == .notebook
                    ? memory.keep(notebook, of: pair.notebook)
                    : memory.keep(script, of: pair.script))
        }
        try remember(files, was: agreement, memory)
        return result
    }

    /// Compares the faces with what they said when they last agreed.
    ///
    /// Where nobody can tell from what is remembered, what git knows may do.
    private func comparison(
        of files: Files, since agreement: PairUpdate.Agreement?, _ memory: PairMemory
    ) throws(NotebookUpdate.Failure) -> PairUpdate {
        func update(
            since agreement: PairUpdate.Agreement?
        ) throws(NotebookUpdate.Failure) -> PairUpdate {
            try PairUpdate(
                since: agreement, notebook: files.notebook, script: files.script,
                language: pair.language, options: pair.options, preferring: preferred)
        }
        let first = try update(since: agreement)
        guard first.isOpen else { return first }
        let others = otherAgreements(than: files, isKnown: agreement != nil, memory)
        let updates = try others.map { agreement throws(NotebookUpdate.Failure) in
            try update(since: agreement)
        }
        if let closed = updates.first(where: { !$0.isOpen }) { return closed }
        return agreement == nil ? updates.first ?? first : first
    }

    func outcome(of update: PairUpdate) -> SyncResult.Outcome {
        switch update.outcome {
        case .agreed: .unchanged
        case .followed(.notebook): .updated(.script)
        case .followed(.script): .updated(.notebook)
        case .merged: .merged
        case .doubted: .doubted
        case .conflicting: .conflicting
        }
    }

    private func make(
        _ face: PairUpdate.Face, _ files: Files, _ found: FoundFaces, _ memory: PairMemory
    ) throws(Failure) -> SyncResult {
        guard !isDry else { return result(.created(face)) }
        try write(files, over: found)
        try remember(files, was: nil, memory)
        return result(.created(face))
    }

    func remember(
        _ files: Files, was old: PairUpdate.Agreement?, _ memory: PairMemory
    ) throws(Failure) {
        let new: PairUpdate.Agreement
        do throws(NotebookError) {
            new = try PairUpdate.Agreement(of: files.notebook, and: files.script)
        } catch { throw Failure(error, about: .path(shown(pair.notebook))) }
        try remember(new, was: old, memory)
    }

    func remember(
        _ new: PairUpdate.Agreement, was old: PairUpdate.Agreement?, _ memory: PairMemory
    ) throws(Failure) {
        guard new != old else { return }
        do throws(SystemError) {
            try memory.remember(new, of: pair.notebook, and: pair.script)
        } catch { throw Failure(error) }
    }

    // MARK: One face from the other

    /// Refuses to carry the markers of a merge from the notebook's cells to the script.
    private func requireNoMarkers(in script: [UInt8]) throws(Failure) {
        guard ScriptTraits.hasConflictMarkers(script) else { return }
        let name = shown(pair.notebook)
        throw Failure(
            "a cell has the markers of a merge", path: name,
            hint: "settle it in the notebook, or take a side with 'nbgit resolve --ours|--theirs "
                + "\(name.shellWord)'")
    }

    /// The script of a notebook, with what people added to the header of an older one.
    private func script(of notebook: [UInt8], like older: [UInt8]) throws(Failure) -> [UInt8] {
        let reader: NotebookReader
        do throws(NotebookError) { reader = try NotebookReader(notebook) } catch {
            throw Failure(error, about: .path(shown(pair.notebook)))
        }
        let traits = older.isEmpty ? nil : ScriptTraits(of: older, language: pair.language)
        return PercentWriter.script(
            of: reader.content, language: pair.language, options: pair.options,
            replacing: traits
        ).bytes
    }

    private func notebook(of script: [UInt8]) throws(Failure) -> [UInt8] {
        do throws(NotebookUpdate.Failure) {
            return try NotebookUpdate(
                of: nil, from: script, language: pair.language, options: pair.options,
                isDeclared: true
            ).bytes
        } catch { throw failure(error) }
    }

    // MARK: Files and names

    /// How the pair looks; nil where it may have changed since it was found, or could without a trace.
    private var stamp: PairStamp? {
        let now = LocalTime.timestamp
        guard let source = pair.source, newFormats == nil, let stamp = try? pair.stamp(),
            stamp.notebook == source, stamp.isCertain(at: now)
        else { return nil }
        return stamp
    }

    func shown(_ path: Path) -> Path { path.seen(from: workingFolder) }

    func result(_ outcome: SyncResult.Outcome) -> SyncResult {
        SyncResult(notebook: shown(pair.notebook), script: shown(pair.script), outcome: outcome)
    }

    func failure(_ error: NotebookUpdate.Failure) -> Failure {
        switch error {
        case .script(let error): Self.failure(error, shown(pair.script))
        case .notebook(let error): Self.failure(error, shown(pair.notebook))
        }
    }

    private static func failure(_ error: NotebookError, _ path: Path) -> Failure {
        var failure = Failure(error, about: .path(path))
        if error.isConflict {
            let name = path.shellWord
            failure.hint =
                "settle it: edit the file and run 'nbgit add \(name)', or take a side with "
                + "'nbgit resolve --ours|--theirs \(name)'"
        }
        return failure
    }
}
