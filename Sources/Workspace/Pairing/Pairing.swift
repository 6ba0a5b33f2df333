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
            return try pair(place, bytes, formats, shown: path)
        case .percent(let language?):
            let chosen = try PairFormats(formats)
            guard let notebook = chosen.notebook(of: place) else {
                throw Failure(
                    "'\(chosen.text)' does not say where its notebook is", path: path,
                    hint: "choose formats that fit its name with '--formats'")
            }
            let script = try read(place, shown: path)
            let isThere = (try? File.status(of: notebook)) != nil
            let bytes =
                if isThere { try read(notebook, shown: notebook) } else {
                    try self.notebook(of: script, language, shown: path)
                }
            return try pair(notebook, bytes, formats, shown: path)
        default:
            throw Failure("neither a notebook nor a script", path: path)
        }
    }

    private func pair(
        _ notebook: Path, _ bytes: [UInt8], _ formats: String, shown path: Path
    ) throws(Failure) -> SyncResult {
        let chosen = try PairFormats(formats)
        let language = (try? NotebookReader(bytes)).flatMap {
            Languages.language(of: $0.content.metadata)
        }
        let ending = language.map { String($0.fileExtension.dropFirst()) }
        let formats = chosen.text(fileExtension: ending)
        let edited = try self.edited(bytes, formats: formats, shown: path)
        var finder = PairFinder(environment: environment)
        let pair = try finder.pair(ofNotebook: notebook, bytes: edited, shown: path)
        guard let pair else { throw Failure("cannot be paired", path: path) }
        return PairSync(
            pair: pair, environment: environment, newFormats: formats, workingFolder: workingFolder
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
        let isDisowned = finder.otherScript(of: pair) != nil
        if !isDisowned, (try? File.status(of: pair.notebook)) != nil {
            try edit(pair.notebook) { bytes throws(Failure) in
                try edited(bytes, formats: nil, shown: pair.notebook)
            }
        }
        if (try? File.status(of: pair.script)) != nil {
            try edit(pair.script) { bytes in
                FormatsEdit.scriptWithoutFormats(bytes, language: pair.language)
            }
        }
        if !isDisowned {
            try PairMemory(for: pair.notebook.parent, environment: environment)
                .forget(pair.notebook)
        }
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

    private func edit(
        _ path: Path, _ change: ([UInt8]) throws(Failure) -> [UInt8]
    ) throws(Failure) {
        func system<Value>(
            _ body: () throws(SystemError) -> Value
        ) throws(Failure) -> Value {
            do throws(SystemError) { return try body() } catch { throw Failure(error) }
        }
        var found = try system { () throws(SystemError) in try File.Snapshot(of: path) }
        let bytes = try change(system { () throws(SystemError) in try found.bytes() })
        _ = try system { () throws(SystemError) in
            try File.replace(path, with: bytes, over: found, durable: true)
        }
    }
}
