import Foundation
import Support
import Testing

/// What people did on a platform, done with nbgit: a transcript for each row of `docs/platforms.md`, played against a
/// real server, and every command of that page in one of them.
///
/// The server has a repository of its own for each, `$URL`, with the branches `main` and `branchA` and the tag `v1`;
/// anybody may fetch it from `$PUBLIC`, and `$OTHER` is the same on another server. `$SERVED` is its folder.
@Suite struct PlatformTranscriptTests {
    static let folder = TranscriptTests.folder.appendingPathComponent("server/platforms")
    static let names = Fixtures.files(below: folder).filter { $0.hasSuffix(".txt") }.sorted()

    @Test(.enabled(if: GitServer.shared != nil, "needs nginx and fcgiwrap"), arguments: names)
    func `what a platform does, nbgit does`(name: String) throws {
        let binary = try #require(BuiltBinary.path, "nbgit is not beside the tests")
        let failure = try Transcript.failure(
            in: Self.folder.appendingPathComponent(name), binary: binary,
            on: try stage(name.dropLast(4).replacingOccurrences(of: "/", with: "-")),
            isRecording: Transcript.isRecording)
        if let failure { Issue.record("\(name)\n\(failure)") }
    }

    private func stage(_ repository: String) throws -> Stage {
        let server = try #require(GitServer.shared)
        var stage = Stage()
        let served = server.repository(repository)
        try GitSandbox().shell(
            "cp -R '\(try Self.template.get().path("served"))' '\(served)'", in: server.folder)
        stage.variables = [
            "GIT_SSL_CAINFO": server.authority, "URL": server.url("git/\(repository).git"),
            "PUBLIC": server.url("pub/\(repository).git"),
            "OTHER": server.url("git/\(repository).git", .other), "SERVED": served,
            "TOKEN": GitServer.token, "READER": GitServer.readerToken,
            "HOST": "localhost:\(server.port(.https))",
        ]
        stage.names = [
            server.url("git/\(repository).git"): "$URL",
            server.url("pub/\(repository).git"): "$PUBLIC",
            server.url("git/\(repository).git", .other): "$OTHER", served: "$SERVED",
            "https://localhost:\(server.port(.other))": "https://$OTHER_HOST",
            "localhost:\(server.port(.https))": "$HOST",
        ]
        // A person's own settings are where they usually are.
        stage.unwantedVariables = ["GIT_CONFIG_GLOBAL", "XDG_CONFIG_HOME"]
        return stage
    }

    /// A notebook, its script and a table, on two branches and at a tag.
    private static let template = Result {
        let scratch = try TemporaryDirectory()
        try GitSandbox().shell(
            """
            git init -q --bare served && git init -q work && cd work
            printf '# %%%%\\nsales = [1, 2, 3]\\n' >analysis.py && echo 1 >sales.csv
            git add . && git commit -qm "Begin" && git tag v1 && git branch branchA
            echo 2 >>sales.csv && git commit -qam "Add a sale"
            git push -q ../served main branchA v1
            """, in: scratch.path)
        return scratch
    }

    /// The commands in the tables of the page, by platform.
    private static let commands: [String: [String]] = {
        let page = projectRoot.appendingPathComponent("docs/platforms.md")
        let text = (try? String(contentsOf: page, encoding: .utf8)) ?? ""
        var commands: [String: [String]] = [:]
        var platform = ""
        for line in text.split(separator: "\n") {
            if line.hasPrefix("## ") { platform = line.dropFirst(3).lowercased() }
            guard line.hasPrefix("|") else { continue }
            let spans = line.split(separator: "`", omittingEmptySubsequences: false)
            let code = spans.enumerated().filter { $0.offset % 2 == 1 }.map { String($0.element) }
            commands[platform, default: []] += code.filter { $0.hasPrefix("nbgit ") }
        }
        return commands
    }()

    @Test func `the page has a table for each platform`() {
        #expect(
            Self.commands.keys.sorted() == ["hopsworks", "polyaxon", "sagemaker", "the lesson"])
    }

    @Test(arguments: commands.keys.sorted())
    func `every command of the page is run`(platform: String) throws {
        let prefix = platform.split(separator: " ").last.map { "\($0)/" } ?? ""
        let typed = try Self.names.filter { $0.hasPrefix(prefix) }.flatMap { name in
            let text = try String(
                contentsOf: Self.folder.appendingPathComponent(name), encoding: .utf8)
            return try Transcript(parsing: text).steps.map(\.command)
        }.joined(separator: "\n")
        for command in Self.commands[platform] ?? [] {
            let line = command.replacing("https://git.example.com/team/sales.git", with: "$URL")
                .replacing("https://git.example.com/public/sales.git", with: "$PUBLIC")
                .replacing("https://git.example.org/team/sales.git", with: "$OTHER")
                .replacing("git.example.com", with: "$HOST")
            #expect(typed.contains(line), "no transcript of '\(platform)' runs: \(line)")
        }
    }
}
