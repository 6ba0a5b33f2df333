internal import Platform

/// Which references of a server are fetched, what they become here, and what a pull would merge.
///
/// Follows get_ref_map in builtin/fetch.c of git.
struct FetchPlan {
    /// One reference that is fetched.
    struct Item: Hashable {
        let source: ReferenceName
        let id: ObjectID
        /// What it becomes here; nil for nothing but a line of `FETCH_HEAD`.
        let destination: ReferenceName?
        let isForced: Bool
        /// Nil where `FETCH_HEAD` does not mention it.
        var isForMerge: Bool?
    }

    /// What is fetched, in the order of the refspecs and then of the server.
    private(set) var items: [Item] = []
    /// What libgit2 is asked for.
    private(set) var wanted: [[UInt8]] = []
    private let advertised: [AdvertisedReference]

    init(_ advertised: [AdvertisedReference]) {
        // What tags are about is no reference.
        self.advertised = advertised.filter {
            !$0.name.path.bytes.suffix(3).elementsEqual("^{}".utf8)
        }
    }

    /// Adds what a refspec stands for.
    ///
    /// - Parameters:
    ///   - refspec: With names as people write them.
    ///   - negatives: What is left out of patterns.
    ///   - isForMerge: What `FETCH_HEAD` shall say; nil for nothing.
    /// - Throws: ``GitError`` where the server has no such reference.
    mutating func add(
        _ refspec: Refspec, except negatives: [Refspec] = [], isForMerge: Bool?
    ) throws(GitError) {
        if refspec.isPattern {
            wanted.append(refspec.bytes)
            for reference in advertised where refspec.matches(reference.name) {
                guard !negatives.contains(where: { $0.matches(reference.name) }) else { continue }
                add(reference, refspec.destination(of: reference.name), refspec, isForMerge)
            }
            return
        }
        let name = refspec.source.isEmpty ? Array("HEAD".utf8) : refspec.source
        guard let reference = reference(named: name) else {
            throw GitError(
                "the server has no '\(Path(bytes: name).displayName)'",
                hint: "look for a slip in the name; it may also have been removed there",
                network: .refused)
        }
        let destination = refspec.destination.flatMap { text -> ReferenceName? in
            text.isEmpty ? nil : Self.full(text, like: reference.name)
        }
        wanted.append(reference.name.path.bytes)
        add(reference, destination, refspec, isForMerge)
    }

    /// Adds tags.
    mutating func add(tags: [AdvertisedReference], isForced: Bool) {
        for tag in tags where !items.contains(where: { $0.destination == tag.name }) {
            wanted.append(tag.name.path.bytes)
            items.append(
                Item(
                    source: tag.name, id: tag.id, destination: tag.name, isForced: isForced,
                    isForMerge: false))
        }
    }

    /// Says that a pull merges a branch, which is added where it is not fetched yet.
    mutating func merge(_ name: ReferenceName) {
        if let index = items.firstIndex(where: { $0.source == name && $0.isForMerge != nil }) {
            items[index].isForMerge = true
        } else if let reference = advertised.first(where: { $0.name == name }) {
            wanted.append(name.path.bytes)
            items.append(
                Item(
                    source: name, id: reference.id, destination: nil, isForced: false,
                    isForMerge: true))
        }
    }

    /// Says that a pull merges the first of what was added.
    mutating func mergeFirst() {
        guard !items.isEmpty else { return }
        items[0].isForMerge = true
    }

    private mutating func add(
        _ reference: AdvertisedReference, _ destination: ReferenceName?, _ refspec: Refspec,
        _ isForMerge: Bool?
    ) {
        let item = Item(
            source: reference.name, id: reference.id, destination: destination,
            isForced: refspec.isForced, isForMerge: isForMerge)
        let isKnown = items.contains { $0.source == item.source && $0.destination == destination }
        if !isKnown { items.append(item) }
    }

    /// What a name as people write it stands for there.
    ///
    /// Follows the rules of gitrevisions(7).
    private func reference(named name: [UInt8]) -> AdvertisedReference? {
        let rules = ["", "refs/", "refs/tags/", "refs/heads/", "refs/remotes/"]
        for rule in rules {
            let full = ReferenceName(Path(bytes: Array(rule.utf8) + name))
            if let found = advertised.first(where: { $0.name == full }) { return found }
        }
        return nil
    }

    /// The full name of what a reference becomes: a branch where it is one there.
    private static func full(_ text: [UInt8], like source: ReferenceName) -> ReferenceName {
        let isFull = text.starts(with: "refs/".utf8)
        let isTag = source.path.bytes.starts(with: "refs/tags/".utf8)
        let prefix = isFull ? "" : isTag ? "refs/tags/" : "refs/heads/"
        return ReferenceName(Path(bytes: Array(prefix.utf8) + text))
    }

    /// The tags of the server.
    var advertisedTags: [AdvertisedReference] {
        advertised.filter { $0.name.path.bytes.starts(with: "refs/tags/".utf8) }
    }

    /// Whether the server has a reference.
    func isAdvertised(_ name: ReferenceName) -> Bool { advertised.contains { $0.name == name } }
}
