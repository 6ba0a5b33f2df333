internal import Platform

/// An `nbgit.toml`, of whose text only the lines of one connection are ever changed.
///
///     [connections.sales]                                     the header
///     url = "https://git.example.com/team/sales.git"          its settings, a line each
///     secret = "env:SALES_TOKEN"  # ask Ada for it            a comment stays where its setting stays
///
/// Every change is read again before it is written: where it would mean anything but what was asked for, as when the
/// connection is written in another of TOML's ways, nothing is written.
struct TeamFile {
    let path: Path
    private(set) var bytes: [UInt8]
    private var table: TOMLValue

    /// Reads a file, or begins one that is not there yet.
    init(_ path: Path) throws(Failure) {
        let bytes: [UInt8]
        do throws(SystemError) {
            bytes = try File.status(of: path) == nil ? [] : try File.read(path)
        } catch { throw Failure(error) }
        try self.init(path, bytes)
    }

    /// Takes a file whose text is known.
    init(_ path: Path, _ bytes: [UInt8]) throws(Failure) {
        self.path = path
        self.bytes = bytes
        table = try TOMLValue(document: bytes, at: path)
    }

    /// The nearest file, in a folder or above it.
    static func nearest(to folder: Path) -> Path? {
        var folder = folder
        while true {
            let file = folder.appending("nbgit.toml")
            if (try? File.status(of: file))?.kind == .regular { return file }
            guard folder.parent != folder else { return nil }
            folder = folder.parent
        }
    }

    // MARK: Reading

    /// The connections, in the order of their names.
    func connections() throws(Failure) -> [Connection] {
        guard let section = table["connections"] else { return [] }
        guard let members = section.members else {
            throw failure(
                "'connections' is \(section.phrase), not a table", section.line,
                hint: "write [connections.<name>] above the settings of each")
        }
        return try members.map { name, value throws(Failure) in try connection(name, value) }
    }

    private func connection(_ name: String, _ value: TOMLValue) throws(Failure) -> Connection {
        guard let members = value.members else {
            throw failure(
                "'\(Path(name).displayName)' is \(value.phrase), not a table", value.line,
                hint:
                    "write [connections.\(Connection.usableName(of: name) ?? "<name>")] above its settings"
            )
        }
        do throws(Failure) {
            var connection = try Connection(name: name, url: "")
            for (key, setting) in members { try Self.take(key, setting, into: &connection) }
            guard !connection.url.isEmpty else {
                throw failure("the connection '\(name)' has no 'url'", value.line)
            }
            (connection.scope, connection.file) = (.team, path)
            return connection
        } catch {
            throw located(error, value.line)
        }
    }

    private static func take(
        _ key: String, _ value: TOMLValue, into connection: inout Connection
    ) throws(Failure) {
        do throws(Failure) {
            guard let setting = ConnectionSetting(rawValue: key) else {
                var failure = Failure("there is no setting '\(Path(key).displayName)'")
                failure.unknownName = Failure.UnknownName(
                    name: key, known: ConnectionSetting.allCases.map(\.rawValue))
                throw failure
            }
            switch (setting.kind, value.content) {
            case (.text, .string(let text)): try connection.take(setting, text)
            case (.boolean, .boolean(let bool)):
                try connection.take(setting, bool ? "true" : "false")
            case (.number, .number(let text)): try connection.take(setting, text)
            default:
                let (wanted, example) = setting.kind.words
                throw Failure(
                    "'\(key)' is \(value.phrase), not \(wanted)",
                    hint: "write \(key) = \(example)")
            }
        } catch {
            var failure = error
            failure.line = failure.line ?? value.line
            throw failure
        }
    }

    private func failure(_ message: String, _ line: Int, hint: String? = nil) -> Failure {
        located(Failure(message, hint: hint), line)
    }

    private func located(_ failure: Failure, _ line: Int) -> Failure {
        var failure = failure
        failure.subject = .path(path)
        failure.line = failure.line ?? line
        return failure
    }

    // MARK: Changing

    /// Puts connections into the text, new ones behind all else.
    mutating func put(_ connections: [Connection]) throws(Failure) {
        var text = TOMLText(bytes)
        var wanted = try self.connections()
        for connection in connections {
            let old = wanted.first { $0.name == connection.name }
            if let index = wanted.firstIndex(where: { $0.name == connection.name }) {
                wanted[index] = connection
            } else {
                wanted.append(connection)
            }
            // What stays as it is keeps its spelling, too.
            let changed = ConnectionSetting.allCases.filter { old?[$0] != connection[$0] }
            let settings = changed.map { setting in
                (setting.rawValue, connection[setting].map { setting.kind.spelling(of: $0) })
            }
            text.set(settings, inTable: Self.names(connection.name))
        }
        try take(text, expecting: wanted)
    }

    /// Takes a connection out of the text.
    mutating func remove(_ name: String) throws(Failure) {
        var text = TOMLText(bytes)
        let wanted = try connections().filter { $0.name != name }
        text.removeTable(Self.names(name))
        try take(text, expecting: wanted)
    }

    /// The ways in which the header of a connection's table may be written, blanks left out.
    private static func names(_ name: String) -> [String] {
        ["connections.\(name)", "connections.\"\(name)\"", "connections.'\(name)'"]
    }

    private mutating func take(
        _ text: TOMLText, expecting wanted: [Connection]
    ) throws(Failure) {
        var changed = self
        changed.bytes = text.bytes
        let table = try? TOMLValue(document: text.bytes, at: path)
        if let table { changed.table = table }
        // What the scope and the file are is not written.
        let expected = Set(wanted.map { $0.placed(at: path) })
        let found = try? changed.connections()
        guard let table, let found, Set(found) == expected,
            table.equals(self.table, except: "connections")
        else {
            throw Failure(
                "the connection is written here in a way that nbgit does not change", path: path,
                hint: "change it in an editor")
        }
        self = changed
    }

    /// Writes it, if it is another text than before.
    func write() throws(Failure) {
        do throws(SystemError) { _ = try File.replace(path, with: bytes) } catch {
            throw Failure(error)
        }
    }
}

extension Connection {
    fileprivate func placed(at path: Path) -> Connection {
        var connection = self
        (connection.scope, connection.file) = (.team, path)
        return connection
    }
}

extension ConnectionSetting.Kind {
    fileprivate var words: (wanted: String, example: String) {
        switch self {
        case .text: ("a text", "\"…\"")
        case .boolean: ("true or false", "true")
        case .number: ("a number", "1")
        }
    }

    /// How a value is written in TOML.
    fileprivate func spelling(of value: String) -> String {
        self == .text ? value.tomlQuoted : value
    }
}
