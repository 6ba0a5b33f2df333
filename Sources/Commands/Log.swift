internal import Arguments
internal import Git
internal import Notebook
internal import Platform
internal import Workspace

/// `nbgit log`: shows the commits.
struct Log: Runnable {
    var words: [Path] = []
    var paths: [Path] = []
    var count: Int?
    var isBrief = false
    var isJSON = false

    static let spec = CommandSpec<Log>(
        summary: "Show the commits, newest first",
        discussion: """
            With a revision, the commits that led to it, or with 'a..b' those that b has and a has not. With \
            paths, only the commits that changed one of them, and those of files that are gone too.
            """,
        examples: [
            "nbgit log -n 5": "Show the last five commits",
            "nbgit log main..topic": "Show what a branch has beside another",
            "nbgit log analysis.py": "Show the commits that changed a file",
        ],
        parameters: [
            .operands(
                "revision|path", \.words, behindDashes: \.paths, completion: .file(extensions: []),
                help: "'<rev>' or '<rev>..<rev>' first, then files, folders or patterns"),
            .option(
                "n", \.count, "n", default: "all",
                read: { text throws(UsageError) in try Int(argument: text, in: 0...Int.max) },
                help: "Show at most so many"),
            .flag("oneline", \.isBrief, help: "Show each on one line"),
            .flag("json", \.isJSON, help: "Print an array of JSON objects"),
        ],
        elsewhere: [
            "-p": "'nbgit diff <rev>~1..<rev>' shows what a commit changed",
            "--stat": "'nbgit diff --name-status <rev>~1..<rev>' lists the files of a commit",
            "--graph": "'git log --graph' draws it", "--all": "name the branch: nbgit log <branch>",
        ])

    func run(in context: Context) throws(Failure) -> ExitCode {
        let checkout = try Checkout(environment: context.environment, needsWorkTree: false)
        context.console.follow(checkout, command: "log")
        var paths = words + self.paths
        var range: RevisionRange?
        if let first = words.first {
            range = try checkout.range(first, isRevision: !self.paths.isEmpty, mayBeGone: true)
            if range != nil {
                try refuseTwoSides(first)
                paths.removeFirst()
            }
        }
        var listing = CommitListing(console: context.console, isBrief: isBrief)
        let isUnborn = try checkout.eachCommit(
            of: checkout.pathspec(paths), in: range, atMost: count ?? .max
        ) { commit throws(Failure) in
            try listing.add(commit)
        }
        if listing.count == 0, count != 0, self.paths.isEmpty,
            let unknown = paths.first(where: { !checkout.isKnown($0) })
        {
            throw Failure(
                "neither a revision nor a file, and no commit has it", path: unknown,
                hint: "'nbgit log' shows commits, 'nbgit status' shows files")
        }
        try listing.finish()
        if isUnborn {
            context.console.say("there is no commit yet")
        } else if listing.count == 0, count != 0 {
            let what = paths.count == 1 ? "it" : "them"
            context.console.say(paths.isEmpty ? "no commits" : "no commit has changed \(what)")
        }
        return .done
    }
}

extension Log {
    private func refuseTwoSides(_ word: Path) throws(Failure) {
        let hasDots = word.bytes.indices.contains { word.bytes[$0...].starts(with: "...".utf8) }
        guard hasDots else { return }
        throw Failure(
            "'...' is for 'nbgit diff'", path: word,
            hint: "write 'a..b' for the commits that b has and a has not")
    }
}

/// Writes commits as they come, many in one go.
private struct CommitListing {
    private let console: Console
    private let isBrief: Bool
    private(set) var count = 0
    private var text: [UInt8] = []
    /// For a caller, who takes them all at once.
    private var objects: [JSONValue] = []

    init(console: Console, isBrief: Bool) {
        self.console = console
        self.isBrief = isBrief
    }

    mutating func add(_ commit: Commit) throws(Failure) {
        if console.hasCaller { objects.append(commit.json) }
        if !console.tellsWords {
            text += Array((count == 0 ? "[" : ",\n ").utf8) + commit.json.line
        } else if isBrief {
            let id = console.outputStyle.text(commit.id.abbreviated, .note)
            text += Array("\(id) \(commit.subject.printable)\n".utf8)
        } else {
            if count > 0 { text.append(UInt8(ascii: "\n")) }
            text += Array(commit.page(console.outputStyle).utf8)
        }
        count += 1
        if text.count > 1 << 16 { try flush() }
    }

    mutating func finish() throws(Failure) {
        if !console.tellsWords { text += Array((count == 0 ? "[]\n" : "]\n").utf8) }
        try flush()
        console.tellCaller(["report": .array(objects)])
    }

    private mutating func flush() throws(Failure) {
        guard !text.isEmpty else { return }
        try console.put(text)
        text = []
    }
}

extension Commit {
    /// The commit as `git log` shows it.
    fileprivate func page(_ style: Style) -> String {
        var lines = [style.text("commit \(id)", .note)]
        if parents.count > 1 {
            lines.append("Merge: " + parents.map(\.abbreviated).joined(separator: " "))
        }
        lines.append(
            "Author: \(decoded(author.name).printable) <\(decoded(author.email).printable)>")
        lines.append("Date:   \(author.moment.text)")
        lines.append("")
        let text = [subject, body].filter { !$0.isEmpty }.joined(separator: "\n\n")
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            lines.append(line.isEmpty ? "" : "    \(String(line).printable)")
        }
        return lines.map { $0 + "\n" }.joined()
    }
}

extension Commit: JSONEncodable {
    /// Names, times, parents and the text in its two parts.
    var json: JSONValue {
        func json(_ signature: Signature) -> JSONValue {
            .object([
                "name": decoded(signature.name).json, "email": decoded(signature.email).json,
                "date": signature.moment.iso8601.json,
            ])
        }
        return .object([
            "commit": id.description.json, "tree": tree.description.json,
            "parents": parents.map(\.description).json, "author": json(author),
            "committer": json(committer), "subject": subject.json, "body": body.json,
        ])
    }
}
