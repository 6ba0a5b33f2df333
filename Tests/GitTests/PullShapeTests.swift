import Support
import Testing

/// What a person may find when they pull.
struct PullShape: CustomTestStringConvertible {
    let name: String
    /// Lines of sh: what others pushed; what was committed here; what is not committed.
    var theirs = ":"
    var ours = ":"
    var dirt = ":"

    var testDescription: String { name }

    private static let push = "echo t >>a && git commit -qam theirs"
    private static let own = "echo o >>b && git commit -qam ours"

    static let all = [
        PullShape(name: "up to date"),
        PullShape(name: "only ahead", ours: own),
        PullShape(name: "fast-forward", theirs: push),
        PullShape(name: "diverged", theirs: push, ours: own),
        PullShape(
            name: "diverged twice", theirs: push + "; git rm -q c; git commit -qm 'no c'",
            ours: own + "; " + own),
        PullShape(name: "conflicting", theirs: push, ours: "echo o >>a && git commit -qam ours"),
        PullShape(
            name: "conflicting, the second of three", theirs: push,
            ours: own + "; echo o >>a; git commit -qam 'a '; " + own),
        PullShape(
            name: "the same change", theirs: push, ours: "echo t >>a && git commit -qam ours"),
        PullShape(name: "fast-forward, other file dirty", theirs: push, dirt: "echo d >>b"),
        PullShape(name: "fast-forward, same file dirty", theirs: push, dirt: "echo d >>a"),
        PullShape(name: "diverged, other file dirty", theirs: push, ours: own, dirt: "echo d >>c"),
        PullShape(name: "diverged, same file dirty", theirs: push, ours: own, dirt: "echo d >>a"),
        PullShape(
            name: "diverged, other file staged", theirs: push, ours: own,
            dirt: "echo d >>c; git add c"),
        PullShape(name: "up to date, dirty", dirt: "echo d >>a"),
        PullShape(
            name: "fast-forward, untracked in the way",
            theirs: "echo n >n; git add n; git commit -qm n", dirt: "echo mine >n"),
        PullShape(
            name: "diverged, untracked in the way",
            theirs: "echo n >n; git add n; git commit -qm n", ours: own, dirt: "echo mine >n"),
        PullShape(
            name: "diverged, untracked elsewhere", theirs: push, ours: own, dirt: "echo mine >u"),
        PullShape(
            name: "renamed there, changed here", theirs: "git mv a z; git commit -qm mv",
            ours: "echo o >>a; git commit -qam ours"),
        PullShape(
            name: "renamed here, changed there", theirs: push,
            ours: "mkdir s; git mv a s/a; git commit -qm mv"),
        PullShape(
            name: "renamed to two names", theirs: "git mv a y; git commit -qm y",
            ours: "git mv a z; git commit -qm z"),
        PullShape(
            name: "deleted there, changed here", theirs: "git rm -q a; git commit -qm rm",
            ours: "echo o >>a; git commit -qam ours"),
        PullShape(
            name: "changed there, deleted here", theirs: push,
            ours: "git rm -q a; git commit -qm rm"),
        PullShape(
            name: "deleted on both sides", theirs: "git rm -q a; git commit -qm rm",
            ours: "git rm -q a; git commit -qm 'rm too'; " + own),
        PullShape(
            name: "made executable there, changed here", theirs: "chmod +x a; git commit -qam x",
            ours: "echo o >>a; git commit -qam ours"),
        PullShape(
            name: "added by both", theirs: "echo 1 >n; git add n; git commit -qm n",
            ours: "echo 2 >n; git add n; git commit -qm n"),
        PullShape(
            name: "binary", theirs: "printf 'a\\0b' >a; git commit -qam bin",
            ours: "printf 'a\\0c' >a; git commit -qam bin"),
        PullShape(
            name: "a file here, a folder there",
            theirs: "mkdir n; echo n >n/n; git add n; git commit -qm n",
            ours: "echo n >n; git add n; git commit -qm n"),
        PullShape(
            name: "a link there, a file here",
            theirs: "ln -sf nowhere a; git commit -qam link",
            ours: "echo o >>a; git commit -qam ours"),
        PullShape(
            name: "rewritten there",
            theirs: "git commit -q --amend -m 'base again'; echo t >>a; git commit -qam theirs",
            ours: own),
        PullShape(
            name: "merges here", theirs: push,
            ours: "git checkout -qb side; echo s >s; git add s; git commit -qm s; "
                + "git checkout -q main; \(own); git merge -q --no-edit side"),
        PullShape(
            name: "union", theirs: "echo t >>u.log; git commit -qam theirs",
            ours: "echo o >>u.log; git commit -qam ours"),
        PullShape(
            name: "kept by the driver 'binary'", theirs: "echo t >>k.bin; git commit -qam theirs",
            ours: "echo o >>k.bin; git commit -qam ours"),
        PullShape(
            name: "a driver of one's own", theirs: "echo t >>d.own; git commit -qam theirs",
            ours: "echo o >>d.own; git commit -qam ours"),
        PullShape(
            name: "a driver that finds a conflict",
            theirs: "echo t >>d.bad; git commit -qam theirs",
            ours: "echo o >>d.bad; git commit -qam ours"),
        PullShape(
            name: "diff3", theirs: "git config x.y z; " + push,
            ours: "git config merge.conflictStyle diff3; echo o >>a; git commit -qam ours"),
        PullShape(
            name: "zdiff3", theirs: push + "; echo t2 >>a; git commit -qam more",
            ours: "git config merge.conflictStyle zdiff3; echo t >>a; echo o >>a; git commit -qam o"
        ),
    ]
}

