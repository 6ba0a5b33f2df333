import Support
import Testing

/// Pulls with what surrounds them: hooks, changes that are put aside, signatures, settings.
@Suite struct PullTests {
    private let scratch: TemporaryDirectory
    private let sandbox: GitSandbox

    init() throws {
        scratch = try TemporaryDirectory()
        sandbox = try GitSandbox(adding: ["GIT_REFLOG_ACTION": "pull", "GIT_EDITOR": ":"])
        try sandbox.shell(
            """
            git init -q --bare up.git; git clone -q up.git there 2>/dev/null; cd there
            seq 20 >a; seq 20 >b; git add .; git commit -qm base; git push -q origin HEAD
            cd ..; git clone -q up.git ours
            cd there; sed -i '1s/$/ theirs/' a; git commit -qam theirs; git push -q
            cd ../ours; git config core.checkStat minimal; git config core.trustCtime false
            sed -i '1s/$/ ours/' b; git commit -qam ours; echo n >n; git add n; git commit -qm n
            """, in: scratch.path)
    }

    private func nbgit(_ arguments: String...) throws -> Finished {
        try run(
            [try #require(BuiltBinary.path)] + arguments, in: scratch.path("ours"),
            environment: sandbox.environment)
    }

    private func shell(_ script: String) throws {
        try sandbox.shell(script, in: scratch.path("ours"))
    }

    // MARK: Hooks

    @Test(arguments: ["merge", "rebase"])
    func `hooks run in git's order with git's arguments`(strategy: String) throws {
        try shell(
            """
            for h in pre-commit prepare-commit-msg commit-msg post-commit post-checkout post-merge \
                post-rewrite pre-rebase pre-merge-commit; do
                { echo '#!/bin/sh'
                  echo "echo \\"$h [\\$*] \\$GIT_INDEX_FILE\\" >>../seen-\\$(basename \\$PWD)"
                  echo "test $h = post-rewrite && cat >>../seen-\\$(basename \\$PWD); exit 0"
                } >.git/hooks/$h; chmod +x .git/hooks/$h
            done
            cd ..; cp -a ours git; cd git
            git pull -q --no-edit \(strategy == "merge" ? "--no-rebase" : "--rebase")
            """)
        let finished = try nbgit("pull", "--strategy", strategy)
        #expect(finished.status == 0, "\(finished.errorText)")
        #expect(
            try sandbox.pullState(scratch.path("ours")) == sandbox.pullState(scratch.path("git")))
        var expected = try scratch.text("seen-git").split(separator: "\n")
        var seen = try scratch.text("seen-ours").split(separator: "\n")
        if strategy == "rebase" {
            // Commits are made before files move, so these come in another order.
            expected.sort()
            seen.sort()
        }
        #expect(seen == expected)
    }

    @Test(arguments: ["pre-merge-commit", "prepare-commit-msg", "commit-msg"])
    func `a merge that a hook refuses waits to be finished`(hook: String) throws {
        try shell(
            "printf '#!/bin/sh\\necho no >&2; exit 1\\n' >.git/hooks/\(hook); chmod +x .git/hooks/\(hook)"
        )
        let finished = try nbgit("pull", "--strategy", "merge")
        #expect(finished.status == 1)
        #expect(finished.errorText.contains("hook '\(hook)' ended with exit status 1"))
        try shell("rm .git/hooks/\(hook); test -e .git/MERGE_HEAD; test -z \"$(git ls-files -u)\"")
        #expect(try nbgit("continue").status == 0)
        #expect(try sandbox.git("log", "-1", "--format=%p", in: scratch.path("ours")).contains(" "))
    }

    @Test func `a hook that refuses a rebase leaves everything as it was`() throws {
        try shell(
            "printf '#!/bin/sh\\nexit 1\\n' >.git/hooks/pre-rebase; chmod +x .git/hooks/pre-rebase")
        let finished = try nbgit("pull", "--strategy", "rebase")
        #expect(finished.status == 1)
        try shell("test ! -e .git/rebase-merge; git diff --quiet HEAD; git symbolic-ref -q HEAD")
    }

