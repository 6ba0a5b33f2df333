internal import Clibgit2
internal import Platform

extension Repository {
    /// Fetches what another repository has: objects, references that follow its own, and `FETCH_HEAD`.
    ///
    /// A reference that may not move as asked is part of the report. Objects are there before any reference names
    /// them; a process that is killed has fetched all, some or none of the references.
    ///
    /// - Parameters:
    ///   - request: From where, and what.
    ///   - access: Who we are, and who is told what happens.
    /// - Returns: What changed.
    /// - Throws: ``GitError`` with one sentence for each thing that a server can do.
    ///
    /// Follows git-fetch(1).
    public func fetch(
        _ request: FetchRequest, _ access: NetworkAccess
    ) throws(GitError) -> FetchReport {
        try fetch(request, access, inspecting: { _ throws(GitError) in nil })
    }

    /// The same; `inspect` sees what the server has before any of it is asked for, and may refuse, or name other
    /// refspecs.
    func fetch(
        _ request: FetchRequest, _ access: NetworkAccess,
        inspecting inspect: ([AdvertisedReference]) throws(GitError) -> [String]?
    ) throws(GitError) -> FetchReport {
        guard git_repository_is_shallow(pointer) == 0 else {
            throw GitError(
                "this is a shallow clone, which nbgit cannot fetch into",
                hint: "fetch the rest of it once with git: git fetch --unshallow")
        }
        let place = request.place
        let service = try service(to: place.url, of: place, access)
        let connection = try RemoteConnection(
            self, url: place.url, isPush: false, service, access.observe)
        var request = request
        if let refspecs = try inspect(connection.references) { request.refspecs = refspecs }
        let settings = try FetchSettings(request, configuration)
        var plan = FetchPlan(connection.references)
        try settings.fill(&plan, branch: head().branch?.branch, configuration)
        try requireNoneCheckedOut(plan)

        var report = FetchReport(place: place)
        if settings.prunes {
            report.changes += try pruned(settings, plan)
        }
        try download(plan.wanted, over: connection, depth: request.depth)
        let followed =
            settings.tags == .following ? try tagsToFollow(plan, connection) : []
        if !followed.isEmpty {
            plan.add(tags: followed, isForced: false)
            try downloadMissing(followed, place, access)
        }
        report.changes += try update(plan, request.reflogAction)
        report.heads = heads(plan, place)
        try write(report.heads)
        return report
    }

    // MARK: Objects

    private func download(
        _ wanted: [[UInt8]], over connection: RemoteConnection, depth: Int? = nil
    ) throws(GitError) {
        guard !wanted.isEmpty else { return }
        do throws(GitError) {
            // What libgit2 writes below objects/ gets the permissions of git.
            try sharing.apply { () throws(GitError) in
                try connection.download(wanted, depth: depth)
            }
        } catch let error where error.network == .cut || error.network == .silent {
            throw error.adding("; nothing was changed here")
        }
    }

    /// The tags that are new here and about something that is there now.
    ///
    /// Follows find_non_local_tags in builtin/fetch.c of git.
    private func tagsToFollow(
        _ plan: FetchPlan, _ connection: RemoteConnection
    ) throws(GitError) -> [AdvertisedReference] {
        let peeled = Dictionary(
            connection.references.map { ($0.name.path.bytes, $0.id) }, uniquingKeysWith: { $1 })
        var tags: [AdvertisedReference] = []
        for tag in plan.advertisedTags where try commit(of: tag.name) == nil {
            let target = peeled[tag.name.path.bytes + Array("^{}".utf8)] ?? tag.id
            if try hasObject(target) { tags.append(tag) }
        }
        return tags
    }

    /// Most servers send the tag with what it is about; the others are asked again.
    private func downloadMissing(
        _ tags: [AdvertisedReference], _ place: RemotePlace, _ access: NetworkAccess
    ) throws(GitError) {
        var missing: [AdvertisedReference] = []
        for tag in tags where try !hasObject(tag.id) { missing.append(tag) }
        guard !missing.isEmpty else { return }
        let connection = try RemoteConnection(
            self, url: place.url, isPush: false, service(to: place.url, of: place, access),
            access.observe)
        try download(missing.map(\.name.path.bytes), over: connection)
    }

    func hasObject(_ id: ObjectID) throws(GitError) -> Bool {
        let database = try made("git_repository_odb") { git_repository_odb(&$0, pointer) }
        defer { git_odb_free(database) }
        var oid = id.oid
        return git_odb_exists(database, &oid) == 1
    }

    // MARK: References

    /// Refuses to move a branch under the files of a work tree.
    private func requireNoneCheckedOut(_ plan: FetchPlan) throws(GitError) {
        var holders = try branchHolders()
        if let workTree, let current = try head().branch { holders[current] = workTree }
        for item in plan.items {
            guard let destination = item.destination, let holder = holders[destination] else {
                continue
            }
            throw GitError(
                "'\(destination.short.displayName)' is checked out, so nothing is fetched into it",
                path: holder, hint: "fetch without '<branch>:<branch>', then 'nbgit pull'")
        }
    }

    private func update(
        _ plan: FetchPlan, _ action: String
    ) throws(GitError) -> [ReferenceChange] {
        var changes: [ReferenceChange] = []
        for item in plan.items {
            guard let name = item.destination else { continue }
            let old = try commit(of: name)
            guard old != item.id else { continue }
            let (outcome, word) = try outcome(item, name, old)
            let change = ReferenceChange(
                source: item.source, name: name, old: old, new: item.id, outcome: outcome)
            guard !outcome.isRejection else {
                changes.append(change)
                continue
            }
            let update = ReferenceUpdate(
                name: name, old: old, new: item.id, message: Array("\(action): \(word)".utf8))
            do throws(GitError) {
                try requireSafe(name)
                try move(update, movesHead: false, by: logSignature)
                changes.append(change)
            } catch {
                guard error.system?.isInterruption != true else { throw error }
                changes.append(
                    ReferenceChange(
                        source: item.source, name: name, old: old, new: item.id,
                        outcome: .rejected(error.message)))
            }
        }
        return changes
    }

