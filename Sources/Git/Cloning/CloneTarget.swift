internal import Platform

/// What a new clone is to be on.
enum CloneTarget: Hashable {
    /// A branch of the server, which gets one of the same name here.
    case branch(Path)
    /// A tag: HEAD is detached at what it is about.
    case tag(ReferenceName)
    /// What the server's HEAD is at, where that is no branch.
    case serverHead
    /// A commit, as the person wrote it; only known when all is here.
    case commit(Path)
    /// Nothing to be on: there is no commit, or the server's HEAD leads to none.
    case nothing

    /// Chooses among what a server has.
    ///
    /// - Parameters:
    ///   - request: What the person wants.
    ///   - advertised: What the server has.
    ///   - usual: The branch that a new repository has here.
    /// - Throws: ``GitError`` where the server does not have what is wanted.
    ///
    /// Follows git-clone(1), and guess_remote_head in remote.c.
    init(
        _ request: CloneRequest, _ advertised: [AdvertisedReference], usual: Path
    ) throws(GitError) {
        let names = Set(advertised.map(\.name))
        if let name = request.branch ?? request.revision {
            let tag = ReferenceName(Path("refs/tags").appending(name))
            if names.contains(ReferenceName(branch: name)) {
                self = .branch(name)
            } else if names.contains(tag) {
                self = .tag(tag)
            } else if request.branch == nil, name.isAbbreviatedObjectID {
                self = .commit(name)
            } else {
                throw Self.refusal(of: name, request, advertised)
            }
            return
        }
        guard let head = advertised.first(where: { $0.name == .head }) else {
            self = names.contains(ReferenceName(branch: usual)) ? .branch(usual) : .nothing
            return
        }
        if let branch = head.target?.branch, names.contains(ReferenceName(branch: branch)) {
            self = .branch(branch)
            return
        }
        // Old servers do not say which branch HEAD names: git guesses.
        let same = advertised.filter { $0.id == head.id }.compactMap(\.name.branch)
        let preferred = [usual, "master"].first(where: same.contains)
        self = (preferred ?? same.first).map(CloneTarget.branch) ?? .serverHead
    }

    /// The references that lead there; none where any may.
    func references(among advertised: [AdvertisedReference]) -> [ReferenceName] {
        switch self {
        case .branch(let branch): return [ReferenceName(branch: branch)]
        case .tag(let name): return [name]
        case .commit(let text):
            let start = text.text.lowercased()
            let found = advertised.first {
                $0.id.description.hasPrefix(start) && $0.name.branch != nil
            }
            return found.map { [$0.name] } ?? []
        case .serverHead, .nothing: return []
        }
    }

    private static func refusal(
        of name: Path, _ request: CloneRequest, _ advertised: [AdvertisedReference]
    ) -> GitError {
        let kinds = request.branch == nil ? "branch, tag or commit" : "branch or tag"
        let branches = advertised.compactMap(\.name.branch)
        let shown = branches.prefix(8).map(\.displayName).joined(separator: ", ")
        let rest = branches.count > 8 ? " and \(branches.count - 8) more" : ""
        return GitError(
            "the server has no \(kinds) '\(name.displayName)'",
            hint: branches.isEmpty
                ? "it has no branches yet" : "it has these branches: \(shown)\(rest)")
    }
}

extension Path {
    /// Whether it may be the start of an object's name, or all of it.
    fileprivate var isAbbreviatedObjectID: Bool {
        (4...40).contains(bytes.count)
            && bytes.allSatisfy { Character(Unicode.Scalar($0)).isHexDigit }
    }
}
