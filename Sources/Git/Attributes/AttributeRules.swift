internal import Clibgit2
internal import Platform

/// What the attribute files of a repository say about its files.
///
///     info/attributes                      holds before all others
///     .gitattributes of the file's folder
///     .gitattributes of the folders above it
///     core.attributesFile
///     the system's gitattributes
///
/// libgit2 has these too, but puts what the index says beside what the work tree says; git looks at one of them.
///
/// Follows gitattributes(5), and `collect_some_attrs` of git's attr.c.
final class AttributeRules {
    /// Where `.gitattributes` is looked for first; a folder that has none there is looked up in the other place.
    enum Order {
        /// As for content on its way in.
        case workTreeFirst
        /// As for the files of a commit on their way out.
        case indexFirst
    }

    private let repository: OpaquePointer
    private let workTree: Path?
    private let ignoresCase: Bool
    /// The files beside the work tree, the most general first.
    private let general: [AttributeFile]
    private let particular: AttributeFile?
    private var files: [Path: (status: FileStatus, file: AttributeFile)] = [:]
    private var blobs: [Path: (id: ObjectID, file: AttributeFile)] = [:]

    /// - Parameters:
    ///   - repository: Its index, as libgit2 has it at the moment of a question, is looked into.
    ///   - workTree: nil in a bare repository.
    ///   - general: The system's file and the person's; one that is missing says nothing.
    ///   - particular: `info/attributes`.
    ///   - ignoresCase: What `core.ignoreCase` says.
    init(
        repository: OpaquePointer, workTree: Path?, general: [Path], particular: Path,
        ignoresCase: Bool
    ) {
        self.repository = repository
        self.workTree = workTree
        self.ignoresCase = ignoresCase
        func file(_ path: Path) -> AttributeFile? {
            (try? File.read(path)).map { AttributeFile($0, definesMacros: true) }
        }
        self.general = [.builtIn] + general.compactMap(file)
        self.particular = file(particular)
    }

    /// What is said about a file; a name that is not there is unspecified.
    ///
    /// - Parameters:
    ///   - path: From the root of the work tree; need not exist.
    ///   - order: Where to look first.
    /// - Returns: The attributes by their names.
    func attributes(of path: Path, _ order: Order) -> [String: AttributeValue] {
        var sources = general.map { (base: Path("."), file: $0) }
        for folder in folders(above: path) {
            if let file = file(in: folder, order) { sources.append((folder, file)) }
        }
        if let particular { sources.append((".", particular)) }
        var found: [String: AttributeValue] = [:]
        for (base, file) in sources.reversed() {
            guard let name = path.bytes(below: base) else { continue }
            for rule in file.rules.reversed()
            where rule.pattern.matches(name, isFolder: false, ignoresCase: ignoresCase) {
                fill(&found, rule.settings, macros: sources.map(\.file))
            }
        }
        return found
    }

    private func fill(
        _ found: inout [String: AttributeValue], _ settings: AttributeFile.Settings,
        macros: [AttributeFile]
    ) {
        for (name, value) in settings.reversed() where found[name] == nil {
            found[name] = value
            guard value == .set, let macro = macros.last(where: { $0.macros[name] != nil }) else {
                continue
            }
            fill(&found, macro.macros[name] ?? [], macros: macros)
        }
    }

    /// From the root down to the folder of the file.
    private func folders(above path: Path) -> [Path] {
        var folders: [Path] = []
        var folder = path
        repeat {
            folder = folder.parent
            folders.append(folder)
        } while folder != "."
        return folders.reversed()
    }

    // MARK: Files

    private func file(in folder: Path, _ order: Order) -> AttributeFile? {
        let path = folder.appending(".gitattributes")
        return switch order {
        case .workTreeFirst: workTreeFile(path) ?? stagedFile(path)
        case .indexFirst: stagedFile(path) ?? workTreeFile(path)
        }
    }

    /// A symbolic link is no attribute file, as in git since 2.32.
    private func workTreeFile(_ path: Path) -> AttributeFile? {
        guard let place = workTree?.appending(path),
            let status = try? File.status(of: place, followingLinks: false),
            status.kind == .regular
        else { return nil }
        if let known = files[path], known.status == status { return known.file }
        guard let bytes = try? File.read(place) else { return nil }
        let file = AttributeFile(bytes, definesMacros: path.parent == ".")
        files[path] = (status, file)
        return file
    }

    private func stagedFile(_ path: Path) -> AttributeFile? {
        guard let entry = StagedBlob(path, in: repository) else { return nil }
        if let known = blobs[path], known.id == entry.id { return known.file }
        guard let bytes = entry.content() else { return nil }
        let file = AttributeFile(bytes, definesMacros: path.parent == ".")
        blobs[path] = (entry.id, file)
        return file
    }
}
