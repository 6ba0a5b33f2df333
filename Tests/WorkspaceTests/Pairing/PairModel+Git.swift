import Git
import Platform
import Support

@testable import Workspace

/// What git does with the faces, and what nbgit does behind it.
extension PairModel {
    mutating func commit() throws {
        note("commit")
        try git("git add -A && git commit -qm x")
    }

    mutating func switchBranch() throws -> String? {
        let name = random.pick(["main", "one", "two"])
        return try changeByGit("git switch -q \(name)", isFollowed: random.chance(50))
    }

    mutating func stash() throws -> String? {
        try changeByGit(random.pick(["git stash -q", "git stash pop -q"]), isFollowed: false)
    }

    /// Takes an older script, whatever was in the one that is there.
    mutating func restoreScript() throws -> String? {
        let before = try wordsByFile()[layout.script] ?? []
        try git("git checkout -q HEAD~1 -- \(layout.script)")
        note("restore")
        let after = try wordsByFile()[layout.script] ?? []
        giveUp(before.subtracting(after))
        take([], after.subtracting(before))
        guard random.chance(50) else { return nil }
        let report = try checkout().followScripts([Path(layout.script)])
        note("follow: \(report.pairs.map { "\($0.outcome)" })")
        return try lostWords()
    }

    /// Somebody else has pushed an edit of the script, and it is merged; a merge that stops is given up.
    mutating func pull() throws -> String? {
        let word = newWord()
        disown(word)
        return try changeByGit(
            """
            branch=$(git branch --show-current) && theirs=refs/remotes/origin/$branch &&
            { printf 'commit %s\\ncommitter T <t@example.com> 0 +0000\\ndata 0\\n' $theirs
              printf 'from %s^0\\nM 100644 inline \(layout.script)\\ndata <<END\\n' $theirs
              git cat-file blob $theirs:\(layout.script)
              printf '\\n# %%%%\\n\(word) = 3\\nEND\\n'; } | git fast-import --quiet --force &&
            if git merge -q -m merged $theirs; then git update-ref $theirs HEAD; else git merge --abort; fi
            """, isFollowed: random.chance(50))
    }

    /// Lets git change files: what it takes out of one it has elsewhere, what it brings is wanted.
    private mutating func changeByGit(_ script: String, isFollowed: Bool) throws -> String? {
        let before = try wordsByFile()
        let commit = try head()
        let finished = try run(
            ["sh", "-c", script], in: folder.path("work"), environment: sandbox.environment,
            mergesErrors: true)
        let after = try wordsByFile()
        for name in Set(before.keys).union(after.keys) {
            take(before[name] ?? [], after[name] ?? [])
        }
        note("\(script): \(finished.status)")
        guard isFollowed, finished.status == 0 else { return nil }
        let scripts = try contents().filter { !$0.key.hasSuffix(".ipynb") }
        let report = try checkout().followScripts(from: commit, to: head())
        note("follow: \(report.pairs.map { "\($0.outcome)" })")
        let isSame = try contents().filter { !$0.key.hasSuffix(".ipynb") } == scripts
        return isSame ? try lostWords() : "following has written a script"
    }

    func checkout() throws(Failure) -> Checkout {
        try Checkout(around: root, environment: environment)
    }

    private func head() throws -> ObjectID? { try checkout().repository.head().commit }

    @discardableResult
    func git(_ script: String) throws -> Finished {
        try run(["sh", "-c", script], in: folder.path("work"), environment: sandbox.environment)
    }

    /// All that commits and stashes hold, one after the other.
    func reachableContents() throws -> [UInt8] {
        try git(
            """
            git rev-list --all --reflog --objects --no-object-names --filter=object:type=blob \
            --filter-provided-objects | git cat-file --batch
            """
        ).output
    }
}
