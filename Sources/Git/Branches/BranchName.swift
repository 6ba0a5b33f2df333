internal import Clibgit2
public import Platform

extension ReferenceName {
    /// The branch that a person names.
    ///
    /// - Parameter name: Without `refs/heads/`.
    /// - Throws: ``GitError`` for a name that no branch may have.
    ///
    /// Follows git-check-ref-format(1), `--branch`.
    public init(validBranch name: Path) throws(GitError) {
        try Library.ready()
        var isValid: Int32 = 0
        try check("git_branch_name_is_valid", git_branch_name_is_valid(&isValid, name.cName))
        // A lone '@' is a name for HEAD.
        guard isValid == 1, name != "@", !name.bytes.contains(0) else {
            throw GitError(
                "'\(name.displayName)' is not a name for a branch",
                hint: "use letters, digits, '-', '_' and '/', as in 'fix-plots' or 'ada/sales'")
        }
        self.init(branch: name)
    }
}
