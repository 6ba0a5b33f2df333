internal import Notebook
internal import Platform

/// Connections as platforms write them down: Polyaxon's YAML, and what SageMaker calls the configuration of a code
/// repository.
///
/// One of them, several documents, or a list below `connections:`; in YAML or in JSON. What nbgit has no use for is
/// named, and nothing is dropped in silence.
///
/// Follows Polyaxon, "Git Connections", and `CreateCodeRepository` of the SageMaker API.
public struct ConnectionImport {
    /// What a person says about what is read.
    public struct Options {
        /// The name of the one connection that there is.
        public var name: String?
        /// Whether a user's name and a password in an address are left out and not refused.
        public var stripsUser: Bool
        /// Whose they are to be.
        public var scope: Connection.Scope

        /// Puts them together.
        public init(name: String?, stripsUser: Bool, scope: Connection.Scope) {
            self.name = name
            self.stripsUser = stripsUser
            self.scope = scope
        }
    }

    /// What was read, in its order.
    public internal(set) var connections: [Connection] = []
    /// What has no place in a connection of nbgit, a sentence each.
    public internal(set) var leftOut: [String] = []
    let options: Options

    /// Reads a text.
    ///
    /// - Parameters:
    ///   - text: YAML or JSON, in UTF-8.
    ///   - subject: Where it is from.
    ///   - options: What a person says about it.
    /// - Throws: ``Failure`` with the place of what is wrong.
    public init(
        _ text: [UInt8], about subject: Failure.Subject, _ options: Options
    ) throws(Failure) {
        self.options = options
        for document in try Self.documents(text, about: subject) {
            do throws(Failure) { try take(document.value) } catch {
                var failure = error
                failure.subject = subject
                failure.line = document.line
                throw failure
            }
        }
        guard !connections.isEmpty else {
            let found = leftOut.first.map { "; \($0)" } ?? ""
            throw Failure(
                "there is no connection in it\(found)", about: subject,
                hint: "it is to hold 'kind: git' with 'schema: {url: …}', or 'RepositoryUrl'")
        }
        try rename(subject)
    }

    private static func documents(
        _ text: [UInt8], about subject: Failure.Subject
    ) throws(Failure) -> [(value: JSONValue, line: Int?)] {
        do throws(NotebookError) {
            let start = text.first { !" \t\r\n".utf8.contains($0) }
            if start == UInt8(ascii: "{") || start == UInt8(ascii: "[") {
                return [(try JSONValue(json: text), nil)]
            }
            return try YAMLDocument.all(in: withoutEllipses(text)).map { ($0.value, $0.line) }
        } catch {
            throw Failure(error, about: subject)
        }
    }

    /// The text with blank lines for those that hold nothing but `...`, indented: so documents for people leave things
    /// out.
    private static func withoutEllipses(_ text: [UInt8]) -> [UInt8] {
        let lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        return Array(
            lines.map { line in
                let rest = line.drop { $0 == UInt8(ascii: " ") }
                let isEllipsis =
                    rest.count < line.count
                    && String(decoding: rest.filter { !" \r".utf8.contains($0) }, as: UTF8.self)
                        == "..."
                return isEllipsis ? [] : Array(line)
            }.joined(separator: [UInt8(ascii: "\n")]))
    }

    private mutating func rename(_ subject: Failure.Subject) throws(Failure) {
        guard let name = options.name else { return }
        guard connections.count == 1 else {
            throw Failure(
                "'--name' is for one connection, and there are \(connections.count)",
                about: subject, hint: "leave it out, so that each keeps its own")
        }
        connections[0] = try connections[0].renamed(name)
    }

    // MARK: Kinds

    private mutating func take(_ value: JSONValue) throws(Failure) {
        if let elements = value.array {
            for element in elements { try take(element) }
            return
        }
        guard let object = value.object else {
            if !value.isNull { leftOut.append("\(value.phrase) is no connection") }
            return
        }
        if let list = object["connections"] {
            guard let elements = list.array else {
                throw Failure("'connections' is \(list.phrase), not a list")
            }
            for (index, element) in elements.enumerated() {
                guard element.object != nil else {
                    throw Failure(
                        "element \(index + 1) of 'connections' is \(element.phrase), not an object")
                }
                try take(element)
            }
            note(object, known: ["connections"], of: "the document")
        } else if let summaries = object["CodeRepositorySummaryList"] {
            try take(summaries)
            note(object, known: ["CodeRepositorySummaryList"], of: "the document")
        } else if let settings = object["GitConfig"] {
            guard let settings = settings.object else {
                throw Failure("'GitConfig' is \(settings.phrase), not an object")
            }
            let name = try object["CodeRepositoryName"].map { name throws(Failure) in
                try Self.text(name, "CodeRepositoryName")
            }
            try takeSageMaker(settings, named: name)
            note(object, known: ["GitConfig", "CodeRepositoryName"], of: connections.last?.name)
        } else if object["RepositoryUrl"] != nil {
            try takeSageMaker(object, named: nil)
        } else if object["schema"] != nil || object["kind"]?.string == "git" {
            try takePolyaxon(object)
        } else {
            let keys = object.members.map { "'\($0.key.string)'" }.joined(separator: ", ")
            let kind = object["kind"]?.string
            leftOut.append(
                kind == nil || object["name"] == nil
                    ? "\(keys.isEmpty ? "an empty object" : keys) is not about a connection"
                    : "'\(object["name"]?.words ?? "")' is of kind '\(kind ?? "")', not git: passed over"
            )
        }
    }

