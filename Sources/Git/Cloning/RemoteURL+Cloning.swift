public import Platform

extension RemoteURL {
    /// The folder that a clone of it goes to where none is named; nil where there is no name in it.
    ///
    /// Follows git_url_basename in dir.c of git.
    public var folderName: Path? {
        var rest = Path(text).bytes[...]
        let isWeb = text.contains("://")
        if isWeb, let colon = rest.firstIndex(of: UInt8(ascii: ":")) {
            rest = rest[(colon + 3)...]
            // A server's name is no name for a folder where nothing stands behind it, but git takes it.
            if let at = rest.prefix(while: { $0 != .slash }).lastIndex(of: UInt8(ascii: "@")) {
                rest = rest[(at + 1)...]
            }
        }
        func strip(_ ending: String) {
            while rest.last == .slash || rest.last.map(Self.isBlank) == true { rest.removeLast() }
            if rest.count > ending.utf8.count,
                rest.suffix(ending.utf8.count).elementsEqual(ending.utf8)
            {
                rest.removeLast(ending.utf8.count)
            }
        }
        strip("/.git")
        strip(".git")
        strip("")
        let name = rest.split { $0 == .slash || $0 == UInt8(ascii: ":") }.last ?? []
        let words = name.split { Self.isBlank($0) || $0 == 0x7F }
        let path = Path(bytes: Array(words.joined(separator: Array(" ".utf8))))
        let isUsable =
            !["", ".", "..", ".git"].contains(path) && !path.bytes.starts(with: Array("-".utf8))
        return isUsable ? path : nil
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte <= 0x20 }

    /// The address as a new repository is to remember it: a folder by its whole path.
    ///
    /// - Parameter here: Where a relative path of a folder begins.
    /// - Returns: The same address, or that of the folder.
    /// - Throws: ``GitError`` for an address with a password, with the one without, and for one that leads nowhere.
    public func forCloning(seenFrom here: Path) throws(GitError) -> RemoteURL {
        try requireFilledIn()
        guard !hasPassword else {
            throw GitError(
                "the address holds a password, which git shows and keeps for everybody to read",
                hint: "leave it out: nbgit clone \(withoutPassword)")
        }
        guard !text.isEmpty, !text.hasPrefix("-"),
            text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F })
        else {
            throw GitError(
                "'\(Path(text).displayName)' is no address",
                hint: "write it as https://example.com/team/project.git")
        }
        guard case .folder(let folder) = try RemoteAddress(self), !text.contains("://") else {
            return self
        }
        let path = here.appending(folder)
        let named = [path, Path(bytes: path.bytes + Array(".git".utf8))]
        guard named.contains(where: { (try? File.status(of: $0)) ?? nil != nil }) else {
            throw GitError(
                "there is no such folder", path: folder,
                hint: "write the address of a server as https://example.com/team/project.git")
        }
        guard let text = (path.normalized ?? path).string else { return self }
        return RemoteURL(text)
    }
}
