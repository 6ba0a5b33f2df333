internal import Notebook
internal import Platform

/// A notebook and its script, by absolute paths without links in their folders.
struct Pair: Sendable {
    let notebook: Path
    let script: Path
    let language: Language
    /// How the script is written and read.
    let options: FormatOptions
    /// What remembers the pair; found out when it is needed where that is nil.
    var memory: PairMemory?
    /// How the notebook that named the script looked before it was read; nil when something else did, or when
    /// the script names another notebook.
    var source: FileStamp?
    /// How the settings looked that counted.
    var settings = SettingsStamp()

    /// How the pair looks.
    ///
    /// - Throws: ``SystemError`` where a folder on the way may not be entered.
    func stamp() throws(SystemError) -> PairStamp {
        PairStamp(
            notebook: FileStamp(try File.status(of: notebook)),
            script: FileStamp(try File.status(of: script)), settings: settings)
    }
}

/// Finds out which pair a file belongs to.
///
/// The notebook's metadata say it, or the script's header, or the settings, or what is remembered of the pair.
struct PairFinder {
    var settings: SettingsFinder
    var memories: PairMemories
    /// Folders as they were written, and where they are.
    private var places: [Path: Path] = [:]

    init(environment: Environment) {
        settings = SettingsFinder(environment: environment)
        memories = PairMemories(environment: environment)
    }

    /// The pair of the file at `path`; nil when nothing says that it belongs to one.
    ///
    /// A file that is gone can still be named.
    ///
    /// - Throws: ``Failure`` for a file that cannot be read, and for formats that are none.
    mutating func pair(of path: Path) throws(Failure) -> Pair? {
        let place = try place(of: path)
        switch FileFormat(fileExtension: path.fileExtension) {
        case .notebook:
            guard let (status, bytes) = try read(place, shown: path) else {
                return try remembered(place)
            }
            var pair = try pair(ofNotebook: place, bytes: bytes, shown: path)
            pair?.source = FileStamp(status)
            return pair
        case .percent(let language?):
            guard let (_, bytes) = try read(place, shown: path) else { return nil }
            return try pair(ofScript: place, bytes: bytes, language, shown: path)
        default:
            throw Failure("neither a notebook nor a script", path: path)
        }
    }

