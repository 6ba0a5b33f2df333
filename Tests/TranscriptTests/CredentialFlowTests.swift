import Foundation
import Support
import Testing

/// Who is asked for a token, in which order, and what becomes of it, against a real server.
@Suite(
    .enabled(if: GitServer.shared != nil, "needs nginx and fcgiwrap"),
    .enabled(if: BuiltBinary.path != nil))
struct CredentialFlowTests {
    private let folder: TemporaryDirectory
    private let sandbox: GitSandbox
    private let server: GitServer
    private let url: String

    init() throws {
        folder = try TemporaryDirectory()
        server = try #require(GitServer.shared)
        // One repository for each test, as they run at once.
        let name = "flow-\(folder.path.split(separator: "-").last ?? "")"
        url = server.url("git/\(name).git")
        sandbox = try GitSandbox(adding: [
            "NBGIT": try #require(BuiltBinary.path), "GIT_SSL_CAINFO": server.authority,
            "GIT_TERMINAL_PROMPT": "1", "SWIFT_BACKTRACE": "enable=no", "URL": url,
            "GIT_CONFIG_COUNT": "2", "GIT_CONFIG_KEY_1": "credential.helper",
            "GIT_CONFIG_VALUE_1": "store --file=\(folder.path("kept"))",
        ])
        try sandbox.shell(
            """
            git init -q work && cd work && echo 1 >a && git add a && git commit -qm a
            git clone -q --bare . '\(server.repository(name))'
            """, in: folder.path)
    }

    @Test func `a stale token of a helper is forgotten, and the one typed instead is kept`() throws
    {
        try keep("stale-token")
        let terminal = try PseudoTerminal(
            "\"$NBGIT\" clone \"$URL\" clone; echo \"[status $?]\"; read line", in: folder.path,
            environment: sandbox.environment)
        try terminal.wait(for: "Username for https://localhost:\(server.port(.https)): ")
        terminal.type("ada\r")
        try terminal.wait(
            for: "Token for ada at https://localhost:\(server.port(.https)) (hidden): ")
        #expect(!terminal.echoes)
        terminal.type("\(GitServer.token)\r")
        try terminal.wait(for: "[status 0]")
        #expect(!terminal.shown.contains(GitServer.token))
        #expect(try folder.text("kept") == kept(GitServer.token))
        #expect(try folder.text("clone/a") == "1\n")
    }

    @Test func `a wrong token that was typed is refused and kept by nobody`() throws {
        let terminal = try PseudoTerminal(
            "\"$NBGIT\" clone \"$URL\" clone; echo \"[status $?]\"; read line", in: folder.path,
            environment: sandbox.environment)
        try terminal.wait(for: "Username for ")
        terminal.type("ada\r")
        try terminal.wait(for: "(hidden): ")
        terminal.type("wrong-token\r")
        try terminal.wait(for: "refused the token from the terminal for the user 'ada'")
        try terminal.wait(for: "[status 4]")
        #expect(terminal.echoes)
        #expect(((try? folder.text("kept")) ?? "") == "")
        #expect(try folder.names().contains("clone") == false)
    }

    @Test func `a wrong token in the environment is followed by that of a helper`() throws {
        try keep(GitServer.token)
        let finished = try nbgit(["clone", url, "clone"], ["NBGIT_TOKEN": "wrong-token"])
        #expect(finished.status == 0, "\(finished.errorText)")
        #expect(try folder.text("kept") == kept(GitServer.token))
    }

    @Test func `a wrong token on standard input is the last, and no helper hears of it`() throws {
        try keep(GitServer.token)
        let finished = try nbgit(
            ["clone", url, "clone", "--token-stdin"], ["NBGIT_USERNAME": "ada"],
            input: "wrong-token")
        #expect(finished.status == 4)
        #expect(finished.errorText.contains("refused the token from standard input"))
        #expect(try folder.text("kept") == kept(GitServer.token))
        #expect(try folder.names().contains("clone") == false)
    }

    @Test func `two refused tokens are enough`() throws {
        try keep("stale-token")
        let finished = try nbgit(["clone", url, "clone"], ["NBGIT_TOKEN": "wrong-token"])
        #expect(finished.status == 4)
        #expect(finished.errorText.contains("refused the token from git's credential helper"))
        #expect(try folder.text("kept") == "")
    }

    @Test func `the server of a submodule is told nothing`() throws {
        let other = url.replacingOccurrences(
            of: ":\(server.port(.https))/", with: ":\(server.port(.other))/")
        try sandbox.shell(
            """
            printf '[submodule "s"]\\n\\tpath = s\\n\\turl = \(other)\\n' >.gitmodules
            git add .gitmodules
            git update-index --add --cacheinfo 160000,$(git rev-parse HEAD),s
            git commit -qm s
            git -c http.sslCAInfo="$GIT_SSL_CAINFO" push -q "$(printf %s "$URL" |
                sed 's,//,//ada:\(GitServer.token)@,')" main
            """, in: folder.path("work"))
        let finished = try nbgit(
            ["clone", url, "clone", "--recurse-submodules"],
            ["NBGIT_TOKEN": GitServer.token, "NBGIT_USERNAME": "ada"])
        #expect(finished.status == 2)
        #expect(finished.errorText.contains("it was told nothing"), "\(finished.errorText)")
        #expect(try folder.text("clone/a") == "1\n")
        let name = try #require(url.split(separator: "/").last)
        let asked = try server.log(.other).split(separator: "\n").filter { $0.contains(name) }
        #expect(!asked.isEmpty)
        let encoded = Data("ada:\(GitServer.token)".utf8).base64EncodedString()
        #expect(!asked.contains { $0.contains(encoded.dropLast(4)) })
    }

    private func keep(_ token: String) throws { try folder.write(kept(token), to: "kept") }

    private func kept(_ token: String) -> String {
        "https://ada:\(token)@localhost%3a\(server.port(.https))\n"
    }

    private func nbgit(
        _ words: [String], _ variables: [String: String], input: String = ""
    ) throws -> Finished {
        let binary = try #require(BuiltBinary.path)
        return try run(
            ["setsid", "-w", binary] + words, in: folder.path,
            environment: sandbox.environment.merging(variables) { $1 }, input: Array(input.utf8))
    }
}
