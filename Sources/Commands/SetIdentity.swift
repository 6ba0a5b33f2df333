internal import Arguments
internal import Git
internal import Notebook
internal import Platform
internal import Workspace

/// `nbgit identity`: shows or sets the name and the address that go into commits.
struct SetIdentity: Runnable {
    var name: String?
    var email: String?
    var isGlobal = false
    var isJSON = false

    static let spec = CommandSpec<SetIdentity>(
        summary: "Show or set the name and email that go into your commits",
        discussion: """
            Without options it shows what is in force, and who said so. A name or an address is set for this \
            repository, or with '--global' for all of yours.
            """,
        examples: [
            "nbgit identity --global --name \"Ada Author\" --email ada@example.com":
                "Introduce yourself",
            "nbgit identity": "Show who you are to git here",
        ],
        parameters: [
            .option("name", \.name, "name", help: "Your name, as people know you"),
            .option("email", \.email, "address", help: "Your email address"),
            .flag("global", \.isGlobal, help: "Set it for all your repositories"),
            .flag("json", \.isJSON, help: "Print it as JSON"),
        ])

    func check() throws(UsageError) {
        for (option, value) in [("--name", name), ("--email", email)] {
            guard let value else { continue }
            guard Path(word: value).string != nil else {
                throw UsageError(
                    "\(option): \(Path(word: value).displayName) is not UTF-8",
                    hint: "write it in a terminal that is set to UTF-8")
            }
            guard Identity.isUsable(value) else {
                throw UsageError("\(option): '\(value)' has nothing in it that git can use")
            }
        }
        guard !isGlobal || name != nil || email != nil else {
            throw UsageError(
                "--global says where to set something, but nothing is to be set",
                hint: "add '--name <name>' and '--email <address>'")
        }
    }

    func run(in context: Context) throws(Failure) -> ExitCode {
        var identification = try Identification(environment: context.environment)
        let isSetting = name != nil || email != nil
        if isSetting {
            let file = try identification.set(name: name, email: email, isGlobal: isGlobal)
            context.console.whisper("wrote \(file.displayName)")
            identification = try Identification(environment: context.environment)
        }
        let author = identification.author
        let isKnown = author.name != nil && author.email != nil
        if isJSON {
            try context.console.put(
                .object([
                    "operation": "identity", "ok": (isKnown || isSetting).json,
                    "author": json(author, identification),
                    "committer": json(identification.committer, identification),
                ]))
        }
        if context.console.tellsWords, !context.console.isQuiet {
            try show(identification, context.console)
        }
        guard isKnown else {
            suggest(for: author, context.console)
            return isSetting ? .done : .no
        }
        return .done
    }

    /// Says how to set what is missing, where the rest was set.
    private func suggest(for author: Identity, _ console: Console) {
        let missing = [
            author.name == nil ? "--name \"Your Name\"" : nil,
            author.email == nil ? "--email you@example.com" : nil,
        ].compactMap(\.self)
        let isForRepository = missing.count == 1 && !isGlobal && (name != nil || email != nil)
        let words = (isForRepository ? [] : ["--global"]) + missing
        console.suggest("run 'nbgit identity \(words.joined(separator: " "))'")
    }

    private func show(_ identification: Identification, _ console: Console) throws(Failure) {
        let (author, committer) = (identification.author, identification.committer)
        let isOne =
            author.name?.value == committer.name?.value
            && author.email?.value == committer.email?.value
        let rows: [(title: String, part: Identity.Part?)] =
            isOne
            ? [("name", author.name), ("email", author.email)]
            : [
                ("author name", author.name), ("author email", author.email),
                ("committer name", committer.name), ("committer email", committer.email),
            ]
        for (title, part) in rows {
            let value = part.map { "\($0.value.printable)  (\(source($0.source, identification)))" }
            try console.put(line: "\(title): \(value ?? "not set")")
        }
    }

    /// Where a value is from, such as `~/.gitconfig`.
    private func source(_ source: Identity.Source, _ identification: Identification) -> String {
        switch source {
        case .variable(let name): return name
        case .setting(let entry):
            guard let file = identification.configuration.files.files[entry.level] else {
                return "\(entry.name) from the environment"
            }
            return "\(entry.name) in \(file.displayName)"
        }
    }

    private func json(_ identity: Identity, _ identification: Identification) -> JSONValue {
        func part(_ part: Identity.Part?) -> JSONValue {
            guard let part else { return .null }
            var object: JSONObject = ["value": part.value.json]
            switch part.source {
            case .variable(let name): object["variable"] = name.json
            case .setting(let entry):
                object["setting"] = entry.name.json
                object["file"] = identification.configuration.files.files[entry.level].json
            }
            return .object(object)
        }
        return .object(["name": part(identity.name), "email": part(identity.email)])
    }
}
