internal import Arguments
internal import Git
internal import Notebook
internal import Platform
internal import Workspace

/// `nbgit fetch`: what a server has.
struct Fetch: Runnable {
    var remote: String?
    var prunes = false
    var readsToken = false
    var isJSON = false

    static let spec = CommandSpec<Fetch>(
        summary: "Get what a server has, without changing your files",
        discussion: """
            Without <remote> it is the one that the current branch follows, or the only one there is. Your branches \
            and files stay as they are: 'nbgit pull' brings the news into them.

            References that are gone there are removed where 'fetch.prune' or 'remote.<name>.prune' say so.
            """,
        examples: [
            "nbgit fetch": "See what is new",
            "nbgit fetch upstream": "Fetch from another remote",
        ],
        parameters: [
            .operand(
                "remote", \.remote, required: false, help: "Name or address of what to fetch from"),
            .flag(
                "prune", letter: "p", \.prunes,
                help: "Forget branches of the server that are gone there"),
            .tokenFromStandardInput(\.readsToken),
            .flag("json", \.isJSON, help: "Print a report as JSON"),
        ])

    func run(in context: Context) throws(Failure) -> ExitCode {
        Interrupt.install()
        let console = context.console
        let checkout = try Checkout(environment: context.environment)
        let place = try checkout.remotePlace(remote)
        var request = FetchRequest(from: place)
        if prunes { request.prunes = true }
        request.reflogAction = remote.map { "fetch \($0)" } ?? "fetch"
        let access = try context.access(to: place.url, readsToken: readsToken, checkout)
        let report = try checkout.fetch(request, access)
        if isJSON {
            try console.put(.object(report.object(operation: "fetch")))
        }
        if console.tellsWords {
            tell(report, checkout, console)
        }
        return report.hasRejections ? .no : .done
    }

    private func tell(_ report: FetchReport, _ checkout: Checkout, _ console: Console) {
        console.tell(report, checkout)
        guard let upstream = try? checkout.currentUpstream(),
            let behind = upstream.distance?.behind, behind > 0
        else {
            if report.changes.isEmpty {
                console.say("nothing new at \(report.place.displayName.printable)")
            }
            return
        }
        let commits = behind == 1 ? "1 commit" : "\(behind) commits"
        console.suggest("your branch lacks \(commits) of \(upstream.name.printable): nbgit pull")
    }
}

extension Console {
    /// Says what a fetch changed, a line for each reference.
    func tell(_ report: FetchReport, _ checkout: Checkout) {
        for change in report.changes {
            if case .rejected(let reason) = change.outcome {
                self.report(
                    Failure("'\(change.name.short.displayName)' stays as it is: \(reason)"))
            } else {
                say(change.sentence(checkout))
            }
        }
    }
}

extension ReferenceChange {
    fileprivate func sentence(_ checkout: Checkout) -> String {
        let isTag = name.path.bytes.starts(with: "refs/tags/".utf8)
        let shown = (isTag ? "tag " : "") + name.short.displayName
        let range = [old, new].compactMap { $0?.abbreviated }.joined(separator: "..")
        switch outcome {
        case .created: return "\(shown) is new"
        case .pruned: return "\(shown) is gone there, and now here"
        case .forced: return "\(shown) was rewritten there: \(range)"
        case .fastForwarded:
            guard let old, let new, let count = checkout.commitCount(from: old, to: new) else {
                return "\(shown) \(range)"
            }
            return "\(shown) has \(count == 1 ? "1 new commit" : "\(count) new commits"): \(range)"
        case .replaced, .rejected: return "\(shown) \(range)"
        }
    }

    fileprivate var outcomeWord: String {
        switch outcome {
        case .created: "created"
        case .fastForwarded: "fast-forwarded"
        case .forced: "forced"
        case .replaced: "replaced"
        case .pruned: "pruned"
        case .rejected: "rejected"
        }
    }

    fileprivate var object: JSONObject {
        var object: JSONObject = [
            "ref": name.path.json, "source": (source?.path).json,
            "old": (old?.description).json, "new": (new?.description).json,
            "outcome": outcomeWord.json,
        ]
        if case .rejected(let reason) = outcome { object["reason"] = reason.json }
        return object
    }
}

extension FetchReport {
    /// What `--json` prints.
    func object(operation: String) -> JSONObject {
        [
            "operation": operation.json, "ok": (!hasRejections).json,
            "remote": (place.name).json, "url": place.url.description.json,
            "changes": .array(changes.map { .object($0.object) }),
            "fetch_head": .array(
                heads.map { head in
                    .object([
                        "id": head.id.description.json, "ref": head.source.path.json,
                        "for_merge": head.isForMerge.json,
                    ])
                }),
        ]
    }
}
