import Foundation
import Support
import Testing

/// The hidden prompt on a terminal, and every way to end it.
@Suite(.enabled(if: BuiltBinary.path != nil)) struct PromptTests {
    /// One way to end the prompt.
    struct Ending: CustomTestStringConvertible, Sendable {
        let testDescription: String
        /// Done at the prompt, before its end is waited for.
        let act: @Sendable (Prompt) throws -> Void
        /// As the shell counts.
        let status: Int32
        /// What the server is to be told afterwards; nil for nothing.
        var token: String?

        init(
            _ name: String, status: Int32, token: String? = nil,
            _ act: @escaping @Sendable (Prompt) throws -> Void
        ) {
            testDescription = name
            self.act = act
            self.status = status
            self.token = token
        }
    }

    static let endings: [Ending] = [
        Ending("typed", status: 0, token: "secret") { $0.type("secret\r") },
        Ending("typed and corrected", status: 0, token: "secret") {
            $0.type("wrong\u{15}secrex\u{7F}t\r")
        },
        Ending("white space around it", status: 0, token: "secret") { $0.type("  secret \r") },
        Ending("pasted in brackets", status: 0, token: "secret") {
            $0.type("\u{1B}[200~secret\u{1B}[201~\r")
        },
        Ending("Ctrl-C", status: 130) { $0.type("sec\u{03}") },
        Ending("Ctrl-\\", status: 131) { $0.type("sec\u{1C}") },
        Ending("Ctrl-D", status: 4) { $0.type("\u{04}") },
        Ending("Ctrl-Z, fg, typed", status: 0, token: "secret") { prompt in
            prompt.type("sec\u{1A}")
            try prompt.waitUntilStopped()
            prompt.type("\r")
            try prompt.waitForQuestion()
            prompt.type("secret\r")
        },
        Ending("Ctrl-Z, fg, Ctrl-C", status: 130) { prompt in
            prompt.type("\u{1A}")
            try prompt.waitUntilStopped()
            prompt.type("\r")
            try prompt.waitForQuestion()
            prompt.type("\u{03}")
        },
        Ending("SIGINT", status: 130) { try $0.send(SIGINT) },
        Ending("SIGTERM", status: 130) { try $0.send(SIGTERM) },
        Ending("SIGHUP", status: 130) { try $0.send(SIGHUP) },
        Ending("SIGQUIT", status: 131) { try $0.send(SIGQUIT) },
        Ending("SIGALRM", status: 142) { try $0.send(SIGALRM) },
        Ending("SIGCONT, asked again", status: 0, token: "secret") { prompt in
            try prompt.send(SIGCONT)
            try prompt.waitForQuestion()
            prompt.type("secret\r")
        },
        Ending("three times nothing", status: 4) { prompt in
            for _ in 1...2 {
                prompt.type(" \r")
                try prompt.waitForQuestion("the token is empty; try again")
            }
            prompt.type("\r")
        },
        Ending("what is no token, then one", status: 0, token: "secret") { prompt in
            prompt.type("s\u{1B}[31mecret\r")
            try prompt.waitForQuestion(
                "the token has characters in it that no token has; try again")
            prompt.type("secret\r")
        },
        Ending("more than the kernel keeps, then a token", status: 0, token: "secret") { prompt in
            prompt.type(String(repeating: "x", count: 5_000) + "\r")
            try prompt.waitForQuestion("the token is too long to be one; try again")
            prompt.type("secret\r")
        },
    ]

    @Test(arguments: endings) func `however the prompt ends, the terminal echoes again`(
        _ ending: Ending
    ) throws {
        let prompt = try Prompt()
        try prompt.waitForQuestion()
        #expect(!prompt.terminal.echoes)
        try ending.act(prompt)
        #expect(try prompt.status() == ending.status)
        #expect(prompt.terminal.echoes)
        let kept = try? prompt.folder.text("kept")
        #expect(kept == ending.token.map { "https://ada:\($0)@git.example.com\n" })
        #expect(!prompt.terminal.shown.contains("sec"))
    }

    @Test func `the user's name is asked for where nobody knows it, and shows`() throws {
        let prompt = try Prompt(["--host", "git.example.com"])
        try prompt.terminal.wait(for: "Username for https://git.example.com: ")
        #expect(prompt.terminal.echoes)
        prompt.type("carl\r")
        try prompt.terminal.wait(for: "Token for carl at https://git.example.com (hidden): ")
        #expect(!prompt.terminal.echoes)
        prompt.type("secret\r")
        #expect(try prompt.status() == 0)
        #expect(try prompt.folder.text("kept") == "https://carl:secret@git.example.com\n")
        #expect(prompt.terminal.shown.contains("carl\r\n"))
    }

    @Test func `in the background it waits to be brought to the front`() throws {
        let prompt = try Prompt(isInBackground: true)
        try prompt.waitUntilStopped()
        prompt.type("\r")
        try prompt.waitForQuestion()
        prompt.type("secret\r")
        #expect(try prompt.status() == 0)
        #expect(prompt.terminal.echoes)
    }

    @Test(arguments: [["JPY_PARENT_PID": "1"], ["GIT_TERMINAL_PROMPT": "0"]])
    func `where nobody can answer nothing is asked`(variables: [String: String]) throws {
        let prompt = try Prompt(variables: variables)
        #expect(try prompt.status() == 4)
        #expect(!prompt.terminal.shown.contains("Token for"))
        let isInCell = variables["JPY_PARENT_PID"] != nil
        #expect(prompt.terminal.shown.contains("import getpass, subprocess") == isInCell)
    }

    @Test func `without a terminal nothing is asked`() throws {
        let sandbox = try GitSandbox(adding: ["GIT_TERMINAL_PROMPT": "1"])
        let binary = try #require(BuiltBinary.path)
        let finished = try run(
            ["setsid", "-w", binary, "auth", "login", "--provider", "github"], in: "/",
            environment: sandbox.environment, input: Array("secret\n".utf8))
        #expect(finished.status == 4)
        #expect(finished.errorText.hasPrefix("nbgit: error: there is nobody here to ask"))
    }

    /// `nbgit auth login` at its prompt, with a helper of git that writes down what it is told.
    final class Prompt: @unchecked Sendable {
        let folder: TemporaryDirectory
        let terminal: PseudoTerminal

        init(
            _ words: [String] = ["--host", "git.example.com", "--username", "ada"],
            isInBackground: Bool = false, variables: [String: String] = [:]
        ) throws {
            folder = try TemporaryDirectory()
            let sandbox = try GitSandbox(
                adding: [
                    "GIT_TERMINAL_PROMPT": "1", "NBGIT": try #require(BuiltBinary.path),
                    "SWIFT_BACKTRACE": "enable=no", "GIT_CONFIG_COUNT": "1",
                    "GIT_CONFIG_KEY_0": "credential.helper",
                    "GIT_CONFIG_VALUE_0": "store --file=\(folder.path("kept"))",
                ].merging(variables) { $1 })
            // The job is a shell that becomes nbgit, so that its number is known. A job that stopped (148, or 149 for
            // SIGTTIN) is brought to the front when return is typed.
            let job =
                "sh -c 'echo \"[pid $$]\"; exec \"$NBGIT\" auth login \(words.joined(separator: " "))'"
            let script = """
                \(job)\(isInBackground ? " & wait $!" : "")
                status=$?
                while [ $status -gt 147 ] && [ $status -lt 151 ]; do
                    echo "[stopped $status]"; read line; fg >/dev/null; status=$?
                done
                echo "[status $status]"
                read line
                """
            terminal = try PseudoTerminal(
                script, in: folder.path, environment: sandbox.environment)
            self.sandbox = sandbox
        }

        private let sandbox: GitSandbox

        func type(_ text: String) { terminal.type(text) }

        func waitForQuestion(_ words: String = "") throws {
            if !words.isEmpty { try terminal.wait(for: words) }
            try terminal.wait(for: "Token for ada at https://git.example.com (hidden): ")
        }

        func waitUntilStopped() throws {
            try terminal.wait(for: "[stopped")
            #expect(terminal.echoes)
        }

        func send(_ signal: Int32) throws {
            let pid = terminal.shown.components(separatedBy: "[pid ").last?.prefix { $0 != "]" }
            kill(try #require(pid.flatMap { pid_t($0) }), signal)
        }

        func status() throws -> Int32? {
            try terminal.wait(for: "[status ")
            return Int32(try terminal.wait(for: "]").dropLast())
        }
    }
}
