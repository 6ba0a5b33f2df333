internal import Clibgit2
internal import Platform

/// Says whether two trees are the same, as far as a pathspec means them.
struct TreeComparison {
    private let repository: Repository
    private let pathspec: Pathspec
    /// The paths, where they are names only: two trees are then compared by a few entries.
    private let names: [Path]?

    init(_ repository: Repository, _ pathspec: Pathspec) {
        self.repository = repository
        self.pathspec = pathspec
        names = pathspec.names
    }

    /// The parent that a commit changed nothing against.
    ///
    /// - Returns: That parent; nil inside where the commit is a first one that has nothing of it either; nil
    ///   outside where the commit changed something against all of its parents.
    func parentLike(
        _ commit: Commit, _ parents: [ObjectID]
    ) throws(GitError) -> ObjectID?? {
        guard !parents.isEmpty else {
            return try isSame(nil, commit.tree) ? .some(nil) : nil
        }
        for parent in parents {
            let tree = try repository.commit(parent).tree
            if try isSame(tree, commit.tree) { return parent }
        }
        return nil
    }

    private func isSame(_ old: ObjectID?, _ new: ObjectID) throws(GitError) -> Bool {
        guard old != new else { return true }
        let oldTree = try old.map { id throws(GitError) in try repository.tree(id) }
        defer { git_tree_free(oldTree) }
        let newTree = try repository.tree(new)
        defer { git_tree_free(newTree) }
        guard let names else { return try !differs(oldTree, newTree) }
        for name in names {
            let before = try oldTree.flatMap { tree throws(GitError) in try entry(name, in: tree) }
            guard try before == entry(name, in: newTree) else { return false }
        }
        return true
    }

    private struct Entry: Equatable {
        let id: ObjectID
        let mode: UInt32
    }

    private func entry(_ path: Path, in tree: OpaquePointer) throws(GitError) -> Entry? {
        try optional { () throws(GitError) in
            let entry = try made("git_tree_entry_bypath") {
                git_tree_entry_bypath(&$0, tree, path.cName)
            }
            defer { git_tree_entry_free(entry) }
            guard let id = git_tree_entry_id(entry) else { return nil }
            return Entry(
                id: ObjectID(id.pointee), mode: UInt32(git_tree_entry_filemode(entry).rawValue))
        } ?? nil
    }

    private func differs(_ old: OpaquePointer?, _ new: OpaquePointer) throws(GitError) -> Bool {
        let diff = try made("git_diff_tree_to_tree") {
            git_diff_tree_to_tree(&$0, repository.pointer, old, new, nil)
        }
        defer { git_diff_free(diff) }
        return (0..<git_diff_num_deltas(diff)).contains { number in
            guard let delta = git_diff_get_delta(diff, number)?.pointee,
                let name = delta.new_file.path ?? delta.old_file.path
            else { return false }
            return pathspec.matches(Path(cString: name))
        }
    }
}
