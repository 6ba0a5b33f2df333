internal import Arguments
internal import Git
internal import Notebook
internal import Platform
internal import Workspace

/// `nbgit push`: commits go to a server.
struct Push: Runnable {
    var remote: String?
    var branch: String?
    var setsUpstream = false
    var forcesWithLease = false
    var isDryRun = false
    var skipsHook = false
    var readsToken = false
    var isJSON = false

    static let spec = CommandSpec<Push>(
        summary: "Bring your commits to a server",
        discussion: """
            Without <branch> it is the current one, and goes where it is fetched from ('push.default' may say \
            otherwise). '<branch>:<name>' pushes it under another name, ':<name>' removes one there.

            The server may refuse: each branch is told apart, with the server's words. If the connection is cut, the \
            server is asked again what it has.
            """,
        examples: [
            "nbgit push": "Push the current branch",
            "nbgit push -u origin fix-plots":
                "Push a new branch, which follows the server's from now on",
        ],
        parameters: [
            .operand(
                "remote", \.remote, required: false, help: "Name or address of where to push to"),
            .operand("branch", \.branch, required: false, help: "Branch or tag to push"),
            .flag(
                "set-upstream", letter: "u", \.setsUpstream,
                help: "Let the branch follow the server's from now on"),
            .flag(
                "force-with-lease", \.forcesWithLease,
                help: "Replace the server's branch if it is what you fetched last"),
            .flag("dry-run", letter: "n", \.isDryRun, help: "Say what would be pushed"),
            .flag("no-verify", \.skipsHook, help: "Leave out the hook 'pre-push'"),
            .tokenFromStandardInput(\.readsToken),
            .flag("json", \.isJSON, help: "Print a report as JSON"),
        ])

    func run(in context: Context) throws(Failure) -> ExitCode {
        Interrupt.install()
        let checkout = try Checkout(environment: context.environment)
        try checkout.requireWritable(environment: context.environment, "nothing is pushed")
        let (report, code) = try push(checkout) { url throws(Failure) in
            try context.access(to: url, readsToken: readsToken, checkout)
        }
        if isJSON {
            try context.console.put(.object(report.object(isDryRun: isDryRun)))
        }
        if context.console.tellsWords {
            context.console.tell(report, isDryRun: isDryRun, checkout)
        }
        return code
    }

    /// Pushes; `access` says who we are to a server.
    func push(
        _ checkout: Checkout, access: (RemoteURL) throws(Failure) -> NetworkAccess
    ) throws(Failure) -> (report: PushReport, code: ExitCode) {
        let place = try checkout.pushPlace(remote)
        var request = PushRequest(to: place)
        request.refspecs = [branch].compactMap(\.self)
        request.setsUpstream = setsUpstream
        request.forcesWithLease = forcesWithLease
        request.runsHook = !skipsHook
        request.isDryRun = isDryRun
        let report = try checkout.push(request, access(place.pushURL))
        return (report, report.isUncertain ? .failed : report.isComplete ? .done : .no)
    }
}

extension Console {
    /// Says what became of each reference.
    func tell(_ report: PushReport, isDryRun: Bool, _ checkout: Checkout) {
        let place = report.place.displayName.printable
        if let cause = report.interruption, report.isComplete {
            note(Failure("\(cause.message); the server was asked again, and has everything"))
        }
        if report.results.isEmpty { say("there is nothing to push to \(place)") }
        for result in report.results {
            if let failure = result.failure(place, report.interruption) {
                self.report(failure)
            } else {
                say(result.sentence(place, isDryRun: isDryRun, checkout))
            }
        }
        for branch in report.followers {
            guard let result = report.results.first(where: { $0.source == branch }) else {
                continue
            }
            say(
                "\(branch.short.displayName) follows \(result.destination.short.displayName) of \(place)"
            )
        }
    }
}

extension PushResult {
    private var name: String { destination.short.displayName }
    private var kind: String {
        destination.path.bytes.starts(with: "refs/tags/".utf8) ? "tag " : ""
    }

