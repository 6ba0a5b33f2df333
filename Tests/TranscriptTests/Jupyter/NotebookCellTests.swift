import Foundation
import Support
import Testing

/// In a cell there is something that looks like a terminal, and nobody at it.
@Suite(
    .enabled(
        if: Jupyter.has("ipykernel, jupyter_client"),
        "run 'Scripts/install-dependencies programs' first"),
    .enabled(if: BuiltBinary.path != nil))
struct NotebookCellTests {
    private let folder: TemporaryDirectory
    private let sandbox: GitSandbox

    init() throws {
        folder = try TemporaryDirectory()
        try FileManager.default.createSymbolicLink(
            atPath: folder.path("nbgit"), withDestinationPath: try #require(BuiltBinary.path))
        sandbox = try GitSandbox(adding: [
            "PATH": "\(folder.path):/usr/local/bin:/usr/bin:/bin", "GIT_TERMINAL_PROMPT": "1",
            "SWIFT_BACKTRACE": "enable=no", "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": "credential.helper",
            "GIT_CONFIG_VALUE_0": "store --file=\(folder.path("kept"))",
        ])
    }

    @Test func `in a cell nothing is asked, and the two lines that are shown work`() throws {
        let login = "!nbgit auth login --provider github; echo \"[exit $?]\""
        let refused = try outputs(of: [login])[0]
        #expect(refused.contains("[exit 4]"))
        #expect(!refused.contains("(hidden)"))

        let lines = refused.components(separatedBy: .newlines)
            .filter { $0.contains("import getpass") || $0.contains("subprocess.run(") }
            .map { $0.trimmingCharacters(in: .whitespaces) }
        #expect(lines.count == 2)
        // Nobody types here either: the question is answered by the test.
        let answered =
            "import getpass; getpass.getpass = lambda prompt: 'tok-cell'\n"
            + lines.joined(separator: "\n")
        let done = try outputs(of: [answered])[0]
        #expect(done.contains("token kept by git's credential helper"))
        #expect(try folder.text("kept") == "https://x-access-token:tok-cell@github.com\n")
        #expect(!done.contains("tok-cell"))
    }

    @Test func `a push in a cell is refused where it would ask, and does not wait`() throws {
        try sandbox.shell(
            "git init -q r && cd r && echo 1 >a && git add a && git commit -qm a", in: folder.path)
        let shown = try outputs(of: [
            Self.askingServer,
            "%cd r",
            "!git remote add origin http://localhost:{server.server_port}/p.git",
            "!GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=nbgit.allowPlainLoopback GIT_CONFIG_VALUE_0=yes "
                + "nbgit push origin main; echo \"[exit $?]\"",
            "print(len(asked))", "!nbgit push origin main --token-stdin; echo \"[exit $?]\"",
        ])
        #expect(shown[3].contains("[exit 4]"))
        #expect(
            shown[3].replacing("\r\n", with: "\n").contains(
                "\n  %load_ext nbgit\n  %nbgit push origin main\n"))
        #expect(shown[3].contains("\"nbgit\", \"push\", \"origin\", \"main\", \"--token-stdin\""))
        #expect(shown[4] == "1\n")
        #expect(shown[5].contains("[exit 4]"))
        #expect(shown[5].contains("import getpass, subprocess"))
    }

    @Test func `nothing in a cell is coloured, drawn over or asked`() throws {
        let notebook = #"""
            {"cells":[{"cell_type":"code","execution_count":1,"id":"a","metadata":{},"outputs":[],"source":["x = 1"]}],"metadata":{"kernelspec":{"display_name":"Python 3","language":"python","name":"python3"}},"nbformat":4,"nbformat_minor":5}
            """#
        try folder.write(notebook, to: "r/a.ipynb")
        try sandbox.shell("git init -q --bare server", in: folder.path)
        let shown = try outputs(of: [
            "%cd r", "!nbgit init", "!nbgit pair a.ipynb", "!nbgit hooks install",
            "!nbgit add a.py .gitignore a.ipynb; nbgit add a.py a.ipynb; nbgit commit -m first",
            "!sed -i 's/x = 1/x = 2/' a.py; nbgit sync", "!nbgit diff", "!nbgit status",
            "!nbgit remote add origin ../server", "!nbgit save -m second", "!nbgit log",
            "!nbgit clone ../server ../clone", "!nbgit -C ../clone pull", "!nbgit nonsense",
            "!nbgit help", "!nbgit save -m third; nbgit convert nowhere.ipynb",
        ])
        for text in shown {
            #expect(!text.contains("\u{1B}"), "\(text.debugDescription)")
            #expect(!text.replacingOccurrences(of: "\r\n", with: "\n").contains("\r"))
            #expect(!text.contains("did not end"))
        }
        #expect(shown[5].contains("a.ipynb brought up to date"))
        #expect(shown[9].contains("pushed main to origin"), "\(shown[9])")
    }

    /// A server that wants to know who everybody is.
    private static let askingServer = """
        import http.server, threading

        asked = []

        class Asking(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                asked.append(self.path)
                self.send_response(401)
                self.send_header("WWW-Authenticate", "Basic realm=git")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        server = http.server.ThreadingHTTPServer(("localhost", 0), Asking)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        """

    /// What the cells show, run one after the other in one kernel.
    private func outputs(of cells: [String]) throws -> [String] {
        try Jupyter.run("run-cells", cells, in: folder.path, sandbox)
    }
}
