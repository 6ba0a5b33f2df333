import Foundation
import Support
import Testing

/// A real notebook kernel, of `Scripts/install-dependencies programs`.
private let kernelPython = projectRoot.appendingPathComponent(".build/programs/bin/python").path
private let hasKernel: Bool = {
    let finished = try? run(
        [kernelPython, "-c", "import ipykernel, jupyter_client"], in: "/",
        environment: ["HOME": "/nonexistent"])
    return finished?.status == 0
}()

/// In a cell there is something that looks like a terminal, and nobody at it.
@Suite(
    .enabled(if: hasKernel, "run 'Scripts/install-dependencies programs' first"),
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
        #expect(shown[3].contains("\"nbgit\", \"push\", \"origin\", \"main\", \"--token-stdin\""))
        #expect(shown[4] == "1\n")
        #expect(shown[5].contains("[exit 4]"))
        #expect(shown[5].contains("import getpass, subprocess"))
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
        try folder.write(
            try String(decoding: JSONEncoder().encode(cells), as: UTF8.self), to: "cells.json")
        try folder.write(Self.script, to: "cells.py")
        let finished = try run(
            [kernelPython, "cells.py"], in: folder.path, environment: sandbox.environment)
        #expect(finished.status == 0, "\(finished.errorText)")
        return try JSONDecoder().decode([String].self, from: Data(finished.output))
    }

    /// Runs cells in a kernel and prints their outputs as JSON; a cell that does not end is interrupted.
    private static let script = """
        import json, queue, time
        from jupyter_client import KernelManager

        manager = KernelManager(kernel_name="python3")
        manager.start_kernel()
        client = manager.client()
        client.start_channels()
        client.wait_for_ready(timeout=40)
        shown = []
        for cell in json.load(open("cells.json")):
            request = client.execute(cell, allow_stdin=False)
            text, end = "", time.time() + 20
            while True:
                try:
                    message = client.get_iopub_msg(timeout=1)
                except queue.Empty:
                    if time.time() < end:
                        continue
                    manager.interrupt_kernel()
                    text += "[the cell did not end]"
                    break
                if message["parent_header"].get("msg_id") != request:
                    continue
                content = message["content"]
                if message["msg_type"] == "stream":
                    text += content["text"]
                elif message["msg_type"] == "error":
                    text += content["ename"] + ": " + content["evalue"]
                elif message["msg_type"] == "status" and content["execution_state"] == "idle":
                    break
            shown.append(text)
        client.stop_channels()
        manager.shutdown_kernel(now=True)
        print(json.dumps(shown))
        """
}