    func sentence(_ place: String, isDryRun: Bool, _ checkout: Checkout) -> String {
        let verb = isDryRun ? "would push" : "pushed"
        let range = [old, new].compactMap { $0?.abbreviated }.joined(separator: "..")
        switch outcome {
        case .created: return "\(verb) \(kind)\(name) to \(place), where it is new"
        case .forced:
            return "\(verb) \(kind)\(name) to \(place) in place of what was there: \(range)"
        case .deleted:
            return "\(isDryRun ? "would remove" : "removed") \(kind)\(name) from \(place)"
        case .fastForwarded:
            let count = old.flatMap { old in
                new.flatMap { checkout.commitCount(from: old, to: $0) }
            }
            let commits = count.map { $0 == 1 ? "1 commit, " : "\($0) commits, " } ?? ""
            return "\(verb) \(kind)\(name) to \(place): \(commits)\(range)"
        default: return "\(place) has all of \(kind)\(name) already"
        }
    }

    /// What went wrong, and what to do; nil where nothing did.
    func failure(_ place: String, _ cause: GitError?) -> Failure? {
        let cause = cause.map { ": \($0.message)" } ?? ""
        switch outcome {
        case .created, .fastForwarded, .forced, .deleted, .upToDate: return nil
        case .unknown:
            return Failure(
                "it is not known whether \(place) has '\(name)' now\(cause)",
                hint: "see what is there when the server can be reached: nbgit fetch")
        case .notReceived:
            return Failure(
                "'\(name)' did not come to \(place)\(cause)",
                hint: "nothing is lost here; try again: nbgit push")
        case .rejected(let reason): return failure(place, reason)
        }
    }

    private func failure(_ place: String, _ reason: PushRejection) -> Failure {
        switch reason {
        case .unknownCommits, .diverged:
            return Failure(
                "'\(name)' was not pushed: \(place) has commits that you do not have",
                hint: "get them first with 'nbgit pull', then push again")
        case .movedSinceFetch:
            return Failure(
                "'\(name)' was not pushed: it is not what you fetched last from \(place)",
                hint: "look at what is there: nbgit fetch, then nbgit log")
        case .tagExists:
            return Failure(
                "tag '\(name)' was not pushed: \(place) has another tag of that name",
                hint: "take another name; people may have fetched that one")
        case .absent:
            return Failure("\(place) has no '\(name)'", hint: "see what is there: nbgit fetch")
        case .server(let words):
            return Failure(
                "\(place) rejected '\(name)': \(words.isEmpty ? "no reason given" : words)",
                hint: Self.hint(for: words, name))
        }
    }

    /// What to try after words that servers use.
    private static func hint(for words: String, _ name: String) -> String {
        if words.contains("non-fast-forward") || words.contains("fetch first") {
            return "get what is there first with 'nbgit pull', then push again"
        }
        if words.contains("checked out") {
            return
                "somebody works on '\(name)' there; push to a bare repository, or to another branch"
        }
        if words.contains("protected") {
            return "bring it there through another branch: nbgit switch -c <branch>, nbgit push -u"
        }
        return "nothing is lost here; the server says above why, if it does"
    }

    fileprivate var object: JSONObject {
        var object: JSONObject = [
            "ref": destination.path.json, "source": (source?.path).json,
            "old": (old?.description).json, "new": (new?.description).json,
            "outcome": outcomeWord.json,
        ]
        if case .rejected(let reason) = outcome { object["reason"] = Self.word(reason).json }
        return object
    }

    private var outcomeWord: String {
        switch outcome {
        case .created: "created"
        case .fastForwarded: "fast-forwarded"
        case .forced: "forced"
        case .deleted: "deleted"
        case .upToDate: "up-to-date"
        case .rejected: "rejected"
        case .notReceived: "not-received"
        case .unknown: "unknown"
        }
    }

    private static func word(_ reason: PushRejection) -> String {
        switch reason {
        case .unknownCommits: "fetch first"
        case .diverged: "non-fast-forward"
        case .movedSinceFetch: "stale info"
        case .tagExists: "already exists"
        case .absent: "remote ref does not exist"
        case .server(let words): words
        }
    }
}

extension PushReport {
    /// What `--json` prints.
    func object(isDryRun: Bool) -> JSONObject {
        var object: JSONObject = [
            "operation": "push", "ok": isComplete.json, "dry_run": isDryRun.json,
            "remote": (place.name).json, "url": place.pushURL.description.json,
            "results": .array(results.map { .object($0.object) }),
            "followers": followers.map { $0.short }.json,
        ]
        object["interruption"] = interruption?.message.json
        return object
    }
}
