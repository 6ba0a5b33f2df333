extension Operation {
    /// What was begun, and what to type next.
    public func advice(hasConflicts: Bool) -> String {
        let (name, next, stop) =
            switch self {
            case .merge: ("a merge", "nbgit continue", "nbgit abort")
            case .rebase: ("a rebase", "nbgit continue", "nbgit abort")
            case .applyingMail: ("'git am'", "git am --continue", "git am --abort")
            case .cherryPick: ("a cherry-pick", "nbgit commit", "git cherry-pick --abort")
            case .revert: ("a revert", "nbgit commit", "git revert --abort")
            case .bisect: ("a bisection", "git bisect good' or 'git bisect bad", "git bisect reset")
            }
        let first =
            hasConflicts
            ? "settle the conflicts with 'nbgit resolve', or edit and 'nbgit add' them, then "
            : "go on with "
        return "in the middle of \(name): \(first)'\(next)'; '\(stop)' gives up"
    }
}
