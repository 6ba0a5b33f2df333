public import Git
public import Platform

extension Checkout {
    /// Goes to a branch.
    ///
    /// - Parameters:
    ///   - name: As the person wrote it; `-` for the one before.
    ///   - isNew: Whether the branch is to be made.
    ///   - start: Where a new branch is to begin; nil for HEAD.
    ///   - note: Is told what filters and the hook left out, however it ends.
    /// - Returns: What was done, or what is in the way; paths from the root of the work tree.
    /// - Throws: ``Failure``.
    public func switchBranch(
        _ name: Path, isNew: Bool, start: Path?, note: (Failure) -> Void
    ) throws(Failure) -> SwitchOutcome {
        defer { for error in repository.takeFilterFailures() { note(Failure(error)) } }
        do throws(GitError) {
            let target = try repository.switchTarget(name, isNew: isNew, start: start)
            return try repository.switchBranch(target)
        } catch {
            throw Failure(error)
        }
    }
}
