internal import Git
internal import Notebook
internal import Platform

/// A notebook and its script, by absolute paths without links in their folders.
struct Pair: Hashable, Sendable {
    let notebook: Path
    let script: Path
    let language: Language

    static func == (one: Pair, other: Pair) -> Bool {
        one.notebook == other.notebook && one.script == other.script
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(notebook)
        hasher.combine(script)
    }
}

/// Finds out which pair a file belongs to.
struct PairFinder {
    let environment: Environment

    /// The pair of the file at `path`; nil when nothing says that it belongs to one.
    ///
    /// The notebook's metadata say it, or the script's header, or what is remembered of the pair. A file
    /// that is gone can still be named.
    ///
    /// - Throws: ``Failure`` for a file that cannot be read, and for formats that are none.
    func pair(of path: Path) throws(Failure) -> Pair? {
        let place: Path
        do throws(SystemError) {
            place = try File.resolved(path.parent).appending(path.name)
        } catch { throw Failure(error, about: .path(path)) }
        switch FileFormat(fileExtension: path.fileExtension) {
        case .notebook: return try pair(ofNotebook: place, shown: path)
        case .percent(let language?): return try pair(ofScript: place, language, shown: path)
        default:
            throw Failure("neither a notebook nor a script", path: path)
        }
    }

    private func pair(ofNotebook place: Path, shown path: Path) throws(Failure) -> Pair? {
        guard let bytes = try read(place, shown: path) else { return try remembered(place) }
        return try pair(ofNotebook: place, bytes: bytes, shown: path)
    }

    /// The pair of the notebook at `place`, an absolute path, that holds `bytes`.
    func pair(
        ofNotebook place: Path, bytes: [UInt8], shown path: Path
    ) throws(Failure) -> Pair? {
        let reader: NotebookReader
        do throws(NotebookError) { reader = try NotebookReader(bytes) } catch {
            throw Failure(error, about: .path(path))
        }
        guard let formats = try PairFormats(in: reader.notebook.metadata, of: path) else {
            return try remembered(place)
        }
        let language = Languages.language(of: reader.notebook.metadata)
        let ending = language.map { String($0.fileExtension.dropFirst()) }
        guard let script = formats.script(of: place, fileExtension: ending) else {
            throw Failure(
                "its formats '\(formats.text)' do not say where its script is", path: path,
                hint: ending == nil
                    ? "name the language: 'nbgit pair --formats ipynb,py:percent "
                        + "\(path.displayName)'"
                    : "rename it, or choose others with 'nbgit pair --formats'")
        }
        return try pair(place, script)
    }

    private func pair(
        ofScript place: Path, _ language: Language, shown path: Path
    ) throws(Failure) -> Pair? {
        guard let bytes = try read(place, shown: path) else { return nil }
        let traits = ScriptTraits(of: bytes, language: language)
        guard let formats = try PairFormats(in: traits.metadata, of: path) else {
            let beside = place.replacingExtension(with: "ipynb")
            return try remembered(beside).flatMap { $0.script == place ? $0 : nil }
        }
        return try formats.notebook(of: place).flatMap { notebook throws(Failure) in
            try pair(notebook, place)
        }
    }

    /// The pair of a notebook that does not say it itself.
    private func remembered(_ notebook: Path) throws(Failure) -> Pair? {
        let memory = try PairMemory(for: notebook.parent, environment: environment)
        return try memory.entry(for: notebook).flatMap { entry throws(Failure) in
            try pair(notebook, entry.script)
        }
    }

    /// A pair whose faces stay where both may be written; what names the other face may come from anywhere.
    private func pair(_ notebook: Path, _ script: Path) throws(Failure) -> Pair? {
        guard case .percent(let language?)? = FileFormat(fileExtension: script.fileExtension) else {
            return nil
        }
        let memory = try PairMemory(for: notebook.parent, environment: environment)
        for path in [notebook, script] where !memory.holds(path) {
            throw Failure(
                "would be paired with a file outside of '\(memory.base.displayName)'",
                path: path == script ? notebook : script,
                hint: "choose other formats with 'nbgit pair --formats'")
        }
        return Pair(notebook: notebook, script: script, language: language)
    }

    private func read(_ place: Path, shown path: Path) throws(Failure) -> [UInt8]? {
        do throws(SystemError) {
            return try File.status(of: place) == nil ? nil : try File.read(place)
        } catch { throw Failure(error, about: .path(path)) }
    }
}

extension PairFormats {
    /// As ``init(in:)``, saying which file it is about.
    fileprivate init?(in metadata: JSONObject, of path: Path) throws(Failure) {
        do throws(Failure) { try self.init(in: metadata) } catch {
            var failure = error
            failure.subject = .path(path)
            throw failure
        }
    }
}
