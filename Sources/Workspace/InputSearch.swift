internal import Git
internal import Notebook
internal import Platform

/// Finds the files that a conversion is about.
struct InputSearch {
    /// What one input, or one file of a folder, came to.
    enum Finding {
        case file(Found)
        /// An input or a folder that could not be looked at; kept apart, as it is much larger than a file.
        indirect case failure(Failure)

        var file: Found? {
            if case .file(let file) = self { file } else { nil }
        }
    }

    /// One file to convert.
    ///
    /// A class, as it goes from list to list: a structure of so many parts would take a fifth of the time that
    /// looking for pairs takes.
    final class Found: Sendable {
        /// nil for standard input.
        let path: Path?
        /// Its path from the folder that was searched; its name when it was given itself.
        let relativePath: Path
        /// How it looked, where both faces of pairs are searched for in a folder.
        let stamp: FileStamp?
        /// What its name tells.
        let format: FileFormat?

        init(
            path: Path?, relativePath: Path, stamp: FileStamp? = nil, format: FileFormat? = nil
        ) {
            self.path = path
            self.relativePath = relativePath
            self.stamp = stamp
            self.format = format
        }
    }

    let conversion: Conversion
    let environment: Environment
    /// Whether a folder gives its notebooks and its scripts, those without a cell marker as well.
    let takesBothFaces: Bool
    /// What extensions tell, by their bytes; asked for each file of a folder.
    private var formats: [ArraySlice<UInt8>?: FileFormat?] = [:]
    /// The folders that were searched and have no settings of their own.
    private(set) var foldersWithoutSettings: Set<Path> = []
    /// Whether one of the inputs was a folder.
    private(set) var hasFolders = false
    /// What to try, if a folder held nothing but what was passed over.
    private(set) var hint: String?

    init(conversion: Conversion, environment: Environment, takesBothFaces: Bool = false) {
        self.conversion = conversion
        self.environment = environment
        self.takesBothFaces = takesBothFaces
    }

    /// The files of all inputs, in the order they were given; one that comes again is left out.
    ///
    /// Those of a folder come in the order of their names, and then what could not be read in it.
    mutating func findings() -> [Finding] {
        // One folder has each of its files once.
        if conversion.inputs.count == 1 { return findings(for: conversion.inputs[0]) }
        let findings = conversion.inputs.flatMap { self.findings(for: $0) }
        var finder = Location.Finder()
        var seen: Set<Location> = []
        return findings.filter { finding in
            guard let path = finding.file?.path else { return true }
            return seen.insert(finder.location(of: path)).inserted
        }
    }

    private mutating func findings(for input: Conversion.Input) -> [Finding] {
        guard case .path(let path) = input else {
            return [.file(Found(path: nil, relativePath: "-"))]
        }
        do throws(SystemError) {
            guard let status = try File.status(of: path) else {
                return [.failure(Failure("no such file or directory", path: path))]
            }
            if status.kind == .folder, !isNamedLikeFile(path) { return search(folder: path) }
            return [.file(Found(path: path, relativePath: path.name))]
        } catch {
            return [.failure(Failure(error, about: .path(path)))]
        }
    }

    /// A folder called `x.ipynb` is a mistake that should be said, not searched.
    private func isNamedLikeFile(_ path: Path) -> Bool { path.fileExtension == "ipynb" }

    // MARK: Folders

