internal import Clibgit2
internal import Platform

/// The commits that led to one, the newest first.
///
/// With a pathspec only those that changed what it means; of a merge that changed nothing, only the side
/// that it took is followed.
///
/// Follows git-log(1), "History simplification", default mode, and revision.c of git for the order: by the
/// committer's clock, and as they were met where clocks agree.
public struct History {
    private let repository: Repository
    private let comparison: TreeComparison?
    private let shallow: Set<ObjectID>
    /// Whether there was nowhere to begin: no commit was made yet.
    public let isUnborn: Bool
    /// Met and not given yet, the newest first.
    private var waiting: [Commit] = []
    private var met: Set<ObjectID> = []

    fileprivate init(
        of repository: Repository, from start: [ObjectID], without known: [ObjectID],
        pathspec: Pathspec
    ) throws(GitError) {
        self.repository = repository
        comparison = pathspec.matchesEverything ? nil : TreeComparison(repository, pathspec)
        isUnborn = start.isEmpty
        shallow = Set(try repository.shallowCommits())
        try leaveOut(known)
        for id in start { try meet(id) }
    }

    /// Takes commits and all that led to them for met already.
    private mutating func leaveOut(_ ids: [ObjectID]) throws(GitError) {
        var rest = ids
        while let id = rest.popLast() {
            guard met.insert(id).inserted, !shallow.contains(id) else { continue }
            rest += try repository.commit(id).parents
        }
    }

    /// The next commit, or nil at the end.
    ///
    /// - Throws: ``GitError`` where a commit or a tree is missing or broken.
    public mutating func next() throws(GitError) -> Commit? {
        while let commit = waiting.popLast() {
            let parents = shallow.contains(commit.id) ? [] : commit.parents
            guard let comparison else {
                for parent in parents { try meet(parent) }
                return commit
            }
            if let same = try comparison.parentLike(commit, parents) {
                if let parent = same { try meet(parent) }
                continue
            }
            for parent in parents { try meet(parent) }
            return commit
        }
        return nil
    }

    /// Lines a commit up, unless it was met before.
    private mutating func meet(_ id: ObjectID) throws(GitError) {
        guard met.insert(id).inserted else { return }
        let commit = try repository.commit(id)
        let time = commit.committer.moment.seconds
        // The end of the array is the front of the line; who has the same time stands behind.
        var (low, high) = (0, waiting.count)
        while low < high {
            let middle = (low + high) / 2
            if waiting[middle].committer.moment.seconds < time {
                low = middle + 1
            } else {
                high = middle
            }
        }
        waiting.insert(commit, at: low)
    }
}

extension Repository {
    /// The commits that led to a revision; none where there is no commit yet.
    ///
    /// - Parameters:
    ///   - pathspec: Limits them to those that changed something it means.
    ///   - range: The revision, or two of which the first one's history is left out; nil for what HEAD names.
    /// - Returns: The commits, to be asked for one by one.
    /// - Throws: ``GitError`` where a revision is no commit.
    public func history(
        _ pathspec: Pathspec, in range: RevisionRange? = nil
    ) throws(GitError) -> History {
        var (start, known): ([ObjectID], [ObjectID]) = ([], [])
        switch range {
        case nil: start = try [head().commit].compactMap(\.self)
        case .single(let id): start = [try peeled(id)]
        case .pair(let old, let new): (start, known) = ([try peeled(new)], [try peeled(old)])
        }
        return try History(of: self, from: start, without: known, pathspec: pathspec)
    }

    /// The commits that led to one and to none of others.
    func commits(of tip: ObjectID, without known: [ObjectID]) throws(GitError) -> History {
        try History(of: self, from: [tip], without: known, pathspec: .all)
    }

    /// The commit that a tag names, or the commit itself.
    private func peeled(_ id: ObjectID) throws(GitError) -> ObjectID {
        var oid = id.oid
        let object = try made("git_object_lookup") {
            git_object_lookup(&$0, pointer, &oid, GIT_OBJECT_ANY)
        }
        defer { git_object_free(object) }
        let commit = try made("git_object_peel") { git_object_peel(&$0, object, GIT_OBJECT_COMMIT) }
        defer { git_object_free(commit) }
        return git_object_id(commit).map { ObjectID($0.pointee) } ?? id
    }

    /// The commits whose parents were left out when the repository was cloned.
    ///
    /// Follows git-clone(1), `--depth`.
    fileprivate func shallowCommits() throws(GitError) -> [ObjectID] {
        try commits(in: "shallow", of: layout.commonFolder)
    }
}
