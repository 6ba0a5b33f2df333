/// A program that a repository has run when something happens, by the name of its file.
///
/// Follows githooks(5).
public enum Hook: String, CaseIterable, Sendable {
    /// Before a commit is made; may change the index or refuse.
    case preCommit = "pre-commit"
    /// When the text of a commit is ready to be edited; may change it or refuse.
    case prepareCommitMessage = "prepare-commit-msg"
    /// When the text of a commit is finished; may change it or refuse.
    case commitMessage = "commit-msg"
    /// After a commit.
    case postCommit = "post-commit"
    /// After files were checked out: told what HEAD was, what it is, and 1 for a branch or 0 for files.
    case postCheckout = "post-checkout"
    /// After a merge: told 1 when it was squashed, else 0.
    case postMerge = "post-merge"
    /// After commits were replaced: told `amend` or `rebase`, and given `old new` for each.
    case postRewrite = "post-rewrite"
    /// Before commits are put on another base: told the base, and the branch unless it is the current one.
    case preRebase = "pre-rebase"
    /// Before references are sent: told the remote and its address, and given
    /// `local-reference local-id remote-reference remote-id` for each.
    case prePush = "pre-push"
    /// Before a merge is committed; may refuse.
    case preMergeCommit = "pre-merge-commit"

    /// Whether `--no-verify` leaves it out.
    ///
    /// Follows git-commit(1), git-merge(1), git-rebase(1) and git-push(1).
    public var isSkippedByNoVerify: Bool {
        switch self {
        case .preCommit, .commitMessage, .preMergeCommit, .preRebase, .prePush: true
        case .prepareCommitMessage, .postCommit, .postCheckout, .postMerge, .postRewrite: false
        }
    }

    /// Whether what it answers can stop what is being done.
    public var canRefuse: Bool {
        switch self {
        case .postCommit, .postCheckout, .postMerge, .postRewrite: false
        default: true
        }
    }
}
