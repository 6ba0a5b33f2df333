import Foundation
import Support
import Testing

/// `%nbgit` in the cells of a real kernel, with a real server.
@Suite(
    .enabled(if: GitServer.shared != nil, "needs nginx and fcgiwrap"),
    .enabled(
        if: Jupyter.has("ipykernel, jupyter_client"),
        "run 'Scripts/install-dependencies programs' first"),
    .enabled(if: BuiltBinary.path != nil))
struct MagicTests {
    private struct Cell: Encodable {
        var code: String
        /// Nil where nobody is there to answer.
        var answers: [String]?
        var stopAt: String?
    }

    private struct Notebook: Encodable {
        var secret = ""
        let cells: [Cell]
    }

    private struct Shown: Decodable {
        let text: String
        let value: String?
        let error: String?
        let questions: [String]
        let watched: Bool
        let seen: [String]
    }

    private let folder: TemporaryDirectory
    private let sandbox: GitSandbox
    private let server: GitServer
    private let url: String
    private let load = Cell(code: "%load_ext nbgit")

    init() throws {
        folder = try TemporaryDirectory()
        server = try #require(GitServer.shared)
        let name = "magic-\(folder.path.split(separator: "-").last ?? "")"
        url = server.url("git/\(name).git")
        // As pip would install it: the package, and the program in a folder above it.
        try folder.makeFolder("site/bin")
        try FileManager.default.createSymbolicLink(
            atPath: folder.path("site/bin/nbgit"),
            withDestinationPath: try #require(BuiltBinary.path))
        try FileManager.default.createSymbolicLink(
            atPath: folder.path("site/nbgit"),
            withDestinationPath: projectRoot.appendingPathComponent("Python/nbgit").path)
        sandbox = try GitSandbox(adding: [
            "PYTHONPATH": folder.path("site"), "PYTHONDONTWRITEBYTECODE": "1", "URL": url,
            "GIT_SSL_CAINFO": server.authority, "SWIFT_BACKTRACE": "enable=no",
            "FORCE_COLOR": "1", "IPYTHONDIR": folder.path("ipython"),
        ])
        try sandbox.shell(
            """
            git init -q work && cd work && echo 1 >a && git add a && git commit -qm a
            git clone -q --bare . '\(server.repository(name))'
            git remote add origin "$URL" && echo 2 >a
            """, in: folder.path)
    }

    @Test func `a token is asked for in the cell, pushed with, and nowhere else`() throws {
        let shown = try run(
            [
                load,
                Cell(
                    code: "r = %nbgit save -m \"Größer, für 中\"",
                    answers: ["ada", GitServer.token]),
                Cell(code: "(r['ok'], r['push']['results'][0]['outcome'])"),
                Cell(code: "import os; sorted(n for n in os.environ if 'TOKEN' in n)"),
            ], secret: GitServer.token)
        let host = "https://localhost:\(server.port(.https))"
        #expect(
            shown[1].questions
                == ["Username for \(host): ", "Token for ada at \(host) (hidden): ***"])
        #expect(shown[1].text.contains("pushed main to origin"), "\(shown[1])")
        #expect(shown[1].value == nil && shown[1].error == nil)
        #expect(shown[2].value == "(True, 'fast-forwarded')")
        #expect(shown[3].value == "[]")
        #expect(shown[1].watched && shown.allSatisfy { $0.seen.isEmpty }, "\(shown)")
        #expect(!shown.contains { "\($0)".contains(GitServer.token) })
        let history = try sandbox.shellOutput(
            "grep -c '%nbgit save' ipython/profile_default/history.sqlite; "
                + "grep -rl '\(GitServer.token)' . \"$HOME\" || true", in: folder.path)
        #expect(history == "1\n")
        #expect(
            try sandbox.git("log", "-1", "--format=%s", "origin/main", in: folder.path("work"))
                == "Größer, für 中\n")
    }

    @Test func `a wrong token is refused, and where nobody can answer nothing waits`() throws {
        let shown = try run([
            load, Cell(code: "%nbgit fetch", answers: ["ada", "wrong-token"]),
            Cell(code: "%nbgit fetch"),
            Cell(code: "%nbgit fetch --token-stdin", answers: ["ada", GitServer.token]),
        ])
        #expect(shown[1].text.contains("refused the token from the prompt for the user 'ada'"))
        #expect(shown[1].error == "nbgit ended with exit status 4")
        #expect(shown[2].text.contains("there is no token to be had"))
        #expect(shown[2].text.contains("put it into NBGIT_TOKEN"))
        #expect(!shown[2].text.contains("import getpass"))
        #expect(shown[2].error == "nbgit ended with exit status 4")
        #expect(shown[3].error == nil && shown[3].questions.count == 2, "\(shown[3])")
    }

    @Test func `words are shown as they are said, and the report is a value`() throws {
        let shown = try run([
            load, Cell(code: "%nbgit status"), Cell(code: "r = %nbgit status"),
            Cell(code: "isinstance(r, dict), r['files'][0]['path'], r['branch']"),
            Cell(code: "r"), Cell(code: "%nbgit status --json"),
            Cell(code: "log = %nbgit log --oneline\nlog[0]['subject']"),
            Cell(code: "%nbgit diff a"), Cell(code: "print(_[0]['path'])"),
            Cell(code: "r = %nbgit help\nr is None"),
            Cell(code: "%nbgit statsu"), Cell(code: "%nbgit commit -m 'two words"),
            Cell(
                code: "import nbgit\ntry:\n    nbgit.run('switch', 'nowhere')\n"
                    + "except nbgit.Failed as failed:\n    print(failed.status, failed.report['ok'])"
            ),
            Cell(code: "r = %nbgit ignore check a\nr[0]['ignored']"),
        ])
        let words = "on branch main\n\nnot staged:\n  modified  a\n"
        #expect(shown[1].text == words && shown[1].value == nil, "\(shown[1])")
        #expect(shown[2].text == words && shown[2].value == nil)
        #expect(shown[3].value == "(True, 'a', 'main')")
        #expect(shown[4].text.contains("'branch': 'main'"))
        #expect(shown[5].text.hasPrefix("{\"operation\": \"status\""), "\(shown[5])")
        #expect(shown[6].text.hasSuffix(" a\n") && shown[6].value == "'a'", "\(shown[6])")
        #expect(shown[7].text.contains("+2") && shown[7].value == nil)
        #expect(shown[8].text == "a\n", "\(shown[8])")
        #expect(shown[9].text.contains("Usage: nbgit") && shown[9].value == "True")
        #expect(shown[10].text.contains("did you mean 'status'?"))
        #expect(shown[10].error == "nbgit ended with exit status 2")
        #expect(shown[11].text.contains("UsageError: %nbgit: a quote is not closed"))
        #expect(shown[12].text.hasSuffix("2 False\n"), "\(shown[12])")
        #expect(shown[13].value == "False" && shown[13].error == nil, "\(shown[13])")
    }

    @Test func `a line is read as a shell would, and no variable's value comes into it`() throws {
        let shown = try run([
            load, Cell(code: "secret, x = 'tok-variable', 1"),
            Cell(code: "%nbgit commit --all -m \"Costs $secret, {secret} or $x\""),
            Cell(code: "%cd -q ..\n%nbgit -C work add --verbose 'no such*' || true"),
            Cell(code: "%cd -q work\nfor n in ('b 1', 'b2'): open(n, 'w').write('1')"),
            Cell(code: "r = %nbgit add b* \nr['added']"),
            Cell(code: "%nbgit commit -m it\\'s --message='a \"b\"' -m \"é{x}\""),
        ])
        #expect(shown[5].value == "['b 1', 'b2']", "\(shown[5])")
        let subjects = try sandbox.git("log", "--format=%B", in: folder.path("work"))
        #expect(
            subjects == "it's\n\na \"b\"\n\né{x}\n\nCosts $secret, {secret} or $x\n\na\n\n",
            "\(subjects.debugDescription) \(shown)")
    }

    @Test func `the stop button stops the command, which puts things in order`() throws {
        try folder.write(
            "#!/bin/sh\nprintf '\\033[31mhook\\033[0m is \\rbusy\\r\\n'\nexec sleep 30\n",
            to: "work/.git/hooks/pre-commit")
        try sandbox.shell("chmod +x work/.git/hooks/pre-commit", in: folder.path)
        let shown = try run([
            load, Cell(code: "%nbgit commit --all -m never", stopAt: "busy"),
            Cell(code: "%nbgit fetch", answers: [], stopAt: "Username"),
            Cell(code: "r = %nbgit status\nr['files'][0]['path']"),
        ])
        #expect(shown[1].text.hasPrefix("hook is \nbusy\n"), "\(shown[1])")
        #expect(shown[1].error == "nbgit was stopped" && shown[2].error == "nbgit was stopped")
        #expect(shown[3].value == "'a'")
        #expect(try sandbox.git("log", "--format=%s", in: folder.path("work")) == "a\n")
        #expect(try sandbox.shellOutput("find work/.git -name '*.lock'", in: folder.path) == "")
    }

    @Test func `python -m nbgit is the program`() throws {
        let python = projectRoot.appendingPathComponent(".build/programs/bin/python").path
        for (words, status) in [
            (["--version"], 0), (["status"], 0), (["ignore", "check", "a"], 1),
        ] {
            let ours = try Support.run(
                [python, "-m", "nbgit"] + words, in: folder.path("work"),
                environment: sandbox.environment)
            let theirs = try Support.run(
                [try #require(BuiltBinary.path)] + words, in: folder.path("work"),
                environment: sandbox.environment)
            #expect(ours.output == theirs.output && ours.errors == theirs.errors)
            #expect(ours.status == Int32(status) && theirs.status == Int32(status))
        }
        try FileManager.default.removeItem(atPath: folder.path("site/bin/nbgit"))
        let gone = try Support.run(
            [python, "-m", "nbgit"], in: folder.path, environment: sandbox.environment)
        #expect(gone.status == 1)
        #expect(gone.errorText.contains("pip install --force-reinstall nbgit"))
    }

    private func run(_ cells: [Cell], secret: String = "") throws -> [Shown] {
        try Jupyter.run(
            "run-magic", Notebook(secret: secret, cells: cells), in: folder.path("work"), sandbox)
    }
}
