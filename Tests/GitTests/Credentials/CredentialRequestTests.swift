import Git
import Platform
import Support
import Testing

@Suite struct CredentialRequestTests {
    @Test(
        arguments: [
            ("https://example.com/p", "", nil, nil),
            ("https://ada@example.com/p", "credential.username=carl", "ada", nil),
            ("https://a%40b.c@example.com/p", "", "a@b.c", nil),
            ("https://example.com/p", "credential.username=carl", "carl", nil),
            ("https://example.com/p", "credential.https://example.com.username=carl", "carl", nil),
            (
                "https://example.com/p", "credential.https://EXAMPLE.com:443.username=carl", "carl",
                nil
            ),
            ("https://example.com/p", "credential.https://*.com.username=carl", "carl", nil),
            ("https://example.com/p", "credential.example.com.username=carl", "carl", nil),
            (
                "https://example.com/p", "credential.https://example.com/p.username=carl", "carl",
                nil
            ),
            ("https://example.com/pq", "credential.https://example.com/p.username=carl", nil, nil),
            (
                "https://example.com/p", "credential.https://example.com:8443.username=carl", nil,
                nil
            ),
            ("https://example.com/p", "credential.http://example.com.username=carl", nil, nil),
            ("https://a.example.com/p", "credential.https://example.com.username=carl", nil, nil),
            ("https://example.com/t/p.git", "credential.useHttpPath=true", nil, "t/p.git"),
            ("https://example.com/p?x", "credential.https://example.com.useHttpPath=1", nil, "p"),
            ("https://example.com/p", "credential.useHttpPath=no", nil, nil),
        ] as [(String, String, String?, String?)])
    func `the settings name the user and the path as for git`(
        url: String, setting: String, username: String?, path: String?
    ) throws {
        let request = try CredentialRequest(
            RemoteURL(url), configuration: configuration(setting))
        #expect(request.username == username)
        #expect(request.path == path)
    }

    @Test func `an address with a password is refused with the one without`() throws {
        let error = #expect(throws: GitError.self) {
            try CredentialRequest(
                RemoteURL("https://ada:secret@example.com/p"), configuration: configuration(""))
        }
        #expect(error?.hint == "leave it out: https://ada@example.com/p")
        #expect(error?.message.contains("secret") == false)
    }

    private func configuration(_ setting: String) throws -> Configuration {
        var variables = ["GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": "/dev/null"]
        if let mark = setting.firstIndex(of: "=") {
            variables["GIT_CONFIG_COUNT"] = "1"
            variables["GIT_CONFIG_KEY_0"] = String(setting[..<mark])
            variables["GIT_CONFIG_VALUE_0"] = String(setting[setting.index(after: mark)...])
        }
        return try Configuration(environment: Environment(variables))
    }
}