    /// A server must not name files outside of `refs`.
    private func requireSafe(_ name: ReferenceName) throws(GitError) {
        var isValid: Int32 = 0
        git_reference_name_is_valid(&isValid, name.path.cName)
        guard isValid == 1, name.path.bytes.starts(with: "refs/".utf8) else {
            throw GitError("'\(name.path.displayName)' is no name for a reference")
        }
    }

    /// How a reference may move, and git's word for it in the reflog.
    ///
    /// Follows update_local_ref in builtin/fetch.c of git.
    private func outcome(
        _ item: FetchPlan.Item, _ name: ReferenceName, _ old: ObjectID?
    ) throws(GitError) -> (ReferenceChange.Outcome, String) {
        let isTag = name.path.bytes.starts(with: "refs/tags/".utf8)
        guard let old else {
            let isBranch = item.source.branch != nil
            return (.created, isTag ? "storing tag" : isBranch ? "storing head" : "storing ref")
        }
        if isTag {
            return item.isForced
                ? (.replaced, "updating tag")
                : (.rejected("there is another tag of that name here"), "")
        }
        guard try isCommit(old), try isCommit(item.id) else { return (.replaced, "storing ref") }
        if try isAncestor(old, of: item.id) { return (.fastForwarded, "fast-forward") }
        return item.isForced
            ? (.forced, "forced-update")
            : (.rejected("it has commits that are not there"), "")
    }

    func isCommit(_ id: ObjectID) throws(GitError) -> Bool {
        var (oid, object) = (id.oid, OpaquePointer?.none)
        guard git_object_lookup(&object, pointer, &oid, GIT_OBJECT_ANY) == 0 else { return false }
        defer { git_object_free(object) }
        return git_object_type(object) == GIT_OBJECT_COMMIT
    }

    /// Removes references whose like is gone there.
    ///
    /// Follows get_stale_heads in remote.c of git.
    private func pruned(
        _ settings: FetchSettings, _ plan: FetchPlan
    ) throws(GitError) -> [ReferenceChange] {
        let head = try head().branch
        var stale: [(name: ReferenceName, old: ObjectID)] = []
        for name in try referenceNames() where name != head {
            let sources = settings.refspecs.compactMap { $0.source(of: name) }
            guard !sources.isEmpty, !sources.contains(where: plan.isAdvertised),
                let old = try directCommit(of: name)
            else { continue }
            stale.append((name, old))
        }
        try remove(stale)
        return stale.map {
            ReferenceChange(source: nil, name: $0.name, old: $0.old, new: nil, outcome: .pruned)
        }
    }

    /// All references, in the order of their names.
    func referenceNames() throws(GitError) -> [ReferenceName] {
        var names = git_strarray()
        try check("git_reference_list", git_reference_list(&names, pointer))
        defer { git_strarray_dispose(&names) }
        return (0..<names.count).compactMap { index in
            names.strings[index].map { ReferenceName(Path(cString: $0)) }
        }.sorted { $0.path < $1.path }
    }

    /// The object of a reference that is none to another one, such as `origin/HEAD`.
    private func directCommit(of name: ReferenceName) throws(GitError) -> ObjectID? {
        let reference = try made("git_reference_lookup") {
            git_reference_lookup(&$0, pointer, name.path.cName)
        }
        defer { git_reference_free(reference) }
        return git_reference_target(reference).map { ObjectID($0.pointee) }
    }

    // MARK: FETCH_HEAD

    private func heads(_ plan: FetchPlan, _ place: RemotePlace) -> [FetchedHead] {
        let heads = plan.items.compactMap { item -> FetchedHead? in
            guard let isForMerge = item.isForMerge else { return nil }
            let isCommit = (try? isCommit(peeled(item.id))) ?? false
            return FetchedHead(
                id: item.id, source: item.source, isForMerge: isForMerge && isCommit,
                description: FetchHead.description(of: item.source, at: place.url))
        }
        return heads.filter(\.isForMerge) + heads.filter { !$0.isForMerge }
    }

    /// What a tag is about in the end, or the object itself.
    private func peeled(_ id: ObjectID) throws(GitError) -> ObjectID {
        var (oid, object, target) = (id.oid, OpaquePointer?.none, OpaquePointer?.none)
        guard git_object_lookup(&object, pointer, &oid, GIT_OBJECT_ANY) == 0 else { return id }
        defer { git_object_free(object) }
        guard git_object_peel(&target, object, GIT_OBJECT_COMMIT) == 0 else { return id }
        defer { git_object_free(target) }
        return git_object_id(target).map { ObjectID($0.pointee) } ?? id
    }

    private func write(_ heads: [FetchedHead]) throws(GitError) {
        let file = layout.gitFolder.appending("FETCH_HEAD")
        try system { () throws(SystemError) in
            _ = try sharing.apply { () throws(SystemError) in
                try File.replace(file, with: FetchHead.text(of: heads), durable: false)
            }
        }
    }
}

extension GitError {
    /// The same with more words at its end.
    func adding(_ words: String) -> GitError {
        GitError(message + words, path: path, hint: hint, code: code, network: network)
    }
}