/// In every state, and by every strategy, nbgit pulls what git pulls, and refuses where git refuses.
@Suite struct PullShapeTests {
    static let cases = PullShape.all.flatMap { shape in
        ["merge", "rebase", "ff-only"].map { (shape, $0) }
    }

    @Test(arguments: cases)
    func `branch, index, files and reflogs are as after git pull`(
        shape: PullShape, strategy: String
    ) throws {
        let scratch = try TemporaryDirectory()
        let sandbox = try GitSandbox(adding: ["GIT_REFLOG_ACTION": "pull", "GIT_EDITOR": ":"])
        try sandbox.shell(
            """
            git init -q --bare up.git; git clone -q up.git there 2>/dev/null; cd there
            git commit -q --allow-empty -m root
            seq 20 >a; seq 20 >b; seq 20 >c; seq 3 >u.log; seq 3 >k.bin; seq 3 >d.own; seq 3 >d.bad
            printf '*.log merge=union\\n*.bin merge=binary\\n*.own merge=own\\n*.bad merge=bad\\n' \
                >.gitattributes
            git add .; git commit -qm base; git push -q origin HEAD
            cd ..; git clone -q up.git ours
            (cd there; \(shape.theirs); git push -qf origin HEAD)
            cd ours
            git config core.checkStat minimal; git config core.trustCtime false
            git config merge.own.driver 'cat %B >>%A; echo "%P %L" >>%A'
            git config merge.bad.driver 'echo conflict >%A; exit 1'
            \(shape.ours)
            \(shape.dirt)
            cd ..; cp -a ours git
            """, in: scratch.path)
        let binary = try #require(BuiltBinary.path)
        let option = ["merge": "--no-rebase", "rebase": "--rebase"][strategy] ?? "--ff-only"
        let before = try sandbox.pullState(scratch.path("ours"), withOriginalHead: false)
        let theirs = try run(
            ["git", "pull", "-q", "--no-edit", option], in: scratch.path("git"),
            environment: sandbox.environment)
        let ours = try run(
            [binary, "pull", "--strategy", strategy], in: scratch.path("ours"),
            environment: sandbox.environment)
        let story = "nbgit says \(ours.errorText), git says \(theirs.text)\(theirs.errorText)"
        try #require((ours.status == 0) == (theirs.status == 0), "\(story)")
        #expect([0, 1].contains(ours.status), "\(story)")
        let state = try sandbox.pullState(scratch.path("ours"), withOriginalHead: false)
        if ours.errorText.contains("is not in git here"), strategy == "rebase" {
            // git begins with what it cannot finish.
            let changes = lineDifference(from: before, to: state).split(separator: "\n")
                .filter { "+-".contains($0.first ?? " ") }
            #expect(
                changes.allSatisfy { $0.contains("refs/remotes") || $0.contains("branch.ab") },
                "\(changes)")
            return
        }
        // git resets to HEAD where it finds that it cannot merge.
        let expected = try sandbox.pullState(scratch.path("git"), withOriginalHead: false)
            .split(separator: "\n", omittingEmptySubsequences: false)
            .filter { !$0.hasSuffix("\tpull: updating HEAD") }.joined(separator: "\n")
        let difference = lineDifference(from: expected, to: state)
        #expect(difference.isEmpty, "\(story)\n\(difference)")
    }
}
