internal import Git
internal import Notebook
internal import Platform

/// Finds the files that a conversion is about.
struct InputSearch {
    /// One file to convert.
    struct Found: Sendable {
        /// nil for standard input.
        let path: Path?
        /// Its path from the folder that was searched; its name when it was given itself.
        let relativePath: Path
        let isFromFolder: Bool
    }

    let conversion: Conversion
    let environment: Environment

    /// The files of all inputs, in the order they were given; those of a folder in the order of their names.
    ///
    /// - Returns: What was found, and one failure for each input or folder that could not be looked at.
    func search() -> (found: [Found], failures: [Failure]) {
        var found: [Found] = []
        var failures: [Failure] = []
        for input in conversion.inputs {
            guard case .path(let path) = input else {
                found.append(Found(path: nil, relativePath: "-", isFromFolder: false))
                continue
            }
            do throws(SystemError) {
                guard let status = try File.status(of: path) else {
                    failures.append(Failure("no such file or directory", path: path))
                    continue
                }
                if status.kind == .folder, !isNamedLikeFile(path) {
                    let (files, folders) = search(folder: path)
                    found += files
                    failures += folders
                } else {
                    found.append(Found(path: path, relativePath: path.name, isFromFolder: false))
                }
            } catch {
                failures.append(Failure(error, path: path))
            }
        }
        return (found, failures)
    }

    /// A folder called `x.ipynb` is a mistake that should be said, not searched.
    private func isNamedLikeFile(_ path: Path) -> Bool { path.fileExtension == "ipynb" }

    // MARK: Folders

    private func search(folder: Path) -> (found: [Found], failures: [Failure]) {
        let rules = IgnoreRules(around: folder, environment: environment)
        let findings = Folder.walk(folder) { entry in
            switch entry.kind {
            case .folder:
                let isLeftOut =
                    entry.name.isHidden
                    || isVirtualEnvironment(folder.appending(entry.relativePath))
                    || rules.leaveOut(entry.relativePath, isFolder: true)
                return isLeftOut ? .skip : .descend
            case .regular, .symbolicLink:
                return isWanted(entry, in: folder, rules: rules) ? .take : .skip
            default:
                return .skip
            }
        }
        let found = findings.taken.map { entry in
            Found(
                path: folder.appending(entry.relativePath), relativePath: entry.relativePath,
                isFromFolder: true)
        }
        return (found, findings.failures.map { Failure($0) })
    }

    private func isWanted(_ entry: Folder.Entry, in folder: Path, rules: IgnoreRules) -> Bool {
        guard !entry.name.isHidden, let format = FileFormat(fileExtension: entry.name.fileExtension)
        else {
            return false
        }
        guard conversion.target == .notebook else { return format.isNotebook }
        guard case .percent(let language?) = format,
            !rules.leaveOut(entry.relativePath, isFolder: false)
        else {
            return false
        }
        guard !conversion.takesAllScripts else { return true }
        // What cannot be read is taken, so that the conversion says so.
        guard let bytes = try? File.read(folder.appending(entry.relativePath)) else { return true }
        return ScriptTraits(of: bytes, language: language).isPercent
    }

    /// Whether Python's venv or conda made this folder.
    private func isVirtualEnvironment(_ folder: Path) -> Bool {
        ["pyvenv.cfg", "conda-meta"].contains {
            (try? File.status(of: folder.appending($0))) != nil
        }
    }
}

/// What the `.gitignore` files of the repository around a folder leave out of it.
private struct IgnoreRules {
    private let repository: Repository?
    /// The folder's path from the work tree.
    private let base: Path

    init(around folder: Path, environment: Environment) {
        guard let resolved = try? File.resolved(folder),
            // Where git cannot read the repository, nobody says what is to be left out.
            let repository = try? Repository.discover(from: folder, environment: environment),
            let workTree = repository.workTree, let base = resolved.relative(to: workTree),
            // A folder that was asked for by name is searched even if it is ignored itself.
            base == "." || (try? repository.ignores(base, isFolder: true)) == false
        else {
            repository = nil
            base = "."
            return
        }
        self.repository = repository
        self.base = base
    }

    func leaveOut(_ relativePath: Path, isFolder: Bool) -> Bool {
        guard let repository else { return false }
        return (try? repository.ignores(base.appending(relativePath), isFolder: isFolder)) ?? false
    }
}
