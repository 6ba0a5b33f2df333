import Git
import Platform
import Support
import Testing

/// A fetch leaves what git's own leaves: references, their logs, and `FETCH_HEAD`.
@Suite struct FetchAgreementTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let title: String
        /// Lines of sh in the clone, before; `$S` is the server.
        var setup = ""
        /// What git is told behind `fetch`.
        var arguments = ["origin"]
        var change: @Sendable (inout FetchRequest) -> Void = { _ in }
        var testDescription: String { title }
    }

    static let cases: [Case] = [
        .init(title: "what the remote is configured for"),
        .init(title: "a branch that follows one", setup: "git checkout -q -b main origin/main"),
        .init(
            title: "a branch that follows one with another name",
            setup: "git checkout -q -b own origin/side"),
        .init(title: "no branch", setup: "git checkout -q --detach origin/main"),
        .init(
            title: "a branch that follows what is not fetched",
            setup:
                "git checkout -q -b own origin/main; git config branch.own.merge refs/notes/commits"
        ),
        .init(title: "prune", setup: "git config fetch.prune true"),
        .init(title: "prune for the remote only", setup: "git config remote.origin.prune true"),
        .init(
            title: "prune tags",
            setup: "git config fetch.prune true; git config fetch.pruneTags true"),
        .init(title: "all tags", setup: "git config remote.origin.tagOpt --tags"),
        .init(title: "no tags", setup: "git config remote.origin.tagOpt --no-tags"),
        .init(
            title: "one branch without '+'",
            setup: "git config remote.origin.fetch refs/heads/main:refs/remotes/origin/main"),
        .init(
            title: "rewritten without '+'",
            setup: "git config remote.origin.fetch 'refs/heads/*:refs/remotes/origin/*'"),
        .init(
            title: "all but some",
            setup: "git config --add remote.origin.fetch '^refs/heads/side'"),
        .init(
            title: "two refspecs",
            setup: "git config --add remote.origin.fetch '+refs/notes/*:refs/notes/origin/*'"),
        .init(
            title: "a branch that was asked for", arguments: ["origin", "side"],
            change: { $0.refspecs = ["side"] }),
        .init(
            title: "a branch under a name of its own", arguments: ["origin", "side:mine"],
            change: { $0.refspecs = ["side:mine"] }),
        .init(
            title: "a tag that was asked for", arguments: ["origin", "refs/tags/far"],
            change: { $0.refspecs = ["refs/tags/far"] }),
        .init(
            title: "a remote without refspecs", setup: "git config --unset-all remote.origin.fetch"),
        .init(
            title: "every log", setup: "git config core.logAllRefUpdates always"),
    ]

    @Test(arguments: cases) func `git would leave the same`(example: Case) throws {
        let (scratch, sandbox) = (try TemporaryDirectory(), try GitSandbox())
        try sandbox.shell(Self.story, in: scratch.path)
        for clone in ["theirs", "ours"] {
            try sandbox.shell(
                "S=../server; \(example.setup.isEmpty ? ":" : example.setup)",
                in: scratch.path(clone))
        }
        try sandbox.shell(Self.news, in: scratch.path("author"))
        // git's status is 1 where a reference could not move; the report says so here.
        let theirs = try run(
            ["git", "fetch", "-q"] + example.arguments, in: scratch.path("theirs"),
            environment: sandbox.environment)
        let repository = try Repository(
            opening: Path(scratch.path("ours")), environment: Environment(sandbox.environment))
        var request = FetchRequest(from: try repository.remotePlace("origin"))
        request.reflogAction = "fetch -q " + example.arguments.joined(separator: " ")
        example.change(&request)
        let report = try repository.fetch(request, NetworkAccess())
        #expect(report.hasRejections == (theirs.status != 0), "\(theirs.errorText)")
        #expect(try state(of: "ours", scratch, sandbox) == state(of: "theirs", scratch, sandbox))
    }

    private func state(
        of clone: String, _ scratch: TemporaryDirectory, _ sandbox: GitSandbox
    ) throws -> String {
        try run(
            [
                "sh", "-c",
                """
                cat .git/FETCH_HEAD; git for-each-ref
                for log in $(cd .git/logs && find refs -type f | sort); do echo $log; cat .git/logs/$log; done
                git fsck --connectivity-only | grep -v dangling
                """,
            ], in: scratch.path(clone), environment: sandbox.environment, mergesErrors: true
        ).text
    }

    /// A server, somebody who works on it, and two clones.
    private static let story = """
        set -e
        git init -q --bare server && git init -q author && cd author && git remote add origin ../server
        for name in one two; do git commit -q --allow-empty -m $name; done
        git branch side && git branch gone && git tag -a near -m near && git tag old HEAD~1
        git notes add -m note HEAD && git push -q origin main side gone near old refs/notes/commits && cd ..
        for clone in theirs ours; do git clone -q server $clone; (cd $clone && git checkout -q --detach && git branch -q -D main); done
        """

    /// What happens on it then: news, a rewritten branch, one that is gone, tags near and far.
    private static let news = """
        set -e
        git commit -q --allow-empty -m three && git tag -a new -m new && git tag plain
        git checkout -q side && git commit -q --amend --allow-empty -m rewritten && git checkout -q -b fresh
        git commit -q --allow-empty -m fresh && git checkout -q --orphan island && git commit -q --allow-empty -m island
        git tag -a far -m far && git notes add -f -m other main
        git push -q --force origin main side fresh :gone new plain far :old refs/notes/commits
        """
}
