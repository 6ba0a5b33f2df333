internal import Git
internal import Platform
internal import Workspace

/// Says who we are to the servers of a workspace, where several repositories are worked on one after the other.
///
/// The person is asked once for each server. A token that does not say for which server it is, on standard input or in
/// a variable, goes to one: that of the first repository that has no secret of its own, by its connection.
final class WorkspaceAccess {
    private let context: Context
    private let person: PromptedOnce
    private let tokens: HandedOver
    /// The only server that may see ``tokens``; nil where there are none.
    private let origin: Origin?

    /// A repository's server, and the connection that says who we are to it.
    struct Place {
        let url: RemoteURL
        let use: ConnectionUse?
        let configuration: Configuration
    }

    /// Reads the token from standard input, where there shall be one.
    ///
    /// - Parameters:
    ///   - context: For the tokens in variables, too.
    ///   - readsToken: Whether `--token-stdin` was given.
    ///   - places: Where all the repositories are, in their order; not asked where there is no token to be given.
    /// - Throws: ``Failure`` where what was handed over is no token.
    init(
        _ context: Context, readsToken: Bool, places: () throws(Failure) -> [Place]
    ) throws(Failure) {
        self.context = context
        person = PromptedOnce(
            PromptedCredentials(environment: context.environment, console: context.console))
        tokens = HandedOver(
            token: readsToken ? try context.tokenFromStandardInput() : nil,
            tokens: context.tokens, person: person)
        let hasTokens = readsToken || !context.tokens.names.isEmpty
        origin = hasTokens ? try Self.origin(of: places(), context) : nil
    }

    private static func origin(
        of places: [Place], _ context: Context
    ) throws(Failure) -> Origin? {
        var first: Origin?
        for place in places {
            guard let origin = Origin(place.url) else { continue }
            first = first ?? origin
            let own = try place.use.flatMap { use throws(Failure) in
                try context.source(use, for: place.url, place.configuration).source
            }
            if own == nil { return origin }
        }
        return first
    }

    /// What an operation gets that speaks to a server.
    func access(to place: Place) throws(Failure) -> NetworkAccess {
        context.access(
            with: try context.credentials(
                for: place.url, handedOver(to: Origin(place.url)),
                configuration: place.configuration, place.use))
    }

    private func handedOver(to server: Origin?) -> HandedOver {
        guard let server, server != origin else { return tokens }
        var given = HandedOver(token: nil, tokens: .none, person: person)
        given.hint = origin.map {
            "the token is for \($0), where the first repository is; keep one for this server, "
                + "too: \(server.loginLine)"
        }
        return given
    }

    /// The same for a repository that is here.
    func access(to url: RemoteURL, _ checkout: Checkout) throws(Failure) -> NetworkAccess {
        try access(to: context.place(url, checkout))
    }
}

extension Context {
    /// The server of a repository that is here.
    func place(_ url: RemoteURL, _ checkout: Checkout) throws(Failure) -> WorkspaceAccess.Place {
        WorkspaceAccess.Place(
            url: url, use: try connection(of: checkout),
            configuration: checkout.repository.configuration)
    }
}

/// Asks the person once for each server and user, and says the same again.
private final class PromptedOnce: CredentialSource {
    private let prompt: PromptedCredentials
    private var answers: [CredentialRequest: Result<Credential?, GitError>] = [:]

    init(_ prompt: PromptedCredentials) { self.prompt = prompt }

    func credential(for request: CredentialRequest) throws(GitError) -> Credential? {
        if let known = answers[request] { return try known.get() }
        do throws(GitError) {
            let answer = try prompt.credential(for: request)
            answers[request] = .success(answer)
            return answer
        } catch {
            answers[request] = .failure(error)
            throw error
        }
    }
}
