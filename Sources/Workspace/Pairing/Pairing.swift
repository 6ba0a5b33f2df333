internal import Notebook
public import Platform

/// Makes and ends pairs: writes `jupytext.formats` into notebooks, or takes it out.
public struct Pairing {
    private let environment: Environment
    private let workingFolder: Path

    /// Touches no file yet.
    ///
    /// - Parameter environment: For git's variables, and where pairs outside a repository are remembered.
    /// - Throws: ``Failure`` where the working folder cannot be found out.
    public init(environment: Environment) throws(Failure) {
        self.environment = environment
        do throws(SystemError) { workingFolder = try WorkingFolder.path() } catch {
            throw Failure(error)
        }
    }

    /// What is chosen when nobody chooses.
    public static let defaultFormats = "ipynb,auto:percent"

    /// Pairs a notebook with a script, or a script with a notebook, and makes the face that is not there.
    ///
    /// - Parameters:
    ///   - path: The notebook or the script.
    ///   - formats: Where the faces lie, as jupytext writes it; `auto` stands for the notebook's language.
    /// - Returns: What became of the pair.
    /// - Throws: ``Failure`` for a file that is neither, and for formats that it does not fit; nothing is
    ///   written then.
    public func pair(_ path: Path, formats: String) throws(Failure) -> SyncResult {
        let place = try resolved(path)
        switch FileFormat(fileExtension: path.fileExtension) {
        case .notebook:
            let bytes = try read(place, shown: path)
            return try pair(place, bytes, old: bytes, formats, shown: path)
        case .percent(let language?):
            let chosen = try PairFormats(formats)
            guard let notebook = chosen.notebook(of: place) else {
                throw Failure(
                    "'\(chosen.text)' does not say where its notebook is", path: path,
                    hint: "choose formats that fit its name with '--formats'")
            }
            let script = try read(place, shown: path)
            let isThere = (try? File.status(of: notebook)) != nil
            let old = isThere ? try read(notebook, shown: notebook) : nil
            let bytes =
                if let old { old } else { try self.notebook(of: script, language, shown: path) }
            return try pair(notebook, bytes, old: old, formats, shown: path)
        default:
            throw Failure("neither a notebook nor a script", path: path)
        }
    }

    private func pair(
        _ notebook: Path, _ bytes: [UInt8], old: [UInt8]?, _ formats: String, shown path: Path
    ) throws(Failure) -> SyncResult {
        let chosen = try PairFormats(formats)
        let language = (try? NotebookReader(bytes)).flatMap {
            Languages.language(of: $0.notebook.metadata)
        }
        let ending = language.map { String($0.fileExtension.dropFirst()) }
        let edited = try self.edited(
            bytes, formats: chosen.text(fileExtension: ending), shown: path)
        var finder = PairFinder(environment: environment)
        let pair = try finder.pair(ofNotebook: notebook, bytes: edited, shown: path)
        guard let pair else { throw Failure("cannot be paired", path: path) }
        do throws(SystemError) {
            if edited != old {
                try Folder.create(notebook.parent)
                try File.replace(notebook, with: edited, durable: true)
            }
        } catch { throw Failure(error) }
        return PairSync(
            pair: pair, environment: environment, renewsScript: true, workingFolder: workingFolder
        ).run()
    }

    /// Ends a pair; both files stay.
    ///
    /// - Parameter path: The notebook or the script.
    /// - Returns: The two files that are no pair any more, as they may be typed.
    /// - Throws: ``Failure`` for a file that is not paired.
    public func unpair(_ path: Path) throws(Failure) -> [Path] {
        var finder = PairFinder(environment: environment)
        guard let pair = try finder.pair(of: path) else {
            throw Failure("not paired", path: path)
        }
        if (try? File.status(of: pair.notebook)) != nil {
            let bytes = try read(pair.notebook, shown: pair.notebook)
            try write(edited(bytes, formats: nil, shown: pair.notebook), to: pair.notebook)
        }
        if (try? File.status(of: pair.script)) != nil {
            let bytes = try read(pair.script, shown: pair.script)
            try write(
                FormatsEdit.scriptWithoutFormats(bytes, language: pair.language), to: pair.script)
        }
        try PairMemory(for: pair.notebook.parent, environment: environment).forget(pair.notebook)
        return [pair.notebook, pair.script].map { $0.seen(from: workingFolder) }
    }

    // MARK: Files

    private func edited(
        _ notebook: [UInt8], formats: String?, shown path: Path
    ) throws(Failure) -> [UInt8] {
        do throws(NotebookError) {
            return try FormatsEdit.notebook(notebook, formats: formats)
        } catch { throw Failure(error, about: .path(path)) }
    }

    private func notebook(
        of script: [UInt8], _ language: Language, shown path: Path
    ) throws(Failure) -> [UInt8] {
        do throws(NotebookUpdate.Failure) {
            return try NotebookUpdate(of: nil, from: script, language: language, isDeclared: true)
                .bytes
        } catch {
            switch error {
            case .script(let error), .notebook(let error):
                throw Failure(error, about: .path(path))
            }
        }
    }

    private func resolved(_ path: Path) throws(Failure) -> Path {
        do throws(SystemError) {
            return try File.resolved(path.parent).appending(path.name)
        } catch { throw Failure(error, about: .path(path)) }
    }

    private func read(_ place: Path, shown path: Path) throws(Failure) -> [UInt8] {
        do throws(SystemError) { return try File.read(place) } catch {
            throw Failure(error, about: .path(path))
        }
    }

    private func write(_ bytes: [UInt8], to path: Path) throws(Failure) {
        do throws(SystemError) { try File.replace(path, with: bytes, durable: true) } catch {
            throw Failure(error)
        }
    }
}
