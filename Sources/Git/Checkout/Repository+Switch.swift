internal import Clibgit2
public import Platform

/// What ``Repository/switchBranch(_:)`` did.
public struct SwitchReport: Sendable {
    /// Where HEAD was.
    public let old: Head
    /// Where it is.
    public let new: Head
    /// Whether the branch was made.
    public let isCreated: Bool
    /// The branch that the new one follows from now on; nil for none.
    public let upstream: ReferenceName?
    /// The paths that were written or removed, in order.
    public let files: [Path]
    /// How the hook `post-checkout` ended.
    public let hook: HookOutcome
}

/// Where to switch to.
public struct SwitchTarget: Sendable {
    /// The branch.
    public let branch: ReferenceName
    /// The commit that a new branch begins at, nil for one that is there or has no commit yet.
    public let start: ObjectID?
    /// Whether the branch is to be made.
    public let isNew: Bool
    /// What the reflog of a new branch says it was made from.
    let startName: Path
    /// The remote-tracking branch that a new branch is to follow, and its remote.
    let tracked: (name: ReferenceName, remote: Path)?
}

/// Files that a switch would overwrite, and so did not begin.
public struct FilesInTheWay: Error, Sendable {
    /// Files that git knows and that were changed.
    public let changed: [Path]
    /// Files and folders that it does not know.
    public let untracked: [Path]
    /// Files that are staged, which a merge would commit as its own.
    public internal(set) var staged: [Path] = []
}

/// What a switch is refused for.
public enum SwitchOutcome: Sendable {
    /// It is done.
    case switched(SwitchReport)
    /// Nothing was changed, because this would have been lost.
    case refused(FilesInTheWay)
}

extension Repository {
    /// Puts the work tree, the index and HEAD on a branch; changes that the branch does not touch are kept.
    ///
    /// Files first, then the index, then HEAD: a run that is killed is finished by running it again.
    ///
    /// - Parameter target: What ``switchTarget(_:createsFrom:)`` found.
    /// - Returns: What was done, or what is in the way; then nothing was changed.
    /// - Throws: ``GitError``, also where a merge or the like is to be finished first.
    ///
    /// Follows git-switch(1).
    public func switchBranch(_ target: SwitchTarget) throws(GitError) -> SwitchOutcome {
        try requireNoOperation()
        let head = try head()
        if let holder = try branchHolders()[target.branch], target.branch != head.branch {
            throw GitError(
                "'\(target.branch.short.displayName)' is checked out in '\(holder.displayName)'",
                hint: "work there, or make another branch of it: nbgit switch -c <new-branch> "
                    + "'\(target.branch.short.displayName)'")
        }
        let known = target.start == nil ? try commit(of: target.branch) : target.start
        guard let commit = known else {
            return .switched(try switchUnborn(to: target, from: head))
        }
        var files: [Path] = []
        if commit != head.commit {
            switch try moveWorkTree(from: head.commit, to: commit) {
            case .success(let moved): files = moved
            case .failure(let obstacles): return .refused(obstacles)
            }
        } else {
            try requireNoConflict()
        }
        let committer = logSignature
        if target.isNew {
            let message = Array("branch: Created from ".utf8) + target.startName.bytes
            try move(
                ReferenceUpdate(name: target.branch, old: nil, new: commit, message: message),
                movesHead: false, by: committer)
        }
        let upstream = try track(target)
        try attachHead(
            to: target.branch, from: head,
            logging: [.checkout(from: head, to: target.branch, commit)], by: committer)
        try? File.remove(switchMark)
        let hook = try run(
            .postCheckout,
            [
                Array("\(head.commit ?? .zero)".utf8), Array("\(commit)".utf8), Array("1".utf8),
            ])
        return .switched(
            SwitchReport(
                old: head, new: .branch(target.branch, commit), isCreated: target.isNew,
                upstream: upstream, files: files, hook: hook))
    }

    private func switchUnborn(
        to target: SwitchTarget, from head: Head
    ) throws(GitError) -> SwitchReport {
        try attachHead(to: target.branch, from: head, logging: [], by: logSignature)
        return SwitchReport(
            old: head, new: .unborn(target.branch), isCreated: target.isNew, upstream: nil,
            files: [], hook: .absent)
    }

    // MARK: Upstream

    private func track(_ target: SwitchTarget) throws(GitError) -> ReferenceName? {
        guard target.isNew, let (name, remote) = target.tracked,
            let branch = target.branch.branch?.string,
            let remoteName = remote.string,
            let remoteBranch = name.path.relative(to: Path("refs/remotes").appending(remote))?
                .string
        else { return nil }
        var settings = [
            (name: "branch.\(branch).remote", value: remoteName),
            (name: "branch.\(branch).merge", value: "refs/heads/\(remoteBranch)"),
        ]
        let rebases = try configuration.string("branch.autoSetupRebase") ?? "never"
        if ["always", "remote"].contains(rebases) {
            settings.append((name: "branch.\(branch).rebase", value: "true"))
        }
        _ = try set(settings)
        return name
    }
}

extension Repository {
    /// Refuses while something is to be finished first.
    func requireNoOperation() throws(GitError) {
        guard let operation else { return }
        let (name, verb) = operation.words
        let hint =
            switch operation {
            case .merge, .rebase:
                "finish it with 'nbgit continue', or give it up with 'nbgit abort'"
            case .bisect: "finish it with 'git bisect reset'"
            default:
                "finish it with 'git \(verb) --continue', or give it up with 'git \(verb) --abort'"
            }
        throw GitError("\(name) is in progress", hint: hint)
    }

    /// Refuses while files are in conflict.
    func requireNoConflict() throws(GitError) {
        guard let first = try index().conflicts.first else { return }
        throw GitError(
            "is still in conflict", path: first,
            hint: "settle it in the file, then run 'nbgit add \(first.displayName)'")
    }

    /// Who acts, for a reflog: somebody unknown where nobody has said who they are, as that stops nothing.
    var logSignature: Signature {
        if let known = try? signature(.committer) { return known }
        let name = environment["USER"] ?? environment["LOGNAME"] ?? ""
        let cleaned = Identity.cleaned(Array(name.utf8))
        let known = cleaned.isEmpty ? Array("unknown".utf8) : cleaned
        return Signature(name: known, email: known + Array("@localhost".utf8), moment: .now())
    }
}

extension [FileChange.Side] {
    /// Attribute files say how the others are to be written, so they come first.
    var attributesFirst: [FileChange.Side] {
        filter { $0.path.name == ".gitattributes" } + filter { $0.path.name != ".gitattributes" }
    }
}

extension Operation {
    /// What it is called, and the command of git that goes on with it.
    var words: (name: String, command: String) {
        switch self {
        case .merge: ("a merge", "merge")
        case .rebase: ("a rebase", "rebase")
        case .applyingMail: ("'git am'", "am")
        case .cherryPick: ("a cherry-pick", "cherry-pick")
        case .revert: ("a revert", "revert")
        case .bisect: ("a bisection", "bisect")
        }
    }
}
