import Foundation

/// What the commands of a transcript meet beyond a sandbox: other variables, a server, somebody who types.
public struct Stage: Sendable {
    /// A folder of programs that go before the usual ones.
    public var programs: String?
    /// Variables to add.
    public var variables: [String: String] = [:]
    /// Variables of the sandbox to leave out.
    public var unwantedVariables: Set<String> = []
    /// How texts are shown that differ each time.
    public var names: [String: String] = [:]
    /// What is typed when something is asked: answers by the last words of the question.
    ///
    /// Where there are any, the commands run at a terminal, else without one.
    public var answers: [String: String] = [:]

    /// Has nothing on it, but perhaps programs.
    public init(programs: String? = nil) { self.programs = programs }

    /// Has a server of git with an empty repository on it, at `https://$HOST/git/<repository>.git`.
    ///
    /// There is no identity: git and nbgit know nobody until they are told, and are told in `$HOME`.
    public init(server: GitServer, repository: String) throws {
        let host = "localhost:\(server.port(.https))"
        variables = [
            "HOST": host, "GIT_SSL_CAINFO": server.authority, "GIT_TERMINAL_PROMPT": "1",
        ]
        names = [host: "$HOST"]
        unwantedVariables = [
            "GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL",
            "GIT_CONFIG_GLOBAL", "XDG_CONFIG_HOME",
        ]
        try GitSandbox().git(
            "init", "-q", "--bare", server.repository(repository), in: server.folder)
    }

    /// Runs one command at a terminal, and answers what is asked.
    func type(
        _ command: String, in folder: String, _ environment: [String: String],
        _ timeLimit: Duration
    ) throws -> Finished {
        let end = "[status of the command: "
        let terminal = try PseudoTerminal(
            "sh -c \"$COMMAND\"; printf '\(end)%s]\\n' $?; read line", in: folder,
            environment: environment.merging(["COMMAND": command]) { _, added in added })
        var shown = ""
        do {
            while true {
                let next = try terminal.wait(
                    forAnyOf: answers.keys + [end], timeLimit: timeLimit)
                shown += next.shown
                guard let answer = answers[next.text] else { break }
                terminal.type(answer + "\r")
            }
            let status = Int32(try terminal.wait(for: "]").dropLast())
            return finished(shown.dropLast(end.count), status)
        } catch let timeout as PseudoTerminal.Timeout {
            return finished(timeout.shown[...], nil)
        }
    }

    private func finished(_ shown: Substring, _ status: Int32?) -> Finished {
        let text = shown.replacingOccurrences(of: "\r\n", with: "\n")
        return Finished(
            output: Array(text.utf8), errors: [], status: status ?? 128 + SIGKILL,
            isTimedOut: status == nil)
    }
}
