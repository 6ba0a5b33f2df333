public import Platform

/// What a file, a variable or a secret store holds for a server: a token, alone or with a user's name.
///
/// Understood are a bare token, `user:token`, `{"username": …, "password": …}`, and either in the `SecretString` of an
/// envelope of AWS Secrets Manager whose stages, where it names them, have `AWSCURRENT` among them.
public struct SecretContent: Sendable {
    /// How it was written.
    public enum Form: String, Sendable {
        case token
        case userAndToken = "user:token"
        case json = "JSON"
    }

    /// The user's name; nil where there is only a token.
    public let username: String?
    /// The token or the password.
    public let secret: Secret
    /// How it was written.
    public let form: Form
    /// Whether it was in an envelope.
    public internal(set) var isInEnvelope = false

    /// Reads it.
    ///
    /// - Throws: ``SecretContentError``, which quotes nothing of it.
    public init(_ content: Secret) throws(SecretContentError) {
        let start = content.firstIndex { !" \t\r\n".utf8.contains($0) }
        guard content.withBytes({ bytes in start.map { bytes[$0] } }) == UInt8(ascii: "{") else {
            try self.init(text: content)
            return
        }
        let object = try SecretJSON.object(content)
        guard let inner = object.strings["SecretString"] else {
            try self.init(object)
            return
        }
        guard object.stages?.contains("AWSCURRENT") ?? true else { throw .notCurrent }
        try self.init(inner)
        guard !isInEnvelope else { throw .nested }
        isInEnvelope = true
    }

    private init(_ object: SecretJSON) throws(SecretContentError) {
        guard let password = object.strings["password"] else { throw .missing("password") }
        form = .json
        username = try object.strings["username"].map { name throws(SecretContentError) in
            try Self.name(try Self.line(name))
        }
        secret = try Self.line(password)
    }

    private init(text: Secret) throws(SecretContentError) {
        let line = try Self.line(text)
        guard let colon = line.firstIndex(where: { $0 == UInt8(ascii: ":") }) else {
            (form, username, secret) = (.token, nil, line)
            return
        }
        form = .userAndToken
        username = try Self.name(line.part(0..<colon))
        secret = try Self.line(line.part(colon + 1..<line.byteCount))
    }

    private static func line(_ secret: Secret) throws(SecretContentError) -> Secret {
        do throws(SecretError) {
            return try secret.withBytes { bytes throws(SecretError) in try Secret(line: bytes) }
        } catch {
            throw .notUsable(error)
        }
    }

    private static func name(_ secret: Secret) throws(SecretContentError) -> String {
        guard secret.byteCount > 0 else { throw .missing("username") }
        return secret.disclosed()
    }
}

/// Why a secret cannot be used.
public enum SecretContentError: Error, Hashable, Sendable {
    /// It begins like JSON but is none, at this byte, from 1.
    case notJSON(byte: Int)
    /// A key that must be there is not, or is empty or no text.
    case missing(String)
    /// The envelope is not that of the secret in force.
    case notCurrent
    /// There is an envelope in the envelope.
    case nested
    /// The token in it is none.
    case notUsable(SecretError)
}

extension SecretContentError: CustomStringConvertible {
    /// What is wrong, lower case and without a period.
    public var description: String {
        switch self {
        case .notJSON(let byte): "it begins with '{' but is not JSON (byte \(byte))"
        case .missing(let key): "it has no '\(key)', or an empty one"
        case .notCurrent: "its stage is not 'AWSCURRENT'"
        case .nested: "its 'SecretString' has a 'SecretString' again"
        case .notUsable(let error): "the token \(error)"
        }
    }
}

extension SecretContentError {
    /// What to do about it; nil where the sentence says it.
    public var hint: String? {
        switch self {
        case .missing, .notJSON:
            #"write {"username": "…", "password": "…"}, user:token, or the token alone"#
        case .notCurrent: "ask for the version in force: --version-stage AWSCURRENT"
        case .nested: "give the inner one alone"
        case .notUsable: nil
        }
    }
}
