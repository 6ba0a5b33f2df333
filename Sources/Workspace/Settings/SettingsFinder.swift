internal import Notebook
internal import Platform

/// Finds the settings that count for a folder.
///
/// Looked for in the folder and in those above it; the first file counts and nothing is put together. In each
/// folder, in this order: `nbgit.toml`, `[tool.nbgit]` of `pyproject.toml`, and what jupytext looks for. At last
/// what a person has set for all folders.
///
/// Follows jupytext, "Configuration", for its own files.
struct SettingsFinder {
    private let environment: Environment
    private var known: [Path: Settings?] = [:]
    /// Folders as they were written, and where they are.
    private var places: [Path: Path] = [:]
    /// Folders, by their places, that have no settings of their own.
    private var foldersWithout: Set<Path> = []

    init(environment: Environment) {
        self.environment = environment
    }

    /// The settings for a file, which need not exist.
    ///
    /// - Throws: ``Failure`` for settings that cannot be read.
    mutating func settings(around path: Path) throws(Failure) -> Settings? {
        let folder = path == "." ? path : path.parent
        if let place = places[folder] { return try settings(for: place) }
        // What is not there has nothing in it.
        guard let place = try? File.resolved(folder) else { return nil }
        places[folder] = place
        return try settings(for: place)
    }

    /// The settings for files in `folder`, an absolute path; nil where there are none.
    ///
    /// - Throws: ``Failure`` for a file that cannot be read.
    mutating func settings(for folder: Path) throws(Failure) -> Settings? {
        if let found = known[folder] { return found }
        let found: Settings?
        let own = foldersWithout.contains(folder) ? nil : try Self.settings(in: folder)
        if let own {
            found = own
        } else if isCeiling(folder) || folder.parent == folder {
            found = try personal()
        } else {
            found = try settings(for: folder.parent)
        }
        known[folder] = .some(found)
        return found
    }

    /// Takes that the folder at an absolute path has none of ``names``, so that it need not be looked at.
    mutating func noteNoSettings(in folder: Path) { foldersWithout.insert(folder) }

    private func isCeiling(_ folder: Path) -> Bool {
        let list = environment.path("JUPYTEXT_CEILING_DIRECTORIES")?.bytes ?? []
        return list.split(separator: UInt8(ascii: ":")).contains { $0.elementsEqual(folder.bytes) }
    }

    private func personal() throws(Failure) -> Settings? {
        let home = environment.path("HOME")
        let own = environment.path("XDG_CONFIG_HOME").flatMap { $0.isAbsolute ? $0 : nil }
        for place in [own ?? home?.appending(".config"), home].compactMap(\.self) {
            for folder in [place.appending("nbgit"), place.appending("jupytext"), place] {
                if let found = try Self.settings(in: folder) { return found }
            }
        }
        return nil
    }

    // MARK: One folder

    /// What files with settings are called.
    static let names = Set(jupytextNames + ["nbgit.toml", "pyproject.toml"])

    /// What jupytext looks for in each folder, in its order; its settings in Python cannot be read.
    private static let jupytextNames: [Path] = {
        let names = ["jupytext", "jupytext.toml", "jupytext.yml", "jupytext.yaml", "jupytext.json"]
        return names.map { Path($0) } + names.map { Path(".\($0)") } + [".jupytext.py"]
    }()

    private static func settings(in path: Path) throws(Failure) -> Settings? {
        // Most folders have none of the thirteen names; asked by their paths that would take a twentieth of a
        // conversion.
        guard let folder = OpenFolder(path) else { return nil }
        if let own = try document("nbgit.toml", in: folder) {
            return try settings(own.value, in: .nbgit, own)
        }
        let project = try document("pyproject.toml", in: folder)
        let tools = project?.value["tool"]
        if let project, let table = tools?["nbgit"] {
            return try settings(table, in: .nbgit, project)
        }
        for name in jupytextNames {
            if let found = try document(name, in: folder) {
                return try settings(found.value, in: .jupytext, found)
            }
        }
        guard let project, let table = tools?["jupytext"] else { return nil }
        return try settings(table, in: .jupytext, project)
    }

    private static func settings(
        _ table: TOMLValue, in dialect: Settings.Dialect, _ document: Document
    ) throws(Failure) -> Settings {
        var settings = try Settings(table, in: dialect, file: document.path)
        settings.status = document.status
        return settings
    }

    private struct Document {
        let path: Path
        /// As it was before the file was read.
        let status: FileStatus
        let value: TOMLValue
    }

    /// What is in a file; nil when there is no such file.
    private static func document(
        _ name: Path, in folder: borrowing OpenFolder
    ) throws(Failure) -> Document? {
        guard let status = folder.status(of: name), status.kind == .regular else { return nil }
        let path = folder.path.appending(name)
        let bytes: [UInt8]
        do throws(SystemError) { bytes = try File.read(path) } catch { throw Failure(error) }
        return Document(path: path, status: status, value: try value(of: bytes, at: path))
    }

    private static func value(of bytes: [UInt8], at path: Path) throws(Failure) -> TOMLValue {
        do throws(NotebookError) {
            switch path.fileExtension {
            case "yml", "yaml": return TOMLValue(try SettingsText(yaml: bytes))
            case "json": return TOMLValue(try SettingsText(json: bytes))
            default: break
            }
        } catch { throw Failure(error, about: .path(path)) }
        guard path.fileExtension != "py" else {
            throw Failure(
                "settings in Python cannot be read", path: path,
                hint: "write them into 'jupytext.toml', which jupytext reads as well")
        }
        return try TOMLValue(document: bytes, at: path)
    }
}
