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
            throw Self.locked(error.path)
        } catch {
            throw GitError(error)
        }
    }

    /// Says that somebody else has a lock, and who, as far as that can be seen.
    private static func locked(_ lock: Path?) -> GitError {
        let holder = lock.flatMap { FileHolder(of: $0) }
        return GitError(
            holder.map { "\($0) is at work in this repository and has it locked" }
                ?? "another program is at work in this repository, or was killed in the middle",
            path: lock,
            hint: holder == nil
                ? "wait for git, an editor or JupyterLab to finish; if none of them runs, "
                    + "remove the lock: rm -f '\(lock?.displayName ?? "")'"
                : "try again when it has finished")
    }

    /// The locks that somebody has, or left behind, on what nbgit would write.
    public var foreignLocks: [GitError] {
        let files =
            [layout.index, layout.gitFolder.appending("HEAD")]
            + ["config", "packed-refs", "shallow"].map { layout.commonFolder.appending($0) }
        return files.map { Path(bytes: $0.bytes + Array(".lock".utf8)) }
            .filter { (try? File.status(of: $0, followingLinks: false)) != nil }
            .map(Self.locked)
    }

    /// Where anchors of locks and drafts of the files they protect lie: see ``LockFile``.
    var draftFolder: Path { layout.commonFolder.appending("nbgit/locks") }
}