    // MARK: Changes that are not committed

    @Test(arguments: ["merge", "rebase"])
    func `changes that are put aside come back`(strategy: String) throws {
        try shell("sed -i '20s/$/ dirty/' a; echo new >staged; git add staged; echo u >untracked")
        let finished = try nbgit("pull", "--strategy", strategy, "--autostash")
        #expect(finished.status == 0, "\(finished.errorText)")
        #expect(finished.errorText.contains("your changes that are not committed are back"))
        try shell(
            """
            grep -q '20 dirty' a && grep -q '1 theirs' a && test -e staged -a -e untracked
            test "$(git status --porcelain | tr '\\n' ,)" = ' M a,A  staged,?? untracked,'
            test -z "$(git stash list)"; test ! -e .git/MERGE_AUTOSTASH
            """)
    }

    @Test(arguments: ["merge", "rebase"])
    func `changes that do not fit any more are kept as a stash`(strategy: String) throws {
        try shell("sed -i '1s/$/ dirty/' a; git config \(strategy).autoStash true")
        let finished = try nbgit("pull", "--strategy", strategy)
        #expect(finished.status == 0, "\(finished.errorText)")
        #expect(finished.errorText.contains("hint: to have them back: git stash pop\n"))
        try shell(
            """
            git diff --quiet HEAD && git stash show -p | grep -q '1 dirty'
            ! git stash pop >/dev/null && git ls-files -u | grep -q a
            """)
    }

    @Test(arguments: ["merge", "rebase"])
    func `git brings back what nbgit put aside`(strategy: String) throws {
        try shell("sed -i '1s/$/ ours/' a; git commit -qam 'ours too'; sed -i '20s/$/ dirty/' b")
        let finished = try nbgit("pull", "--strategy", strategy, "--autostash")
        #expect(finished.status == 1, "\(finished.errorText)")
        #expect(finished.errorText.contains("come back when it is finished"))
        try shell(
            """
            test -z "$(git diff --name-only --diff-filter=M)" -a -n "$(git ls-files -u)"
            git add a; git \(strategy) --continue >/dev/null 2>&1; grep -q '20 dirty' b
            """)
    }

    @Test(arguments: ["merge", "rebase"], [true, false])
    func `nbgit brings back what git put aside`(strategy: String, isAborted: Bool) throws {
        try shell(
            """
            sed -i '1s/$/ ours/' a; git commit -qam 'ours too'; sed -i '20s/$/ dirty/' b
            git pull -q --autostash --no-edit \
                \(strategy == "merge" ? "--no-rebase" : "--rebase") >/dev/null 2>&1
            git add a
            """)
        let finished = try nbgit(isAborted ? "abort" : "continue")
        #expect(finished.status == 0, "\(finished.errorText)")
        try shell("grep -q '20 dirty' b; test -z \"$(git stash list)\"")
    }

    // MARK: Unusual states

