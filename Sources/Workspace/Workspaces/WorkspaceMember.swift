public import Git
public import Platform

/// One repository of a workspace.
public struct WorkspaceMember: Hashable, Sendable {
    /// What it is called: the last part of ``folder``; no two of a workspace are called the same.
    public let name: String
    /// Where it lies, from the workspace's folder: `sales`, or `sales/notes` in the work tree of the default.
    public let folder: Path
    /// Where it was cloned from, or is to be.
    public let url: RemoteURL
    /// The connection that it was cloned by.
    public let connection: String?

    init(name: String, inside outer: Path?, url: RemoteURL, connection: String?) {
        self.name = name
        folder = outer.map { $0.appending(Path(name)) } ?? Path(name)
        self.url = url
        self.connection = connection
    }

    /// Whether it lies in the work tree of the default.
    public var isInside: Bool { folder.components.count > 1 }

    /// Refuses what can be no folder, or would be one that programs take for something else.
    static func check(name: String) throws(Failure) {
        guard !isName(name) else { return }
        throw Failure(
            "'\(Path(name).displayName)' is no name for a folder",
            hint: "take letters, digits and hyphens")
    }

    static func isName(_ name: String) -> Bool {
        let isPlain = name.unicodeScalars.allSatisfy { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator: false
            default: scalar != "/"
            }
        }
        let reserved = ["", ".", "..", ".git", WorkspaceFolder.fileName.displayName]
        return isPlain && !reserved.contains(name.lowercased()) && name.first != "-"
            && name.first != " " && name.last != " " && name.utf8.count <= 255
    }
}

/// A repository that is to be in a workspace.
public struct WorkspaceSource: Hashable, Sendable {
    /// What it is to be called, unless another one is.
    public let name: String
    /// Where it is.
    public let url: RemoteURL
    /// The connection that says so.
    public let connection: String?

    /// The repository of a connection.
    public init(_ connection: Connection) {
        name = connection.name
        url = connection.address
        self.connection = connection.name
    }

    /// The repository at an address, or in a folder.
    ///
    /// - Parameters:
    ///   - text: As the person wrote it.
    ///   - name: What it is to be called; nil for the last part of the address.
    /// - Throws: ``Failure`` for an address with a user's name or a password, and for one that leads nowhere.
    public init(address text: String, name: String? = nil) throws(Failure) {
        let address = RemoteURL(text)
        if address.hasWebUser {
            throw Failure(
                "the address names a user\(address.hasPassword ? ", or holds a password" : "")",
                hint: "leave that out: \(address.withoutWebUser.printableASCII)")
        }
        let isWeb = ["http:", "https:"].contains { text.lowercased().hasPrefix($0) }
        url = try isWeb ? RemoteURL(ConnectionAddress(text).text) : Self.whole(address)
        guard let own = name ?? address.folderName?.string else {
            throw Failure(
                "no name for the folder can be made of the address '\(address.description.printableASCII)'",
                hint: "name it: nbgit workspace add <url> --name <name>")
        }
        try WorkspaceMember.check(name: own)
        self.name = own
        connection = nil
    }

    /// The same under another name.
    public init(_ source: WorkspaceSource, name: String) throws(Failure) {
        try WorkspaceMember.check(name: name)
        self.name = name
        url = source.url
        connection = source.connection
    }

    /// The address of a folder by its whole path, any other one as it is.
    private static func whole(_ address: RemoteURL) throws(Failure) -> RemoteURL {
        let here: Path
        do throws(SystemError) { here = try WorkingFolder.path() } catch { throw Failure(error) }
        do throws(GitError) { return try address.forCloning(seenFrom: here) } catch {
            throw Failure(error)
        }
    }

    /// Whether this is what a workspace has as `member`.
    func isSource(of member: WorkspaceMember) -> Bool {
        url.isSamePlace(as: member.url) || connection != nil && connection == member.connection
    }
}
