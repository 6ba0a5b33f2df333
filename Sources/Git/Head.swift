internal import Clibgit2
internal import Platform

/// What HEAD says.
public enum Head: Hashable, Sendable {
    /// A branch, and its last commit.
    case branch(ReferenceName, ObjectID)
    /// A branch that has no commit yet.
    case unborn(ReferenceName)
    /// A commit, and no branch.
    case detached(ObjectID)

    /// The commit, or nil when there is none yet.
    public var commit: ObjectID? {
        switch self {
        case .branch(_, let commit), .detached(let commit): commit
        case .unborn: nil
        }
    }

    /// The branch, or nil when HEAD is detached.
    public var branch: ReferenceName? {
        switch self {
        case .branch(let name, _), .unborn(let name): name
        case .detached: nil
        }
    }
}

extension Repository {
    /// What HEAD says now.
    ///
    /// - Throws: ``GitError`` where there is no HEAD or it is none.
    public func head() throws(GitError) -> Head {
        let head = try made("git_reference_lookup") {
            git_reference_lookup(&$0, pointer, "HEAD")
        }
        defer { git_reference_free(head) }
        guard let target = git_reference_symbolic_target(head) else {
            guard let oid = git_reference_target(head) else {
                throw GitError("HEAD names neither a branch nor a commit")
            }
            return .detached(ObjectID(oid.pointee))
        }
        let name = ReferenceName(Path(cString: target))
        guard let commit = try commit(of: name) else { return .unborn(name) }
        return .branch(name, commit)
    }

    /// The object that a reference names in the end, or nil where there is no such reference.
    public func commit(of name: ReferenceName) throws(GitError) -> ObjectID? {
        try optional { () throws(GitError) in
            var oid = git_oid()
            try check(
                "git_reference_name_to_id",
                git_reference_name_to_id(&oid, pointer, name.path.cName))
            return ObjectID(oid)
        }
    }
}
