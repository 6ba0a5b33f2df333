internal import Arguments
internal import Git
internal import Notebook
internal import Platform
internal import Workspace

/// `nbgit diff`: what is different, in notebooks as in scripts.
struct ShowDifference: Runnable {
    var words: [Path] = []
    var paths: [Path] = []
    var isStaged = false
    var namesOnly = false
    var isJSON = false

    static let spec = CommandSpec<ShowDifference>(
        summary: "Show what changed, notebooks as scripts",
        discussion: """
            Without a revision, shows what is not staged yet. A notebook is shown as its percent script, each hunk \
            with the number of its cell; changed outputs and metadata are named and not printed. Other files are \
            shown as git shows them.

            Exits 0 whether anything differs or not.
            """,
        examples: [
            "nbgit diff": "Show what is not staged",
            "nbgit diff --staged": "Show what the next commit will hold",
            "nbgit diff main..topic analysis.ipynb": "Compare a notebook on two branches",
        ],
        parameters: [
            .operands(
                "revision|path", \.words, behindDashes: \.paths, completion: .file(extensions: []),
                help: "'<rev>' or '<rev>..<rev>' first, then files, folders or patterns"),
            .flag(
                "staged", alias: "cached", \.isStaged,
                help: "Compare the index with the last commit"),
            .flag("name-status", \.namesOnly, help: "Show only names and what happened"),
            .flag("json", \.isJSON, help: "Print a report as JSON"),
        ])

    func run(in context: Context) throws(Failure) -> ExitCode {
        let checkout = try Checkout(environment: context.environment, needsWorkTree: false)
        context.console.follow(checkout, command: "diff")
        let (sides, paths) = try sides(checkout)
        if case .commits = sides {} else { try checkout.requireWorkTree() }
        let pathspec = try checkout.pathspec(paths + self.paths)
        let changes = try checkout.changes(sides, pathspec, readsFiles: namesOnly)
        var conflicts: [Path] = []
        if case .commits = sides {} else { conflicts = try checkout.conflicts(pathspec) }
        let console = context.console
        if namesOnly {
            for path in conflicts { try console.put(line: "U\t\(path.displayName)") }
            for change in changes { try console.put(line: nameStatus(change)) }
            return .done
        }
        var objects: [JSONValue] = conflicts.map {
            .object(["path": $0.json, "change": "in conflict"])
        }
        if console.tellsWords {
            for path in conflicts { try console.put(line: "* in conflict: \(path.displayName)") }
            let halves = changes.flatMap(\.halves)
            try checkout.eachDifference(in: halves) { difference throws(Failure) in
                try console.put(console.show(difference))
            }
        }
        guard isJSON else { return .done }
        try checkout.eachDifference(in: changes) { objects.append($0.json) }
        try console.put(.array(objects))
        return .done
    }

    /// Takes the first word for a revision where it is one and no file is called so.
    private func sides(
        _ checkout: Checkout
    ) throws(Failure) -> (DifferenceSides, paths: [Path]) {
        let nothing: DifferenceSides = isStaged ? .staged(since: nil) : .unstaged
        guard let first = words.first,
            let range = try checkout.range(first, isRevision: !self.paths.isEmpty)
        else { return (nothing, words) }
        let paths = Array(words.dropFirst())
        switch range {
        case .single(let commit):
            if let second = paths.first, case .single(let other)? = try revision(second, checkout) {
                return try pair(commit, other, Array(paths.dropFirst()))
            }
            return (isStaged ? .staged(since: commit) : .workTree(since: commit), paths)
        case .pair(let old, let new): return try pair(old, new, paths)
        }
    }

    /// A second word that is a revision; one that could be a file is none.
    private func revision(_ word: Path, _ checkout: Checkout) throws(Failure) -> RevisionRange? {
        guard paths.isEmpty, !checkout.isKnown(word) else {
            return paths.isEmpty ? nil : try checkout.range(word, isRevision: true)
        }
        return try checkout.range(word, isRevision: false)
    }

    private func pair(
        _ old: ObjectID, _ new: ObjectID, _ paths: [Path]
    ) throws(Failure) -> (DifferenceSides, paths: [Path]) {
        guard !isStaged else {
            throw Failure(
                "--staged compares with one commit, not with two",
                hint: "leave out '--staged', or name one commit")
        }
        return (.commits(old, new), paths)
    }

    private func nameStatus(_ change: FileChange) -> String {
        guard let similarity = change.similarity, let old = change.old else {
            return "\(change.kind.letter)\t\(change.path.displayName)"
        }
        let digits = String(similarity)
        let padded = String(repeating: "0", count: 3 - digits.utf8.count) + digits
        return "R\(padded)\t\(old.path.displayName)\t\(change.path.displayName)"
    }
}

extension FileChange.Kind {
    /// The letter of `git diff --name-status`.
    fileprivate var letter: String {
        switch self {
        case .added: "A"
        case .deleted: "D"
        case .modified: "M"
        case .typeChanged: "T"
        case .renamed: "R"
        }
    }
}
