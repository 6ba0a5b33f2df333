internal import Clibgit2
public import Platform

/// What a repository is set up to run around a commit: its hooks, and the program that signs.
///
/// Follows run_commit_hook and prepare_to_commit of git, as observed with git 2.39.
public final class CommitPrograms: CommitObserver {
    private let repository: Repository
    /// What the person should know though nothing was refused: a hook that was left out, or that failed too late.
    public private(set) var notes: [GitError] = []

    /// Reads nothing yet; hooks and settings are looked for when they are needed.
    public init(_ repository: Repository) {
        self.repository = repository
    }

    /// Runs a hook as git runs it for a commit whose message needs no editor.
    public func run(_ hook: CommitHook, index: Path, author: Signature) throws(GitError) {
        switch hook {
        case .preCommit:
            try require(.preCommit, [], index, author)
        case .preMergeCommit:
            try require(.preMergeCommit, [], index, author)
        case .prepareMessage(let file, let source):
            let words = source.map { Array($0.utf8) }
            try require(
                .prepareCommitMessage, [repository.named(file).bytes] + words, index, author)
        case .checkMessage(let file):
            try require(.commitMessage, [repository.named(file).bytes], index, author)
        case .postCommit:
            tell(.postCommit, [], variables: variables(index, author))
        case .postRewrite(let old, let new):
            var variables = variables(index, author)
            variables["GIT_INDEX_FILE"] = nil
            variables["GIT_EDITOR"] = nil
            tell(
                .postRewrite, [Array("amend".utf8)], input: Array("\(old) \(new)\n".utf8),
                variables: variables)
        case .postMerge:
            tell(.postMerge, [Array("0".utf8)], variables: [:], what: "the merge")
        case .postRebase(let commits):
            let lines = commits.map { "\($0.old) \($0.new)\n" }.joined()
            tell(
                .postRewrite, [Array("rebase".utf8)], input: Array(lines.utf8), variables: [:],
                what: "the rebase")
        case .preRebase(let base):
            let outcome = try repository.run(.preRebase, [Array("\(base)".utf8)])
            note(outcome, .preRebase)
            guard case .finished(let status) = outcome, !status.isSuccess else { return }
            throw GitError(
                "hook 'pre-rebase' \(status.sentence), so nothing was changed",
                hint: "mend what it says, or merge: 'nbgit pull --strategy merge'",
                code: GIT_EUSER.rawValue)
        case .postCheckout(let old, let new):
            tell(
                .postCheckout,
                [Array("\(old)".utf8), Array("\(new)".utf8), Array("1".utf8)], variables: [:],
                what: "the checkout")
        }
    }

    /// Signs where `commit.gpgSign` says yes.
    public func signature(
        for commit: [UInt8], by committer: Signature
    ) throws(GitError) -> [UInt8]? {
        guard try repository.configuration.bool("commit.gpgSign") ?? false else { return nil }
        let person = committer.name + Array(" <".utf8) + committer.email + Array(">".utf8)
        return try CommitSigner(repository, committer: person).signature(of: commit)
    }

    /// Runs a hook that may refuse.
    private func require(
        _ hook: Hook, _ arguments: [[UInt8]], _ index: Path, _ author: Signature
    ) throws(GitError) {
        let outcome = try repository.run(
            hook, arguments, variables: variables(index, author))
        note(outcome, hook)
        guard case .finished(let status) = outcome, !status.isSuccess else { return }
        throw GitError(
            "hook '\(hook.rawValue)' \(status.sentence), so nothing was committed",
            hint: hook == .preMergeCommit
                ? "mend what it says and run 'nbgit continue', or give the merge up: 'nbgit abort'"
                : hook.isSkippedByNoVerify
                    ? "mend what it says, or leave it out: 'nbgit commit --no-verify'"
                    : "mend what it says",
            code: GIT_EUSER.rawValue)
    }

    /// Runs a hook that comes too late to refuse.
    private func tell(
        _ hook: Hook, _ arguments: [[UInt8]], input: [UInt8]? = nil, variables: [String: [UInt8]],
        what: String = "the commit"
    ) {
        do throws(GitError) {
            let outcome = try repository.run(hook, arguments, input: input, variables: variables)
            note(outcome, hook)
            guard case .finished(let status) = outcome, !status.isSuccess else { return }
            notes.append(
                GitError("hook '\(hook.rawValue)' \(status.sentence); \(what) is made"))
        } catch {
            notes.append(error)
        }
    }

    private func note(_ outcome: HookOutcome, _ hook: Hook) {
        guard case .notExecutable(let file) = outcome, !notes.contains(where: { $0.path == file })
        else { return }
        notes.append(
            GitError(
                "this hook was left out, because it is not executable", path: file,
                hint: "run 'chmod +x \(file.displayName)', or be told no more: "
                    + "'git config advice.ignoredHook false'"))
    }

    private func variables(_ index: Path, _ author: Signature) -> [String: [UInt8]] {
        let isOwnIndex = index == repository.layout.index
        return [
            "GIT_INDEX_FILE": (isOwnIndex ? repository.named(index) : index).bytes,
            // No editor is opened for a message, and a hook should not either.
            "GIT_EDITOR": Array(":".utf8),
            "GIT_AUTHOR_NAME": author.name,
            "GIT_AUTHOR_EMAIL": author.email,
            "GIT_AUTHOR_DATE": Array("@\(author.moment.seconds) \(author.moment.zone)".utf8),
        ]
    }
}

extension GitError {
    /// Whether a hook said no: nothing is broken.
    public var isRefusal: Bool { code == GIT_EUSER.rawValue && call.isEmpty }
}
