internal import Platform

/// What a request and the configuration say together about a fetch.
struct FetchSettings {
    /// What is fetched.
    let refspecs: [Refspec]
    /// What the remote is configured for, where something else was asked for.
    let configured: [Refspec]
    /// What patterns leave out.
    let negatives: [Refspec]
    /// Whether references go that are gone there.
    let prunes: Bool
    let tags: FetchRequest.Tags
    private let isAsked: Bool
    private let name: Path?

    init(_ request: FetchRequest, _ configuration: Configuration) throws(GitError) {
        func read(_ texts: [String]) throws(GitError) -> [Refspec] {
            try texts.map { text throws(GitError) in
                guard let refspec = Refspec(Array(text.utf8)) else {
                    throw GitError("'\(Path(text).displayName)' is no refspec")
                }
                return refspec
            }
        }
        name = request.place.name
        let section = name.map { "remote.\($0.text)" }
        let all =
            try section.map { section throws(GitError) in
                try read(configuration.values(of: "\(section).fetch").map(\.value))
            } ?? []
        let asked = try read(request.refspecs)
        isAsked = !asked.isEmpty
        negatives = (isAsked ? asked : all).filter(\.isNegative)
        configured = all.filter { !$0.isNegative }
        func isSet(_ key: String) throws(GitError) -> Bool {
            let own = try section.flatMap { section throws(GitError) in
                try configuration.bool("\(section).\(key)")
            }
            if let own { return own }
            return try configuration.bool("fetch.\(key)") ?? false
        }
        let isPruning = try isSet("prune")
        let prunesTags = try isSet("prunetags")
        prunes = request.prunes ?? isPruning
        let allTags = prunesTags && !isAsked ? Refspec(Array("refs/tags/*:refs/tags/*".utf8)) : nil
        refspecs =
            (isAsked ? asked.filter { !$0.isNegative } : configured)
            + [allTags].compactMap(\.self)
        let option = try section.flatMap { section throws(GitError) in
            try configuration.string("\(section).tagopt")
        }
        switch option {
        case "--tags": tags = request.tags ?? .all
        case "--no-tags": tags = request.tags ?? .none
        default:
            // Who stores no reference of the server wants no tags of it either.
            let isStored = refspecs.contains { $0.destination?.isEmpty == false }
            tags = request.tags ?? (isStored ? .following : .none)
        }
    }

    /// Says what is fetched of what the server has, and what a pull of `branch` merges.
    func fill(
        _ plan: inout FetchPlan, branch: Path?, _ configuration: Configuration
    ) throws(GitError) {
        if isAsked {
            for refspec in refspecs { try plan.add(refspec, except: negatives, isForMerge: true) }
            // What is fetched anyway is remembered where it always is.
            for refspec in configured {
                for item in plan.items {
                    guard let destination = refspec.destination(of: item.source) else { continue }
                    let own = Refspec(
                        (refspec.isForced ? Array("+".utf8) : []) + item.source.path.bytes
                            + Array(":".utf8) + destination.path.bytes)
                    if let own { try plan.add(own, isForMerge: nil) }
                }
            }
        } else if refspecs.isEmpty {
            guard let head = Refspec(Array("HEAD".utf8)) else { return }
            try plan.add(head, isForMerge: true)
        } else {
            for refspec in refspecs { try plan.add(refspec, except: negatives, isForMerge: false) }
            try merge(branch, &plan, configuration)
        }
        if tags == .all { plan.add(tags: plan.advertisedTags, isForced: false) }
    }

    /// Follows add_merge_config in builtin/fetch.c of git.
    private func merge(
        _ branch: Path?, _ plan: inout FetchPlan, _ configuration: Configuration
    ) throws(GitError) {
        let section = branch.map { "branch.\($0.text)" }
        let remote = try section.flatMap { section throws(GitError) in
            try configuration.string("\(section).remote")
        }
        let merged =
            try section.map { section throws(GitError) in
                try configuration.values(of: "\(section).merge")
            } ?? []
        if let remote, let name, Path(remote) == name, !merged.isEmpty {
            for entry in merged { plan.merge(ReferenceName(Path(bytes: entry.bytes))) }
        } else if refspecs.first?.isPattern == false {
            plan.mergeFirst()
        }
    }
}
