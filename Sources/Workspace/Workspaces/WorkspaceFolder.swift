internal import Git
public import Platform

/// A folder with repositories that belong together, and what is written down of them.
///
///     projects/
///       nbgit-workspace.toml     which repositories, in their order
///       sales/                   the default, the first of them
///         plots/                 one in its work tree, listed in its .git/info/exclude
///       notes/                   one beside it
public struct WorkspaceFolder: Sendable {
    /// The file that makes a folder a workspace.
    public static let fileName: Path = "nbgit-workspace.toml"
    /// So many repositories there may be beside the default one, unless the person wants more.
    public static let usualMostAdditional = 3

    /// Where it is: absolute, without links.
    public let path: Path
    /// Its repositories, the default first.
    public internal(set) var members: [WorkspaceMember]
    /// How many there may be beside the default.
    public internal(set) var mostAdditional: Int

    var file: Path { path.appending(Self.fileName) }

    /// The repository that the others are additional to.
    public var main: WorkspaceMember? { members.first }

    /// The workspace around a folder, found as git finds a repository.
    ///
    /// A file that came with a repository of a workspace does not stand in the way of that.
    ///
    /// - Parameters:
    ///   - folder: Where to begin.
    ///   - environment: For who the person is.
    /// - Throws: ``Failure`` where there is none, it belongs to somebody else, or its file is damaged.
    public init(around folder: Path, environment: Environment) throws(Failure) {
        var nearest: (place: Path, found: Result<WorkspaceFolder?, Failure>)?
        var place = folder
        while true {
            let found = Result { () throws(Failure) in
                try Self.found(at: place, environment: environment)
            }
            switch (found, nearest) {
            case (.success(nil), _): break
            case (_, nil): nearest = (place, found)
            case (.success(let outer?), let inner?) where outer.has(inner.place):
                self = outer
                return
            default: break
            }
            guard place.parent != place else { break }
            place = place.parent
        }
        guard let found = try nearest?.found.get() else {
            throw Failure(
                "not in a workspace", path: folder,
                hint: "make one: nbgit workspace init <dir> --default <name|url>")
        }
        self = found
    }

    /// Whether a folder lies in one of its repositories.
    private func has(_ folder: Path) -> Bool {
        members.contains { folder.relative(to: path.appending($0.folder)) != nil }
    }

    /// The workspace in a folder, or an empty one that is not written yet.
    ///
    /// - Parameters:
    ///   - folder: Need not be there.
    ///   - environment: For who the person is.
    /// - Throws: ``Failure`` where there is a damaged one, or one of somebody else.
    public init(at folder: Path, environment: Environment) throws(Failure) {
        let place = try Self.place(of: folder)
        self =
            try Self.found(at: place, environment: environment)
            ?? WorkspaceFolder(
                path: place, members: [], mostAdditional: Self.usualMostAdditional)
    }

    init(path: Path, members: [WorkspaceMember], mostAdditional: Int) {
        self.path = path
        self.members = members
        self.mostAdditional = mostAdditional
    }

    private static func place(of folder: Path) throws(Failure) -> Path {
        do throws(SystemError) {
            guard try File.status(of: folder) == nil else { return try File.resolved(folder) }
            let whole = try WorkingFolder.path().appending(folder)
            return whole.normalized ?? whole
        } catch { throw Failure(error) }
    }

    private static func found(
        at folder: Path, environment: Environment
    ) throws(Failure) -> WorkspaceFolder? {
        let file = folder.appending(fileName)
        let status: FileStatus?
        do throws(SystemError) {
            status = try File.status(of: file, followingLinks: false)
        } catch { throw Failure(error) }
        guard let status else { return nil }
        guard status.kind == .regular else {
            throw Failure("not a file of its own", path: file, hint: "replace it with a file")
        }
        // Whoever writes it says what is cloned in our name, and what is pushed.
        guard status.isMine(environment) else {
            throw Failure("the workspace belongs to somebody else", path: file)
        }
        return try WorkspaceFolder(reading: file)
    }

    // MARK: Its repositories

    /// The repository of a name.
    ///
    /// - Throws: ``Failure`` with the names there are.
    public func member(named name: String) throws(Failure) -> WorkspaceMember {
        if let found = members.first(where: { $0.name == name }) { return found }
        var failure = Failure("the workspace has no repository '\(Path(name).displayName)'")
        failure.unknownName = Failure.UnknownName(name: name, known: members.map(\.name))
        throw failure
    }

    /// The folders that lie in the work tree of the default, from its root.
    public var insideMain: [Path] {
        main.map { main in members.compactMap { $0.folder.relative(to: main.folder) } }?
            .filter { $0 != "." } ?? []
    }

    /// Where a repository lies; nil where it is not cloned.
    ///
    /// - Throws: ``Failure`` where something else lies there: a file, a link, which could lead anywhere, or a folder
    ///   with other things in it.
    public func place(of member: WorkspaceMember) throws(Failure) -> Path? {
        var place = path
        for component in member.folder.components {
            place = place.appending(component)
            guard let status = try Self.status(of: place) else { return nil }
            guard status.kind == .folder else {
                throw Failure(
                    status.kind == .symbolicLink
                        ? "is a link, which nbgit does not follow out of a workspace"
                        : "is no folder", path: place, hint: "move it away")
            }
        }
        guard try Self.status(of: place.appending(".git")) == nil else { return place }
        guard Folder.walk(place, decide: { _ in .take }).taken.isEmpty else {
            throw Failure(
                "there is something in this folder already, and it is no repository", path: place,
                hint: "move it away")
        }
        return nil
    }

    /// Removes a repository's folder, for good.
    ///
    /// It gets another name first: a run that is killed leaves it whole, or gone from the workspace.
    ///
    /// - Parameters:
    ///   - member: Which.
    ///   - forget: Writes down that it is gone.
    /// - Throws: ``Failure``; where it comes from `forget`, the folder is back.
    public func discard(
        _ member: WorkspaceMember, _ forget: () throws(Failure) -> Void
    ) throws(Failure) {
        let folder = path.appending(member.folder)
        let trash = path.appending(Path(".nbgit-removed-\(member.name)"))
        try Self.removeAll(trash)
        let isThere = try Self.status(of: folder) != nil
        if isThere { try Self.move(folder, to: trash) }
        do throws(Failure) { try forget() } catch {
            if isThere { try Self.move(trash, to: folder) }
            throw error
        }
        try Self.removeAll(trash)
    }

    private static func move(_ path: Path, to target: Path) throws(Failure) {
        do throws(SystemError) { try Folder.move(path, to: target) } catch { throw Failure(error) }
    }

    private static func removeAll(_ path: Path) throws(Failure) {
        guard let status = try status(of: path) else { return }
        do throws(SystemError) {
            if status.kind == .folder { try Folder.removeAll(path) } else { try File.remove(path) }
        } catch { throw Failure(error) }
    }

    private static func status(of path: Path) throws(Failure) -> FileStatus? {
        do throws(SystemError) { return try File.status(of: path, followingLinks: false) } catch {
            throw Failure(error)
        }
    }

    /// Whether something is where a repository is to lie.
    func isHere(_ member: WorkspaceMember) -> Bool {
        do throws(Failure) { return try place(of: member) != nil } catch { return true }
    }
}
