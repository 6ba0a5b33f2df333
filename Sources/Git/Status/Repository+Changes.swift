internal import Clibgit2
internal import Platform

extension Repository {
    /// The files that differ between two trees, in the order of their paths; renames are not looked for.
    ///
    /// - Parameters:
    ///   - old: A tree or a commit; nil for the empty tree.
    ///   - new: A tree or a commit; nil for the empty tree.
    /// - Returns: One change for each file.
    /// - Throws: ``GitError`` where an object is missing or is neither.
    public func changes(
        from old: ObjectID?, to new: ObjectID?
    ) throws(GitError) -> [FileChange] {
        let oldTree = try old.map { id throws(GitError) in try Tree(of: id, in: self) }
        let newTree = try new.map { id throws(GitError) in try Tree(of: id, in: self) }
        return try changes("git_diff_tree_to_tree") { diff, options in
            git_diff_tree_to_tree(&diff, pointer, oldTree?.pointer, newTree?.pointer, &options)
        }
    }

    /// The files that differ between a tree and the index; files in conflict are left out.
    ///
    /// A file that was only announced with `git add --intent-to-add` is not in the index yet.
    ///
    /// - Parameters:
    ///   - old: A tree or a commit; nil for the empty tree.
    ///   - index: The index.
    /// - Returns: One change for each file.
    /// - Throws: ``GitError`` where an object is missing.
    public func changes(
        from old: ObjectID?, to index: borrowing Index
    ) throws(GitError) -> [FileChange] {
        let oldTree = try old.map { id throws(GitError) in try Tree(of: id, in: self) }
        let indexPointer = index.pointer
        let changes = try changes("git_diff_tree_to_index") { diff, options in
            git_diff_tree_to_index(&diff, pointer, oldTree?.pointer, indexPointer, &options)
        }
        return changes.filter { change in
            guard let entry = index.raw(at: change.path), change.new != nil else { return true }
            return !entry.isOnlyAnnounced
        }
    }

    private func changes(
        _ call: String, _ compare: (inout OpaquePointer?, inout git_diff_options) -> Int32
    ) throws(GitError) -> [FileChange] {
        var options = git_diff_options()
        try check(
            "git_diff_options_init",
            git_diff_options_init(&options, UInt32(GIT_DIFF_OPTIONS_VERSION)))
        options.flags =
            GIT_DIFF_INCLUDE_TYPECHANGE.rawValue | GIT_DIFF_SKIP_BINARY_CHECK.rawValue
        let diff = try made(call) { compare(&$0, &options) }
        defer { git_diff_free(diff) }
        return (0..<git_diff_num_deltas(diff)).compactMap { number in
            guard let delta = git_diff_get_delta(diff, number)?.pointee,
                delta.status != GIT_DELTA_CONFLICTED
            else { return nil }
            return FileChange(old: .init(delta.old_file), new: .init(delta.new_file))
        }
    }
}

extension FileChange.Side {
    /// Takes one side of a delta; nil where there is nothing.
    fileprivate init?(_ file: git_diff_file) {
        guard file.mode != 0, let path = file.path else { return nil }
        self.init(
            path: Path(cString: path), mode: FileMode(rawValue: UInt32(file.mode)),
            id: ObjectID(file.id))
    }
}

extension git_index_entry {
    /// Whether it stands for a file whose content is not staged.
    var isOnlyAnnounced: Bool {
        flags_extended & UInt16(GIT_INDEX_ENTRY_INTENT_TO_ADD.rawValue) != 0
    }
}

/// A tree, freed when it goes out of scope.
final class Tree {
    let pointer: OpaquePointer

    /// Finds the tree that is `id`, or the tree of the commit or tag that it is.
    init(of id: ObjectID, in repository: Repository) throws(GitError) {
        var oid = id.oid
        let object = try made("git_object_lookup") {
            git_object_lookup(&$0, repository.pointer, &oid, GIT_OBJECT_ANY)
        }
        defer { git_object_free(object) }
        pointer = try made("git_object_peel") { git_object_peel(&$0, object, GIT_OBJECT_TREE) }
    }

    deinit { git_tree_free(pointer) }
}
