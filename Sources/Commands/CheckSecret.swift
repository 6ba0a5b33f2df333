internal import Arguments
internal import Notebook
internal import Platform
internal import Workspace

/// `nbgit auth check-secret`: tells whether a secret store's content can be used, without showing it.
struct CheckSecret: Runnable {
    var file: Path = ""
    var isJSON = false

    static let spec = CommandSpec<CheckSecret>(
        summary: "Tell whether nbgit could use a secret, without showing it",
        discussion: """
            Understood are a bare token, 'user:token', JSON as in '{"username": "ada", "password": "…"}', and each of \
            them as the 'SecretString' of an envelope whose stages have 'AWSCURRENT' among them. The exit status is \
            1 when it is none of these.
            """,
        examples: ["nbgit auth check-secret /run/secrets/git": "Look at a mounted secret"],
        parameters: [
            .operand("file", \.file, help: "The file, or '-' for standard input"),
            .flag("json", \.isJSON, help: "Print a report as JSON"),
        ])

    func run(in context: Context) throws(Failure) -> ExitCode {
        let console = context.console
        let text = try read()
        let content: SecretContent
        do throws(SecretContentError) {
            content = try SecretContent(text)
        } catch {
            let failure = Failure("\(error)", about: subject)
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
        } else {
            try console.put(
                line: "\(content.form.rawValue)\(envelope), \(user), "
                    + "a token of \(content.secret.byteCount) characters")
        }
        return .done
    }

    private var subject: Failure.Subject { file == "-" ? .standardInput : .path(file) }

    /// More is no secret.
    private static let mostBytes = 1 << 16

    private func read() throws(Failure) -> Secret {
        do throws(SecretError) {
            guard file == "-" else {
                return try File.readSecret(file, atMost: Self.mostBytes)
            }
            return try StandardStream.input.readSecret(atMost: Self.mostBytes)
        } catch {
            if case .system(let reason) = error { throw Failure(reason, about: subject) }
            throw Failure("the secret \(error)", about: subject)
        }
    }
}
