internal import Platform

/// Which references are pushed, and to which of the server.
///
/// Follows git-push(1), `push.default`, and builtin/push.c and match_push_refs of git.
struct PushPlan {
    /// One reference of the server that is to move.
    struct Item: Hashable {
        /// Nil for one that is to be removed.
        let source: ReferenceName?
        let destination: ReferenceName
        let isForced: Bool
    }

    /// In the order in which they were asked for.
    private(set) var items: [Item] = []
    /// Whether the branch shall follow the server's though nobody asked for it now.
    private(set) var setsUpstream = false
    private let repository: Repository
    private let request: PushRequest
    private let head: Head

    init(_ request: PushRequest, in repository: Repository) throws(GitError) {
        self.repository = repository
        self.request = request
        head = try repository.head()
        setsUpstream = request.setsUpstream
    }

    /// What is to be done, as far as that does not depend on the server.
    ///
    /// - Returns: Refspecs to be matched with what the server has.
    /// - Throws: ``GitError`` where there is nothing that could be pushed, with the line to type.
    mutating func refspecs() throws(GitError) -> [Refspec] {
        let configuration = repository.configuration
        var texts = request.refspecs
        if texts.isEmpty, let name = request.place.name {
            texts = try configuration.values(of: "remote.\(name.text).push").map(\.value)
        }
        guard texts.isEmpty else {
            return try texts.map { text throws(GitError) in
                guard let refspec = Refspec(Array(text.utf8)), !refspec.isNegative else {
                    throw GitError("'\(Path(text).displayName)' is nothing that can be pushed")
                }
                return refspec
            }
        }
        return [try defaultRefspec()].compactMap(\.self)
    }

    /// Follows setup_default_push_refspecs in builtin/push.c of git.
    private mutating func defaultRefspec() throws(GitError) -> Refspec? {
        let setting = try repository.configuration.string("push.default") ?? "simple"
        if setting == "matching" { return Refspec([UInt8(ascii: ":")]) }
        guard setting != "nothing" else {
            throw GitError(
                "push.default is 'nothing', so a branch has to be named",
                hint: "nbgit push \(shellName) <branch>")
        }
        guard let branch = head.branch else {
            throw GitError(
                "you are on no branch, so it is not clear what to push",
                hint: "name a branch there: nbgit push \(shellName) HEAD:<branch>")
        }
        guard head.commit != nil else {
            throw GitError(
                "'\(branch.short.displayName)' has no commit yet, so there is nothing to push",
                hint: "commit something first: nbgit add --all, then nbgit commit -m <message>")
        }
        let own = Refspec(branch.path.bytes + [UInt8(ascii: ":")] + branch.path.bytes)
        guard setting != "current" else { return own }
        let upstream = try upstream(of: branch)
        let usual = try repository.defaultRemote(of: branch.branch)
        let isUsual = request.place.name == Path(usual)
        // Who fetches from one place and pushes to another pushes to the same name.
        if setting == "simple", !isUsual { return own }
        guard let upstream, isUsual else {
            let isAutomatic = try repository.configuration.bool("push.autoSetupRemote") ?? false
            guard request.setsUpstream || isAutomatic else {
                throw GitError(
                    "'\(branch.short.displayName)' follows no branch of the server yet",
                    hint: "push it, and let it follow its own: "
                        + "nbgit push -u \(shellName) \(branch.short.text.shellQuoted)")
            }
            setsUpstream = true
            return own
        }
        guard setting != "simple" || upstream == branch else {
            throw GitError(
                "'\(branch.short.displayName)' follows '\(upstream.short.displayName)', which has another name",
                hint: "say which: nbgit push \(shellName) HEAD:\(upstream.short.text.shellQuoted), "
                    + "or nbgit push \(shellName) \(branch.short.text.shellQuoted)")
        }
        return Refspec(branch.path.bytes + [UInt8(ascii: ":")] + upstream.path.bytes)
    }

    private var shellName: String {
        (request.place.name?.text ?? request.place.url.description).shellQuoted
    }

    /// The branch of the remote that a branch follows.
    private func upstream(of branch: ReferenceName) throws(GitError) -> ReferenceName? {
        let name = branch.short.text
        guard let remote = try repository.configuration.string("branch.\(name).remote"),
            Path(remote) == request.place.name,
            let merged = try repository.configuration.entry("branch.\(name).merge")
        else { return nil }
        return ReferenceName(Path(bytes: merged.bytes))
    }

    // MARK: With what the server has

