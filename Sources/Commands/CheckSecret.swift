internal import Arguments
internal import Notebook
internal import Platform
internal import Workspace

/// `nbgit auth check-secret`: tells whether a secret store's content can be used, without showing it.
struct CheckSecret: Runnable {
    var place = ""
    var isJSON = false

    static let spec = CommandSpec<CheckSecret>(
        summary: "Tell whether nbgit could use a secret, without showing it",
        discussion: """
            Understood are a bare token, 'user:token', JSON as in '{"username": "ada", "password": "…"}', and each of \
            them as the 'SecretString' of an envelope whose stages have 'AWSCURRENT' among them. The exit status is \
            1 when it is none of these.

            Instead of a file it may be the name of a connection, or where a secret is, written as connections do: \
            file:<path>, env:<NAME>, cmd:<command> or sh:<line>. A program is run then.
            """,
        examples: [
            "nbgit auth check-secret /run/secrets/git": "Look at a mounted secret",
            "nbgit auth check-secret sales": "Look at the secret of a connection",
        ],
        parameters: [
            .operand(
                "file", \.place, completion: .file(),
                help: "The file, a connection, a reference, or '-' for standard input"),
            .flag("json", \.isJSON, help: "Print a report as JSON"),
        ])

    func run(in context: Context) throws(Failure) -> ExitCode {
        let console = context.console
        let (text, subject) = try read(in: context)
        let content: SecretContent
        do throws(SecretContentError) {
            content = try SecretContent(text)
        } catch {
            let failure = Failure("\(error)", about: subject, hint: error.hint)
            if isJSON { try console.put(.object(["ok": false, "error": failure.json])) }
            console.report(failure)
            return .no
        }
        let envelope = content.isInEnvelope ? " in an envelope" : ""
        let user = content.username.map { "for user '\($0.printable)'" } ?? "without a user's name"
        if isJSON {
            try console.put(
                .object([
                    "ok": true, "form": content.form.rawValue.json,
                    "envelope": content.isInEnvelope.json, "username": content.username.json,
                    "bytes": content.secret.byteCount.json,
                ]))
        }
        if console.tellsWords {
            try console.put(
                line: "\(content.form.rawValue)\(envelope), \(user), "
                    + "a token of \(content.secret.byteCount) characters")
        }
        return .done
    }

    private func read(in context: Context) throws(Failure) -> (Secret, Failure.Subject) {
        if place == "-" { return (try standardInput(), .standardInput) }
        if let reference = try reference() {
            return (try read(reference, context), .named(reference.text))
        }
        let path = Path(word: place)
        // A folder of that name is most likely the connection's clone.
        let kind = ((try? File.status(of: path)) ?? nil)?.kind
        guard kind == nil || kind == .folder, let use = try context.connection(meantBy: place)
        else {
            return (try read(.file(path.string ?? place), context), .path(path))
        }
        guard let reference = use.connection.secret else {
            throw Failure(
                "the connection '\(place)' names no secret",
                hint: "name one: nbgit connection set \(place) --secret <ref>")
        }
        guard use.isTrusted else {
            throw Failure(
                "the team's settings name the secret of '\(place)', which you have not agreed to",
                hint: "if it is right: nbgit connection trust \(place)")
        }
        let folder = use.connection.file?.parent
        return (try read(reference, context, folder), .named("\(place) (\(reference.text))"))
    }

    /// What a word that begins as references do refers to; nil for any other word.
    private func reference() throws(Failure) -> SecretReference? {
        let isReference = ["file:", "env:", "cmd:", "sh:", "name:", "arn:"].contains {
            place.hasPrefix($0)
        }
        return isReference || place == "none" ? try SecretReference(place) : nil
    }

    private func read(
        _ reference: SecretReference, _ context: Context, _ folder: Path? = nil
    ) throws(Failure) -> Secret {
        let configuration = try Cloning(environment: context.environment).configuration
        var surroundings = try context.secretSurroundings(configuration)
        if let folder { surroundings.folder = folder }
        if case .variable(let name) = reference, surroundings.variables[name] == nil {
            surroundings.variables[name] = Environment.takeSecret(name)
        }
        guard let secret = try reference.read(in: surroundings) else {
            throw Failure(
                reference == .none
                    ? "there is no secret to look at: it says 'none'"
                    : "only a platform knows what '\(reference.text)' is",
                hint: "say where the secret is: file:<path>, env:<NAME> or cmd:<command>")
        }
        return secret
    }

    private func standardInput() throws(Failure) -> Secret {
        do throws(SecretError) {
            return try StandardStream.input.readSecret(atMost: SecretReference.mostBytes)
        } catch {
            if case .system(let reason) = error { throw Failure(reason, about: .standardInput) }
            throw Failure("the secret \(error)", about: .standardInput)
        }
    }
}
