public import Arguments
internal import Notebook
internal import Platform
public import Workspace

/// `nbgit connection import`: takes over what a platform knows.
struct ImportConnections: Runnable {
    var file: Path?
    var settings: String?
    var name: String?
    var isForTeam = false
    var stripsUser = false
    var replaces = false
    var isDryRun = false
    var isJSON = false

    static let spec = CommandSpec<ImportConnections>(
        summary: "Take over connections of Polyaxon and repositories of SageMaker",
        discussion: """
            A file holds Polyaxon's YAML, one connection, several documents or a list below 'connections:', or what \
            'aws sagemaker describe-code-repository' and 'list-code-repositories' print. All of it is taken or \
            nothing. What has no place in a connection is named.

            A SecretArn becomes the command that asks AWS Secrets Manager for it. The name of a secret of Polyaxon is \
            kept; say with 'nbgit connection set <name> --secret …' where that secret is on this machine.
            """,
        examples: [
            "nbgit connection import connections.yaml": "Take over Polyaxon's connections",
            """
            nbgit connection import --name sales --git-config '{"RepositoryUrl": "https://github.com/team/sales"}'
            """: "Take over a repository of SageMaker",
        ],
        parameters: [
            .operand(
                "file", \.file, required: false,
                completion: .file(extensions: ["yaml", "yml", "json"]),
                help: "YAML or JSON, or '-' for standard input"),
            .option(
                "git-config", \.settings, "json", help: "The object that SageMaker calls GitConfig"),
            .option("name", \.name, "name", help: "Call the one connection <name>"),
            .flag("team", \.isForTeam, help: "Write them into nbgit.toml"),
            .flag("strip-user", \.stripsUser, help: "Leave out users' names in addresses"),
            .flag("replace", \.replaces, help: "Replace connections of the same name"),
            .flag("dry-run", letter: "n", \.isDryRun, help: "Only say what would be taken over"),
            .flag("json", \.isJSON, help: "Print a report as JSON"),
        ])

    func check() throws(UsageError) {
        guard (file == nil) != (settings == nil) else {
            throw UsageError(
                file == nil ? "nothing is to be imported" : "a file and --git-config are too much",
                hint: "name a file, or give '--git-config <json>'")
        }
    }

    func run(in context: Context) throws(Failure) -> ExitCode {
        let (text, subject) = try content()
        let scope: Connection.Scope = isForTeam ? .team : .personal
        let found = try ConnectionImport(
            text, about: subject, .init(name: name, stripsUser: stripsUser, scope: scope))
        let all = try context.connections()
        let known = try all.all().connections
        let new = found.connections.filter { connection in
            !known.contains { $0.isSame(as: connection) }
        }
        if isDryRun {
            try all.requireFree(new, in: scope, replacing: replaces)
        } else {
            if !new.isEmpty { _ = try all.add(new, to: scope, replacing: replaces) }
            try context.agree(to: new)
        }
        for part in found.leftOut { context.console.note(Failure(part)) }
        if isJSON {
            let connections = try context.connections()
            try context.console.put(
                .object([
                    "operation": "connection import", "ok": true, "dry_run": isDryRun.json,
                    "connections": .array(
                        found.connections.map { .object($0.object(connections)) }),
                    "unchanged": found.connections.filter { !new.contains($0) }.map(\.name).json,
                    "left_out": found.leftOut.json,
                ]))
            guard context.console.tellsWords else { return .done }
        }
        tell(found.connections, new, context.console)
        return .done
    }

    private func tell(_ all: [Connection], _ new: [Connection], _ console: Console) {
        for connection in all {
            let verb = !new.contains(connection) ? "is there:" : isDryRun ? "would add" : "added"
            console.say("\(verb) \(connection.name): \(connection.url.printable)")
        }
        for connection in new {
            guard case .named(let secret)? = connection.secret else { continue }
            console.suggest(
                "say where the secret '\(secret.printable)' is here: nbgit connection set "
                    + "\(connection.name) --secret file:<path>")
        }
    }

    private func content() throws(Failure) -> (text: [UInt8], subject: Failure.Subject) {
        if let settings { return (Array(settings.utf8), .named("--git-config")) }
        guard let file, file != "-" else {
            do throws(SystemError) {
                return (try StandardStream.input.read(), .standardInput)
            } catch { throw Failure(error, about: .standardInput) }
        }
        do throws(SystemError) { return (try File.read(file), .path(file)) } catch {
            throw Failure(error)
        }
    }
}

extension ConnectionExport.Format: ArgumentValue {}

/// `nbgit connection export`: writes connections as a platform does.
struct ExportConnections: Runnable {
    var names: [String] = []
    var format = ConnectionExport.Format.polyaxon
    var isJSON = false

    static let spec = CommandSpec<ExportConnections>(
        summary: "Write connections as Polyaxon or SageMaker do",
        discussion: """
            To standard output, for 'nbgit connection import' and for the platform. What the platform has no word for \
            is named. Secrets are not in it, only where they are.
            """,
        examples: [
            "nbgit connection export > connections.yaml": "Write all of them for Polyaxon",
            "nbgit connection export sales --format sagemaker":
                "Write what 'create-code-repository --cli-input-json' takes",
        ],
        parameters: [
            .operands("name", \.names, required: false, help: "The connections; all if left out"),
            .option(
                "format", \.format, "format", default: "polyaxon", help: "Whose way of writing"),
            .flag("json", \.isJSON, help: "Print a report as JSON, the text in it"),
        ])

    func run(in context: Context) throws(Failure) -> ExitCode {
        let connections = try context.connections()
        let chosen =
            names.isEmpty
            ? try connections.all().connections
            : try names.map { name throws(Failure) in try connections.requiredConnection(name) }
        guard !chosen.isEmpty else {
            throw Failure(
                "there is no connection yet",
                hint: "name a repository: nbgit connection add <name> <url>")
        }
        let export = ConnectionExport(chosen, as: format)
        if isJSON {
            try context.console.put(
                .object([
                    "operation": "connection export", "ok": true, "format": format.rawValue.json,
                    "text": String(decoding: export.text, as: UTF8.self).json,
                    "left_out": export.leftOut.json,
                ]))
        }
        if context.console.tellsWords {
            try context.console.put(export.text)
        }
        for part in export.leftOut {
            context.console.note(Failure("\(format.rawValue) has no word for this: \(part)"))
        }
        return .done
    }
}
