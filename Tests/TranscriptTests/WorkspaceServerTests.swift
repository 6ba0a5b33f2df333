import Foundation
import Support
import Testing

/// Several repositories at once, on real servers: one that fails stops no other, and no server is told of another's
/// token.
@Suite(
    .enabled(if: GitServer.shared != nil, "needs nginx and fcgiwrap"),
    .enabled(if: BuiltBinary.path != nil))
struct WorkspaceServerTests {
    private let folder: TemporaryDirectory
    private let sandbox: GitSandbox
    private let server: GitServer
    /// The folder of this test's repositories on the server.
    private let prefix: String

    init() throws {
        folder = try TemporaryDirectory()
        server = try #require(GitServer.shared)
        prefix = "space-\(folder.path.split(separator: "-").last ?? "")"
        sandbox = try GitSandbox(adding: [
            "NBGIT": try #require(BuiltBinary.path), "GIT_SSL_CAINFO": server.authority,
            "GIT_TERMINAL_PROMPT": "1", "SWIFT_BACKTRACE": "enable=no",
            "S": "\(server.folder)/repositories/\(prefix)", "P": prefix,
        ])
        try sandbox.shell(
            """
            mkdir "$S"
            for name in sales notes atlas maps; do
                git init -q made/$name && echo $name >made/$name/$name.csv && git -C made/$name add .
                git -C made/$name commit -qm Begin && git clone -q --bare made/$name "$S/$name.git"
                git -C made/$name remote add origin "$S/$name.git"
            done
            """, in: folder.path)
    }

    private func url(_ name: String, _ door: GitServer.Door = .https) -> String {
        server.url("git/\(prefix)/\(name).git", door)
    }

    private func nbgit(
        _ words: [String], _ variables: [String: String] = [:], input: String = ""
    ) throws -> Finished {
        let binary = try #require(BuiltBinary.path)
        return try run(
            ["setsid", "-w", binary] + words, in: folder.path,
            environment: sandbox.environment.merging(variables) { $1 }, input: Array(input.utf8))
    }

    /// Who a door was told that we are, for this test's repositories.
    private func told(_ door: GitServer.Door) throws -> [Substring] {
        try server.log(door).split(separator: "\n").filter {
            $0.contains(prefix) && !$0.hasSuffix("[-]")
        }
    }

