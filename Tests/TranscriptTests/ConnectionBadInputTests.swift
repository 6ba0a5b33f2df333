import Foundation
import Support
import Testing

/// What is wrong with a name, an address, a document or a secret is said in one line, and nothing is written.
@Suite(.enabled(if: BuiltBinary.path != nil)) struct ConnectionBadInputTests {
    /// A command that cannot be done.
    struct Case: CustomTestStringConvertible, Sendable {
        /// What is typed behind `nbgit`.
        let words: [String]
        /// What standard input holds.
        var input = ""
        /// All of the first line behind `nbgit: error: `.
        let says: String
        var status: Int32 = 2

        var testDescription: String { says }
    }

    private static func add(_ name: String, _ url: String, _ rest: String..., says: String) -> Case
    {
        Case(words: ["connection", "add", name, url] + rest, says: says)
    }

    private static func load(_ input: String, says: String) -> Case {
        Case(words: ["connection", "import", "-"], input: input, says: "standard input" + says)
    }

    private static let url = "https://example.com/team/p.git"

    static let names = [
        add("", url, says: "a connection needs a name"),
        add("my_repo", url, says: "'my_repo' is no name for a connection"),
        add("a/b", url, says: "'a/b' is no name for a connection"),
        add("größe", url, says: "'größe' is no name for a connection"),
        add(
            String(repeating: "a", count: 64), url,
            says: "the name has 64 characters; 63 is the most"),
        add("a\u{1B}[31m", url, says: #""a\033[31m" is no name for a connection"#),
        add("taken", url, says: "there is a connection 'taken' already, one of yours: \(url)"),
    ]

    static let addresses = [
        add("a", "", says: "the address is missing"),
        add("a", "https://ada@example.com/p.git", says: "the address names a user"),
        add(
            "a", "https://ada:tok-secret@example.com/p.git",
            says: "the address names a user, or holds a password"),
        add(
            "a", "https://tok-secret-0123456789abcdef@example.com/p.git",
            says: "the address names a user, or holds a password"),
        add(
            "a", "https://{username}:{token}@{github_url}",
            says: "the address has a placeholder in it: '{github_url}'"),
        add(
            "a", "https://github.com/username/p.git",
            says: "the address has a placeholder in it: 'username'"),
        add(
            "a", "https://github.com/<org>/p.git",
            says: "the address has a placeholder in it: '<org>'"),
        add(
            "a", "https://github.com/your-name/p.git",
            says: "the address has a placeholder in it: 'your-name'"),
        add("a", "https://exa mple.com/p", says: "'https://exa mple.com/p' is no address"),
        add("a", "https:///p.git", says: "'https:///p.git' is no address of a server"),
        add("a", "../p.git", says: "'../p.git' is seen from this folder alone"),
        add(
            "a", "ext::sh -c x", says: "'ext::sh -c x' is no address"),
        add(
            "a", "ftp://example.com/p",
            says: "'ftp://example.com/p' is of a kind that nbgit does not know: 'ftp'"),
        add("a", "--", "--upload-pack=x", says: "'--upload-pack=x' is no address"),
        Case(
            words: ["connection", "add", "a", url, "--branch", "a..b"],
            says: "'a..b' is no name of a branch, a tag or a commit"),
    ]

    static let documents = [
        load("", says: ": there is no connection in it"),
        load("tok-secret", says: ": there is no connection in it; a text is no connection"),
        load("a: [", says: ":1:5: not YAML: did not find expected node content"),
        load(
            "a: 1\n\tb: 2",
            says: ":2:1: not YAML: found a tab character that violates indentation"),
        load("connections: 1", says: ":1: 'connections' is a number, not a list"),
        load("connections: [x]", says: ":1: element 1 of 'connections' is a text, not an object"),
        load("kind: git\nname: a\n", says: ":1: a: there is no 'schema'"),
        load("kind: git\nschema: {url: \(url)}\n", says: ":1: a connection: there is no 'name'"),
        load("kind: git\nname: a\nschema: {}\n", says: ":1: a: there is no 'schema.url'"),
        load(
            "kind: git\nname: good\nschema: {url: \(url)}\n---\nkind: git\nname: a\nschema: {url: x}\n",
            says: ":5: a: 'x' is seen from this folder alone"),
        load(
            "kind: git\nname: a\nschema: {url: 'https://u:tok-secret@example.com/p'}\n",
            says: ":1: a: the address names a user, or holds a password"),
        load(
            "{\"RepositoryUrl\": ", says: ":1:19: the file ends where a value is expected (byte 18)"
        ),
        load(
            "{\"RepositoryUrl\": \"\(url)\", \"SecretArn\": \"arn:aws:s3:::x\"}",
            says: ": this repository: 'SecretArn' is no name of a secret of AWS Secrets Manager"),
        load(
            "{\"RepositoryUrl\": 7}", says: ": this repository: '7' is seen from this folder alone"),
        load("{\"GitConfig\": []}", says: ": 'GitConfig' is a list, not an object"),
        Case(
            words: ["connection", "import", "--git-config", "{}"],
            says:
                "--git-config: there is no connection in it; an empty object is not about a connection"
        ),
    ]

    static let secrets = [
        add(
            "a", url, "--secret", "tok-secret",
            says: "a secret is not written here, but where it is"),
        add(
            "a", url, "--secret", "ghp_x:tok-secret",
            says: "a secret is not written here, but where it is"),
        add("a", url, "--secret", "file:", says: "the reference to a secret stops in the middle"),
        add(
            "a", url, "--secret", "env:tok-secret",
            says: "'env:' is followed by the name of a variable, and this is none"),
        add(
            "a", url, "--secret", "cmd:pass 'x",
            says: "the command of 'cmd:' has a quote that is not closed"),
        add(
            "a", url, "--secret", "cmd:pass x | head -1",
            says: "'cmd:' runs a program without a shell, and '|' is for one"),
        Case(
            words: ["auth", "check-secret", "cmd:false"],
            says: "'false', which should say the secret, ended with status 1"),
        Case(
            words: ["auth", "check-secret", "cmd:/no/such/program"],
            says:
                "'/no/such/program', which should say the secret, could not be run: no such file or directory"
        ),
        Case(
            words: ["auth", "check-secret", "env:NOT_SET"],
            says: "the variable 'NOT_SET' is not set, or empty"),
        Case(
            words: ["auth", "check-secret", "-"], input: "{\"username\": \"ada\"}",
            says: "standard input: it has no 'password', or an empty one", status: 1),
        Case(
            words: ["auth", "check-secret", "-"], input: "ada:",
            says: "standard input: the token is empty", status: 1),
        Case(
            words: ["auth", "check-secret", "-"], input: "tok\u{1}secret",
            says: "standard input: the token has characters in it that no token has", status: 1),
    ]

    @Test(arguments: names + addresses + documents + secrets)
    func `one line says what is wrong, and nothing is written`(bad: Case) throws {
        let folder = try TemporaryDirectory()
        let settings = "[nbgit-connection \"taken\"]\n\turl = \(Self.url)\n"
        try folder.write(settings, to: "settings")
        let sandbox = try GitSandbox(adding: ["GIT_CONFIG_GLOBAL": folder.path("settings")])
        for team in [[], ["--team"]] where team.isEmpty || bad.words[0] == "connection" {
            let place = bad.words.firstIndex(of: "--") ?? bad.words.endIndex
            let words = bad.words[..<place] + team + bad.words[place...]
            let finished = try run(
                [try #require(BuiltBinary.path)] + words, in: folder.path,
                environment: sandbox.environment, input: Array(bad.input.utf8))
            #expect(finished.status == bad.status, "\(finished.errorText)")
            let lines = finished.errorText.split(separator: "\n")
            #expect(lines.first.map(String.init) == "nbgit: error: \(bad.says)")
            #expect(lines.count <= 2 && lines.dropFirst().allSatisfy { $0.hasPrefix("hint: ") })
            #expect(!finished.errorText.contains("tok-secret") || bad.words[0] == "auth")
            #expect(try folder.text("settings") == settings)
            #expect(try folder.names() == ["settings"])
        }
    }
}