    /// The pair of the notebook at `place`, an absolute path, that holds `bytes`.
    mutating func pair(
        ofNotebook place: Path, bytes: [UInt8], shown path: Path
    ) throws(Failure) -> Pair? {
        let metadata: JSONObject
        do throws(NotebookError) { metadata = try NotebookReader(bytes).content.metadata } catch {
            throw Failure(error, about: .path(path))
        }
        let language = Languages.language(of: metadata)
        let ending = language.map { String($0.fileExtension.dropFirst()) }
        guard let formats = try PairFormats(in: metadata, of: path) else {
            let settled = try settings.settings(around: place)?.formats ?? []
            let scripts = settled.compactMap { $0.script(of: place, fileExtension: ending) }
            if let script = scripts.first { return try pair(place, script) }
            return try remembered(place)
        }
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

    /// The pair of the script at `place`, an absolute path, that holds `bytes`.
    mutating func pair(
        ofScript place: Path, bytes: [UInt8], _ language: Language, shown path: Path
    ) throws(Failure) -> Pair? {
        let traits = ScriptTraits(of: bytes, language: language)
        if let formats = try PairFormats(in: traits.metadata, of: path) {
            return try formats.notebook(of: place).flatMap { notebook throws(Failure) in
                try pair(notebook, place)
            }
        }
        // Not every module is the script of a notebook.
        let settled = traits.isPercent ? try settings.settings(around: place)?.formats ?? [] : []
        if let notebook = settled.lazy.compactMap({ $0.notebook(of: place) }).first {
            return try pair(notebook, place)
        }
        let beside = place.replacingExtension(with: "ipynb")
        return try remembered(beside).flatMap { $0.script == place ? $0 : nil }
    }

    /// The notebook at `path`, which says of no script, with one beside it, or the notebook beside a script; nil
    /// for anything else, and for a notebook in a language without scripts.
    mutating func pair(beside path: Path) throws(Failure) -> Pair? {
        guard let place = try? File.resolved(path.parent).appending(path.name),
            let format = FileFormat(fileExtension: path.fileExtension)
        else { return nil }
        guard format == .notebook else {
            let notebook = place.replacingExtension(with: "ipynb")
            guard let pair = try? pair(beside: notebook), pair.script == place,
                try self.pair(of: notebook) == nil
            else { return nil }
            return pair
        }
        guard let bytes = try? File.read(place), let reader = try? NotebookReader(bytes),
            Languages.language(of: reader.content.metadata) != nil
        else { return nil }
        return try pair(beside: place, bytes: bytes, shown: path)
    }

    /// The notebook at `place`, which says of no script, with one beside it.
    mutating func pair(beside place: Path, bytes: [UInt8], shown path: Path) throws(Failure)
        -> Pair?
    {
        let notebook: Notebook
        do throws(NotebookError) { notebook = try NotebookReader(bytes).notebook } catch {
            throw Failure(error, about: .path(path))
        }
        guard let language = Languages.language(of: notebook.metadata) else {
            throw Failure(
                "the notebook does not name a language that nbgit has a script form for",
                path: path,
                hint: "pair it: nbgit pair --formats ipynb,py:percent \(path.displayName)")
        }
        let ending = String(language.fileExtension.dropFirst())
        return try pair(place, place.replacingExtension(with: ending))
    }

    /// The pair of a notebook that does not say it itself; nil when its script is gone: perhaps it was converted
    /// once, to be looked at.
    private mutating func remembered(_ notebook: Path) throws(Failure) -> Pair? {
        let memory = try memories.memory(for: notebook.parent)
        guard let entry = memory.entry(for: notebook),
            (try? File.status(of: notebook)) == nil || (try? File.status(of: entry.script)) != nil
        else { return nil }
        return try pair(notebook, entry.script)
    }

    /// A pair whose faces stay where both may be written; what names the other face may come from anywhere.
    mutating func pair(_ notebook: Path, _ script: Path) throws(Failure) -> Pair? {
        guard case .percent(let language?)? = FileFormat(fileExtension: script.fileExtension) else {
            return nil
        }
        let memory = try memories.memory(for: notebook.parent)
        // Either face may be the one that names the other.
        let both = [memory, try memories.memory(for: script.parent)]
        for path in [notebook, script] {
            guard let narrow = both.first(where: { !$0.holds(path) }) else { continue }
            throw Failure(
                "would be paired with a file outside of '\(narrow.base.displayName)'",
                path: path == script ? notebook : script,
                hint: "choose other formats with 'nbgit pair --formats'")
        }
        // The script's folder may still have to be made.
        let ofScript = try settings.settings(around: script)
        let ofNotebook = try settings.settings(around: notebook)
        return Pair(
            notebook: notebook, script: script, language: language,
            options: (ofScript ?? ofNotebook)?.options ?? FormatOptions(), memory: memory,
            settings: SettingsStamp(
                notebook: FileStamp(ofNotebook?.status), script: FileStamp(ofScript?.status)))
    }

    /// The script that the notebook of `pair` has by its own account, where that is another one.
    ///
    /// What a script says of its notebook may be old, or come from anybody; a notebook has one script.
    mutating func otherScript(of pair: Pair) -> Path? {
        guard (try? File.status(of: pair.notebook)) != nil,
            let own = try? self.pair(of: pair.notebook), own.script != pair.script
        else { return nil }
        return own.script
    }

    // MARK: Files

    /// The absolute path of a file, without links in its folders.
    mutating func place(of path: Path) throws(Failure) -> Path {
        do throws(SystemError) {
            return try place(ofFolder: path.parent).appending(path.name)
        } catch {
            throw Failure(error, about: .path(path))
        }
    }

    /// The absolute path of a folder, without links.
    mutating func place(ofFolder folder: Path) throws(SystemError) -> Path {
        if let known = places[folder] { return known }
        let place: Path
        if folder.parent != folder, folder.name != "..",
            try File.status(of: folder, followingLinks: false)?.kind == .folder
        {
            place = try self.place(ofFolder: folder.parent).appending(folder.name)
        } else {
            place = try File.resolved(folder)
        }
        places[folder] = place
        return place
    }

    private func read(
        _ place: Path, shown path: Path
    ) throws(Failure) -> (status: FileStatus, bytes: [UInt8])? {
        do throws(SystemError) {
            guard let status = try File.status(of: place) else { return nil }
            return (status, try File.read(place))
        } catch { throw Failure(error, about: .path(path)) }
    }
}

extension PairFormats {
    /// As ``init(in:)``, saying which file it is about.
    fileprivate init?(in metadata: JSONObject, of path: Path) throws(Failure) {
        do throws(Failure) { try self.init(in: metadata) } catch {
            var failure = error
            failure.subject = .path(path)
            if failure.isForOthers {
                // Where jupytext has a script of its own, only jupytext can read that.
                let isScript = metadata["jupytext"]?.object?["formats"]?.string?.contains(":")
                failure.hint =
                    "jupytext keeps them in step; to have a percent script instead: "
                    + (isScript == true
                        ? "jupytext --set-formats ipynb,auto:percent " : "nbgit pair ")
                    + path.shellWord
            }
            throw failure
        }
    }
}
