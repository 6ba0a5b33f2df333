public import Platform

/// A repository elsewhere, by the name it has here or by its address alone.
public struct RemotePlace: Hashable, Sendable {
    /// What it is called here; nil for a bare address.
    public let name: Path?
    /// Where to fetch from.
    public let url: RemoteURL
    /// Where to push to.
    public let pushURL: RemoteURL

    /// What people call it: the name, or the address without its password.
    public var displayName: String { name?.displayName ?? url.description }
}

extension Repository {
    /// Finds the repository that a person names.
    ///
    /// - Parameter text: The name of a remote, or an address; a relative path is seen from ``commandFolder``.
    /// - Returns: Where it is.
    /// - Throws: ``GitError`` where it is neither, or where a password stands in the address.
    public func remotePlace(_ text: String) throws(GitError) -> RemotePlace {
        let place: RemotePlace
        let remotes = try remotes()
        if let remote = remotes.first(where: { $0.name == Path(text) }) {
            place = RemotePlace(name: remote.name, url: remote.url, pushURL: remote.pushURL)
        } else {
            let isAddress = text.contains(":") || text.contains("/") || text == "." || text == ".."
            guard isAddress else {
                let names = remotes.map(\.name.displayName).joined(separator: ", ")
                throw GitError(
                    "there is no remote '\(Path(text).displayName)'",
                    hint: names.isEmpty
                        ? "name one: nbgit remote add '\(Path(text).displayName)' <url>"
                        : "those there are: \(names)")
            }
            let (url, pushURL) = try rewritten(text)
            place = RemotePlace(name: nil, url: url, pushURL: pushURL ?? url)
        }
        try place.url.requireFilledIn()
        try place.pushURL.requireFilledIn()
        for url in [place.url, place.pushURL] where url.hasPassword {
            let clean = RemoteURL(url.withoutPassword)
            let line = place.name.map { "git remote set-url '\($0.displayName)' '\(clean)'" }
            throw GitError(
                "the address holds a password, which git shows and keeps for everybody to read",
                hint: "take it out: " + (line ?? "\(clean)"))
        }
        guard !place.url.text.isEmpty else {
            throw GitError("the remote '\(place.displayName)' has no address")
        }
        return place
    }

    /// The remote that a branch is fetched from, or the one that there is.
    ///
    /// - Parameter branch: Without `refs/heads/`; nil where HEAD is detached.
    /// - Returns: Its name, which need not exist.
    /// - Throws: ``GitError`` where the configuration cannot be read.
    ///
    /// Follows remotes_remote_for_branch in remote.c of git.
    public func defaultRemote(of branch: Path?) throws(GitError) -> String {
        if let branch, let name = try configuration.string("branch.\(branch.text).remote") {
            return name
        }
        let remotes = try remotes()
        return remotes.count == 1 ? remotes[0].name.text : "origin"
    }

    /// A way to the repository at an address.
    func service(
        to url: RemoteURL, of place: RemotePlace, _ access: NetworkAccess
    ) throws(GitError) -> any SmartService {
        let limits = try NetworkLimits(configuration)
        switch try RemoteAddress(url) {
        case .web(let address):
            let route = try ServerRoute(
                to: address, remote: place.name, configuration, environment: environment)
            if let warning = route.warning { access.observe(.warning(warning)) }
            return HTTPService(
                route, access.credentials, try CredentialRequest(url, configuration: configuration))
        case .ssh(let address):
            let command = try SSHCommand(
                configuration, environment: environment, isInteractive: access.isInteractive)
            let programs = try servicePrograms(of: place)
            return ProgramService(
                "'\(address.host)'", limits, isPatient: access.isInteractive, access.observe
            ) { command.subprocess(running: programs($0), at: address) }
        case .folder(let folder):
            let root = layout.workTree ?? layout.gitFolder
            let base = place.name == nil ? root.appending(commandFolder) : root
            let path = base.appending(folder)
            guard (try? File.status(of: path)) != nil else {
                throw GitError(
                    "there is no folder '\(folder.displayName)'",
                    hint: "look for a slip in the address: nbgit remote list", network: .notReached)
            }
            let programs = try servicePrograms(of: place)
            let environment = environment
            return ProgramService(
                "the repository '\(folder.displayName)'", limits, isPatient: false, access.observe
            ) { request in
                Self.local(programs(request), path, environment)
            }
        }
    }

    /// git's own program for a folder; it sees nothing of this repository.
    private static func local(
        _ program: String, _ path: Path, _ environment: Environment
    ) -> Subprocess {
        let hidden = [
            "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_OBJECT_DIRECTORY",
            "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_COMMON_DIR", "GIT_NAMESPACE",
            "GIT_CONFIG_PARAMETERS", "GIT_CONFIG_COUNT", "GIT_CONFIG",
        ]
        let environment = hidden.reduce(environment) { $0.setting($1, to: nil) }
        let isPlain = ["git-upload-pack", "git-receive-pack"].contains(program)
        guard !isPlain else {
            return Subprocess(
                "git", [Array(program.utf8.dropFirst(4)), path.bytes], environment: environment)
        }
        return Subprocess(
            "/bin/sh", [Array("-c".utf8), Array("\(program) \"$0\"".utf8), path.bytes],
            environment: environment)
    }

    /// `remote.<name>.uploadpack` and `remote.<name>.receivepack`, or git's own names.
    private func servicePrograms(
        of place: RemotePlace
    ) throws(GitError) -> (SmartRequest) -> String {
        guard let name = place.name else { return { $0.program } }
        let upload = try configuration.string("remote.\(name.text).uploadpack")
        let receive = try configuration.string("remote.\(name.text).receivepack")
        return { request in
            (request.program == "git-upload-pack" ? upload : receive) ?? request.program
        }
    }
}

extension Path {
    /// The name as text; bytes that are not UTF-8 become U+FFFD.
    var text: String { String(decoding: bytes, as: UTF8.self) }
}
