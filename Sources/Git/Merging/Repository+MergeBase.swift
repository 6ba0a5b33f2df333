internal import Clibgit2
internal import Platform

extension Repository {
    /// The best common ancestors of a commit and others, as of a merge of these; none where histories have nothing
    /// in common.
    ///
    /// Follows git-merge-base(1), `--all`.
    func mergeBases(
        _ commit: ObjectID, _ others: [ObjectID]
    ) throws(GitError) -> [ObjectID] {
        let commits = ([commit] + others).map(\.oid)
        var bases = git_oidarray()
        defer { git_oidarray_dispose(&bases) }
        let found = try optional { () throws(GitError) in
            try check(
                "git_merge_bases_many",
                git_merge_bases_many(&bases, pointer, commits.count, commits))
        }
        guard found != nil else { return [] }
        return UnsafeBufferPointer(start: bases.ids, count: bases.count).map { ObjectID($0) }
    }

    /// Merges two commits in memory.
    ///
    /// Where they have several common ancestors, these are merged first, and so on.
    ///
    /// - Parameters:
    ///   - ours: The commit that is checked out.
    ///   - theirs: The other one.
    ///   - labels: What they are called where there is a conflict.
    ///   - merging: Improves on git's merge of lines.
    /// - Returns: The tree, and what is in conflict.
    /// - Throws: ``GitError``; nothing but objects was written.
    ///
    /// Follows `merge_ort_internal` of git's merge-ort.c.
    func merge(
        _ ours: ObjectID, _ theirs: ObjectID, labels: MergeLabels, merging: ContentMerging?
    ) throws(GitError) -> MergedTree {
        try merge(
            (ours, [ours]), (theirs, [theirs]), labels: labels, depth: 0, merging: merging)
    }

    /// A tree, and the commits whose history it stands for.
    private typealias Tip = (tree: ObjectID, commits: [ObjectID])

    private func merge(
        _ ours: Tip, _ theirs: Tip, labels: MergeLabels, depth: Int, merging: ContentMerging?
    ) throws(GitError) -> MergedTree {
        // Ancestors of ancestors of ancestors: no history that people make is that tangled.
        guard depth < 32 else { throw GitError("the histories are too tangled to be merged") }
        var bases: [ObjectID] = []
        for commit in theirs.commits {
            for base in try mergeBases(commit, ours.commits) where !bases.contains(base) {
                bases.append(base)
            }
        }
        var labels = labels
        var base: Tip?
        switch bases.count {
        case 0: labels.ancestor = Array("empty tree".utf8)
        case 1:
            base = (bases[0], bases)
            labels.ancestor = labels.ancestor ?? Array(bases[0].abbreviated.utf8)
        default:
            labels.ancestor = Array("merged common ancestors".utf8)
            var merged: Tip = (bases[0], [bases[0]])
            for next in bases.dropFirst() {
                let tree = try merge(
                    merged, (next, [next]), labels: .virtual, depth: depth + 1, merging: merging
                ).tree
                merged = (tree, merged.commits + [next])
            }
            base = merged
        }
        let content = try ContentMerge(self, labels: labels, depth: depth, merging: merging)
        return try TreeMerge.merged(
            base: base?.tree, ours: ours.tree, theirs: theirs.tree, content: content, in: self)
    }

    /// Merges trees that need not be commits, from a base that is given.
    func merge(
        base: ObjectID?, _ ours: ObjectID, _ theirs: ObjectID, labels: MergeLabels,
        merging: ContentMerging?
    ) throws(GitError) -> MergedTree {
        let content = try ContentMerge(self, labels: labels, depth: 0, merging: merging)
        return try TreeMerge.merged(
            base: base, ours: ours, theirs: theirs, content: content, in: self)
    }
}
