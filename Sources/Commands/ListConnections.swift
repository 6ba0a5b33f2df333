internal import Arguments
internal import Git
internal import Notebook
internal import Platform
internal import Workspace

/// `nbgit connection list`: the repositories that have names.
struct ListConnections: Runnable {
    var isJSON = false

    static let spec = CommandSpec<ListConnections>(
        summary: "List the connections and where they lead",
        discussion: """
            Yours are in git's configuration, those of the team in the nearest nbgit.toml. Where both have a name, \
            yours is used.
            """,
        examples: ["nbgit connection list": "See what there is to clone"],
        parameters: [.flag("json", \.isJSON, help: "Print a report as JSON")])

    func run(in context: Context) throws(Failure) -> ExitCode {
        let connections = try context.connections()
        let (found, hidden) = try connections.all()
        for connection in hidden {
            context.console.note(
                Failure("the team has a connection '\(connection.name)', too; yours is used"))
        }
        if isJSON {
            try context.console.put(
                .object([
                    "operation": "connection list", "ok": true,
                    "connections": .array(found.map { .object($0.object(connections)) }),
                ]))
            guard context.console.tellsWords else { return .done }
        }
        for connection in found {
            let words = [
                connection.isReadOnly ? "read-only" : nil,
                connection.scope == .team ? "team" : nil,
            ].compactMap(\.self)
            let note = words.isEmpty ? "" : " (\(words.joined(separator: ", ")))"
            try context.console.put(line: "\(connection.name)\t\(connection.url.printable)\(note)")
        }
        if found.isEmpty {
            context.console.say("there is no connection yet")
            context.console.suggest("name a repository: nbgit connection add <name> <url>")
        }
        return .done
    }
}

/// `nbgit connection show`: all that is known of one.
struct ShowConnection: Runnable {
    var name = ""
    var isJSON = false

    static let spec = CommandSpec<ShowConnection>(
        summary: "Show all that a connection says; never a secret",
        examples: ["nbgit connection show sales": "See where it leads and where its secret is"],
        parameters: [
            .operand("name", \.name, help: "The connection"),
            .flag("json", \.isJSON, help: "Print a report as JSON"),
        ])

    func run(in context: Context) throws(Failure) -> ExitCode {
        let connections = try context.connections()
        let connection = try connections.requiredConnection(name)
        if isJSON {
            var object: JSONObject = ["operation": "connection show", "ok": true]
            object.add(connection.object(connections))
            try context.console.put(.object(object))
            guard context.console.tellsWords else { return .done }
        }
        for (title, value) in connection.rows {
            try context.console.put(line: "\(title): \(value.printable)")
        }
        if !connections.isTrusted(connection) {
            context.console.suggest(
                "its secret is not used before you agree: nbgit connection trust \(name)")
        }
        return .done
    }
}

extension Connection {
    /// What a person reads, in this order.
    private var flags: String? {
        let words = [
            depth.map { "--depth \($0)" }, includesSubmodules ? "--recurse-submodules" : nil,
            fetchesOnlyRevision ? "--experimental-fetch" : nil,
        ].compactMap(\.self)
        return words.isEmpty ? nil : words.joined(separator: " ")
    }

    fileprivate var rows: [(title: String, value: String)] {
        let rows: [(String, String?)] = [
            ("name", name), ("url", url), ("provider", provider), ("branch", branch),
            ("description", description), ("secret", secret?.text),
            ("read-only", isReadOnly ? "yes" : nil), ("clone", flags),
            ("from", file?.displayName ?? "your own settings"),
        ]
        return rows.compactMap { title, value in value.map { (title, $0) } }
    }

    private var provider: String? { origin.flatMap(Provider.init)?.rawValue }

    /// What `--json` prints.
    func object(_ connections: Connections) -> JSONObject {
        [
            "name": name.json, "url": url.json, "provider": provider.json, "branch": branch.json,
            "description": description.json, "secret": (secret?.text).json,
            "read_only": isReadOnly.json, "depth": depth.json,
            "recurse_submodules": includesSubmodules.json,
            "experimental_fetch": fetchesOnlyRevision.json, "scope": scope.rawValue.json,
            "file": file.json, "trusted": connections.isTrusted(self).json,
        ]
    }
}