    private func names(of name: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path(name)).sorted()
    }

    private let ada = ["NBGIT_TOKEN": GitServer.token, "NBGIT_USERNAME": "ada"]

    private func expectNoToken(_ finished: Finished) throws {
        #expect(!(finished.text + finished.errorText).contains(GitServer.token))
        let found = try run(["grep", "-rlF", GitServer.token, "w"], in: folder.path)
        #expect(found.text == "")
    }

    @Test func `of four, one cannot be reached, one is in conflict, one is dirty`() throws {
        let additional = ["notes", "atlas", "maps"].flatMap { ["--additional", url($0)] }
        let made = try nbgit(
            ["workspace", "init", "w", "--default", url("sales")] + additional, ada)
        #expect(made.status == 0, "\(made.errorText)")
        let relay = try FaultyRelay(to: server.port(.https), .cut(after: 0))
        try sandbox.shell(
            """
            for name in sales notes atlas maps; do (
                cd made/$name; echo theirs >$name.csv; echo new >new.csv; git add .; git commit -qm theirs
                git push -q origin main) done
            cd w
            echo ours >notes/notes.csv && git -C notes commit -qam ours
            echo dirty >atlas/mine.csv && echo mine >>atlas/atlas.csv
            echo unpushed >maps/maps.csv && git -C maps commit -qam unpushed
            git -C maps config remote.origin.url https://localhost:\(relay.port)/git/$P/maps.git
            """, in: folder.path)
        let names = ["sales", "notes", "atlas", "maps"]
        let heads = try names.map {
            try sandbox.git("rev-parse", "HEAD", in: folder.path("w/\($0)"))
        }
        let pull = try nbgit(["-C", "w", "workspace", "pull"], ada)
        #expect(pull.status == 1)
        #expect(
            pull.text == """
                sales  main moved forward by 1 commit, 2 files changed
                notes  stopped: 1 file in conflict
                atlas  not pulled: files are in the way
                maps   could not be pulled

                """)
        for line in [
            "nbgit -C notes resolve --ours notes.csv", "nbgit -C notes continue",
            "nbgit: error: atlas: changed and not committed: atlas.csv",
            "nbgit -C atlas commit --all -m <message>", "nbgit: error: maps: the connection",
        ] { #expect(pull.errorText.contains(line), "\(line)\n\(pull.errorText)") }
        try expectNoToken(pull)

        // Nothing is lost: what was only here still is, and what the servers had is there or can be fetched again.
        #expect(try folder.text("w/sales/new.csv") == "new\n")
        #expect(try folder.text("w/notes/notes.csv").contains("ours"))
        #expect(try folder.text("w/atlas/atlas.csv") == "atlas\nmine\n")
        #expect(try folder.text("w/atlas/mine.csv") == "dirty\n")
        #expect(try folder.text("w/maps/maps.csv") == "unpushed\n")
        for (name, head) in zip(names, heads).dropFirst() {
            #expect(try sandbox.git("rev-parse", "HEAD", in: folder.path("w/\(name)")) == head)
        }
        for name in names {
            let check = try run(
                ["git", "fsck", "--connectivity-only"], in: folder.path("w/\(name)"),
                environment: sandbox.environment)
            #expect(check.status == 0, "\(check.errorText)")
        }

        // When all is settled, the same line goes through.
        try sandbox.shell(
            """
            cd w
            "$NBGIT" -q -C notes resolve --ours notes.csv && "$NBGIT" -q -C notes continue
            git -C atlas commit -qam mine
            git -C maps config remote.origin.url \(url("maps"))
            """, in: folder.path)
        let again = try nbgit(["-C", "w", "workspace", "pull"], ada)
        #expect(again.status == 1)
        for name in ["atlas", "maps"] {
            try sandbox.shell(
                """
                "$NBGIT" -q resolve --theirs \(name).csv && "$NBGIT" -q continue
                """, in: folder.path("w/\(name)"))
        }
        let push = try nbgit(["-C", "w", "workspace", "push"], ada)
        #expect(push.status == 0, "\(push.errorText)")
        #expect(
            push.text.hasPrefix("sales  nothing to push\nnotes  pushed main to origin: 2 commits"))
        try expectNoToken(push)
    }

    @Test func `a person is asked once for each server, and each is told its own token`() throws {
        let line = """
            "$NBGIT" workspace init w --default \(url("sales")) --additional \(url("notes")) \
            --additional \(url("atlas", .other)) --additional \(url("maps", .other)); echo "[status $?]"; read line
            """
        let terminal = try PseudoTerminal(
            line, in: folder.path, environment: sandbox.environment)
        for (door, user, token) in [
            (GitServer.Door.https, "ada", GitServer.token),
            (.other, "reader", GitServer.readerToken),
        ] {
            try terminal.wait(for: "Username for https://localhost:\(server.port(door)): ")
            terminal.type("\(user)\r")
            try terminal.wait(
                for: "Token for \(user) at https://localhost:\(server.port(door)) (hidden): ")
            terminal.type("\(token)\r")
        }
        try terminal.wait(for: "[status 0]")
        let questions = terminal.shown.split(separator: "Token for ").count - 1
        #expect(questions == 2, "\(terminal.shown)")
        func encoded(_ text: String) -> String {
            String(Data(text.utf8).base64EncodedString().dropLast(4))
        }
        let (adas, readers) = (
            encoded("ada:\(GitServer.token)"), encoded("reader:\(GitServer.readerToken)")
        )
        #expect(try told(.https).allSatisfy { $0.contains(adas) })
        #expect(try told(.other).allSatisfy { $0.contains(readers) })
        #expect(try !told(.https).isEmpty && !told(.other).isEmpty)
    }

    @Test func `a token that names no server is for that of the default alone`() throws {
        let words = [
            "workspace", "init", "w", "--default", url("sales"), "--additional",
            url("notes", .other),
        ]
        let finished = try nbgit(words, ada)
        #expect(finished.status == 4)
        #expect(finished.text.hasSuffix("notes  could not be cloned\n"))
        let hint =
            "the token is for https://localhost:\(server.port(.https)), where the first repository is"
        #expect(finished.errorText.contains(hint), "\(finished.errorText)")
        let given = try nbgit(words + ["--token-stdin"], input: GitServer.token)
        #expect(given.status == 4)
        #expect(try !told(.https).isEmpty && told(.other).isEmpty)
        #expect(try names(of: "w") == ["nbgit-workspace.toml", "sales"])

        // That the default is not there does not make another server the one.
        try sandbox.shell(
            """
            git -c http.sslCAInfo="$GIT_SSL_CAINFO" clone -q "$S/notes.git" w/notes && rm -rf w/sales
            git -C w/notes config remote.origin.url \(url("notes", .other))
            """, in: folder.path)
        let pull = try nbgit(["-C", "w", "workspace", "pull"], ada)
        #expect(pull.status == 4)
        #expect(try told(.other).isEmpty)
    }

    @Test func `a token for the one server goes to it, and secrets of connections to theirs`()
        throws
    {
        try folder.write("reader:\(GitServer.readerToken)", to: "secret")
        let settings = folder.path("gitconfig")
        try sandbox.shell(
            """
            export GIT_CONFIG_GLOBAL=\(settings)
            "$NBGIT" connection add atlas \(url("atlas", .other)) --secret file:secret --read-only
            """, in: folder.path)
        let finished = try nbgit(
            [
                "workspace", "init", "w", "--default", url("sales"), "--additional", url("notes"),
                "--additional", "atlas", "--token-stdin",
            ], ["GIT_CONFIG_GLOBAL": settings, "NBGIT_USERNAME": "ada"], input: GitServer.token)
        // A connection's secret names its own user.
        #expect(finished.status == 0, "\(finished.errorText)")
        let ada = Data("ada:\(GitServer.token)".utf8).base64EncodedString().dropLast(4)
        #expect(try told(.https).allSatisfy { $0.contains(ada) })
        #expect(try !told(.other).contains { $0.contains(ada) })
        #expect(try !told(.https).isEmpty && !told(.other).isEmpty)
        try expectNoToken(finished)
    }

    @Test func `a notebook cell is told once what works there`() throws {
        let finished = try nbgit(
            ["workspace", "init", "w", "--default", url("sales"), "--additional", url("notes")],
            ["JPY_PARENT_PID": "1"])
        #expect(finished.status == 4)
        let advice = "subprocess.run([\"nbgit\", \"workspace\", \"init\", \"w\""
        #expect(finished.errorText.split(separator: advice).count == 2, "\(finished.errorText)")
        #expect(try names(of: "w") == ["nbgit-workspace.toml"])
    }

    @Test func `Ctrl-C ends all of it, and leaves whole repositories or none`() throws {
        let relay = try FaultyRelay(to: server.port(.https), .mute)
        let slow = "https://localhost:\(relay.port)/pub/\(prefix)/notes.git"
        let terminal = try PseudoTerminal(
            """
            "$NBGIT" workspace init w --default \(server.url("pub/\(prefix)/sales.git")) --additional \(slow) \
            --additional \(server.url("pub/\(prefix)/maps.git")); echo "[status $?]"; read line
            """, in: folder.path, environment: sandbox.environment)
        try terminal.wait(for: "sales  cloned")
        usleep(300_000)
        terminal.type("\u{03}")
        try terminal.wait(for: "not begun: notes, maps")
        try terminal.wait(for: "[status 130]")
        #expect(try names(of: "w") == ["nbgit-workspace.toml", "sales"])
    }
}
