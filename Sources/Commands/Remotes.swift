internal import Arguments
internal import Git
internal import Notebook
internal import Platform
internal import Workspace

/// `nbgit remote list`: where this repository fetches from and pushes to.
struct ListRemotes: Runnable {
    var isJSON = false

    static let spec = CommandSpec<ListRemotes>(
        summary: "List the remotes and their addresses",
        discussion: "A password in an address is shown as '***'.",
        examples: ["nbgit remote": "See where this repository is fetched from and pushed to"],
        parameters: [.flag("json", \.isJSON, help: "Print a report as JSON")])

    func run(in context: Context) throws(Failure) -> ExitCode {
        let remotes = try Checkout(environment: context.environment).remotes()
        if isJSON {
            let objects = remotes.map { remote in
                JSONValue.object([
                    "name": remote.name.json, "url": remote.url.description.json,
                    "push_url": remote.pushURL.description.json,
                ])
            }
            try context.console.put(.array(objects))
            guard context.console.tellsWords else { return .done }
        }
        for remote in remotes {
            let url = remote.url.description.printable
            let line = "\(remote.name.displayName)\t\(url)"
            try context.console.put(line: line)
            if remote.pushURL != remote.url {
                let pushURL = remote.pushURL.description.printable
                try context.console.put(line: "\(remote.name.displayName)\t\(pushURL) (push)")
            }
        }
        return .done
    }
}

/// `nbgit remote add`: gives a repository elsewhere a name.
struct AddRemote: Runnable {
    var name = ""
    var url = ""
    var isJSON = false

    static let spec = CommandSpec<AddRemote>(
        summary: "Give a repository elsewhere a name",
        discussion: """
            Nothing is fetched yet. An address with a password or a token in it is refused: git would keep it in a \
            file and show it in messages.
            """,
        examples: [
            "nbgit remote add origin https://example.com/team/sales.git": "Name the server's copy"
        ],
        parameters: [
            .operand("name", \.name, help: "What to call it, such as origin"),
            .operand("url", \.url, help: "Where it is"),
            .flag("json", \.isJSON, help: "Print a report as JSON"),
        ])

    func run(in context: Context) throws(Failure) -> ExitCode {
        let address = RemoteURL(url)
        try Checkout(environment: context.environment).addRemote(name, address)
        if isJSON {
            try context.console.put(
                .object([
                    "operation": "remote add", "ok": true, "name": name.json,
                    "url": address.description.json,
                ]))
        }
        if context.console.tellsWords {
            context.console.say("\(name) is \(address.description.printable)")
        }
        return .done
    }
}

/// `nbgit remote rm`: forgets a remote.
struct RemoveRemote: Runnable {
    var name: Path = ""
    var isJSON = false

    static let spec = CommandSpec<RemoveRemote>(
        summary: "Forget a remote and what is known of its branches",
        discussion: "Nothing happens on the server, and branches of this repository stay.",
        examples: ["nbgit remote rm origin": "Forget it"],
        parameters: [
            .operand("name", \.name, help: "What it is called here"),
            .flag("json", \.isJSON, help: "Print a report as JSON"),
        ])

    func run(in context: Context) throws(Failure) -> ExitCode {
        let gone = try Checkout(environment: context.environment).removeRemote(name)
        if isJSON {
            try context.console.put(
                .object([
                    "operation": "remote rm", "ok": true, "name": name.json,
                    "removed": gone.map(\.short).json,
                ]))
            guard context.console.tellsWords else { return .done }
        }
        for branch in gone { context.console.whisper("removed \(branch.short.displayName)") }
        context.console.say("forgot \(name.displayName)")
        return .done
    }
}