    /// Says what refspecs stand for.
    mutating func match(
        _ refspecs: [Refspec], with advertised: [AdvertisedReference]
    ) throws(GitError) {
        for refspec in refspecs {
            if refspec.source.isEmpty, refspec.destination?.isEmpty == true {
                try addMatching(advertised, isForced: refspec.isForced)
            } else if refspec.isPattern {
                for name in try repository.referenceNames() where refspec.matches(name) {
                    let destination =
                        refspec.destination == nil ? name : refspec.destination(of: name)
                    guard let destination else { continue }
                    add(Item(source: name, destination: destination, isForced: refspec.isForced))
                }
            } else {
                add(try item(refspec, advertised))
            }
        }
    }

    private mutating func add(_ item: Item) {
        if !items.contains(where: { $0.destination == item.destination }) { items.append(item) }
    }

    /// Branches that both sides have.
    private mutating func addMatching(
        _ advertised: [AdvertisedReference], isForced: Bool
    ) throws(GitError) {
        let names = Set(advertised.map(\.name))
        for name in try repository.referenceNames() where name.branch != nil && names.contains(name)
        {
            add(Item(source: name, destination: name, isForced: isForced))
        }
    }

    private func item(
        _ refspec: Refspec, _ advertised: [AdvertisedReference]
    ) throws(GitError) -> Item {
        if refspec.source.isEmpty, let text = refspec.destination {
            let destination = Self.advertised(text, advertised) ?? Self.full(text, "refs/heads/")
            return Item(source: nil, destination: destination, isForced: true)
        }
        let source = try source(refspec.source)
        guard let text = refspec.destination, !text.isEmpty else {
            // HEAD goes where its branch goes.
            let destination = source == .head ? head.branch : source
            guard let destination else {
                throw GitError(
                    "you are on no branch, so it is not clear where to push",
                    hint: "name a branch there: nbgit push \(shellName) HEAD:<branch>")
            }
            return Item(source: source, destination: destination, isForced: refspec.isForced)
        }
        let isTag = source.path.bytes.starts(with: "refs/tags/".utf8)
        let destination =
            Self.advertised(text, advertised)
            ?? Self.full(text, isTag ? "refs/tags/" : "refs/heads/")
        return Item(source: source, destination: destination, isForced: refspec.isForced)
    }

    /// The reference here that a person names.
    private func source(_ text: [UInt8]) throws(GitError) -> ReferenceName {
        if text == Array("HEAD".utf8) || text == [UInt8(ascii: "@")] {
            if head.commit != nil { return .head }
            throw GitError(
                "nothing has been committed yet, so there is nothing to push",
                hint: "commit something first: nbgit add --all, then nbgit commit -m <message>")
        }
        for rule in ["", "refs/", "refs/heads/", "refs/tags/", "refs/remotes/"] {
            let name = ReferenceName(Path(bytes: Array(rule.utf8) + text))
            guard name.path.bytes.starts(with: "refs/".utf8) else { continue }
            if try repository.commit(of: name) != nil { return name }
        }
        let shown = Path(bytes: text).displayName
        if head.branch == ReferenceName(branch: Path(bytes: text)) {
            throw GitError(
                "'\(shown)' has no commit yet, so there is nothing to push",
                hint: "commit something first: nbgit add --all, then nbgit commit -m <message>")
        }
        throw GitError(
            "there is no branch and no tag '\(shown)' here",
            hint: "'nbgit branch' lists the branches")
    }

    private static func advertised(
        _ text: [UInt8], _ advertised: [AdvertisedReference]
    ) -> ReferenceName? {
        for rule in ["", "refs/", "refs/tags/", "refs/heads/"] {
            let name = ReferenceName(Path(bytes: Array(rule.utf8) + text))
            guard name.path.bytes.starts(with: "refs/".utf8) else { continue }
            if advertised.contains(where: { $0.name == name }) { return name }
        }
        return nil
    }

    private static func full(_ text: [UInt8], _ prefix: String) -> ReferenceName {
        let isFull = text.starts(with: "refs/".utf8)
        return ReferenceName(Path(bytes: (isFull ? [] : Array(prefix.utf8)) + text))
    }
}

extension String {
    /// The text as one word for a shell, in quotes only where it needs them.
    var shellQuoted: String {
        let isPlain = unicodeScalars.allSatisfy {
            $0.isASCII && ($0.properties.isAlphabetic || $0.properties.numericType != nil)
                || "_-./:@%+".unicodeScalars.contains($0)
        }
        return isPlain && !isEmpty ? self : SSHCommand.quoted(self)
    }
}
