internal import Platform

/// What the address of a remote leads to.
///
/// Follows git-fetch(1), "Git URLs", and parse_connect_url in connect.c.
enum RemoteAddress {
    /// A server of the web.
    case web(ServerAddress)
    /// A server that ssh leads to.
    case ssh(SSHAddress)
    /// A folder of this machine.
    case folder(Path)

    /// Reads an address.
    ///
    /// - Throws: ``GitError`` for one that leads nowhere nbgit can go.
    init(_ url: RemoteURL) throws(GitError) {
        let text = url.text
        guard let scheme = Self.scheme(of: text) ?? Self.helper(of: text) else {
            let slash = text.firstIndex(of: "/") ?? text.endIndex
            if text[..<slash].contains(":") {
                self = .ssh(try SSHAddress(shortForm: text))
            } else {
                self = .folder(Path(text))
            }
            return
        }
        switch scheme {
        case "https", "http":
            guard let address = ServerAddress(text) else {
                throw GitError(
                    "'\(url)' is no address of a server",
                    hint: "write it as https://example.com/team/project.git; a space is %20")
            }
            self = .web(address)
        case "ssh", "git+ssh", "ssh+git":
            self = .ssh(try SSHAddress(url: text))
        case "file":
            self = .folder(Path(bytes: Self.decoded(text.dropFirst("file://".count))))
        default: throw Self.unknownKind(url, scheme)
        }
    }

    private static func unknownKind(_ url: RemoteURL, _ scheme: String) -> GitError {
        GitError(
            "'\(url)' is of a kind that nbgit does not know: '\(Path(scheme).displayName)'",
            hint: "it knows https://, ssh:// and folders")
    }

    private static func scheme(of text: String) -> String? {
        let parts = text.split(separator: "://", maxSplits: 1, omittingEmptySubsequences: false)
        let isScheme = parts[0].utf8.allSatisfy { "+-.".utf8.contains($0) || isAlphanumeric($0) }
        return parts.count == 2 && !parts[0].isEmpty && isScheme ? parts[0].lowercased() : nil
    }

    /// The program `git-remote-<name>` that `<name>::<address>` asks for.
    private static func helper(of text: String) -> String? {
        let name = text.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
        return !name.isEmpty && text.dropFirst(name.count).hasPrefix("::") ? String(name) : nil
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        let character = Character(Unicode.Scalar(byte))
        return character.isASCII && (character.isLetter || character.isNumber)
    }

    /// The bytes with `%41` and such replaced.
    static func decoded(_ text: Substring) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            let digits = String(decoding: rest.prefix(2), as: UTF8.self)
            if byte == UInt8(ascii: "%"), digits.utf8.count == 2,
                let value = UInt8(digits, radix: 16)
            {
                bytes.append(value)
                rest.removeFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return bytes
    }
}

/// A repository behind ssh.
struct SSHAddress: Hashable {
    /// As ssh knows it, which may be an alias of its own configuration.
    let host: String
    let user: String?
    let port: String?
    let path: String

    /// Reads `ssh://[user@]host[:port]/path`.
    init(url text: String) throws(GitError) {
        let rest = text.drop { $0 != ":" }.dropFirst(3)
        let slash = rest.firstIndex(of: "/") ?? rest.endIndex
        var path = String(decoding: RemoteAddress.decoded(rest[slash...]), as: UTF8.self)
        // '/~ada' is the home folder of somebody.
        if path.hasPrefix("/~") { path.removeFirst() }
        try self.init(place: rest[..<slash], path: path, text: text, takesPort: true)
    }

    /// Reads `[user@]host:path`.
    init(shortForm text: String) throws(GitError) {
        let bracket = text.firstIndex(of: "]").map { text.index(after: $0) } ?? text.startIndex
        guard let colon = text[bracket...].firstIndex(of: ":") else {
            throw Self.refusal(of: text)
        }
        try self.init(
            place: text[..<colon], path: String(text[text.index(after: colon)...]), text: text,
            takesPort: text.hasPrefix("[") || text.contains("@["))
    }

    private init(
        place: Substring, path: String, text: String, takesPort: Bool
    ) throws(GitError) {
        var place = place
        var user: Substring?
        if let at = place.lastIndex(of: "@") {
            user = place[..<at]
            place = place[place.index(after: at)...]
        }
        var port: Substring?
        if place.first == "[", let bracket = place.lastIndex(of: "]") {
            let rest = place[place.index(after: bracket)...]
            place = place[..<bracket].dropFirst()
            port = rest.first == ":" ? rest.dropFirst() : nil
            // '[host:port]:path'
            if port == nil, place.count(where: { $0 == ":" }) == 1,
                let colon = place.firstIndex(of: ":")
            {
                port = place[place.index(after: colon)...]
                place = place[..<colon]
            }
        } else if takesPort, let colon = place.lastIndex(of: ":") {
            port = place[place.index(after: colon)...]
            place = place[..<colon]
        }
        let words = [String(place), path] + [user, port].compactMap { $0.map(String.init) }
        // ssh would take a word that begins with a hyphen for an option, and some of those run programs.
        let isPlain = words.allSatisfy { word in
            word.first != "-" && word.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
        }
        guard isPlain, !place.isEmpty, !path.isEmpty, user?.isEmpty != true,
            port.map({ !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }) ?? true
        else { throw Self.refusal(of: text) }
        host = String(place)
        self.user = user.map(String.init)
        self.port = port.map(String.init)
        self.path = path
    }

    private static func refusal(of text: String) -> GitError {
        GitError(
            "'\(RemoteURL(text))' is no address that ssh may be given",
            hint: "write it as ssh://git@example.com/team/project.git")
    }
}

extension RemoteURL {
    /// What a text for copying leaves for the reader to fill in, between its signs: `{github_url}`, `<org>`.
    public var placeholder: String? {
        // Folders may be called anything.
        guard text.contains("://") else { return nil }
        for (open, close) in [("{", "}"), ("<", ">")] as [(Character, Character)] {
            let text = withoutWebUser
            guard let start = text.firstIndex(of: open),
                let end = text[start...].firstIndex(of: close)
            else { continue }
            return String(text[start...end])
        }
        return nil
    }

    /// Refuses an address with something in it that was to be filled in.
    func requireFilledIn() throws(GitError) {
        guard let placeholder else { return }
        throw GitError(
            "the address has a placeholder in it: '\(Path(placeholder).displayName)'",
            hint: "put in what it stands for; write it as https://example.com/team/project.git")
    }

    /// Refuses an address that leads nowhere, or that leads somewhere else from another folder.
    ///
    /// - Throws: ``GitError`` with how to write it.
    public func requireReachableFromEverywhere() throws(GitError) {
        guard case .folder(let folder) = try RemoteAddress(self), !folder.isAbsolute else { return }
        throw GitError(
            "'\(folder.displayName)' is seen from this folder alone",
            hint: "write it as https://example.com/team/project.git, or the whole path of a folder")
    }
}
