internal import Clibgit2
internal import Platform

extension Repository {
    /// The remote that the current branch is pushed to where nobody names one.
    ///
    /// - Returns: Its name, which need not exist.
    /// - Throws: ``GitError`` where the configuration cannot be read.
    ///
    /// Follows git-config(1), `branch.<name>.pushRemote` and `remote.pushDefault`.
    public func defaultPushRemote() throws(GitError) -> String {
        let branch = try head().branch?.branch
        if let branch, let name = try configuration.string("branch.\(branch.text).pushremote") {
            return name
        }
        if let name = try configuration.string("remote.pushDefault") { return name }
        return try defaultRemote(of: branch)
    }

    /// Pushes references to another repository.
    ///
    /// What the server refuses is part of the report. Where the connection is cut while the server works, it is asked
    /// again what it has.
    ///
    /// - Parameters:
    ///   - request: Where to, and what.
    ///   - access: Who we are, and who is told what happens.
    /// - Returns: What became of each reference.
    /// - Throws: ``GitError`` where nothing was sent that the server could act upon; where the hook refused, it
    ///   ``GitError/isRefusal``.
    ///
    /// Follows git-push(1).
    public func push(
        _ request: PushRequest, _ access: NetworkAccess
    ) throws(GitError) -> PushReport {
        guard git_repository_is_shallow(pointer) == 0 else {
            throw GitError(
                "this is a shallow clone, which nbgit cannot push from",
                hint: "fetch the rest of it once with git: git fetch --unshallow")
        }
        let place = request.place
        var plan = try PushPlan(request, in: self)
        let refspecs = try plan.refspecs()
        var connection: RemoteConnection? = try connect(place, access)
        let advertised = connection?.references ?? []
        try plan.match(refspecs, with: advertised)
        var report = PushReport(place: place)
        report.results = try plan.items.map { item throws(GitError) in
            try forecast(item, advertised, request)
        }
        let changes = report.results.indices.filter { report.results[$0].outcome.changesServer }
        if !changes.isEmpty, request.runsHook {
            try runPrePushHook(changes.map { report.results[$0] }, place)
        }
        if !changes.isEmpty, !request.isDryRun, let open = connection {
            let items = changes.map { plan.items[$0] }
            let answers = try upload(items, over: open, &report, access)
            connection = nil
            settle(&report, changes, answers) { () throws(GitError) in
                try connect(place, access).references
            }
        }
        guard !request.isDryRun else { return report }
        try remember(report)
        if plan.setsUpstream { report.followers = try follow(report) }
        return report
    }

    private func connect(
        _ place: RemotePlace, _ access: NetworkAccess
    ) throws(GitError) -> RemoteConnection {
        try RemoteConnection(
            self, url: place.pushURL, isPush: true,
            service(to: place.pushURL, of: place, access), access.observe)
    }

    // MARK: Before anything is sent

    /// What will become of a reference if the server has nothing against it.
    ///
    /// Follows set_ref_status_for_push in remote.c of git.
    private func forecast(
        _ item: PushPlan.Item, _ advertised: [AdvertisedReference], _ request: PushRequest
    ) throws(GitError) -> PushResult {
        let old = advertised.first { $0.name == item.destination }?.id
        let new = try item.source.flatMap { source throws(GitError) in try commit(of: source) }
        var result = PushResult(
            source: item.source == .head ? try head().branch ?? .head : item.source,
            destination: item.destination, old: old, new: new, outcome: .upToDate)
        result.outcome = try forecast(result, item, request)
        return result
    }

    private func forecast(
        _ result: PushResult, _ item: PushPlan.Item, _ request: PushRequest
    ) throws(GitError) -> PushResult.Outcome {
        let old = result.old
        guard old != result.new else { return old == nil ? .rejected(.absent) : .upToDate }
        if request.forcesWithLease,
            try old != trackingReference(for: item.destination, request.place)?.id
        {
            return .rejected(.movedSinceFetch)
        }
        guard let old else { return .created }
        guard let new = result.new else { return .deleted }
        let isForced = item.isForced || request.forcesWithLease
        if item.destination.path.bytes.starts(with: "refs/tags/".utf8) {
            return isForced ? .forced : .rejected(.tagExists)
        }
        guard try hasObject(old) else { return isForced ? .forced : .rejected(.unknownCommits) }
        if try isCommit(old), try isCommit(new), try isAncestor(old, of: new) {
            return .fastForwarded
        }
        return isForced ? .forced : .rejected(.diverged)
    }

    /// What was last known of a reference of a server.
    private func trackingReference(
        for name: ReferenceName, _ place: RemotePlace
    ) throws(GitError) -> (name: ReferenceName, id: ObjectID?)? {
        guard let remote = place.name else { return nil }
        for entry in try configuration.values(of: "remote.\(remote.text).fetch") {
            guard let refspec = Refspec(entry.bytes), !refspec.isNegative,
                let tracking = refspec.destination(of: name)
            else { continue }
            return (tracking, try commit(of: tracking))
        }
        return nil
    }

