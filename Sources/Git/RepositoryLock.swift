internal import Platform

extension Repository {
    /// Takes git's lock on one of the repository's files.
    ///
    /// - Parameter file: Below the git folder or the common folder.
    /// - Returns: The lock; what is written into it replaces the file.
    /// - Throws: ``GitError`` where somebody else keeps the lock longer than `nbgit.lockTimeout`
    ///   milliseconds (5 seconds).
    func lock(_ file: Path) throws(GitError) -> LockFile {
        let milliseconds = try configuration.integer("nbgit.lockTimeout") ?? 5000
        do throws(SystemError) {
            return try sharing.apply { () throws(SystemError) in
                try LockFile(
                    replacing: file, anchors: draftFolder, timeout: .milliseconds(milliseconds))
            }
        } catch let error where error.isLocked {
            let holder = error.path.flatMap { FileHolder(of: $0) }
            throw GitError(
                holder.map { "\($0) is at work in this repository and has it locked" }
                    ?? "another program is at work in this repository, or was killed in the middle",
                path: error.path,
                hint: holder == nil
                    ? "wait for git, an editor or JupyterLab to finish; if none of them runs, "
                        + "remove the lock: rm -f '\(error.path?.displayName ?? "")'"
                    : "try again when it has finished")
        } catch {
            throw GitError(error)
        }
    }

    /// Where anchors of locks and drafts of the files they protect lie: see ``LockFile``.
    var draftFolder: Path { layout.commonFolder.appending("nbgit/locks") }
}
