internal import Platform

/// What to do about a server that knows who we are, or is told, and says no.
///
/// Follows what GitHub, GitLab and Bitbucket answer to git, and GitHub's `X-GitHub-SSO`.
struct RefusalAdvice {
    /// Who says no.
    let origin: Origin
    /// What it says, for people; nil where it says nothing.
    let words: String?
    /// The page where a token is allowed for an organisation, where the server names it.
    var authorizationPage: String?
    /// What it was told; nil where it was told nothing.
    var credential: Credential?

    /// What to do: lower case, without a period.
    var hint: String {
        let words = words?.lowercased() ?? ""
        func says(_ parts: String...) -> Bool { parts.contains { words.contains($0) } }
        if authorizationPage != nil || says("saml", "sso", "re-authorize") {
            return
                "the token is not allowed for this organisation yet: allow it for single sign-on at "
                + (authorizationPage ?? page)
        }
        if says(
            "password authentication", "account password", "instead of a password", "app password")
            || isPassword
        {
            return "it takes a token in place of a password: make one at \(page), then \(login)"
        }
        if says("expired", "revoked") {
            return "the token has come to its end: make a new one at \(page), then \(login)"
        }
        if says(
            "scope", "not accessible by", "write access", "not granted", "denied to",
            "not allowed to")
        {
            return "the token may be for reading only, or for other repositories: give it "
                + "\(scopes) at \(page)"
        }
        return credential == nil
            ? "log in: \(login)"
            : "the token may be for reading only, or for other repositories"
    }

    /// What to do about a token that the server does not take at all.
    var refusalHint: String? {
        let usual = RefusalAdvice(origin: origin, words: nil, credential: credential).hint
        return hint == usual && !isPassword ? nil : hint
    }

    private var provider: Provider? { Provider(origin) }

    /// The line that logs in.
    private var login: String { origin.loginLine }

    private var page: String {
        provider?.tokenPage ?? "\(origin), in the settings of your account"
    }

    private var scopes: String {
        switch provider {
        case .github: "'repo' ('Contents: read and write' of a fine-grained one)"
        case .gitlab: "'read_repository' and 'write_repository'"
        case .bitbucket: "'repository:write'"
        case nil: "the right to write"
        }
    }

    /// Whether what was told looks like no token of a server whose tokens are known.
    private var isPassword: Bool {
        guard let credential, let starts = provider?.tokenStarts else { return false }
        return !credential.secret.withBytes { bytes in
            starts.contains { start in
                let start = Array(start.utf8)
                return bytes.count >= start.count
                    && start.indices.allSatisfy { bytes[$0] == start[$0] }
            }
        }
    }
}

extension Origin {
    /// The line that logs in there.
    public var loginLine: String {
        if let provider = Provider(self) {
            return "nbgit auth login --provider \(provider.rawValue)"
        }
        return "nbgit auth login --host \(hostAndPort)"
    }
}

extension Provider {
    /// How tokens begin that people make there; nil where that is not known of all of them.
    fileprivate var tokenStarts: [String]? {
        switch self {
        case .github: ["ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_"]
        case .gitlab, .bitbucket: nil
        }
    }
}
