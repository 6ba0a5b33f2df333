internal import Platform

/// The settings of a connection, as both files have them.
enum ConnectionSetting: String, CaseIterable, Sendable {
    case url, branch, description, secret
    case readOnly = "read_only"
    case depth
    case recurseSubmodules = "recurse_submodules"
    case experimentalFetch = "experimental_fetch"

    /// How it is spelled in a configuration file of git, such as `readOnly`.
    var gitKey: String {
        let words = rawValue.split(separator: "_")
        return words[0]
            + words.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }
            .joined()
    }

    /// Finds it by its spelling there, where capitals do not count.
    init?(gitKey: String) {
        guard let found = Self.allCases.first(where: { $0.gitKey.lowercased() == gitKey }) else {
            return nil
        }
        self = found
    }

    /// What it holds.
    enum Kind { case text, boolean, number }

    var kind: Kind {
        switch self {
        case .url, .branch, .description, .secret: .text
        case .readOnly, .recurseSubmodules, .experimentalFetch: .boolean
        case .depth: .number
        }
    }
}

extension Connection {
    /// A setting as text; nil where it is as it would be without.
    subscript(setting: ConnectionSetting) -> String? {
        switch setting {
        case .url: url
        case .branch: branch
        case .description: description
        case .secret: secret?.text
        case .readOnly: isReadOnly ? "true" : nil
        case .depth: depth.map { String($0) }
        case .recurseSubmodules: includesSubmodules ? "true" : nil
        case .experimentalFetch: fetchesOnlyRevision ? "true" : nil
        }
    }

    /// Takes a setting from a file.
    ///
    /// - Parameters:
    ///   - setting: Which.
    ///   - text: Its value; `true` or `false` for one that says yes or no.
    /// - Throws: ``Failure`` for what the setting cannot be.
    mutating func take(_ setting: ConnectionSetting, _ text: String) throws(Failure) {
        switch setting {
        case .url: url = try ConnectionAddress(text).text
        case .branch: branch = text.isEmpty ? nil : try Self.line(text, "branch")
        case .description: description = text.isEmpty ? nil : try Self.line(text, "description")
        case .secret: secret = text.isEmpty ? nil : try SecretReference(text)
        case .readOnly: isReadOnly = text == "true"
        case .depth:
            guard let number = Int(text), number >= 1 else {
                throw Failure("'depth' is '\(text)', not a number from 1 up")
            }
            depth = number
        case .recurseSubmodules: includesSubmodules = text == "true"
        case .experimentalFetch: fetchesOnlyRevision = text == "true"
        }
    }

    /// A text of one line that no terminal is steered by.
    static func line(_ text: String, _ what: String) throws(Failure) -> String {
        guard text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
            throw Failure(
                "the \(what) has a line end or a control character in it",
                hint: "write it on one line")
        }
        if what == "branch" {
            let isPlain = !text.hasPrefix("-") && !text.contains(" ") && !text.contains("..")
            guard isPlain, !text.contains(where: { "~^:?*[\\".contains($0) }) else {
                throw Failure("'\(text)' is no name of a branch, a tag or a commit")
            }
        }
        return text
    }
}

extension Connection {
    /// Sets a branch, a tag or a commit; an empty text takes it away.
    public mutating func set(branch: String) throws(Failure) { try take(.branch, branch) }

    /// Sets what it is for; an empty text takes it away.
    public mutating func set(description: String) throws(Failure) {
        try take(.description, description)
    }

    /// Sets where the secret is; an empty text takes it away.
    ///
    /// The path of a file is seen from the working folder, but for a team's connection: there it is seen from the
    /// folder of the `nbgit.toml`, wherever that is.
    public mutating func set(secret text: String) throws(Failure) {
        try take(.secret, text)
        guard scope == .personal, case .file(let path)? = secret, !path.hasPrefix("~/"),
            !path.hasPrefix("/")
        else { return }
        do throws(SystemError) {
            let whole = try WorkingFolder.path().appending(Path(path))
            secret = .file((whole.normalized ?? whole).string ?? path)
        } catch { throw Failure(error) }
    }

    /// Sets how many commits a clone gets; an empty text takes it away.
    public mutating func set(depth: String) throws(Failure) {
        if depth.isEmpty { self.depth = nil } else { try take(.depth, depth) }
    }
}
