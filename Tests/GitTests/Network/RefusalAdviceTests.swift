import Platform
import Testing

@testable import Git

/// What a person may do about each way in which servers say no, as GitHub, GitLab and Bitbucket put it.
@Suite struct RefusalAdviceTests {
    @Test(
        arguments: [
            (
                "https://github.com",
                "Support for password authentication was removed on August 13, 2021.",
                "hunter2",
                "it takes a token in place of a password: make one at https://github.com/settings/tokens, "
                    + "then nbgit auth login --provider github"
            ),
            (
                "https://github.com", nil, "hunter2",
                "it takes a token in place of a password: make one at https://github.com/settings/tokens, "
                    + "then nbgit auth login --provider github"
            ),
            (
                "https://gitlab.com",
                "HTTP Basic: Access denied. You must use a personal access token instead of a password.",
                "hunter2",
                "it takes a token in place of a password: make one at "
                    + "https://gitlab.com/-/user_settings/personal_access_tokens, "
                    + "then nbgit auth login --provider gitlab"
            ),
            (
                "https://bitbucket.org",
                "Bitbucket Cloud recently stopped supporting account passwords for Git authentication.",
                "hunter2",
                "it takes a token in place of a password: make one at "
                    + "https://bitbucket.org/account/settings/, then nbgit auth login --provider bitbucket"
            ),
            (
                "https://github.com",
                "The `acme' organization has enabled or enforced SAML SSO.", "ghp_0123",
                "the token is not allowed for this organisation yet: allow it for single sign-on at "
                    + "https://github.com/settings/tokens"
            ),
            (
                "https://git.example.com", "Token is expired. You can either do re-authentication.",
                "t",
                "the token has come to its end: make a new one at https://git.example.com, in the settings "
                    + "of your account, then nbgit auth login --host git.example.com"
            ),
            (
                "https://github.com", "Permission to acme/p.git denied to ada.", "ghp_0123",
                "the token may be for reading only, or for other repositories: give it 'repo' "
                    + "('Contents: read and write' of a fine-grained one) at https://github.com/settings/tokens"
            ),
            (
                "https://gitlab.com", "insufficient_scope", "glpat-0123",
                "the token may be for reading only, or for other repositories: give it 'read_repository' "
                    + "and 'write_repository' at https://gitlab.com/-/user_settings/personal_access_tokens"
            ),
            (
                "https://gitlab.com", "You are not allowed to push code to this project.",
                "glpat-0123",
                "the token may be for reading only, or for other repositories: give it 'read_repository' "
                    + "and 'write_repository' at https://gitlab.com/-/user_settings/personal_access_tokens"
            ),
            (
                "https://git.example.com:8443", nil, nil,
                "log in: nbgit auth login --host git.example.com:8443"
            ),
        ] as [(String, String?, String?, String)])
    func `what a server says is explained`(
        origin: String, words: String?, token: String?, hint: String
    ) throws {
        let origin = try #require(Origin(RemoteURL(origin + "/")))
        let credential = token.map {
            Credential(
                username: "ada", secret: Secret(Array($0.utf8)), provenance: .command,
                sourceName: "a test")
        }
        let advice = RefusalAdvice(origin: origin, words: words, credential: credential)
        #expect(advice.hint == hint)
    }

    @Test func `the page that a server names for single sign-on is shown`() throws {
        let origin = try #require(Origin(RemoteURL("https://github.com/")))
        let page = "https://github.com/orgs/acme/sso?authorization_request=A"
        let advice = RefusalAdvice(origin: origin, words: nil, authorizationPage: page)
        #expect(advice.hint.hasSuffix("allow it for single sign-on at \(page)"))
    }
}
