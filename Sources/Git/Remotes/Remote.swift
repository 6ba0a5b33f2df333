internal import Clibgit2
public import Platform

/// A repository elsewhere that this one fetches from and pushes to.
public struct Remote: Hashable, Sendable {
    /// What it is called here.
    public let name: Path
    /// Where to fetch from.
    public let url: RemoteURL
    /// Where to push to; the same unless `remote.<name>.pushurl` or a rule says otherwise.
    public let pushURL: RemoteURL
}

extension Repository {
    /// The remotes, in the order of their names; addresses are as `url.<base>.insteadOf` makes them.
    public func remotes() throws(GitError) -> [Remote] {
        var names = git_strarray()
        try check("git_remote_list", git_remote_list(&names, pointer))
        defer { git_strarray_dispose(&names) }
        var remotes: [Remote] = []
        for number in 0..<names.count {
            guard let name = names.strings[number].map({ Path(cString: $0) }) else { continue }
            // Not git_remote_lookup, which fails over refspecs that begin with '^'.
            let url = try configuration.values(of: "remote.\(name.text).url").first?.value
            let pushURL = try configuration.values(of: "remote.\(name.text).pushurl").first?.value
            let (fetching, pushing) = try rewritten(url ?? pushURL ?? "")
            let ownPushing = try pushURL.map { text throws(GitError) in try rewritten(text).fetching
            }
            remotes.append(
                Remote(name: name, url: fetching, pushURL: ownPushing ?? pushing ?? fetching))
        }
        return remotes.sorted { $0.name < $1.name }
    }

    /// An address as `url.<base>.insteadOf` and `url.<base>.pushInsteadOf` make it.
    ///
    /// - Parameter text: As it was written.
    /// - Returns: The address for fetching, and another one for pushing where there is one.
    /// - Throws: ``GitError`` where the configuration cannot be read.
    func rewritten(
        _ text: String
    ) throws(GitError) -> (fetching: RemoteURL, pushing: RemoteURL?) {
        guard !text.isEmpty else { return (RemoteURL(text), nil) }
        let remote = try made("git_remote_create_anonymous") {
            git_remote_create_anonymous(&$0, pointer, text)
        }
        defer { git_remote_free(remote) }
        return (
            RemoteURL(git_remote_url(remote).map { String(cString: $0) } ?? text),
            git_remote_pushurl(remote).map { RemoteURL(String(cString: $0)) }
        )
    }

    /// Gives a repository elsewhere a name here.
    ///
    /// - Parameters:
    ///   - name: What to call it.
    ///   - url: Where it is; one with a password is refused.
    /// - Throws: ``GitError`` with the line to type.
    ///
    /// Follows git-remote(1), `add`.
    public func addRemote(_ name: String, _ url: RemoteURL) throws(GitError) {
        var isValid: Int32 = 0
        try check("git_remote_name_is_valid", git_remote_name_is_valid(&isValid, name))
        guard isValid == 1, !name.hasPrefix("-") else {
            throw GitError(
                "'\(Path(name).displayName)' is not a name for a remote",
                hint: "use letters, digits and hyphens, as in 'origin'")
        }
        try url.requireFilledIn()
        guard !url.hasPassword else {
            throw GitError(
                "the address holds a password, which git would keep in a file for everybody to read",
                hint: "leave it out: nbgit remote add '\(name)' '\(url.withoutPassword)'")
        }
        guard !url.text.isEmpty, !url.text.hasPrefix("-"), !url.text.utf8.contains(.newline) else {
            throw GitError(
                "'\(Path(url.text).displayName)' is no address",
                hint: "write it as https://example.com/team/project.git")
        }
        let names = try remotes().map(\.name)
        guard !names.contains(Path(name)) else {
            throw GitError(
                "there is a remote '\(name)' already",
                hint: "'nbgit remote list' shows where it is; take it away first: "
                    + "nbgit remote rm '\(name)'")
        }
        _ = try set([
            (name: "remote.\(name).url", value: url.text),
            (name: "remote.\(name).fetch", value: "+refs/heads/*:refs/remotes/\(name)/*"),
        ])
    }

    /// Forgets a remote: its settings, what is known of its branches, and that branches here follow them.
    ///
    /// - Parameter name: What it is called here.
    /// - Returns: The remote-tracking branches that are gone.
    /// - Throws: ``GitError`` where there is none of that name.
    ///
    /// Follows git-remote(1), `remove`.
    public func removeRemote(_ name: Path) throws(GitError) -> [ReferenceName] {
        guard try remotes().contains(where: { $0.name == name }) else {
            throw GitError(
                "there is no remote '\(name.displayName)'",
                hint: "'nbgit remote list' shows those there are")
        }
        let prefix = Path("refs/remotes").appending(name)
        let tracking = try branches(includesRemote: true).filter {
            $0.isRemote && $0.name.path.relative(to: prefix) != nil
        }
        let followers = try configuration.entries {
            $0.hasPrefix("branch.") && ($0.hasSuffix(".remote") || $0.hasSuffix(".pushremote"))
        }.filter { Path($0.value) == name && $0.level == .local }
        let settings = followers.flatMap { entry in
            let branch = entry.name.dropLast(entry.name.hasSuffix(".pushremote") ? 11 : 7)
            return entry.name.hasSuffix(".pushremote")
                ? [entry.name] : [entry.name, "\(branch).merge"]
        }
        try unset(settings)
        try removeSections([("remote", name.bytes)])
        let pointingAt = ReferenceName(prefix.appending("HEAD"))
        try? File.remove(layout.commonFolder.appending(pointingAt.path))
        try remove(tracking.map { ($0.name, $0.commit) })
        try? Folder.removeIfEmpty(layout.commonFolder.appending(prefix))
        return tracking.map(\.name)
    }
}
