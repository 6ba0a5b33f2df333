internal import Git
internal import Notebook
internal import Platform
internal import Workspace

/// What is said where a merge or a rebase stops, goes on, ends, or does not begin.
struct StopWords {
    let checkout: Checkout
    let console: Console

    private func shown(_ path: Path) -> String { checkout.shown(path).displayName }

    // MARK: Conflicts

    func tell(_ conflicts: Conflicts, in operation: Git.Operation) {
        for file in conflicts.files {
            let note =
                conflicts.unmarked.contains(file.path)
                ? "; no markers are in it: take a side" : ""
            console.say("in conflict: \(shown(file.path)) (\(file.words(in: operation))\(note))")
        }
        suggest(conflicts.files.map(\.path), unmarked: conflicts.unmarked)
    }

    func tell(_ stop: RebaseStop) {
        console.say(
            "stopped at \(stop.number) of \(stop.total), your commit \(stop.commit.line)")
        tell(stop.conflicts, in: .rebase)
    }

    func tellUnsettled(_ paths: [Path]) {
        for path in paths { console.say("still in conflict: \(shown(path))") }
        suggest(paths, unmarked: [])
    }

    /// The lines to type.
    private func suggest(_ paths: [Path], unmarked: Set<Path>) {
        guard let first = paths.first else { return }
        let name = shown(first)
        console.suggest("take a side of a file: nbgit resolve --ours '\(name)', or --theirs")
        if let edited = paths.first(where: { !unmarked.contains($0) }) {
            console.suggest("or edit it, then: nbgit add '\(shown(edited))'")
        }
        console.suggest("when all are settled: nbgit continue; to give up: nbgit abort")
    }

    // MARK: What is in the way

    func tell(_ obstacles: FilesInTheWay, strategy: PullStrategy) {
        for path in obstacles.changed {
            let what =
                strategy == .rebase
                ? "has changes that are not committed, and a rebase needs them out of the way"
                : "has changes that are not committed, and would be overwritten"
            console.report(
                Failure(
                    what, path: checkout.shown(path),
                    hint: "commit them first: nbgit commit --all -m <message>; "
                        + "or put them aside meanwhile: nbgit pull --autostash"))
        }
        for path in obstacles.staged {
            console.report(
                Failure(
                    "is staged, and a merge would commit it as its own",
                    path: checkout.shown(path),
                    hint: "commit it first: nbgit commit -m <message>; "
                        + "or put it aside meanwhile: nbgit pull --autostash"))
        }
        for path in obstacles.untracked {
            console.report(
                Failure(
                    "is not in git here, and the other side has a file of that name",
                    path: checkout.shown(path),
                    hint: "move it away, or remove it, and try again"))
        }
    }

    // MARK: Ends

    func tell(_ report: RebaseReport) {
        for commit in report.dropped {
            console.say("left out, as it is there already: \(commit.line)")
        }
        let place = report.branch?.short.displayName ?? "HEAD"
        let count = report.picked.count
        let own = count == 1 ? "your commit is" : "your \(count) commits are"
        console.say(
            count == 0
                ? "\(place) is at \(report.commit.line)"
                : "\(own) on top: \(place) is at \(report.commit.line)")
        tell(report.autostash)
    }

    func tell(_ autostash: AutostashOutcome) {
        switch autostash {
        case .nothing: return
        case .restored: console.say("your changes that are not committed are back")
        case .kept:
            console.say("your changes that are not committed do not fit any more and are kept")
            console.suggest("to have them back: git stash pop")
        }
    }

    func tell(_ backup: Backup) {
        console.say("saved what was there as \(backup.name.path.displayName)")
        console.suggest("to have it back: \(backup.restoreLine)")
    }
}

extension Commit {
    /// The commit as people name it: `1a2b3c4 Add a chart`.
    var line: String { "\(id.abbreviated) \(subject.printable)" }
}

extension AutostashOutcome {
    /// What reports call it; nil for nothing.
    var word: String? {
        switch self {
        case .nothing: nil
        case .restored: "restored"
        case .kept: "kept"
        }
    }
}

extension Conflicts {
    /// `[{"path": "a", "kind": "both modified", "marked": true}]`.
    func json(in operation: Git.Operation) -> JSONValue {
        .array(
            files.map { file in
                .object([
                    "path": file.path.json, "kind": file.words(in: operation).json,
                    "marked": (!unmarked.contains(file.path)).json,
                ])
            })
    }
}

extension RebaseOutcome {
    /// `{"outcome": "rebased", "commit": …, "picked": 2, "dropped": 0, …}`, by what it came to.
    var object: JSONObject {
        switch self {
        case .finished(let report):
            [
                "outcome": "rebased", "commit": report.commit.id.description.json,
                "picked": report.picked.count.json,
                "dropped": report.dropped.map(\.id.description).json,
                "autostash": report.autostash.word.json,
            ]
        case .stopped(let stop):
            [
                "outcome": "stopped", "stopped_at": stop.commit.id.description.json,
                "number": stop.number.json, "total": stop.total.json,
                "conflicts": stop.conflicts.json(in: .rebase),
            ]
        case .refused(let obstacles):
            [
                "outcome": "refused", "changed": obstacles.changed.json,
                "staged": obstacles.staged.json, "untracked": obstacles.untracked.json,
            ]
        case .held(let error): ["outcome": "refused", "message": error.message.json]
        }
    }
}
