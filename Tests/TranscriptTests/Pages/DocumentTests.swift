import Foundation
import Support
import Testing

/// Every command in the pages for users is run, and shows what the page says.
@Suite(.enabled(if: GitServer.shared != nil, "needs nginx and fcgiwrap"))
struct DocumentTests {
    @Test(arguments: ["guide", "teams", "from-jupytext"])
    func `the page says the truth`(name: String) throws {
        let file = projectRoot.appendingPathComponent("docs/\(name).md")
        let binary = try #require(BuiltBinary.path, "nbgit is not beside the tests")
        let server = try #require(GitServer.shared)
        var stage = try Stage(server: server, repository: name)
        let host = stage.variables["HOST"] ?? ""
        stage.names = [host: "git.example.com"]
        // At a terminal git would show what is long in a program of its own.
        stage.variables["GIT_PAGER"] = "cat"
        stage.answers = [
            "Username for https://\(host): ": "ada", "(hidden): ": GitServer.token,
        ]
        let page = try Document(of: file)
        let (text, failures) = try page.played(with: binary, on: stage)
        for failure in failures { Issue.record("\(name).md, out of sight:\n\(failure)") }
        let old = page.lines.joined(separator: "\n")
        guard text != old else { return }
        if Transcript.isRecording {
            try Data(text.utf8).write(to: file, options: .atomic)
        } else {
            Issue.record("\(name).md\n\(lineDifference(from: old, to: text))")
        }
    }
}