    @Test func `a branch without a commit gets its first ones`() throws {
        try sandbox.shell(
            "git init -q empty; git -C empty remote add origin ../up.git", in: scratch.path)
        let finished = try run(
            [try #require(BuiltBinary.path), "pull", "origin", "main"], in: scratch.path("empty"),
            environment: sandbox.environment)
        #expect(finished.status == 0, "\(finished.errorText)")
        try sandbox.shell(
            "git diff --quiet HEAD; test $(git rev-parse HEAD) = $(git -C ../there rev-parse HEAD)",
            in: scratch.path("empty"))
    }

    @Test func `histories that have nothing in common are not merged`() throws {
        try sandbox.shell(
            "git init -q other; cd other; git commit -q --allow-empty -m other", in: scratch.path)
        let finished = try run(
            [try #require(BuiltBinary.path), "pull", "../up.git", "main"],
            in: scratch.path("other"), environment: sandbox.environment)
        #expect(finished.status == 2)
        #expect(finished.errorText.contains("have no commit in common, so they are not merged"))
    }

    // MARK: Settings

    @Test(arguments: [
        ("pull.rebase true", "rebase"), ("pull.rebase false", "merge"),
        ("pull.ff only", "diverged"),
        ("branch.main.rebase true", "rebase"), ("merge.ff only", "diverged"),
        ("pull.ff false", "merge"),
    ])
    func `the strategy that is set is followed`(setting: String, outcome: String) throws {
        try shell("git config \(setting)")
        let finished = try nbgit("pull", "--json")
        let word = ["rebase": "rebased", "merge": "merged"][outcome] ?? outcome
        #expect(finished.text.contains("\"outcome\": \"\(word)\""), "\(finished.text)")
        #expect(!finished.errorText.contains("--save"))
    }

    @Test func `a strategy is saved`() throws {
        #expect(try nbgit("pull", "--strategy", "ff-only", "--save").status == 1)
        #expect(try nbgit("pull").status == 1)
        #expect(try nbgit("pull", "--strategy", "rebase", "--save").status == 0)
        try shell("test $(git config pull.rebase) = true; test $(git config pull.ff) = true")
    }

    @Test func `rebased commits are signed as they should be`() throws {
        try shell(
            """
            ssh-keygen -q -t ed25519 -N '' -f ../key; git config gpg.format ssh
            git config user.signingKey "$PWD/../key.pub"; git config commit.gpgSign true
            """)
        #expect(try nbgit("pull", "--strategy", "rebase").status == 0)
        let raw = try sandbox.git("cat-file", "commit", "HEAD~1", in: scratch.path("ours"))
        #expect(raw.contains("gpgsig -----BEGIN SSH SIGNATURE-----"))
    }

    // MARK: Notebooks

    @Test(arguments: ["merge", "rebase"])
    func `a notebook in conflict stays a notebook`(strategy: String) throws {
        func notebook(_ source: String) -> String {
            """
            {
             "cells": [
              {
               "cell_type": "code",
               "execution_count": null,
               "metadata": {},
               "outputs": [],
               "source": [
                "\(source)"
               ]
              }
             ],
             "metadata": {},
             "nbformat": 4,
             "nbformat_minor": 2
            }

            """
        }
        try scratch.write(notebook("x = 1"), to: "there/n.ipynb")
        try sandbox.shell("git add .; git commit -qm nb; git push -q", in: scratch.path("there"))
        #expect(try nbgit("pull", "--strategy", "merge").status == 0)
        try scratch.write(notebook("x = 2"), to: "there/n.ipynb")
        try sandbox.shell("git commit -qam two; git push -q", in: scratch.path("there"))
        try scratch.write(notebook("x = 3"), to: "ours/n.ipynb")
        try shell("git commit -qam three")
        let finished = try nbgit("pull", "--strategy", strategy)
        #expect(finished.status == 1, "\(finished.errorText)")
        let text = try scratch.text("ours/n.ipynb")
        let converted = try run(
            [try #require(BuiltBinary.path), "convert", "n.ipynb", "--to", "py", "-o", "-"],
            in: scratch.path("ours"), environment: sandbox.environment)
        #expect(converted.status == 0, "\(converted.errorText)\n\(text)")
        #expect(converted.text.contains("<<<<<<< HEAD\n"))
        let resolved = try nbgit("resolve", "n.ipynb")
        #expect(resolved.errorText.contains("still has conflict markers"))
        #expect(try nbgit("resolve", "--ours", "n.ipynb").status == 0)
        #expect(try scratch.text("ours/n.ipynb") == notebook("x = 3"))
        #expect(try nbgit("continue").status == 0)
    }
}
