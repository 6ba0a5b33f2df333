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
        of repository: Repository, from start: [ObjectID], pathspec: Pathspec
    ) throws(GitError) {
        self.repository = repository
        comparison = pathspec.matchesEverything ? nil : TreeComparison(repository, pathspec)
        isUnborn = start.isEmpty
        shallow = Set(try repository.shallowCommits())
        for id in start { try meet(id) }
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
    /// The commits that led to what HEAD names; none where there is no commit yet.
    ///
    /// The pathspec limits them to those that changed something it means.
    public func history(_ pathspec: Pathspec) throws(GitError) -> History {
        try History(of: self, from: [head().commit].compactMap(\.self), pathspec: pathspec)
    }

    /// The commits whose parents were left out when the repository was cloned.
    ///
    /// Follows git-clone(1), `--depth`.
    fileprivate func shallowCommits() throws(GitError) -> [ObjectID] {
        try commits(in: "shallow", of: layout.commonFolder)
    }
}
