import Git
import Platform
import Support
import Testing

@Suite struct HelperCredentialsTests {
    private let folder: TemporaryDirectory
    private let sandbox: GitSandbox
    private let request: CredentialRequest

    /// A helper that writes down what it hears and sees, and answers what lies in a file.
    init() throws {
        folder = try TemporaryDirectory()
        sandbox = try GitSandbox(adding: [
            "GIT_CONFIG_KEY_0": "credential.helper",
            "GIT_CONFIG_VALUE_0": "!sh \(folder.path("helper"))",
        ])
        try folder.write(
            """
            cd \(folder.path)
            { echo "$1"; cat; } >>heard
            tr '\\0' '\\n' </proc/self/environ >>seen
            cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\\0' '\\n' >>seen
            [ "$1" != get ] || cat answer
            """, to: "helper")
        try folder.write("username=ada\npassword=tok-0123456789\n", to: "answer")
        request = CredentialRequest(
            origin: try #require(Origin(RemoteURL("https://example.com:8443/p"))))
    }

    @Test func `a helper is asked, told of success, and told of refusal`() throws {
        let source = HelperCredentials(programs())
        let credential = try #require(try source.credential(for: request))
        #expect(credential.username == "ada")
        #expect(credential.secret.disclosed() == "tok-0123456789")
        source.approve(credential, for: request)
        source.reject(credential, for: request)
        #expect(
            try folder.text("heard") == """
                get
                protocol=https
                host=example.com:8443
                store
                protocol=https
                host=example.com:8443
                username=ada
                password=tok-0123456789
                erase
                protocol=https
                host=example.com:8443
                username=ada
                password=tok-0123456789

                """)
    }

    @Test func `a token is in no command line and in no variable`() throws {
        let source = HelperCredentials(programs())
        let credential = try #require(try source.credential(for: request))
        source.approve(credential, for: request)
        let seen = try folder.text("seen")
        #expect(seen.contains("credential"))
        #expect(!seen.contains("tok-0123456789"))
    }

    @Test func `a helper that a repository names is not run`() throws {
        try sandbox.git("init", "-q", "repository", in: folder.path)
        let repository = folder.path("repository")
        try sandbox.git(
            "config", "credential.helper", "!touch \(folder.path("pwned"));", in: repository)
        let environment = ["GIT_DIR": "\(repository)/.git", "GIT_WORK_TREE": repository]
        _ = try HelperCredentials(programs(environment)).credential(for: request)
        #expect(try !folder.names().contains("pwned"))
        #expect(try folder.text("heard").hasPrefix("get\n"))
    }

    @Test(arguments: ["a\nhost=evil.example", "a\rb", "a\u{7F}b"])
    func `a name that would say something else is said to nobody`(name: String) throws {
        let source = HelperCredentials(programs())
        let request = CredentialRequest(origin: request.origin, username: name)
        #expect(throws: GitError.self) { try source.credential(for: request) }
        #expect(try !folder.names().contains("heard"))
    }

    @Test(arguments: [
        "username=ada\n", "password=tok\n", "quit=1\n", "", "username=ada\npassword=to\rk\n",
        "username=ada\u{1B}[31m\npassword=tok\n",
    ]) func `half an answer, or one with control characters, is none`(answer: String) throws {
        try folder.write(answer, to: "answer")
        #expect(try HelperCredentials(programs()).credential(for: request) == nil)
    }

    @Test func `what was typed is kept by the helpers, and what a login holds is not`() throws {
        let source = HelperCredentials(programs())
        func credential(_ provenance: Credential.Provenance) -> Credential {
            Credential(
                username: "carl", secret: Secret(Array("tok".utf8)), provenance: provenance,
                sourceName: "")
        }
        source.approve(credential(.login), for: request)
        #expect(try !folder.names().contains("heard"))
        source.approve(credential(.prompt), for: request)
        #expect(try folder.text("heard").hasPrefix("store\n"))
    }

    @Test func `without git there are no helpers, and one word about it`() throws {
        var notes: [String] = []
        let programs = GitCredentialPrograms(
            environment: Environment(["PATH": folder.path])
        ) { notes.append($0) }
        let source = HelperCredentials(programs)
        #expect(try source.credential(for: request) == nil)
        #expect(try source.credential(for: request) == nil)
        #expect(notes == ["git is not installed, so its credential helpers are not asked"])
    }

    @Test func `a login is held by git's cache until it is forgotten`() throws {
        defer { try? sandbox.shell("git credential-cache exit", in: folder.path) }
        let source = LoginCredentials(programs())
        #expect(try source.credential(for: request) == nil)
        let credential = Credential(
            username: "ada", secret: Secret(Array("tok-held".utf8)), provenance: .prompt,
            sourceName: "")
        #expect(try source.hold(credential, for: request, .seconds(60)))
        let held = try #require(try source.credential(for: request))
        #expect(held.username == "ada")
        #expect(held.secret.disclosed() == "tok-held")
        let other = CredentialRequest(
            origin: try #require(Origin(RemoteURL("https://example.com/p"))))
        #expect(try source.credential(for: other) == nil)
        source.reject(held, for: request)
        #expect(try source.credential(for: request) == nil)
    }

    @Test func `a newer git says until when a login is held`() throws {
        try folder.write(
            """
            #!/bin/sh
            case "$*" in
                *store) cat >held ;;
                *) cat held ;;
            esac
            """.replacing("held", with: folder.path("held")), to: "bin/git")
        try sandbox.shell("chmod +x bin/git", in: folder.path)
        let source = LoginCredentials(programs(["PATH": "\(folder.path("bin")):/usr/bin:/bin"]))
        let credential = Credential(
            username: "ada", secret: Secret(Array("tok".utf8)), provenance: .prompt, sourceName: "")
        let start = LocalTime.now()
        #expect(try source.hold(credential, for: request, .seconds(3_600)))
        let end = try #require(try source.credential(for: request)?.end)
        #expect((start + 3_600...start + 3_660).contains(end))
    }

    @Test(arguments: [
        (["credential.helper=a", "credential.helper=b"], ["a", "b"]),
        (["credential.helper=a", "credential.helper=", "credential.helper=b"], ["b"]),
        (["credential.https://example.com:8443.helper=a"], ["a"]),
        (["credential.https://example.com.helper=a"], []),
    ]) func `the helpers for a server are those the person configured for it`(
        settings: [String], expected: [String]
    ) throws {
        var variables = ["GIT_CONFIG_COUNT": String(settings.count)]
        for (index, setting) in settings.enumerated() {
            let mark = try #require(setting.lastIndex(of: "="))
            variables["GIT_CONFIG_KEY_\(index)"] = String(setting[..<mark])
            variables["GIT_CONFIG_VALUE_\(index)"] = String(setting[setting.index(after: mark)...])
        }
        let environment = sandbox.environment.merging(variables) { $1 }
        let configuration = try Configuration(environment: Environment(environment))
        #expect(try configuration.credentialHelpers(for: request.origin).map(\.text) == expected)
    }

    private func programs(_ variables: [String: String] = [:]) -> GitCredentialPrograms {
        GitCredentialPrograms(
            environment: Environment(sandbox.environment.merging(variables) { $1 }))
    }
}
