public import Git
public import Platform

/// The repository around the working folder, as a git command sees it.
public struct Checkout {
    /// The repository, which nbgit may work in.
    public let repository: Repository
    /// The root of its work tree: absolute, without links.
    public let workTree: Path
    /// The working folder seen from there; `.` at the root, and where it does not lie in the work tree.
    public let prefix: Path
    /// Whether the working folder lies in the work tree, so that names can mean its files.
    public let isInWorkTree: Bool

    /// Opens the repository around the working folder.
    ///
    /// - Parameters:
    ///   - environment: For the variables that git listens to.
    ///   - needsWorkTree: Whether files are worked on; else it may be a bare repository, or the git folder.
    /// - Throws: ``Failure`` where there is none, or where nbgit cannot work in it without harm.
    public init(environment: Environment, needsWorkTree: Bool = true) throws(Failure) {
        let folder: Path
        do throws(SystemError) { folder = try WorkingFolder.path() } catch {
            throw Failure(GitError(error))
        }
        try self.init(around: folder, environment: environment, needsWorkTree: needsWorkTree)
    }

    /// Opens the repository around `folder`, an absolute path without links.
    package init(
        around folder: Path, environment: Environment, needsWorkTree: Bool = true
    ) throws(Failure) {
        do throws(GitError) {
            guard let repository = try Repository.around(folder, environment: environment) else {
                throw GitError(
                    "not in a git repository", path: folder,
                    hint: "make one here with 'nbgit init', or go to one with 'nbgit -C <dir>'")
            }
            // In the git folder there are no files of the work tree, though it may lie in one.
            let isInside = folder.relative(to: repository.layout.gitFolder) == nil
            let prefix = isInside ? repository.workTree.flatMap { folder.relative(to: $0) } : nil
            if needsWorkTree {
                guard prefix != nil else { throw Self.outside(repository, folder) }
                try repository.requireSupported()
            }
            repository.commandFolder = prefix ?? "."
            self.repository = repository
            workTree = repository.workTree ?? repository.layout.gitFolder
            self.prefix = prefix ?? "."
            isInWorkTree = prefix != nil
        } catch {
            throw Failure(error)
        }
    }

    private static func outside(_ repository: Repository, _ folder: Path) -> GitError {
        guard let workTree = repository.workTree else {
            return GitError("a bare repository has no files to work on", path: folder)
        }
        return GitError(
            "not in the work tree of '\(workTree.displayName)'", path: folder,
            hint: "run it with 'nbgit -C \(workTree.displayName)'")
    }

    /// Refuses where the working folder lies in no work tree.
    public func requireWorkTree() throws(Failure) {
        guard isInWorkTree else {
            throw Failure(Self.outside(repository, repository.layout.gitFolder))
        }
        do throws(GitError) { try repository.requireSupported() } catch { throw Failure(error) }
    }

    /// The path from the root of the work tree, for a path as the person wrote it.
    ///
    /// - Parameter path: From the working folder, or absolute; need not exist.
    /// - Returns: A path without `.` and `..`, or `.` for the root; links in it are not followed.
    /// - Throws: ``Failure`` for a path that is not below the work tree.
    public func relative(_ path: Path) throws(Failure) -> Path {
        let relative =
            path.isAbsolute
            ? path.normalized.flatMap(belowWorkTree) : prefix.appending(path).normalized
        guard let relative, !path.bytes.isEmpty else {
            throw Failure(
                "outside the work tree '\(workTree.displayName)'", path: path,
                hint: "name something below it")
        }
        return relative
    }

    /// The path as the person may type it from the working folder.
    ///
    /// - Parameter relativePath: From the root of the work tree.
    /// - Returns: A path that may begin with `..`; `.` for the working folder itself.
    public func shown(_ relativePath: Path) -> Path {
        relativePath.seen(from: prefix)
    }

    /// An absolute path may go to the work tree through links.
    private func belowWorkTree(_ path: Path) -> Path? {
        if let relative = path.relative(to: workTree) { return relative }
        guard path.parent != path else { return nil }
        if (try? File.resolved(path)) == workTree { return "." }
        return belowWorkTree(path.parent)?.appending(path.name)
    }
}