    /// Follows githooks(5), `pre-push`.
    private func runPrePushHook(
        _ results: [PushResult], _ place: RemotePlace
    ) throws(GitError) {
        let lines = results.map { result in
            [
                result.source.map(\.path.bytes) ?? Array("(delete)".utf8),
                Array((result.new ?? .zero).description.utf8), result.destination.path.bytes,
                Array((result.old ?? .zero).description.utf8),
            ].joined(separator: [UInt8(ascii: " ")]) + [.newline]
        }
        let address = Array(place.pushURL.withoutPassword.utf8)
        let outcome = try run(
            .prePush, [place.name?.bytes ?? address, address], input: lines.flatMap(\.self))
        guard case .finished(let status) = outcome, !status.isSuccess else { return }
        throw GitError(
            "hook 'pre-push' \(status.sentence), so nothing was pushed",
            hint: "mend what it says, or leave it out: 'nbgit push --no-verify'",
            code: GIT_EUSER.rawValue)
    }

    // MARK: The push itself

    /// What the server said about each reference; nothing where it took it.
    private typealias Answers = [ReferenceName: String?]

    private func upload(
        _ items: [PushPlan.Item], over connection: RemoteConnection, _ report: inout PushReport,
        _ access: NetworkAccess
    ) throws(GitError) -> Answers {
        // What may go back was decided before; the server compares again with what it had told us.
        let refspecs = items.map { item in
            Array("+".utf8) + (item.source?.path.bytes ?? []) + [UInt8(ascii: ":")]
                + item.destination.path.bytes
        }
        do throws(GitError) {
            try connection.upload(refspecs)
        } catch {
            let isDefinite = error.network == .refused || error.network == .notReached
            guard connection.session.hasSentPush, !isDefinite else { throw error }
            guard error.system?.isInterruption != true else {
                access.observe(
                    .warning(
                        "you stopped it while the server worked: 'nbgit fetch' shows what it has"))
                throw error
            }
            report.interruption = error
        }
        return connection.session.pushAnswers
    }

    /// Says what became of the references that were sent.
    private func settle(
        _ report: inout PushReport, _ changes: [Int], _ answers: Answers,
        askAgain: () throws(GitError) -> [AdvertisedReference]
    ) {
        var unsettled: [Int] = []
        for index in changes {
            switch answers[report.results[index].destination] {
            case .some(.some(let reason)):
                report.results[index].outcome = .rejected(.server(reason))
            case .some(.none): break
            case .none: unsettled.append(index)
            }
        }
        guard !unsettled.isEmpty else { return }
        guard let now = try? askAgain() else {
            for index in unsettled { report.results[index].outcome = .unknown }
            return
        }
        for index in unsettled {
            let result = report.results[index]
            let id = now.first { $0.name == result.destination }?.id
            if id == result.old {
                report.results[index].outcome = .notReceived
            } else if id != result.new {
                report.results[index].outcome = .unknown
            }
        }
    }

    // MARK: What is known here

    /// Moves what is known of the server's references.
    ///
    /// Follows transport_update_tracking_ref in transport.c of git.
    private func remember(_ report: PushReport) throws(GitError) {
        for result in report.results where result.outcome.isDone {
            guard let tracking = try trackingReference(for: result.destination, report.place),
                tracking.id != result.new
            else { continue }
            if let new = result.new {
                let update = ReferenceUpdate(
                    name: tracking.name, old: tracking.id, new: new,
                    message: Array("update by push".utf8))
                try move(update, movesHead: false, by: logSignature)
            } else if let old = tracking.id {
                try remove([(tracking.name, old)])
            }
        }
    }

    /// Lets branches follow those that they were pushed to.
    private func follow(_ report: PushReport) throws(GitError) -> [ReferenceName] {
        var followers: [ReferenceName] = []
        var settings: [(name: String, value: String)] = []
        for result in report.results where result.outcome.isDone && result.new != nil {
            guard let branch = result.source?.branch, result.destination.branch != nil else {
                continue
            }
            let remote = report.place.name?.text ?? report.place.pushURL.withoutPassword
            settings.append((name: "branch.\(branch.text).remote", value: remote))
            settings.append(
                (name: "branch.\(branch.text).merge", value: result.destination.path.text))
            followers.append(ReferenceName(branch: branch))
        }
        if !settings.isEmpty { _ = try set(settings) }
        return followers
    }
}

extension PushResult.Outcome {
    /// Whether the server is to be asked to do something.
    fileprivate var changesServer: Bool {
        switch self {
        case .created, .fastForwarded, .forced, .deleted: true
        case .upToDate, .rejected, .notReceived, .unknown: false
        }
    }
}
