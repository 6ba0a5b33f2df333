internal import Arguments
internal import Git
internal import Notebook
internal import Platform
internal import Workspace

/// `nbgit auth status`: who one is to which server.
struct ShowLogins: Runnable {
    var isJSON = false

    static let spec = CommandSpec<ShowLogins>(
        summary: "Show for which servers a token is kept, and where",
        discussion: """
            Looked at are the servers of this repository's remotes and of your connections, those that your settings \
            name, GitHub, GitLab and Bitbucket. A token is never shown, and no server is asked. The exit status is 1 \
            when there is none.
            """,
        examples: ["nbgit auth status": "Show it"],
        parameters: [.flag("json", \.isJSON, help: "Print a report as JSON")])

    func run(in context: Context) throws(Failure) -> ExitCode {
        Interrupt.install()
        let console = context.console
        let logins = try Logins(
            environment: context.environment, programs: context.unattendedPrograms)
        let remotes = (try? Checkout(environment: context.environment).remotes()) ?? []
        let here = remotes.compactMap { Origin($0.url) }
        let found = try logins.configured(among: here + context.knownOrigins)
        let connections = ((try? context.connections().all().connections) ?? []).filter {
            ![nil, SecretReference.none].contains($0.secret)
        }
        let variables = context.tokens.names
        if isJSON {
            try console.put(
                .object([
                    "operation": "auth status",
                    "ok": (!found.isEmpty || !variables.isEmpty || !connections.isEmpty).json,
                    "logins": .array(
                        found.map { login in
                            var object = login.object
                            object["provider"] = (logins.provider(at: login.origin)?.rawValue).json
                            return .object(object)
                        }), "variables": variables.json,
                    "connections": .array(
                        connections.map { connection in
                            .object([
                                "name": connection.name.json,
                                "origin": connection.origin.map { "\($0)" }.json,
                                "secret": (connection.secret?.text).json,
                            ])
                        }),
                ]))
        }
        if console.tellsWords {
            for login in found {
                let end = login.end.map { ", until \(LocalTime.clock(at: $0))" } ?? ""
                let kind = Provider(login.origin) == nil ? logins.provider(at: login.origin) : nil
                let place = "\(login.origin)" + (kind.map { " (\($0.rawValue))" } ?? "")
                let name = login.username.printable
                try console.put(line: "\(place): \(name), \(login.keeper.sentence)\(end)")
            }
            for origin in here where !found.contains(where: { $0.origin == origin }) {
                try console.put(line: "\(origin): no token")
            }
            for connection in connections {
                let place = connection.origin.map { "\($0)" } ?? connection.url.printable
                let secret = connection.secret?.text.printable ?? ""
                try console.put(line: "\(place): the connection '\(connection.name)' has \(secret)")
            }
            for name in variables {
                try console.put(
                    line: "\(name) is set; it is for the server of each command's remote")
            }
        }
        guard found.isEmpty, variables.isEmpty, connections.isEmpty else { return .done }
        if console.tellsWords, here.isEmpty { console.say("no token is kept") }
        if console.tellsWords { console.suggest("keep one with 'nbgit auth login'") }
        return .no
    }
}

extension Logins.Login {
    fileprivate var object: JSONObject {
        [
            "origin": origin.description.json, "username": username.json, "keeper": keeper.json,
            "until": end.json,
        ]
    }
}
