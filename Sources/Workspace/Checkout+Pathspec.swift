public import Git
public import Platform

extension Checkout {
    /// Which files are meant by the paths of a command line; everything when there are none.
    ///
    /// - Parameter paths: Names, folders and patterns as the person wrote them.
    /// - Returns: The files, as seen from the root of the work tree.
    /// - Throws: ``Failure`` for a path that is not below the work tree.
    public func pathspec(_ paths: [Path]) throws(Failure) -> Pathspec {
        let pathspec = try Pathspec(
            paths, relative: relative, refuse: { (error: GitError) in Failure(error) })
        for item in pathspec.items where item.isLiteral { try requireInside(item) }
        return pathspec
    }

    /// Refuses a path that leads through a symbolic link or into another repository: git does not go there.
    private func requireInside(_ item: Pathspec.Item) throws(Failure) {
        var folder = item.path.parent
        while folder != "." {
            let full = workTree.appending(folder)
            let status: FileStatus?
            do throws(SystemError) {
                status = try File.status(of: full, followingLinks: false)
            } catch {
                throw Failure(error)
            }
            if status?.kind == .symbolicLink {
                throw Failure(
                    "lies behind the symbolic link '\(shown(folder).displayName)'",
                    path: item.text, hint: "name the file by the folder it is really in")
            }
            let git = full.appending(".git")
            if let status = try? File.status(of: git, followingLinks: false), isGit(status, git) {
                throw Failure(
                    "lies in another repository, '\(shown(folder).displayName)'",
                    path: item.text,
                    hint: "go there first: nbgit -C '\(shown(folder).displayName)' …")
            }
            folder = folder.parent
        }
    }

    private func isGit(_ status: FileStatus, _ path: Path) -> Bool {
        status.kind == .regular
            || (try? File.status(of: path.appending("HEAD"), followingLinks: false)) != nil
    }
}
