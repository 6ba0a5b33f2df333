public import Platform

/// What a person wants to be pulled, and how.
public struct PullRequest: Sendable {
    /// The remote as the person named it; nil for that of the branch.
    public var remote: Path?
    /// The branch there; nil for the one that is followed.
    public var branch: Path?
    /// What to do with commits of one's own; nil for what is set.
    public var strategy: PullStrategy?
    /// Whether changes that are not committed are put aside meanwhile; nil for what is set.
    public var putsAside: Bool?

    /// Asks for what is set.
    public init() {}
}

/// A pull that can begin.
public struct PullPlan: Sendable {
    /// Where to fetch from: the name of a remote, or an address; `.` for this repository.
    public let remote: Path
    /// What to fetch, as git-fetch(1) writes it; none for what is followed.
    public let refspecs: [String]
    /// What to do with commits of one's own.
    public let strategy: PullStrategy
    /// Whether somebody has chosen that.
    public let isStrategyChosen: Bool
    /// What reflogs begin with, such as `pull --rebase`.
    public let action: String
    let fastForward: FastForward
    let putsAside: Bool
    /// Where the branch left what it follows, before that is fetched anew.
    let forkPoint: ObjectID?
    let head: Head
    /// The branch of this repository that is followed; nil where something is fetched.
    let localBranch: ReferenceName?
}

extension PullPlan {
    /// What is to be brought in, of what was fetched.
    ///
    /// - Parameter report: What was fetched.
    /// - Returns: The commit.
    /// - Throws: ``GitError`` where the branch that is followed is not there, or more than one is.
    public func incoming(of report: FetchReport) throws(GitError) -> Incoming {
        let heads = report.headsToMerge
        guard let first = heads.first else {
            let name = head.branch?.short.displayName ?? ""
            throw GitError(
                "'\(report.place.displayName)' has no branch any more that '\(name)' could follow",
                hint: "say which to pull: nbgit pull '\(report.place.displayName)' <branch>")
        }
        guard heads.count == 1 else {
            throw GitError(
                "\(heads.count) branches are to be merged at once, which nbgit does not do",
                hint: "pull them one by one: nbgit pull '\(report.place.displayName)' "
                    + "'\(first.source.short.displayName)'")
        }
        return Incoming(commit: first.id, description: Array(first.description.utf8))
    }
}

/// Whether a pull can begin.
public enum PullPreparation: Sendable {
    /// It can.
    case ready(PullPlan)
    /// It cannot, as these files are not committed.
    case refused(FilesInTheWay)
}

extension Repository {
    /// Finds out what to pull and how, before anything is fetched.
    ///
    /// What a run that was killed left half-done is undone first.
    ///
    /// - Returns: The plan, or what is in the way.
    /// - Throws: ``GitError`` with the line to type, where it is not clear what to pull.
    ///
    /// Follows git-pull(1).
    public func preparePull(_ request: PullRequest) throws(GitError) -> PullPreparation {
        _ = try undoInterruption()
        try requireNoOperation()
        try requireNoConflict()
        let head = try head()
        let branch = head.branch?.branch?.string
        let settings = try PullSettings(request, branch: branch, configuration)
        let (remote, refspecs, localBranch) = try source(of: request, head)
        if head.commit == nil, let staged = try index().entries.first {
            throw GitError(
                "is staged, but there is no commit yet that it could be merged with",
                path: staged.path,
                hint: "commit it first: nbgit commit -m <message>; or unstage it: "
                    + "git rm --cached -r .")
        }
        if settings.strategy == .rebase, !settings.putsAside, head.commit != nil,
            let dirty = try uncommittedFiles()
        {
            return .refused(FilesInTheWay(changed: dirty, untracked: []))
        }
        var words = ["pull"]
        switch request.strategy {
        case .merge: words.append("--no-rebase")
        case .rebase: words.append("--rebase")
        case .fastForwardOnly: words.append("--ff-only")
        case nil: break
        }
        if request.putsAside == true { words.append("--autostash") }
        words += [request.remote, request.branch].compactMap { $0?.displayName }
        let rebases = settings.strategy == .rebase
        return .ready(
            PullPlan(
                remote: remote, refspecs: refspecs, strategy: settings.strategy,
                isStrategyChosen: settings.isChosen,
                action: environment["GIT_REFLOG_ACTION"] ?? words.joined(separator: " "),
                fastForward: settings.fastForward, putsAside: settings.putsAside,
                forkPoint: rebases ? try forkPoint(of: head, request) : nil, head: head,
                localBranch: localBranch))
    }