    private mutating func search(folder: Path) -> [Finding] {
        hasFolders = true
        let rules = LeftOutFiles(around: folder, environment: environment)
        var formats: [FileFormat] = []
        var searched: Set<Path> = [folder]
        let walk = Folder.walk(folder) { entry in
            switch entry.kind {
            case .folder:
                let isLeftOut =
                    entry.name.isHidden
                    || isVirtualEnvironment(folder.appending(entry.relativePath))
                    || rules.leaveOut(entry.relativePath, isFolder: true)
                guard !isLeftOut else { return .skip }
                if takesBothFaces { searched.insert(folder.appending(entry.relativePath)) }
                return .descend
            case .regular, .symbolicLink:
                guard let format = format(of: entry, in: folder, rules: rules) else {
                    if SettingsFinder.names.contains(entry.name) {
                        let place =
                            entry.folder.isWorkingFolder ? folder : folder.appending(entry.folder)
                        searched.remove(place)
                    }
                    return .skip
                }
                formats.append(format)
                return .take
            default:
                return .skip
            }
        }
        foldersWithoutSettings.formUnion(searched)
        let statuses =
            takesBothFaces
            ? Folder.statuses(of: walk.taken, below: folder, workers: Processors.usableCount) : []
        var findings: [Finding] = []
        findings.reserveCapacity(walk.taken.count)
        for (index, entry) in walk.taken.enumerated() {
            let status = takesBothFaces ? statuses[index] : nil
            findings.append(
                .file(
                    Found(
                        path: folder.appending(entry.relativePath),
                        relativePath: entry.relativePath, stamp: status.map { FileStamp($0) },
                        format: formats[index])))
        }
        for failure in walk.failures { findings.append(.failure(Failure(failure))) }
        return findings
    }

    /// The format of a file that is to be taken; nil for another.
    private mutating func format(
        of entry: Folder.Entry, in folder: Path, rules: LeftOutFiles
    ) -> FileFormat? {
        guard !entry.name.isHidden, let format = format(of: entry.name),
            isWanted(entry, format, in: folder, rules: rules)
        else { return nil }
        return format
    }

    private mutating func isWanted(
        _ entry: Folder.Entry, _ format: FileFormat, in folder: Path, rules: LeftOutFiles
    ) -> Bool {
        let wantsNotebooks = conversion.source?.isNotebook ?? (conversion.target != .notebook)
        guard case .percent(let language?) = format else { return wantsNotebooks || takesBothFaces }
        if takesBothFaces { return !rules.leaveOut(entry.relativePath, isFolder: false) }
        guard !wantsNotebooks else {
            hint = "for scripts, add '--to ipynb'"
            return false
        }
        guard isAskedFor(language), !rules.leaveOut(entry.relativePath, isFolder: false) else {
            return false
        }
        if conversion.takesAllScripts { return true }
        hint = "scripts without a cell marker were passed over; '--all' takes them"
        return isPercent(folder.appending(entry.relativePath), language)
    }

    private mutating func format(of name: Path) -> FileFormat? {
        let ending = name.extensionBytes
        if let known = formats[ending] { return known }
        let format = FileFormat(fileExtension: name.fileExtension)
        formats[ending] = .some(format)
        return format
    }

    private func isAskedFor(_ language: Language) -> Bool {
        guard case .percent(let wanted?)? = conversion.source else { return true }
        return language.name == wanted.name
    }

    private func isPercent(_ path: Path, _ language: Language) -> Bool {
        // What cannot be read is taken, so that the conversion says so.
        guard let bytes = try? File.read(path) else { return true }
        return ScriptTraits(of: bytes, language: language).isPercent
    }

    /// Whether Python's venv or conda made this folder.
    private func isVirtualEnvironment(_ folder: Path) -> Bool {
        ["pyvenv.cfg", "conda-meta"].contains {
            (try? File.status(of: folder.appending($0))) != nil
        }
    }
}

/// What the ignore files of the repository around a folder leave out of it.
private struct LeftOutFiles {
    private let rules: IgnoreRules?
    /// The folder's path from the work tree.
    private let base: Path

    init(around folder: Path, environment: Environment) {
        guard let resolved = try? File.resolved(folder),
            // Where git cannot read the repository, nobody says what is to be left out.
            let repository = try? Repository.discover(from: folder, environment: environment),
            let workTree = repository.workTree, let base = resolved.relative(to: workTree),
            let rules = try? repository.ignoreRules(),
            // A folder that was asked for by name is searched even if it is ignored itself.
            !rules.ignores(base, isFolder: true)
        else {
            rules = nil
            base = "."
            return
        }
        self.rules = rules
        self.base = base
    }

    func leaveOut(_ relativePath: Path, isFolder: Bool) -> Bool {
        rules?.ignores(base.appending(relativePath), isFolder: isFolder) ?? false
    }
}
