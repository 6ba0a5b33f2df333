internal import Git
internal import Platform

/// Asks the person at the terminal, or at a notebook, for a token, which does not show, and for the user's name where nobody knows it.
final class PromptedCredentials: CredentialSource {
    private let environment: Environment
    private let console: Console

    /// A token that cannot be one is asked for again, so often.
    private static let mostAttempts = 3

    init(environment: Environment, console: Console) {
        self.environment = environment
        self.console = console
    }

    func credential(for request: CredentialRequest) throws(GitError) -> Credential? {
        guard console.canAsk else { return nil }
        let origin = request.origin
        let username: String
        if let known = request.username ?? Provider(origin)?.tokenUsername {
            username = known
        } else {
            let answer = try answer("Username for \(origin): ", isHidden: false)
            guard let answer else { return nil }
            username = answer.disclosed()
        }
        // Names come from addresses and settings.
        let name = username.printable
        let secret = try answer("Token for \(name) at \(origin) (hidden): ", isHidden: true)
        return secret.map { secret in
            Credential(
                username: username, secret: secret, provenance: .prompt,
                sourceName: console.hasCaller ? "the prompt" : "the terminal")
        }
    }

    /// - Returns: Nil where the caller finds nobody who answers.
    private func answer(_ question: String, isHidden: Bool) throws(GitError) -> Secret? {
        let word = isHidden ? "token" : "name"
        var attempt = 1
        while true {
            do throws(QuestionError) {
                return try console.ask(question, isHidden: isHidden)
            } catch {
                if error == .noTerminal, console.hasCaller { return nil }
                guard case .refused(let reason) = error, attempt < Self.mostAttempts else {
                    throw Self.failure(error, word)
                }
                console.say("the \(word) \(reason); try again")
                attempt += 1
            }
        }
    }

    private static func failure(_ error: QuestionError, _ word: String) -> GitError {
        switch error {
        case .refused(let reason): .notAuthenticated("the \(word) \(reason)")
        case .ended: .notAuthenticated("no \(word) was typed")
        case .noTerminal: .notAuthenticated("the terminal was taken away")
        case .interrupted: .interruption
        }
    }
}