    // MARK: From where

    private func source(
        of request: PullRequest, _ head: Head
    ) throws(GitError) -> (remote: Path, refspecs: [String], local: ReferenceName?) {
        if let remote = request.remote, let branch = request.branch {
            let local = remote == "." ? ReferenceName(branch: branch) : nil
            return (remote, [branch.string ?? branch.displayName], local)
        }
        let name = head.branch?.branch
        var followed: (remote: Path, branch: Path)?
        if let name { followed = try self.followed(by: name) }
        if let (remote, branch) = followed, request.remote == nil || request.remote == remote {
            return (remote, [], remote == "." ? ReferenceName(branch) : nil)
        }
        throw try nothingFollowed(request, name)
    }

    /// The remote and the branch there that a branch follows.
    private func followed(by branch: Path) throws(GitError) -> (remote: Path, branch: Path)? {
        guard let name = branch.string,
            let remote = try configuration.entry("branch.\(name).remote"),
            let merge = try configuration.entry("branch.\(name).merge")
        else { return nil }
        return (Path(bytes: remote.bytes), Path(bytes: merge.bytes))
    }

    private func nothingFollowed(_ request: PullRequest, _ branch: Path?) throws(GitError)
        -> GitError
    {
        let remotes = try remotes().map(\.name)
        guard
            let remote = request.remote ?? remotes.first(where: { $0 == "origin" }) ?? remotes.first
        else {
            return GitError(
                "there is no remote to pull from",
                hint: "name one first: nbgit remote add origin <url>")
        }
        let shown = remote.displayName
        guard let branch else {
            return GitError(
                "you are on no branch, so it is not known what to pull",
                hint: "say it: nbgit pull '\(shown)' <branch>; or go to a branch first: "
                    + "nbgit switch <branch>")
        }
        let name = branch.displayName
        let isKnown = try commit(of: ReferenceName(remote: remote, branch: branch)) != nil
        return GitError(
            "'\(name)' follows no branch of a remote, so it is not known what to pull",
            hint: isKnown
                ? "say it: nbgit pull '\(shown)' '\(name)'; or for good: "
                    + "git branch --set-upstream-to='\(shown)/\(name)'"
                : "say it: nbgit pull '\(shown)' <branch>")
    }

    /// What a plan brings in that needs no fetching; nil where something is to be fetched.
    ///
    /// - Throws: ``GitError`` where there is no such branch.
    public func localIncoming(_ plan: PullPlan) throws(GitError) -> Incoming? {
        guard let name = plan.localBranch else { return nil }
        guard let commit = try commit(of: name) else {
            throw GitError(
                "there is no branch '\(name.short.displayName)' here",
                hint: "'nbgit branch list' shows those there are")
        }
        return Incoming(
            commit: commit,
            description: Array("branch '".utf8) + name.short.bytes + Array("'".utf8))
    }

    // MARK: Fork point

    /// The commit at which a branch left what it follows, by what that once was.
    ///
    /// Follows git-merge-base(1), `--fork-point`.
    private func forkPoint(of head: Head, _ request: PullRequest) throws(GitError) -> ObjectID? {
        guard let commit = head.commit, let tracking = try tracking(request, head),
            let tip = try self.commit(of: tracking)
        else { return nil }
        var tips = try oldTips(of: tracking)
        if !tips.contains(tip) { tips.append(tip) }
        let bases = try mergeBases(commit, tips)
        return bases.count == 1 && tips.contains(bases[0]) ? bases[0] : nil
    }

    private func tracking(_ request: PullRequest, _ head: Head) throws(GitError) -> ReferenceName? {
        if let remote = request.remote, let branch = request.branch {
            return ReferenceName(remote: remote, branch: branch)
        }
        return try upstreamName(of: head)
    }

    /// What a reference was, by its reflog, as far as these commits are still there.
    private func oldTips(of name: ReferenceName) throws(GitError) -> [ObjectID] {
        let file = layout.commonFolder.appending("logs").appending(name.path)
        let bytes = (try? File.read(file)) ?? []
        var tips: [ObjectID] = []
        for (number, line) in bytes.split(separator: .newline).enumerated() {
            let words = line.split(separator: UInt8(ascii: " "), maxSplits: 2).prefix(2).map {
                ObjectID(hexadecimal: String(decoding: $0, as: UTF8.self))
            }
            for id in number == 0 ? words : Array(words.dropFirst()) {
                guard let id, !id.isZero, !tips.contains(id), (try? commit(id)) != nil else {
                    continue
                }
                tips.append(id)
            }
        }
        return tips
    }
}
