import Git
import Platform
import Testing

@Suite struct CredentialChainTests {
    private let request: CredentialRequest

    init() throws {
        request = CredentialRequest(
            origin: try #require(Origin(RemoteURL("https://example.com/p"))))
    }

    @Test func `the first source that has something is taken, and taken again`() throws {
        let chain = self.chain([
            Source("empty", []), Source("first", ["a"]), Source("second", ["b"]),
        ])
        #expect(try chain.credential(for: request).username == "a")
        chain.approve()
        #expect(try chain.credential(for: request).username == "a")
    }

    @Test func `a refused credential is not offered again`() throws {
        let chain = self.chain([Source("first", ["a"]), Source("second", ["b"])])
        _ = try chain.credential(for: request)
        chain.reject()
        #expect(try chain.credential(for: request).username == "b")
        #expect(try chain.credential(for: request).username == "b")
    }

    @Test func `after two refusals nobody is asked any more`() throws {
        let last = Source("third", ["c"])
        let chain = self.chain([Source("first", ["a"]), Source("second", ["b"]), last])
        for _ in 1...2 {
            _ = try chain.credential(for: request)
            chain.reject()
        }
        let error = #expect(throws: GitError.self) { try chain.credential(for: request) }
        #expect(error?.isNotAuthenticated == true)
        #expect(
            error?.message == "https://example.com refused the token from second for the user 'b'")
        #expect(!last.heard.contains("get"))
    }

    @Test func `a token given on standard input is the only one`() throws {
        let other = Source("other", ["b"])
        let given = GivenCredential(
            Secret(Array("tok".utf8)), username: nil, name: "standard input", isFinal: true)
        let chain = self.chain([given, other])
        _ = try chain.credential(for: request)
        chain.reject()
        #expect(throws: GitError.self) { try chain.credential(for: request) }
        #expect(other.heard.isEmpty)
    }

    @Test func `sources hear what became of it, once and after the server spoke`() throws {
        let (first, second) = (Source("first", ["a"]), Source("second", ["b"]))
        let chain = self.chain([first, second])
        chain.approve()
        chain.reject()
        #expect(first.heard.isEmpty)
        _ = try chain.credential(for: request)
        chain.reject()
        chain.reject()
        _ = try chain.credential(for: request)
        chain.approve()
        chain.approve()
        #expect(first.heard == ["get", "reject a", "approve b"])
        #expect(second.heard == ["reject a", "get", "approve b"])
    }

    @Test func `what was given for this command alone is kept by nobody`() throws {
        let helper = Source("helper", [])
        let given = GivenCredential(
            Secret(Array("tok".utf8)), username: "ada", name: "NBGIT_TOKEN", isFinal: false)
        let chain = self.chain([given, helper])
        _ = try chain.credential(for: request)
        chain.approve()
        #expect(helper.heard.isEmpty)
    }

    @Test(arguments: [
        "https://evil.example", "https://example.com:8443", "http://example.com",
        "https://a.example.com",
    ]) func `another server is told nothing`(url: String) throws {
        let source = Source("first", ["a"])
        let chain = self.chain([source])
        let other = CredentialRequest(origin: try #require(Origin(RemoteURL(url))))
        let error = #expect(throws: GitError.self) { try chain.credential(for: other) }
        #expect(error?.isNotAuthenticated == true)
        #expect(source.heard.isEmpty)
    }

    @Test(arguments: [
        ("http://example.com", true, false), ("http://localhost:8080", false, false),
        ("http://localhost:8080", true, true), ("https://localhost:8443", false, true),
    ]) func `nothing is told without TLS, unless to this machine on request`(
        url: String, allowsLoopback: Bool, isTold: Bool
    ) throws {
        let origin = try #require(Origin(RemoteURL(url)))
        let chain = CredentialChain(
            for: origin, [Source("first", ["a"])], allowsPlainLoopback: allowsLoopback)
        let told = try? chain.credential(for: CredentialRequest(origin: origin))
        #expect((told != nil) == isTold)
    }

    @Test func `a request for another path begins anew`() throws {
        let source = Source("first", ["a", "b"])
        let chain = self.chain([source])
        #expect(try chain.credential(for: request).username == "a")
        let other = CredentialRequest(origin: request.origin, username: "x")
        #expect(try chain.credential(for: other).username == "b")
    }

    @Test(
        arguments: [
            ("https://github.com", nil, nil, "x-access-token"),
            ("https://gitlab.com", nil, nil, "oauth2"),
            ("https://bitbucket.org", nil, nil, "x-token-auth"),
            ("https://example.com", nil, nil, "git"),
            ("https://github.com", "url", nil, "url"),
            ("https://github.com", "url", "given", "given"),
            ("https://github.com:8443", nil, nil, "git"),
        ] as [(String, String?, String?, String)])
    func `a token without a user gets the name its server takes`(
        url: String, asked: String?, given: String?, expected: String
    ) throws {
        let source = GivenCredential(
            Secret(Array("tok".utf8)), username: given, name: "", isFinal: false)
        let request = CredentialRequest(
            origin: try #require(Origin(RemoteURL(url))), username: asked)
        #expect(source.credential(for: request)?.username == expected)
    }

    private func chain(_ sources: [any CredentialSource]) -> CredentialChain {
        CredentialChain(for: request.origin, sources)
    }

    /// Gives one name after the other, and writes down what it hears.
    private final class Source: CredentialSource {
        private let name: String
        private var usernames: [String]
        private(set) var heard: [String] = []

        init(_ name: String, _ usernames: [String]) {
            self.name = name
            self.usernames = usernames
        }

        func credential(for request: CredentialRequest) -> Credential? {
            heard.append("get")
            guard !usernames.isEmpty else { return nil }
            return Credential(
                username: usernames.removeFirst(), secret: Secret(Array("tok".utf8)),
                provenance: .helper, sourceName: name)
        }

        func approve(_ credential: Credential, for request: CredentialRequest) {
            heard.append("approve \(credential.username)")
        }

        func reject(_ credential: Credential, for request: CredentialRequest) {
            heard.append("reject \(credential.username)")
        }
    }
}
