internal import Platform

/// What a command gets from the world around it.
struct Context {
    let environment: Environment
    let console: Console
    /// The tokens that stood in the environment; they do not any more.
    let tokens: EnvironmentTokens
    /// Those of connections; they stand there no more, either.
    let secrets: ConnectionSecrets
}

/// The tokens that the program was started with in its variables.
struct EnvironmentTokens: Sendable {
    /// `NBGIT_TOKEN`.
    let token: Secret?
    /// `POLYAXON_GIT_CREDENTIALS`, as Polyaxon's initialisers have it: a token, or `user:token`.
    let polyaxon: Secret?

    /// None at all.
    static let none = EnvironmentTokens(token: nil, polyaxon: nil)

    /// The variables that were set.
    var names: [String] {
        [token == nil ? nil : "NBGIT_TOKEN", polyaxon == nil ? nil : "POLYAXON_GIT_CREDENTIALS"]
            .compactMap(\.self)
    }

    /// Takes them out, so that no program that is run later finds them.
    static func take() -> EnvironmentTokens {
        EnvironmentTokens(
            token: Environment.takeSecret("NBGIT_TOKEN"),
            polyaxon: Environment.takeSecret("POLYAXON_GIT_CREDENTIALS"))
    }
}