    // MARK: SageMaker

    private mutating func takeSageMaker(
        _ settings: JSONObject, named name: String?
    ) throws(Failure) {
        let given = name ?? options.name ?? "this repository"
        do throws(Failure) {
            guard let url = settings["RepositoryUrl"] else {
                throw Failure("there is no 'RepositoryUrl'")
            }
            let address = try self.address(Self.text(url, "RepositoryUrl"))
            var connection = try connection(
                named: name ?? options.name ?? Self.name(of: address), address)
            if let branch = settings["Branch"], !branch.isNull {
                try connection.set(branch: Self.text(branch, "Branch"))
            }
            if let arn = settings["SecretArn"], !arn.isNull {
                let text = try Self.text(arn, "SecretArn")
                guard let reference = try? SecretReference(text), reference.arn != nil else {
                    throw Failure(
                        "'SecretArn' is no name of a secret of AWS Secrets Manager",
                        hint:
                            "it looks like arn:aws:secretsmanager:<region>:<account>:secret:<name>")
                }
                connection.secret = reference
            }
            connections.append(connection)
            note(settings, known: ["RepositoryUrl", "Branch", "SecretArn"], of: connection.name)
        } catch { throw error.about(given) }
    }

    /// The last part of an address as a name.
    private static func name(of address: ConnectionAddress) -> String {
        let last = address.text.split { $0 == "/" || $0 == ":" }.last ?? ""
        let short = last.hasSuffix(".git") ? last.dropLast(4) : last
        return Connection.usableName(of: String(short)) ?? ""
    }

    // MARK: Parts

    func address(_ text: String) throws(Failure) -> ConnectionAddress {
        try ConnectionAddress(text, stripsUser: options.stripsUser)
    }

    func connection(
        named name: String, _ address: ConnectionAddress
    ) throws(Failure) -> Connection {
        var connection = try Connection(name: name, url: address.text)
        connection.scope = options.scope
        return connection
    }

    static func text(_ value: JSONValue, _ key: String) throws(Failure) -> String {
        switch value {
        case .string(let text): return text.string
        case .number(let text): return text
        default: throw Failure("'\(key)' is \(value.phrase), not a text")
        }
    }

    mutating func note(
        _ object: JSONObject, known: [String], of name: String?, below prefix: String = ""
    ) {
        for (key, _) in object.members where !known.contains(key.string) {
            leftOut.append("\(name ?? ""): '\(prefix)\(key.string)' has no place in a connection")
        }
    }
}

extension Connection {
    /// The same under another name.
    func renamed(_ name: String) throws(Failure) -> Connection {
        var connection = try Connection(name: name, url: url)
        connection.branch = branch
        connection.description = description
        connection.secret = secret
        connection.isReadOnly = isReadOnly
        connection.depth = depth
        connection.includesSubmodules = includesSubmodules
        connection.fetchesOnlyRevision = fetchesOnlyRevision
        connection.scope = scope
        connection.file = file
        return connection
    }
}

extension Failure {
    /// The same, with the name of the connection that it is about.
    func about(_ name: String) -> Failure {
        var failure = self
        failure.message = "\(name): \(message)"
        return failure
    }
}

extension JSONValue {
    /// What it is, in a sentence.
    var phrase: String {
        switch self {
        case .null: "empty"
        case .bool: "a boolean"
        case .number: "a number"
        case .string: "a text"
        case .array: "a list"
        case .object: "an object"
        }
    }

    /// The text of a scalar, or what it is.
    var words: String {
        switch self {
        case .string(let text): text.string
        case .number(let text): text
        case .bool(let bool): bool ? "true" : "false"
        default: phrase
        }
    }
}
