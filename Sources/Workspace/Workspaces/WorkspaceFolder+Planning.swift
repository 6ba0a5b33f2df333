internal import Git
internal import Platform

/// Which repositories a workspace has, and where they are to lie.
extension WorkspaceFolder {
    /// Makes these its repositories, and keeps what is there already where it is.
    ///
    /// A repository that was listed and never came is forgotten when it is not asked for again: its address may have
    /// been a slip.
    ///
    /// - Parameters:
    ///   - sources: The default one first.
    ///   - isInside: Whether the others are to lie in its work tree.
    /// - Returns: What is forgotten.
    /// - Throws: ``Failure`` for one that is named twice, for too many, and where the default is another one already.
    public mutating func set(
        _ sources: [WorkspaceSource], isInside: Bool
    ) throws(Failure) -> [WorkspaceMember] {
        for (number, source) in sources.enumerated()
        where sources[..<number].contains(where: { source.isSame(as: $0) }) {
            throw Failure(
                "'\(source.shown)' is named twice", hint: "a workspace has every repository once")
        }
        if let main, let first = sources.first, !first.isSource(of: main), isHere(main) {
            throw Failure(
                "this is a workspace already, whose default is '\(main.name)'", path: path,
                hint: "add to it: nbgit workspace add <name|url>; or take another folder")
        }
        let here = members.filter(isHere)
        var wanted: [WorkspaceMember] = []
        for source in sources {
            if let known = here.first(where: source.isSource) {
                wanted.append(known)
                continue
            }
            let outer = isInside ? wanted.first?.folder : nil
            let name = source.name(besides: (here + wanted).map(\.name))
            wanted.append(
                WorkspaceMember(
                    name: name, inside: outer, url: source.url, connection: source.connection))
        }
        wanted += here.filter { !wanted.contains($0) }
        let forgotten = members.filter { member in !wanted.contains { $0.name == member.name } }
        members = wanted
        try requireFew()
        return forgotten
    }

    /// Adds a repository.
    ///
    /// - Returns: What it is here.
    /// - Throws: ``Failure`` where it is there already, and for too many.
    public mutating func add(
        _ source: WorkspaceSource, isInside: Bool
    ) throws(Failure) -> WorkspaceMember {
        if let known = members.first(where: source.isSource) {
            throw Failure(
                "the workspace has '\(source.shown)' already, in '\(known.folder.displayName)'",
                hint: isHere(known)
                    ? nil : "to clone it: nbgit workspace init \(path.shellWord)")
        }
        let member = WorkspaceMember(
            name: source.name(besides: members.map(\.name)),
            inside: isInside ? main?.folder : nil, url: source.url, connection: source.connection)
        members.append(member)
        try requireFew()
        return member
    }

    /// Allows more repositories, or fewer.
    public mutating func allow(additional count: Int) { mostAdditional = count }

    /// Forgets a repository.
    ///
    /// - Throws: ``Failure`` for the default, as long as there are others.
    public mutating func remove(_ member: WorkspaceMember) throws(Failure) {
        if member == main, members.count > 1 {
            throw Failure(
                "'\(member.name)' is the default of the workspace, which has others",
                hint: "remove those first: "
                    + members.dropFirst().map(\.name).joined(separator: ", "))
        }
        members.removeAll { $0 == member }
    }

    private func requireFew() throws(Failure) {
        let count = members.count - 1
        guard count > mostAdditional else { return }
        throw Failure(
            "a workspace has a default repository and at most \(mostAdditional) additional ones, "
                + "not \(count)",
            hint: "to have as many: --max-additional \(count)")
    }
}

extension WorkspaceSource {
    /// The connection, or the address.
    var shown: String { connection ?? url.description.printableASCII }

    fileprivate func isSame(as other: WorkspaceSource) -> Bool {
        url.isSamePlace(as: other.url)
    }

    /// A name that no other repository has: `plots`, `plots-2`, `plots-3`.
    fileprivate func name(besides taken: [String]) -> String {
        var (unused, number) = (name, 2)
        while taken.contains(unused) {
            unused = "\(name)-\(number)"
            number += 1
        }
        return unused
    }
}
