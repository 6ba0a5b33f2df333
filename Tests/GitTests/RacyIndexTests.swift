import Support
import Testing

/// Files that change twice within a second; see racy-git.txt of git.
@Suite struct RacyIndexTests {
    @Test(arguments: ["$nbgit add f", "git add f"])
    func `git still sees an edit that came right after a file was staged`(add: String) throws {
        let sandbox = try GitSandbox(adding: ["nbgit": try #require(BuiltBinary.path)])
        let script = """
            set -e
            git init -q r && cd r
            echo 1 >f; echo 1 >o; git add .; git commit -qm 1
            # Both changes are to fall into one second.
            while [ "$(date +%N | cut -c1)" != 0 ]; do sleep 0.02; done
            echo 2 >f; \(add); echo 3 >f
            sleep 1
            echo other >o; $nbgit add o
            git status --porcelain
            """
        let finished = try run(
            ["sh", "-c", script], in: sandbox.home.path, environment: sandbox.environment)
        #expect(finished.text == "MM f\nM  o\n")
    }
}
