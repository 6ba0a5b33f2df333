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
        if let own = try Self.settings(in: folder) {
            found = own
        } else if isCeiling(folder) || folder.parent == folder {
            found = try personal()
        } else {
            found = try settings(for: folder.parent)
        }
        known[folder] = .some(found)
        return found
    }

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

    private static let jupytextNames: [Path] = [
        "jupytext", "jupytext.toml", ".jupytext", ".jupytext.toml",
    ]

    private static func settings(in folder: Path) throws(Failure) -> Settings? {
        if let table = try document(folder.appending("nbgit.toml")) {
            return try Settings(table, in: .nbgit, file: folder.appending("nbgit.toml"))
        }
        let project = folder.appending("pyproject.toml")
        let tools = try document(project)?["tool"]
        if let table = tools?["nbgit"] { return try Settings(table, in: .nbgit, file: project) }
        for name in jupytextNames {
            let file = folder.appending(name)
            if let table = try document(file) {
                return try Settings(table, in: .jupytext, file: file)
            }
        }
        return try tools?["jupytext"].map { table throws(Failure) in
            try Settings(table, in: .jupytext, file: project)
        }
    }

    /// What is in a file; nil when there is no such file.
    private static func document(_ path: Path) throws(Failure) -> TOMLValue? {
        guard (try? File.status(of: path))?.kind == .regular else { return nil }
        let bytes: [UInt8]
        do throws(SystemError) { bytes = try File.read(path) } catch { throw Failure(error) }
        return try TOMLValue(document: bytes, at: path)
    }
}
